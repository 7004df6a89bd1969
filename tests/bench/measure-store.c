/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-async.h"
#include "stall-language.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-query-model.h"
#include "stall-row.h"

#include <stdio.h>
#include <stdlib.h>

/* measure-store FOLDER: times what a person waits for, without a window in the way.
 * Writes one line a figure: “measure NAME MEDIAN P99 N”, in ms; for a search also what its slowest
 * letter takes, as the median of its rounds: “slowest NAME MEDIAN TYPED”. */

#define ROWS 20 /* what a window shows at once */
#define EDITS 200
#define ROUNDS 5

/* Typed letter by letter: titles, article numbers, customers, order numbers. */
static const char *const product_words[]
    = { "lilac suit", "teacup river", "浅紫西装", "p000123", "靛蓝 围巾", "moss 手作" };
static const char *const order_words[]
    = { "guest1234", "1004711", "茶杯 山野", "scarf", "欧阳小雨", "xiaoyu_lin1988", "guest17 10" };

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

static void
say (const char *name, GArray *times)
{
  g_array_sort (times, compare);
  printf ("measure %s %.3f %.3f %u\n", name,
          (double) g_array_index (times, gint64, times->len / 2) / 1e3,
          (double) g_array_index (times, gint64, times->len * 99 / 100) / 1e3, times->len);
}

/* Each letter was typed once a round, in the same order. */
static void
say_slowest (const char *name, GArray *times, GPtrArray *letters)
{
  guint n = letters->len / ROUNDS, slowest = 0;
  gint64 longest = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 spans[ROUNDS];

      for (guint round = 0; round < ROUNDS; round++)
        spans[round] = g_array_index (times, gint64, round * n + i);
      qsort (spans, ROUNDS, sizeof *spans, compare);
      if (spans[ROUNDS / 2] > longest)
        {
          longest = spans[ROUNDS / 2];
          slowest = i;
        }
    }
  printf ("slowest %s %.3f %s\n", name, (double) longest / 1e3,
          (const char *) g_ptr_array_index (letters, slowest));
}

static void
resolve_cb (DexPromise *promise)
{
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
}

static void
await_signal (gpointer object, const char *name)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();
  gulong handler = g_signal_connect_swapped (object, name, G_CALLBACK (resolve_cb), promise);

  dex_await (dex_ref (promise), NULL);
  g_signal_handler_disconnect (object, handler);
}

/* From the changed text to the rows a window shows of it. The rest of the list may still be read
 * then: the next letter does not wait for it, as in the window. */
static void
ask (StallQueryModel *model, StallList list, const char *typed, GArray *times)
{
  g_autoptr (StallQuery) query = stall_query_new (list);
  gint64 begin = g_get_monotonic_time ();
  gint64 span;

  query->search = g_strdup (typed);
  stall_query_model_set_query (model, query);
  while (stall_query_model_get_loading (model))
    await_signal (model, "notify::loading");
  for (guint i = 0; i < MIN (ROWS, g_list_model_get_n_items (G_LIST_MODEL (model))); i++)
    {
      g_autoptr (StallRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

      while (!stall_row_get_loaded (row))
        await_signal (row, "changed");
    }
  span = g_get_monotonic_time () - begin;
  g_array_append_val (times, span);
}

static gboolean
measure_search (StallStore *store,
                const char *name,
                StallList list,
                const char *const *words,
                guint n_words,
                GError **error)
{
  g_autoptr (StallQueryModel) model = stall_query_model_new (store);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) warm_up = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_free);

  ask (model, list, "", warm_up);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < n_words; i++)
      for (const char *c = g_utf8_next_char (words[i]);; c = g_utf8_next_char (c))
        {
          char *typed = g_strndup (words[i], c - words[i]);

          g_ptr_array_add (letters, typed);
          ask (model, list, typed, times);
          if (*c == '\0')
            break;
        }
  say_slowest (name, times, letters);
  say (name, times);
  return dex_await (stall_query_model_settle (model), error);
}

static gboolean
measure_edits (StallStore *store, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows = dex_await_object (stall_store_query_rows (store, query, 1), error);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StallVariantRow) variant = rows ? g_list_model_get_item (rows, 0) : NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < EDITS && variant != NULL; i++)
    {
      g_autoptr (StallChangeSet) changes = stall_change_set_new ("Adjust");
      g_autoptr (StallMovement) movement
          = stall_movement_new (stall_variant_row_get_id (variant), STALL_PLACE_WORKSHOP, 1,
                                STALL_REASON_MADE, stall_time_now ());
      g_autoptr (StallDocument) document
          = stall_movement_to_document (movement, stall_store_get_device (store));
      g_autoptr (StallReceipt) receipt = NULL;
      gint64 begin = g_get_monotonic_time ();
      gint64 span;

      stall_change_set_put (changes, document);
      receipt = dex_await_boxed (stall_store_apply (store, changes), error);
      if (receipt == NULL)
        return FALSE;
      span = g_get_monotonic_time () - begin;
      g_array_append_val (times, span);
    }
  if (times->len > 0)
    say ("edit", times);
  return TRUE;
}

static DexFuture *
measure_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallStore) store
      = dex_await_object (stall_store_open (data, STALL_STORE_WRITE), &error);

  if (store != NULL
      && measure_search (store, "search-products", STALL_LIST_PRODUCTS, product_words,
                         G_N_ELEMENTS (product_words), &error)
      && measure_search (store, "search-orders", STALL_LIST_ORDERS, order_words,
                         G_N_ELEMENTS (order_words), &error)
      && measure_edits (store, &error) && dex_await (stall_store_close (store), &error))
    exit (0);
  fprintf (stderr, "measure-store: %s\n", error->message);
  exit (1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc != 2)
    return 2;
  stall_choose_language ();
  g_set_prgname ("measure-store");
  dex_init ();
  stall_spawn (measure_fiber, argv[1], NULL);
  g_main_loop_run (loop);
  return 0;
}
