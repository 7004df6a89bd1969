/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-figures.h"

#include <string.h>

#include "stall-documents.h"
#include "stall-query-private.h"
#include "stall-store-private.h"
#include "stall-votes-private.h"

G_DEFINE_BOXED_TYPE (StallFigures, stall_figures, stall_figures_copy, stall_figures_free)

#define N_ROWS 5 /* of each list; the rest is one click away */
#define CHART_DAYS G_N_ELEMENTS (((StallFigures *) NULL)->days)

StallFigures *
stall_figures_copy (const StallFigures *self)
{
  StallFigures *copy = g_memdup2 (self, sizeof *self);

  copy->currency = g_strdup (self->currency);
  copy->due = g_object_ref (self->due);
  copy->running_out = g_object_ref (self->running_out);
  copy->polls = g_object_ref (self->polls);
  copy->activity = g_object_ref (self->activity);
  return copy;
}

void
stall_figures_free (StallFigures *self)
{
  g_free (self->currency);
  g_clear_object (&self->due);
  g_clear_object (&self->running_out);
  g_clear_object (&self->polls);
  g_clear_object (&self->activity);
  g_free (self);
}

/**
 * stall_figures_query_due:
 * @self: figures
 *
 * Returns: (transfer full): a query of the orders that are due, the most urgent first
 */
StallQuery *
stall_figures_query_due (const StallFigures *self)
{
  StallQuery *query = stall_query_new (STALL_LIST_ORDERS);

  query->due_until = stall_time_day_start (self->takings[0].from, 2);
  query->sort = STALL_SORT_SHIP_BY;
  return query;
}

/**
 * stall_figures_query_polls:
 * @self: figures
 *
 * Returns: (transfer full): a query of the polls that wait for voters or for the owner
 */
StallQuery *
stall_figures_query_polls (const StallFigures *self)
{
  StallQuery *query = stall_query_new (STALL_LIST_POLLS);

  query->poll_states = 1u << STALL_POLL_OPEN | 1u << STALL_POLL_CLOSED;
  return query;
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

  if (*error == NULL)
    stall_database_get_int (database, &value, error, sql, until != 0 ? "i" : "", until);
  return value;
}

/* The sums of days make up those of the periods. */
static void
set_takings (StallFigures *figures, StallTime now)
{
  static const int days[] = { 1, 7, 30 };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      StallTakings *takings = &figures->takings[i];

      takings->from = stall_time_day_start (now, 1 - days[i]);
      takings->until = stall_time_day_start (now, 1);
      for (int day = 0; day < days[i]; day++)
        {
          takings->now += figures->days[CHART_DAYS - 1 - day];
          takings->before += figures->days[CHART_DAYS - 1 - days[i] - day];
        }
    }
}

/* One walk through the payments of sixty days, in the order of their time, for all sums at once. */
static void
read_payments (StallDatabase *database, StallFigures *figures, StallTime now, GError **error)
{
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  StallTime month = stall_time_day_start (now, -29);
  guint day = 0;
  StallTime day_ends = stall_time_day_start (now, 2 - (int) CHART_DAYS);
  sqlite3_stmt *row;

  if (*error != NULL)
    return;
  row = stall_database_query (
      database, error,
      "SELECT at, source, amount, currency = ?, orders FROM payment WHERE at >= ? AND at < ? "
      "ORDER BY at",
      "sii", figures->currency, stall_time_day_start (now, 1 - (int) CHART_DAYS),
      stall_time_day_start (now, 1));
  while (stall_database_step (database, row, error))
    {
      StallTime at = sqlite3_column_int64 (row, 0);
      guint source = (guint) sqlite3_column_int (row, 1);
      gint64 amount = sqlite3_column_int64 (row, 2);

      while (at >= day_ends && day < CHART_DAYS - 1)
        day_ends = stall_time_day_start (now, 2 - (int) CHART_DAYS + (int) ++day);
      if (sqlite3_column_int (row, 3))
        {
          figures->days[day] += amount;
          if (at >= month && source < STALL_N_SOURCES)
            {
              figures->by_source[source] += amount;
              figures->payments_by_source[source]++;
            }
        }
      else if (at >= month)
        {
          gint64 order = sqlite3_column_int64 (row, 4);

          g_hash_table_add (others, g_memdup2 (&order, sizeof order));
        }
    }
  figures->n_other_currencies = g_hash_table_size (others);
  set_takings (figures, now);
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
  figures->n_oversold = count (database, error, "SELECT count(*) FROM " STALL_OVERSOLD_VARIANTS, 0);
  figures->is_empty = count (database, error,
                             "SELECT NOT EXISTS (SELECT 1 FROM product) "
                             "AND NOT EXISTS (SELECT 1 FROM orders)",
                             0);
}

