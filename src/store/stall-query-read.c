/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-query-model.h"

#include "stall-query-private.h"
#include "stall-store-private.h"

/* Whole answers of a query, for what is no list view: a card of Today, an export, a bulk action. */

typedef struct
{
  StallQuery *query;
  guint limit;
  GArray *numbers; /* of a page */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  stall_query_free (request->query);
  g_clear_pointer (&request->numbers, g_array_unref);
  g_free (request);
}

static Request *
request_new (const StallQuery *query, guint limit)
{
  Request *request = g_new0 (Request, 1);

  request->query = stall_query_copy (query);
  request->limit = limit;
  return request;
}

/* Rows in the order of their numbers in the list; the pages come in any order. */
static GListModel *
in_order (const gint64 *numbers, guint n_numbers, GPtrArray *rows)
{
  g_autoptr (GHashTable) by_number = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *keys = g_new (gint64, MAX (rows->len, 1));
  g_autoptr (GPtrArray) ordered = g_ptr_array_new_full (rows->len, NULL);
  GListStore *list = g_list_store_new (STALL_TYPE_ROW);

  for (guint i = 0; i < rows->len; i++)
    {
      keys[i] = stall_row_get_number (g_ptr_array_index (rows, i));
      g_hash_table_insert (by_number, &keys[i], g_ptr_array_index (rows, i));
    }
  for (guint i = 0; i < n_numbers; i++)
    {
      gpointer row = g_hash_table_lookup (by_number, &numbers[i]);

      if (row != NULL)
        g_ptr_array_add (ordered, row);
    }
  g_list_store_splice (list, 0, 0, ordered->pdata, ordered->len);
  return G_LIST_MODEL (list);
}

/**
 * stall_query_read_rows:
 * @self: a query; not for the ledger
 * @database: a connection
 * @limit: how many rows at most; 0: all
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list of loaded #StallRow
 */
GListModel *
stall_query_read_rows (const StallQuery *self, StallDatabase *database, guint limit, GError **error)
{
  g_autoptr (StallNumbers) numbers = stall_query_read_numbers (self, database, limit, error);
  g_autofree gint64 *unpacked = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_numbers;

  if (numbers == NULL)
    return NULL;
  unpacked = stall_numbers_unpack (numbers);
  n_numbers = stall_numbers_get_length (numbers);
  rows = stall_row_read_many (self, database, unpacked, n_numbers, error);
  return rows != NULL ? in_order (unpacked, n_numbers, rows) : NULL;
}

static DexFuture *
query_rows_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GListModel *list;
  GError *error = NULL;

  if (request->query->list == STALL_LIST_LEDGER)
    {
      g_autoptr (GPtrArray) rows = NULL;
      GListStore *ledger;

      rows = stall_ledger_read (
          database, request->query->variant != NULL ? request->query->variant : "", &error);
      if (rows == NULL)
        return dex_future_new_for_error (error);
      ledger = g_list_store_new (STALL_TYPE_ROW);
      g_list_store_splice (ledger, 0, 0, rows->pdata,
                           request->limit != 0 ? MIN (request->limit, rows->len) : rows->len);
      return dex_future_new_take_object (ledger);
    }
  list = stall_query_read_rows (request->query, database, request->limit, &error);
  return list != NULL ? dex_future_new_take_object (list) : dex_future_new_for_error (error);
}

/**
 * stall_store_query_rows:
 * @store: a store
 * @query: what to read
 * @limit: how many rows at most; 0: all
 *
 * Returns: (transfer full): a future of a #GListModel of loaded #StallRow
 */
DexFuture *
stall_store_query_rows (StallStore *store, const StallQuery *query, guint limit)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL);

  return stall_store_read (store, STALL_READER_REST, query_rows_job, request_new (query, limit),
                           request_free, NULL);
}

/* The id behind each number; only lists of things that are documents or variants have ids. */
static const char *
id_sql (StallList list)
{
  switch (list)
    {
    case STALL_LIST_PRODUCTS:
    case STALL_LIST_ORDERS:
    case STALL_LIST_POLLS:
    case STALL_LIST_NOTES:
    case STALL_LIST_CONTEXT:
      return "SELECT id FROM document WHERE number = ?";
    case STALL_LIST_VARIANTS:
      return "SELECT id FROM variant WHERE number = ?";
    case STALL_LIST_LEDGER:
    case STALL_LIST_ACTIVITY:
    default:
      return NULL;
    }
}

