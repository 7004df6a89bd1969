/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* LD_PRELOAD=watch.so PROGRAM: measures any GTK 4 program from the inside, unchanged, and ends it.
 *
 * WATCH_FROM    monotonic time in µs when the program was started
 * WATCH_SCROLL  frames to scroll the largest list by, then as many jumps as a tenth of that
 * WATCH_WAIT    ms between the first frame with content and the end or the scrolling (500)
 *
 * The last frame before that is where the start ends: all content is there, and nothing moves any
 * more.
 *
 * Writes one line a figure to standard error: “watch NAME VALUE”. */

#define STEP 53.0 /* pixels a frame: a brisk wheel */

typedef struct
{
  gint64 before; /* start of this frame on the clock */
  double cpu;    /* … and on the main thread's own */
  GArray *wall;  /* ms a frame, double */
  GArray *work;
  guint left;
  gboolean jumping;
  GtkWidget *list;
} Watch;

static Watch watch;

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static long
memory_kb (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return -1;
  line = strstr (text, name);
  return line != NULL ? atol (line + strlen (name) + 1) : -1;
}

static void
say (const char *name, double value)
{
  fprintf (stderr, "watch %s %.2f\n", name, value);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

static void
say_distribution (const char *name, GArray *values)
{
  g_autofree char *median = g_strconcat (name, "-median", NULL);
  g_autofree char *p99 = g_strconcat (name, "-p99", NULL);

  if (values->len == 0)
    return;
  g_array_sort (values, compare);
  say (median, g_array_index (values, double, values->len / 2));
  say (p99, g_array_index (values, double, values->len * 99 / 100));
  g_array_set_size (values, 0);
}

static void
end (void)
{
  say ("rss-kb", memory_kb ("Rss:"));
  say ("private-kb", memory_kb ("Private_Dirty:"));
  fflush (NULL);
  _exit (0);
}

static void
find_list (GtkWidget *widget, double *largest)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_SCROLLABLE (widget)
      && (GTK_IS_LIST_VIEW (widget) || GTK_IS_GRID_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget)))
    {
      GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
      double height = adjustment != NULL ? gtk_adjustment_get_upper (adjustment) : 0;

      if (height > *largest)
        {
          *largest = height;
          watch.list = widget;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_list (child, largest);
}

/* How many labels below @widget a person can read. */
static guint
count_words (GtkWidget *widget)
{
  g_autofree char *text = NULL;
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_LABEL (widget))
    text = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_INSCRIPTION (widget)
           || strcmp (G_OBJECT_TYPE_NAME (widget), "StallInscription") == 0)
    g_object_get (widget, "text", &text, NULL);
  if (text != NULL && *text != '\0')
    n++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_words (child);
  return n;
}

static guint
count_all_words (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += count_words (window);
    }
  return n;
}

/* One step down, or a jump anywhere. */
static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  double end_of_list
      = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (watch.left == 0 && watch.jumping)
    {
      say_distribution ("jump-frame", watch.wall);
      say_distribution ("jump-work", watch.work);
      end ();
    }
  if (watch.left == 0)
    {
      say_distribution ("scroll-frame", watch.wall);
      say_distribution ("scroll-work", watch.work);
      watch.jumping = TRUE;
      watch.left = GPOINTER_TO_UINT (frames) / 10;
    }
  watch.left--;
  if (watch.jumping)
    gtk_adjustment_set_value (adjustment, g_random_double_range (0, MAX (end_of_list, 1)));
  else
    gtk_adjustment_set_value (adjustment,
                              MIN (gtk_adjustment_get_value (adjustment) + STEP, end_of_list));
  return G_SOURCE_CONTINUE;
}

static void
say_since_start (const char *name, gint64 time)
{
  const char *from = getenv ("WATCH_FROM");

  if (from != NULL)
    say (name, (double) (time - g_ascii_strtoll (from, NULL, 10)) / 1e3);
}

static gboolean
settled_cb (gpointer data)
{
  const char *frames = getenv ("WATCH_SCROLL");
  GListModel *windows = gtk_window_get_toplevels ();
  double largest = 0;

  if (frames == NULL)
    end ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      find_list (window, &largest);
    }
  if (watch.list == NULL)
    {
      fprintf (stderr, "watch: no list to scroll\n");
      end ();
    }
  watch.left = (guint) atoi (frames);
  g_array_set_size (watch.wall, 0);
  g_array_set_size (watch.work, 0);
  gtk_widget_add_tick_callback (watch.list, move_cb, GUINT_TO_POINTER (watch.left), NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
before_paint_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  watch.before = g_get_monotonic_time ();
  watch.cpu = thread_ms ();
  return TRUE;
}

static gboolean
after_paint_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  static gboolean painted, shown;
  const char *pause = getenv ("WATCH_WAIT");
  const char *words = getenv ("WATCH_WORDS");
  gint64 now = g_get_monotonic_time ();
  double wall = (double) (now - watch.before) / 1e3;
  double work = thread_ms () - watch.cpu;

  g_array_append_val (watch.wall, wall);
  g_array_append_val (watch.work, work);
  if (!painted)
    say_since_start ("first-frame", now);
  painted = TRUE;
  if (shown || (words != NULL && count_all_words () < (guint) atoi (words)))
    return TRUE;
  shown = TRUE;
  say_since_start ("content", now);
  say ("content-work", thread_ms ());
  g_timeout_add (pause != NULL ? (guint) atoi (pause) : 500, settled_cb, NULL);
  return TRUE;
}

__attribute__ ((constructor)) static void
start (void)
{
  guint before, after;

  unsetenv ("LD_PRELOAD");
  watch.wall = g_array_new (FALSE, FALSE, sizeof (double));
  watch.work = g_array_new (FALSE, FALSE, sizeof (double));
  g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  before = g_signal_lookup ("before-paint", GDK_TYPE_FRAME_CLOCK);
  after = g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK);
  g_signal_add_emission_hook (before, 0, before_paint_cb, NULL, NULL);
  g_signal_add_emission_hook (after, 0, after_paint_cb, NULL, NULL);
}
