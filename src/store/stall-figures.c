/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-figures.h"

#include <string.h>

#include "stall-documents.h"
#include "stall-store-private.h"

G_DEFINE_BOXED_TYPE (StallFigures, stall_figures, stall_figures_copy, stall_figures_free)

StallFigures *
stall_figures_copy (const StallFigures *self)
{
  StallFigures *copy = g_memdup2 (self, sizeof *self);

  copy->currency = g_strdup (self->currency);
  return copy;
}

void
stall_figures_free (StallFigures *self)
{
  g_free (self->currency);
  g_free (self);
}

static char *
load_currency (StallDatabase *database)
{
  g_autoptr (StallDocument) document = stall_documents_load (database, STALL_PROFILE_ID, NULL);
  g_autoptr (StallProfile) profile
      = document != NULL ? stall_profile_new_from_document (document, NULL) : stall_profile_new ();

  return g_strdup (profile != NULL ? stall_profile_get_currency (profile) : "CNY");
}

static guint
count (StallDatabase *database, GError **error, const char *sql, StallTime until)
{
  gint64 value = 0;

  if (error == NULL || *error == NULL)
    stall_database_get_int (database, &value, error, sql, until != 0 ? "i" : "", until);
  return value;
}

static gint64
sum_payments (StallDatabase *database,
              const char *currency,
              StallTime from,
              StallTime until,
              GError **error)
{
  gint64 value = 0;

  if (error == NULL || *error == NULL)
    stall_database_get_int (
        database, &value, error,
        "SELECT sum (amount) FROM payment WHERE at >= ? AND at < ? AND currency = ?", "iis", from,
        until, currency);
  return value;
}

static void
read_takings (StallDatabase *database, StallFigures *figures, StallTime now, GError **error)
{
  static const int days[] = { 1, 7, 30 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      StallTakings *takings = &figures->takings[i];
      gint64 n_orders = 0;

      takings->from = stall_time_day_start (now, 1 - days[i]);
      takings->until = stall_time_day_start (now, 1);
      takings->now
          = sum_payments (database, figures->currency, takings->from, takings->until, error);
      takings->before
          = sum_payments (database, figures->currency, stall_time_day_start (now, 1 - 2 * days[i]),
                          takings->from, error);
      stall_database_get_int (
          database, &n_orders, *error == NULL ? error : NULL,
          "SELECT count(DISTINCT orders) FROM payment WHERE at >= ? AND at < ? AND currency = ?",
          "iis", takings->from, takings->until, figures->currency);
      takings->n_orders = n_orders;
    }
}

static void
read_days (StallDatabase *database, StallFigures *figures, StallTime now, GError **error)
{
  guint n_days = G_N_ELEMENTS (figures->days);

  for (guint i = 0; i < n_days; i++)
    {
      int offset = (int) i - (int) n_days + 1;

      figures->days[i]
          = sum_payments (database, figures->currency, stall_time_day_start (now, offset),
                          stall_time_day_start (now, offset + 1), error);
    }
}

static void
read_sources (StallDatabase *database, StallFigures *figures, GError **error)
{
  sqlite3_stmt *row;

  if (*error != NULL)
    return;
  row = stall_database_query (database, error,
                              "SELECT source, sum (amount), count(DISTINCT orders) FROM payment "
                              "WHERE at >= ? AND at < ? AND currency = ? GROUP BY source",
                              "iis", figures->takings[2].from, figures->takings[2].until,
                              figures->currency);
  while (stall_database_step (database, row, error))
    {
      guint source = sqlite3_column_int (row, 0);

      if (source < STALL_N_SOURCES)
        {
          figures->by_source[source] = sqlite3_column_int64 (row, 1);
          figures->orders_by_source[source] = sqlite3_column_int (row, 2);
        }
    }
}

#define IS_OPEN "status IN (0, 1, 2, 3)"

static void
read_counts (StallDatabase *database, StallFigures *figures, StallTime now, GError **error)
{
  StallTime tomorrow_ends = stall_time_day_start (now, 2);

  figures->n_due
      = count (database, error, "SELECT count(*) FROM orders WHERE " IS_OPEN " AND ship_by < ?",
               tomorrow_ends);
  figures->n_overdue = count (database, error,
                              "SELECT count(*) FROM orders WHERE " IS_OPEN " AND ship_by < ?", now);
  figures->n_to_pack = count (database, error, "SELECT count(*) FROM orders WHERE status = 1", 0);
  figures->n_to_ship
      = count (database, error, "SELECT count(*) FROM orders WHERE status IN (2, 3)", 0);
  figures->n_running_out
      = count (database, error, "SELECT count(*) FROM product WHERE n_running > 0", 0);
  figures->n_low = count (database, error, "SELECT count(*) FROM product WHERE n_low > 0", 0);
  figures->n_oversold
      = count (database, error, "SELECT count(*) FROM product WHERE n_oversold > 0", 0);
  figures->n_products = count (database, error, "SELECT count(*) FROM product", 0);
  figures->n_orders = count (database, error, "SELECT count(*) FROM orders", 0);
}

static DexFuture *
figures_job (StallDatabase *database, gpointer data)
{
  StallTime now = *(StallTime *) data;
  g_autoptr (StallFigures) figures = g_new0 (StallFigures, 1);
  GError *error = NULL;
  gint64 others = 0;

  figures->currency = load_currency (database);
  read_counts (database, figures, now, &error);
  read_takings (database, figures, now, &error);
  read_days (database, figures, now, &error);
  read_sources (database, figures, &error);
  if (error == NULL)
    stall_database_get_int (
        database, &others, &error,
        "SELECT count(DISTINCT orders) FROM payment WHERE at >= ? AND at < ? AND currency <> ?",
        "iis", figures->takings[2].from, figures->takings[2].until, figures->currency);
  figures->n_other_currencies = others;
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_FIGURES, g_steal_pointer (&figures));
}

