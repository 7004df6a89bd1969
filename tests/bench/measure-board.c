/* SPDX-License-Identifier: GPL-3.0-or-later */

/* measure-board FOLDER: opens the style funnel of a stall with 2,000 styles five times, and prints
 * what the main thread did until the first frame that shows styles, and how long a person waits for
 * it, medians in milliseconds:
 *
 *   measure board CPU WAIT
 */

#include "config.h"

#include "stall-board-card.h"
#include "stall-board-page.h"

#include <locale.h>
#include <time.h>

#define N_STYLES 2000
#define N_TIMES 5

static GMainLoop *loop;

typedef struct
{
  GtkWidget *window;
  double cpu, wait; /* ms; when it began, then what it took */
  gboolean shown;
} Opening;

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
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

static void
fill (StallStore *store)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Styles");

  for (guint i = 0; i < N_STYLES; i++)
    {
      g_autoptr (StallProduct) product = stall_product_new ();
      g_autoptr (StallVariant) variant = stall_variant_new ();
      g_autoptr (StallDocument) document = NULL;
      g_autofree char *title = g_strdup_printf ("Style %u 款", i);

      stall_product_set_title (product, title);
      stall_product_set_stage (product, i % STALL_N_STAGES);
      stall_product_add_variant (product, variant);
      document = stall_product_to_document (product, NULL);
      stall_change_set_put (changes, document);
    }
  await (stall_store_apply (store, changes));
}

static gboolean
has_card (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (STALL_IS_BOARD_CARD (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_card (child))
      return TRUE;
  return FALSE;
}

static void
after_paint_cb (Opening *opening)
{
  if (opening->shown || !has_card (opening->window))
    return;
  opening->shown = TRUE;
  opening->cpu = now (CLOCK_THREAD_CPUTIME_ID) - opening->cpu;
  opening->wait = now (CLOCK_MONOTONIC) - opening->wait;
  g_main_loop_quit (loop);
}

static Opening
open_board (StallDesk *desk)
{
  Opening opening = { .window = adw_window_new () };

  gtk_window_set_default_size (GTK_WINDOW (opening.window), 1200, 800);
  adw_window_set_content (ADW_WINDOW (opening.window), gtk_label_new ("Inventory"));
  gtk_window_present (GTK_WINDOW (opening.window));
  wait_ms (1000);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (opening.window), "after-paint",
                            G_CALLBACK (after_paint_cb), &opening);
  opening.cpu = now (CLOCK_THREAD_CPUTIME_ID);
  opening.wait = now (CLOCK_MONOTONIC);
  adw_window_set_content (ADW_WINDOW (opening.window), GTK_WIDGET (stall_board_page_new (desk)));
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (opening.window), &opening);
  wait_ms (500);
  gtk_window_destroy (GTK_WINDOW (opening.window));
  return opening;
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
  g_autoptr (StallStore) store = NULL;
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (DexFuture) closed = NULL;
  double cpu[N_TIMES], wait[N_TIMES];
  StallDesk *desk;

  if (argc != 2)
    return 2;
  setlocale (LC_ALL, "");
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  adw_init ();
  loop = g_main_loop_new (NULL, FALSE);
  store = await (stall_store_open (argv[1], STALL_STORE_WRITE | STALL_STORE_CREATE));
  desk = stall_desk_new (store, profile, NULL);
  fill (store);
  for (guint i = 0; i < N_TIMES; i++)
    {
      Opening opening = open_board (desk);

      cpu[i] = opening.cpu;
      wait[i] = opening.wait;
    }
  qsort (cpu, N_TIMES, sizeof *cpu, compare);
  qsort (wait, N_TIMES, sizeof *wait, compare);
  g_print ("measure board %.1f %.1f\n", cpu[N_TIMES / 2], wait[N_TIMES / 2]);
  closed = stall_desk_close (desk);
  while (dex_future_is_pending (closed))
    wait_ms (5);
  return 0;
}