static DexFuture *
query_ids_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (StallNumbers) numbers = NULL;
  GError *error = NULL;

  numbers = stall_query_read_numbers (request->query, database, 0, &error);
  for (guint i = 0; error == NULL && i < stall_numbers_get_length (numbers); i++)
    {
      char *id = stall_database_get_text (database, &error, id_sql (request->query->list), "i",
                                          stall_numbers_get (numbers, i));

      if (id != NULL)
        g_strv_builder_take (ids, id);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (ids));
}

/**
 * stall_store_query_ids:
 * @store: a store
 * @query: products, variants or orders
 *
 * Returns: (transfer full): a future of a #GStrv of the ids of all that the query finds, in its
 * order
 */
DexFuture *
stall_store_query_ids (StallStore *store, const StallQuery *query)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL && id_sql (query->list) != NULL);

  return stall_store_read (store, STALL_READER_REST, query_ids_job, request_new (query, 0),
                           request_free, NULL);
}

static DexFuture *
query_count_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  g_autoptr (StallNumbers) numbers = stall_query_read_numbers (request->query, database, 0, &error);

  if (numbers == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_for_int64 (stall_numbers_get_length (numbers));
}

static DexFuture *
query_numbers_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  StallNumbers *numbers = stall_query_read_numbers (request->query, database, 0, &error);

  return numbers != NULL ? dex_future_new_take_boxed (STALL_TYPE_NUMBERS, numbers)
                         : dex_future_new_for_error (error);
}

/**
 * stall_store_query_numbers:
 * @store: a store
 * @query: what to read page by page; not a ledger
 *
 * Returns: (transfer full): a future of a boxed #StallNumbers
 */
DexFuture *
stall_store_query_numbers (StallStore *store, const StallQuery *query)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL && query->list != STALL_LIST_LEDGER);

  return stall_store_read (store, STALL_READER_REST, query_numbers_job, request_new (query, 0),
                           request_free, NULL);
}

static DexFuture *
query_page_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  const gint64 *numbers = (const gint64 *) (gpointer) request->numbers->data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = stall_row_read_many (request->query, database, numbers, request->numbers->len, &error);

  if (rows == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (in_order (numbers, request->numbers->len, rows));
}

/**
 * stall_store_query_page:
 * @store: a store
 * @query: what is read
 * @numbers: what stall_store_query_numbers() gave for it
 * @from: position of the first row
 * @n_rows: how many at most
 *
 * Returns: (transfer full): a future of a #GListModel of loaded #StallRow
 */
DexFuture *
stall_store_query_page (StallStore *store,
                        const StallQuery *query,
                        StallNumbers *numbers,
                        guint from,
                        guint n_rows)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL && numbers != NULL);

  request = request_new (query, 0);
  request->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = from; i < stall_numbers_get_length (numbers) && i - from < n_rows; i++)
    {
      gint64 number = stall_numbers_get (numbers, i);

      g_array_append_val (request->numbers, number);
    }
  return stall_store_read (store, STALL_READER_REST, query_page_job, request, request_free, NULL);
}

/**
 * stall_store_query_count:
 * @store: a store
 * @query: what to count; not a ledger
 *
 * Returns: (transfer full): a future of how many the query finds, an int64
 */
DexFuture *
stall_store_query_count (StallStore *store, const StallQuery *query)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query != NULL && query->list != STALL_LIST_LEDGER);

  return stall_store_read (store, STALL_READER_REST, query_count_job, request_new (query, 0),
                           request_free, NULL);
}

static DexFuture *
variant_rows_job (StallDatabase *database, gpointer data)
{
  GStrv ids = data;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;

  for (guint i = 0; error == NULL && ids[i] != NULL; i++)
    {
      gint64 number;

      if (stall_database_get_int (database, &number, &error,
                                  "SELECT number FROM variant WHERE id = ?", "s", ids[i]))
        g_array_append_val (numbers, number);
    }
  if (error == NULL)
    rows = stall_row_read_many (query, database, (gint64 *) (gpointer) numbers->data, numbers->len,
                                &error);
  if (rows == NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (
      in_order ((gint64 *) (gpointer) numbers->data, numbers->len, rows));
}

/**
 * stall_store_variant_rows:
 * @store: a store
 * @variant_ids: (array zero-terminated=1): variant ids
 *
 * Returns: (transfer full): a future of a #GListModel of loaded #StallVariantRow, in that order;
 * unknown ones and those no product has any more are left out
 */
DexFuture *
stall_store_variant_rows (StallStore *store, const char *const *variant_ids)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (variant_ids != NULL);

  return stall_store_read (store, STALL_READER_ROWS, variant_rows_job,
                           g_strdupv ((GStrv) variant_ids), (GDestroyNotify) g_strfreev, NULL);
}
