/* SPDX-License-Identifier: GPL-3.0-or-later */

/* measure-typing FOLDER [CHARACTERS]: opens a note of 50,000 characters in the editor with its
 * preview beside, types into the middle of it, and prints what the main thread did from each
 * keystroke to the end of the frame that shows it, in milliseconds of CPU. The last figure is the
 * most that it ever did without looking up: a key that comes in the worst moment waits for as long.
 *
 *   measure typing MEDIAN P99 LONGEST
 */

#include "config.h"

#include "stall-note-page.h"
#include "stall-note-text.h"
#include "stall-note.h"

#include <locale.h>
#include <time.h>

#define N_KEYS 400
#define PACE 60 /* ms from key to key: who types faster than this? */

static GMainLoop *loop;
static double looked_up; /* when the main loop last came back from waiting; 0: not measured */
static double longest;

typedef struct
{
  StallDesk *desk;
  StallNoteText *text;
  GArray *works; /* double, ms */
  double begin;  /* of a keystroke not painted yet; 0: none */
} Typing;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  int ready;

  if (looked_up > 0)
    longest = MAX (longest, now () - looked_up);
  ready = g_poll (fds, n, timeout);
  if (looked_up > 0)
    looked_up = now ();
  return ready;
}

static void
wait_ms (guint ms)
{
  g_timeout_add_once (ms, (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
}

/* The few futures of this program stay. */
static gpointer
await (DexFuture *future)
{
  const GValue *value;

  while (dex_future_is_pending (future))
    wait_ms (5);
  value = dex_future_get_value (future, NULL);
  g_assert_nonnull (value);
  return G_VALUE_HOLDS_OBJECT (value) ? g_value_dup_object (value) : NULL;
}

static char *
make_body (gsize n_characters)
{
  static const char *const paragraphs[]
      = { "Before the sun is up the vat smells of **rain** and *old iron*, and it takes a "
          "[Drying Day Shirt](product:shirt) a night, dip after dip, until the blue stays.\n\n",
          "## The second dip\n\n",
          "每一件都要浸九次，再晒一天。蓝色不是一下子来的，是一遍一遍**等**出来的。\n\n",
          "- wash\n- wring, never twist\n- hang in the lane\n\n",
          "> It is never blue when it comes out. It turns in the air.\n\n" };
  GString *body = g_string_new (NULL);

  for (gsize i = 0, n = 0; n < n_characters; i++)
    {
      const char *paragraph = paragraphs[i % G_N_ELEMENTS (paragraphs)];

      g_string_append (body, paragraph);
      n += (gsize) g_utf8_strlen (paragraph, -1);
    }
  return g_string_free (body, FALSE);
}

static GtkWidget *
find_text (GtkWidget *widget)
{
  if (STALL_IS_NOTE_TEXT (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
after_paint_cb (Typing *typing)
{
  double work = now () - typing->begin;

  if (typing->begin == 0)
    return;
  g_array_append_val (typing->works, work);
  typing->begin = 0;
}

static void
type (Typing *typing)
{
  static const char *const keys[] = { "t", "h", "e", " ", "蓝", "v", "a", "t", ".", " " };
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (typing->text));
  GtkTextIter middle;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (typing->text));

  gtk_text_buffer_get_iter_at_line (buffer, &middle, gtk_text_buffer_get_line_count (buffer) / 2);
  gtk_text_iter_forward_to_line_end (&middle);
  gtk_text_buffer_place_cursor (buffer, &middle);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (typing->text), gtk_text_buffer_get_insert (buffer),
                                0, TRUE, 0.5, 0.5);
  wait_ms (3000);
  looked_up = now ();
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), typing);
  for (guint i = 0; i < N_KEYS; i++)
    {
      typing->begin = now ();
      gtk_text_buffer_insert_interactive_at_cursor (buffer, keys[i % G_N_ELEMENTS (keys)], -1,
                                                    TRUE);
      wait_ms (PACE);
      /* And pauses in which it is saved, for keys that come right behind. */
      if (i % 40 == 39)
        wait_ms (310);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

int
main (int argc, char **argv)
{
  Typing typing = { .works = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_autofree char *body = make_body (argc > 2 ? (gsize) atol (argv[2]) : 50000);
  g_autoptr (StallStore) store = NULL;
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Note");
  g_autoptr (DexFuture) closed = NULL;
  GtkWidget *view, *window;

  if (argc < 2)
    return 2;
  setlocale (LC_ALL, "");
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  adw_init ();
  loop = g_main_loop_new (NULL, FALSE);
  g_main_context_set_poll_func (NULL, poll_cb);
  store = await (stall_store_open (argv[1], STALL_STORE_WRITE | STALL_STORE_CREATE));
  typing.desk = stall_desk_new (store, profile, NULL);
  stall_note_set_title (note, "Nine Dips");
  stall_note_set_body (note, body);
  document = stall_note_to_document (note, NULL);
  stall_change_set_put (changes, document);
  await (stall_store_apply (store, changes));
  view = adw_navigation_view_new ();
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view),
                           stall_note_page_new (typing.desk, stall_note_get_id (note)));
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (1000);
  typing.text = STALL_NOTE_TEXT (find_text (window));
  type (&typing);
  g_array_sort (typing.works, compare);
  g_assert_cmpuint (typing.works->len, >, N_KEYS / 2);
  g_print ("measure typing %.3f %.3f %.3f\n",
           g_array_index (typing.works, double, typing.works->len / 2),
           g_array_index (typing.works, double, typing.works->len * 99 / 100), longest);
  gtk_window_destroy (GTK_WINDOW (window));
  closed = stall_desk_close (typing.desk);
  while (dex_future_is_pending (closed))
    wait_ms (5);
  return 0;
}