static void
read_polls (StallDatabase *database, StallFigures *figures, GError **error)
{
  sqlite3_stmt *row;

  figures->poll_at = STALL_TIME_NONE;
  if (*error != NULL)
    return;
  row = stall_database_query (database, error,
                              "SELECT " STALL_POLL_STATE ", opens_at, closes_at FROM poll p", "");
  while (stall_database_step (database, row, error))
    {
      int state = sqlite3_column_int (row, 0);
      StallTime at = STALL_TIME_NONE;

      figures->n_polls[state]++;
      if (state == STALL_POLL_DRAFT)
        at = stall_column_time (row, 1);
      else if (state == STALL_POLL_OPEN)
        at = stall_column_time (row, 2);
      if (at != STALL_TIME_NONE && (figures->poll_at == STALL_TIME_NONE || at < figures->poll_at))
        figures->poll_at = at;
    }
}

static void
read_notes (StallDatabase *database, StallFigures *figures, StallTime now, GError **error)
{
  sqlite3_stmt *row;

  figures->note_at = STALL_TIME_NONE;
  if (*error != NULL)
    return;
  row = stall_database_query (database, error,
                              "SELECT state, count(*), count(*) FILTER (WHERE publish_at <= ?1), "
                              "min(publish_at) FILTER (WHERE publish_at > ?1) FROM note GROUP BY "
                              "state",
                              "i", now);
  while (stall_database_step (database, row, error))
    {
      int state = sqlite3_column_int (row, 0);

      figures->n_notes[state] = (guint) sqlite3_column_int (row, 1);
      if (state != STALL_NOTE_SCHEDULED)
        continue;
      figures->n_notes_ready = (guint) sqlite3_column_int (row, 2);
      figures->note_at = stall_column_time (row, 3);
    }
}

static GListModel *
read_rows (StallDatabase *database, StallQuery *owned_query, GError **error)
{
  g_autoptr (StallQuery) query = owned_query;

  return *error == NULL ? stall_query_read_rows (query, database, N_ROWS, error) : NULL;
}

static void
read_lists (StallDatabase *database, StallFigures *figures, GError **error)
{
  StallQuery *running_out = stall_query_new (STALL_LIST_VARIANTS);

  running_out->stock = STALL_STOCK_RUNNING_OUT;
  running_out->sort = STALL_SORT_DAYS_LEFT;
  figures->due = read_rows (database, stall_figures_query_due (figures), error);
  figures->running_out = read_rows (database, running_out, error);
  figures->polls = read_rows (database, stall_figures_query_polls (figures), error);
  figures->activity = read_rows (database, stall_query_new (STALL_LIST_ACTIVITY), error);
}

/* All from one moment of the file, so that figures and rows agree. */
static DexFuture *
figures_job (StallDatabase *database, gpointer data)
{
  StallTime now = *(StallTime *) data;
  g_autoptr (StallFigures) figures = g_new0 (StallFigures, 1);
  GError *error = NULL;

  if (stall_database_run_script (database, "BEGIN;", &error))
    {
      figures->currency = load_currency (database);
      read_counts (database, figures, now, &error);
      read_polls (database, figures, &error);
      read_notes (database, figures, now, &error);
      read_payments (database, figures, now, &error);
      read_lists (database, figures, &error);
      stall_database_run_script (database, "COMMIT;", error == NULL ? &error : NULL);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_FIGURES, g_steal_pointer (&figures));
}

/**
 * stall_store_figures:
 * @store: a store
 * @now: which moment Today is about
 *
 * Sums what Today shows, each figure from the tables that the list behind it reads, and reads the
 * first rows of its lists.
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