/**
 * stall_store_figures:
 * @store: a store
 * @now: which moment Today is about
 *
 * Sums what Today shows, each figure from the tables that the list behind it reads.
 *
 * Returns: (transfer full): a future of a #StallFigures
 */
DexFuture *
stall_store_figures (StallStore *store, StallTime now)
{
  return stall_store_read (store, STALL_READER_REST, figures_job, g_memdup2 (&now, sizeof now),
                           g_free, NULL);
}

static void
place_stock_free (gpointer data)
{
  StallPlaceStock *stock = data;

  g_free (stock->place);
  g_free (stock);
}

static DexFuture *
place_stock_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_stock_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT place, on_hand FROM stock WHERE variant = (SELECT number FROM variant WHERE id = ?) "
      "ORDER BY place <> '" STALL_PLACE_WORKSHOP "', place",
      "s", data);

  while (stall_database_step (database, row, &error))
    {
      StallPlaceStock *stock = g_new0 (StallPlaceStock, 1);

      stock->place = g_strdup (stall_column_text (row, 0));
      stock->on_hand = sqlite3_column_int (row, 1);
      g_ptr_array_add (places, stock);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&places));
}

/**
 * stall_store_place_stock:
 * @store: a store
 * @variant_id: a variant
 *
 * Returns: (transfer full): a future of a #GPtrArray of #StallPlaceStock, the workshop first
 */
DexFuture *
stall_store_place_stock (StallStore *store, const char *variant_id)
{
  return stall_store_read (store, STALL_READER_ROWS, place_stock_job, g_strdup (variant_id), g_free,
                           NULL);
}

typedef struct
{
  char *product;
  StallTime now;
  guint n_weeks;
} SoldRequest;

static void
sold_request_free (gpointer data)
{
  SoldRequest *request = data;

  g_free (request->product);
  g_free (request);
}

static DexFuture *
sold_per_week_job (StallDatabase *database, gpointer data)
{
  SoldRequest *request = data;
  g_autoptr (GArray) weeks = g_array_sized_new (FALSE, TRUE, sizeof (int), request->n_weeks);
  GError *error = NULL;

  for (guint i = 0; i < request->n_weeks && error == NULL; i++)
    {
      int first_day = -7 * (int) (request->n_weeks - i) + 1;
      gint64 sold = 0;
      int pieces;

      stall_database_get_int (
          database, &sold, &error,
          "SELECT sum (l.sold) FROM variant v JOIN line l ON l.variant = v.number "
          "WHERE v.product = (SELECT number FROM document WHERE id = ?) "
          "AND l.placed_at >= ? AND l.placed_at < ?",
          "sii", request->product, stall_time_day_start (request->now, first_day),
          stall_time_day_start (request->now, first_day + 7));
      pieces = sold;
      g_array_append_val (weeks, pieces);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&weeks));
}

/**
 * stall_store_sold_per_week:
 * @store: a store
 * @product_id: a product
 * @now: the last day of the last week
 * @n_weeks: how many weeks back
 *
 * Counts the pieces of a product sold in each run of seven local days, less returns and
 * cancellations.
 *
 * Returns: (transfer full): a future of a #GArray of int, oldest first
 */
DexFuture *
stall_store_sold_per_week (StallStore *store, const char *product_id, StallTime now, guint n_weeks)
{
  SoldRequest *request = g_new0 (SoldRequest, 1);

  request->product = g_strdup (product_id);
  request->now = now;
  request->n_weeks = n_weeks;
  return stall_store_read (store, STALL_READER_REST, sold_per_week_job, request, sold_request_free,
                           NULL);
}

static DexFuture *
texts_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (database, &error, data, "");

  while (stall_database_step (database, row, &error))
    g_strv_builder_add (texts, stall_column_text (row, 0));
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (texts));
}

/**
 * stall_store_tags:
 * @store: a store
 *
 * Returns: (transfer full): a future of a #GStrv of every tag in use, by name
 */
DexFuture *
stall_store_tags (StallStore *store)
{
  return stall_store_read (store, STALL_READER_REST, texts_job,
                           (gpointer) "SELECT DISTINCT tag FROM tag ORDER BY tag", NULL, NULL);
}

/**
 * stall_store_places:
 * @store: a store
 *
 * Returns: (transfer full): a future of a #GStrv of every place in use, the workshop first
 */
DexFuture *
stall_store_places (StallStore *store)
{
  return stall_store_read (store, STALL_READER_REST, texts_job,
                           (gpointer) "SELECT place FROM (SELECT '" STALL_PLACE_WORKSHOP
                                      "' AS place UNION "
                                      "SELECT DISTINCT place FROM stock) "
                                      "ORDER BY place <> '" STALL_PLACE_WORKSHOP "', place",
                           NULL, NULL);
}

static DexFuture *
variants_at_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT v.id FROM stock s JOIN variant v ON v.number = s.variant "
      "WHERE s.place = ? AND s.on_hand > 0 AND NOT v.kit ORDER BY v.product, v.position",
      "s", data);

  while (stall_database_step (database, row, &error))
    g_strv_builder_add (ids, stall_column_text (row, 0));
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (ids));
}

/**
 * stall_store_variants_at:
 * @store: a store
 * @place: where
 *
 * Returns: (transfer full): a future of a #GStrv of the variants of which pieces should be at
 *   @place, product by product; no kits
 */
DexFuture *
stall_store_variants_at (StallStore *store, const char *place)
{
  dex_return_error_if_fail (place != NULL);

  return stall_store_read (store, STALL_READER_REST, variants_at_job, g_strdup (place), g_free,
                           NULL);
}
