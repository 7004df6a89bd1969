/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-arrivals.h"

#include "stall-order-state.h"
#include "stall-query-private.h"
#include "stall-store-private.h"

G_DEFINE_BOXED_TYPE (StallArrivals, stall_arrivals, stall_arrivals_copy, stall_arrivals_free)

/* Older than this an order is not news: a device that joins gets all there ever were. */
#define NEWS (2 * STALL_DAY)

#define OPEN                                                                             \
  ((1 << STALL_STATUS_UNPAID) | (1 << STALL_STATUS_TO_PACK) | (1 << STALL_STATUS_PACKED) \
   | (1 << STALL_STATUS_PART_SHIPPED))

typedef struct
{
  gint64 mark;
  StallTime now;
  char *device;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->device);
  g_free (request);
}

/**
 * stall_arrivals_copy:
 * @self: arrivals
 *
 * Returns: (transfer full): a copy
 */
StallArrivals *
stall_arrivals_copy (const StallArrivals *self)
{
  StallArrivals *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->order_number = g_strdup (self->order_number);
  copy->title = g_strdup (self->title);
  return copy;
}

/**
 * stall_arrivals_free:
 * @self: (transfer full): arrivals
 *
 * Frees them.
 */
void
stall_arrivals_free (StallArrivals *self)
{
  g_free (self->id);
  g_free (self->order_number);
  g_free (self->title);
  g_free (self);
}

static DexFuture *
list_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (StallArrivals) arrivals = g_new0 (StallArrivals, 1);
  GError *error = NULL;
  sqlite3_stmt *row;

  if (!stall_database_get_int (database, &arrivals->mark, &error,
                               "SELECT coalesce (max (number), 1) FROM orders", ""))
    return dex_future_new_for_error (error);
  if (request->mark == 0)
    return dex_future_new_take_boxed (STALL_TYPE_ARRIVALS, g_steal_pointer (&arrivals));

  row = stall_database_query (
      database, &error,
      "SELECT o.id, o.order_number, o.first_title FROM orders o "
      "JOIN document d ON d.id = o.id JOIN revision r ON r.number = d.winner "
      "WHERE o.number > ? AND o.placed_at > ? AND (1 << o.status) & ? "
      "AND json_extract (r.body, '$.device') IS NOT ? ORDER BY o.number DESC",
      "iiis", request->mark, request->now - NEWS, (gint64) OPEN, request->device);
  while (stall_database_step (database, row, &error))
    {
      if (arrivals->n_orders++ > 0)
        continue;
      arrivals->id = g_strdup (stall_column_text (row, 0));
      arrivals->order_number = g_strdup (stall_column_text (row, 1));
      arrivals->title = g_strdup (stall_column_text (row, 2));
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_ARRIVALS, g_steal_pointer (&arrivals));
}

/**
 * stall_store_list_arrivals:
 * @store: a store
 * @mark: what the last call gave; 0: nothing is news yet
 * @now: the time
 *
 * Finds the open orders that came from other devices or the platform since @mark.
 *
 * Returns: (transfer full): a future of a boxed #StallArrivals
 */
DexFuture *
stall_store_list_arrivals (StallStore *store, gint64 mark, StallTime now)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));

  request = g_new0 (Request, 1);
  request->mark = mark;
  request->now = now;
  request->device = g_strdup (stall_store_get_device (store));
  return stall_store_read (store, STALL_READER_REST, list_job, request, request_free, NULL);
}
