/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-order-figures.h"

#include "stall-query-private.h"
#include "stall-store-private.h"

G_DEFINE_BOXED_TYPE (StallOrderSum, stall_order_sum, stall_order_sum_copy, stall_order_sum_free)

typedef struct
{
  StallQuery *query;
  char *currency;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  stall_query_free (request->query);
  g_free (request->currency);
  g_free (request);
}

/**
 * stall_order_sum_copy:
 * @self: a sum
 *
 * Returns: (transfer full): a copy
 */
StallOrderSum *
stall_order_sum_copy (const StallOrderSum *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * stall_order_sum_free:
 * @self: (transfer full): a sum
 *
 * Frees a sum.
 */
void
stall_order_sum_free (StallOrderSum *self)
{
  g_free (self);
}

static DexFuture *
sum_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  StallOrderSum sum = { 0 };
  sqlite3_stmt *statement
      = stall_query_prepare_sum (request->query, database, request->currency, &error);

  if (stall_database_step (database, statement, &error))
    {
      sum.n_orders = (guint) sqlite3_column_int64 (statement, 0);
      sum.amount = sqlite3_column_int64 (statement, 1);
      sum.n_others = (guint) sqlite3_column_int64 (statement, 2);
    }
  sqlite3_finalize (statement);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_ORDER_SUM, stall_order_sum_copy (&sum));
}

static DexFuture *
next_number_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  gint64 last = 0;

  stall_database_get_int (database, &last, &error,
                          "SELECT coalesce (max (CAST (substr (order_number, 3) AS INTEGER)), 0) "
                          "FROM orders WHERE order_number GLOB 'H-[0-9]*'",
                          "");
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_string (g_strdup_printf ("H-%04" G_GINT64_FORMAT, last + 1));
}

/**
 * stall_store_sum_orders:
 * @store: a store
 * @query: of orders
 * @currency: whose money is summed
 * @cancellable: (nullable): ends it early with %G_IO_ERROR_CANCELLED
 *
 * Counts all orders that a query finds, sums what they come to in one currency and says how many
 * have money in another.
 *
 * Returns: (transfer full): a future of a boxed #StallOrderSum
 */
DexFuture *
stall_store_sum_orders (StallStore *store,
                        const StallQuery *query,
                        const char *currency,
                        GCancellable *cancellable)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL && query->list == STALL_LIST_ORDERS);
  dex_return_error_if_fail (currency != NULL);

  request = g_new0 (Request, 1);
  request->query = stall_query_copy (query);
  request->currency = g_strdup (currency);
  return stall_store_read (store, STALL_READER_REST, sum_job, request, request_free, cancellable);
}

/**
 * stall_store_next_order_number:
 * @store: a store
 *
 * Finds the next free number for an order that is written by hand.
 *
 * Returns: (transfer full): a future of a string
 */
DexFuture *
stall_store_next_order_number (StallStore *store)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, next_number_job, NULL, NULL, NULL);
}
