/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-note-figures.h"

#include "stall-numbers.h"
#include "stall-query-private.h"
#include "stall-store-private.h"

static StallNoteFigures *
stall_note_figures_copy (const StallNoteFigures *self)
{
  return g_memdup2 (self, sizeof *self);
}

static StallNoteSales *
stall_note_sales_copy (const StallNoteSales *self)
{
  return g_memdup2 (self, sizeof *self);
}

static StallEchoSeries *
stall_echo_series_copy (const StallEchoSeries *self)
{
  StallEchoSeries *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    copy->counts[i] = g_memdup2 (self->counts[i], self->n_days * sizeof (gint64));
  copy->days = g_memdup2 (self->days, self->n_days * sizeof (StallTime));
  return copy;
}

G_DEFINE_BOXED_TYPE (StallNoteFigures,
                     stall_note_figures,
                     stall_note_figures_copy,
                     stall_note_figures_free)
G_DEFINE_BOXED_TYPE (StallNoteSales, stall_note_sales, stall_note_sales_copy, stall_note_sales_free)
G_DEFINE_BOXED_TYPE (StallEchoSeries,
                     stall_echo_series,
                     stall_echo_series_copy,
                     stall_echo_series_free)

/**
 * stall_note_figures_free:
 * @self: (transfer full): figures
 *
 * Frees figures.
 */
void
stall_note_figures_free (StallNoteFigures *self)
{
  g_free (self);
}

/**
 * stall_note_sales_free:
 * @self: (transfer full): what was sold
 *
 * Frees it.
 */
void
stall_note_sales_free (StallNoteSales *self)
{
  g_free (self);
}

/**
 * stall_echo_series_free:
 * @self: (transfer full): a series
 *
 * Frees a series.
 */
void
stall_echo_series_free (StallEchoSeries *self)
{
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    g_free (self->counts[i]);
  g_free (self->days);
  g_free (self);
}

/**
 * stall_link_problem_free:
 * @self: (nullable): a problem
 *
 * Frees a problem.
 */
void
stall_link_problem_free (StallLinkProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->product);
  g_free (self->title);
  g_free (self);
}

/* --- the notes page --- */

/* How many rows a query finds, so that no figure can differ from its list. */
static guint
count (StallDatabase *database, const StallQuery *query, GError **error)
{
  g_autoptr (StallNumbers) numbers
      = *error == NULL ? stall_query_read_numbers (query, database, 0, error) : NULL;

  return numbers != NULL ? stall_numbers_get_length (numbers) : 0;
}

static DexFuture *
figures_job (StallDatabase *database, gpointer data)
{
  StallTime now = *(StallTime *) data;
  g_autoptr (StallNoteFigures) figures = g_new0 (StallNoteFigures, 1);
  StallQuery notes = { .list = STALL_LIST_NOTES };
  StallQuery products = { .list = STALL_LIST_PRODUCTS };
  GError *error = NULL;

  for (guint i = 0; i < STALL_N_NOTE_STATES; i++)
    {
      notes.note_states = 1u << i;
      figures->n_by_state[i] = count (database, &notes, &error);
    }
  notes.note_states = 0;
  notes.ready_at = now;
  figures->n_ready = count (database, &notes, &error);
  notes.ready_at = 0;
  notes.problems = TRUE;
  figures->n_problems = count (database, &notes, &error);
  products.story = STALL_STORY_LACKING;
  figures->n_lacking = count (database, &products, &error);
  products.story = STALL_STORY_WHITE_ONLY;
  figures->n_white_only = count (database, &products, &error);
  figures->next_at = STALL_TIME_NONE;
  if (error == NULL)
    stall_database_get_int (database, &figures->next_at, NULL,
                            "SELECT publish_at FROM note WHERE state = 1 AND publish_at > ? "
                            "ORDER BY publish_at LIMIT 1",
                            "i", now);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_NOTE_FIGURES, g_steal_pointer (&figures));
}

/**
 * stall_store_note_figures:
 * @store: a store
 * @now: what time it is
 *
 * Returns: (transfer full): a future of a boxed #StallNoteFigures
 */
DexFuture *
stall_store_note_figures (StallStore *store, StallTime now)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, figures_job, g_memdup2 (&now, sizeof now),
                           g_free, NULL);
}

static DexFuture *
topics_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GStrvBuilder) topics = g_strv_builder_new ();
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error, "SELECT topic FROM note_topic GROUP BY topic ORDER BY count(*) DESC, topic",
      "");

  while (stall_database_step (database, row, &error))
    g_strv_builder_add (topics, stall_column_text (row, 0));
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (topics));
}

/**
 * stall_store_topics:
 * @store: a store
 *
 * Returns: (transfer full): a future of a #GStrv of every topic in use, the most used first
 */
DexFuture *
stall_store_topics (StallStore *store)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, topics_job, NULL, NULL, NULL);
}

/* --- echo --- */

typedef struct
{
  char *id;
  char *currency;
  StallTime now;
  guint n_days;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request->currency);
  g_free (request);
}

static Request *
request_new (const char *id)
{
  Request *request = g_new0 (Request, 1);

  request->id = g_strdup (id);
  return request;
}

static char *
name_of_day (StallTime day)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (day / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%Y-%m-%d");
}

static StallEchoSeries *
make_series (StallTime now, guint n_days)
{
  StallEchoSeries *series = g_new0 (StallEchoSeries, 1);

  series->n_days = n_days;
  series->published = -1;
  series->days = g_new0 (StallTime, n_days);
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    series->counts[i] = g_new0 (gint64, n_days);
  for (guint i = 0; i < n_days; i++)
    series->days[i] = stall_time_day_start (now, (int) i - (int) n_days + 1);
  return series;
}

static void
mark_published (StallEchoSeries *series, StallTime published)
{
  for (guint i = 0; i < series->n_days; i++)
    if (published >= series->days[i] && published < stall_time_day_start (series->days[i], 1))
      series->published = (int) i;
}

static DexFuture *
series_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (StallEchoSeries) series = make_series (request->now, request->n_days);
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = name_of_day (series->days[0]);
  StallTime published = STALL_TIME_NONE;
  GError *error = NULL;
  sqlite3_stmt *row;

  for (guint i = 0; i < series->n_days; i++)
    g_hash_table_insert (days, name_of_day (series->days[i]), GUINT_TO_POINTER (i + 1));
  row = stall_database_query (database, &error,
                              "SELECT day, views, dwell, likes, saves, comments, joins FROM echo "
                              "WHERE subject = ? AND day >= ?",
                              "ss", request->id, first);
  while (stall_database_step (database, row, &error))
    {
      guint day = GPOINTER_TO_UINT (g_hash_table_lookup (days, stall_column_text (row, 0)));

      for (guint i = 0; day > 0 && i < STALL_N_ECHO_MEASURES; i++)
        {
          gint64 n = sqlite3_column_int64 (row, (int) i + 1);

          series->counts[i][day - 1] += n;
          series->totals[i] += n;
        }
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (stall_database_get_int (database, &published, NULL,
                              "SELECT publish_at FROM note WHERE number = (SELECT number FROM "
                              "document WHERE id = ?) AND state = 2 AND publish_at IS NOT NULL",
                              "s", request->id))
    mark_published (series, published);
  return dex_future_new_take_boxed (STALL_TYPE_ECHO_SERIES, g_steal_pointer (&series));
}

/**
 * stall_store_echo_series:
 * @store: a store
 * @subject_id: "note:…" or "product:…"
 * @now: what time it is; the series ends with its local day
 * @n_days: how many days, at most %STALL_ECHO_MAX_DAYS
 *
 * Returns: (transfer full): a future of a boxed #StallEchoSeries
 */
DexFuture *
stall_store_echo_series (StallStore *store, const char *subject_id, StallTime now, guint n_days)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (subject_id != NULL);
  dex_return_error_if_fail (n_days > 0 && n_days <= STALL_ECHO_MAX_DAYS);

  request = request_new (subject_id);
  request->now = now;
  request->n_days = n_days;
  return stall_store_read (store, STALL_READER_REST, series_job, request, request_free, NULL);
}

/* --- one note --- */

static DexFuture *
sales_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  StallNoteSales sales = { 0 };
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT count(*), sum (pieces), sum (paid) FILTER (WHERE currency = ?2) FROM orders "
      "WHERE source = ?4 AND source_ref <> '' AND " STALL_ORDER_CAME_THROUGH " AND status <> ?3",
      "ssii", request->id, request->currency, (gint64) STALL_STATUS_CANCELLED,
      (gint64) STALL_SOURCE_NOTE);

  if (stall_database_step (database, row, &error))
    {
      sales.n_orders = (guint) sqlite3_column_int64 (row, 0);
      sales.pieces = sqlite3_column_int64 (row, 1);
      sales.paid = sqlite3_column_int64 (row, 2);
      sqlite3_reset (row);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (STALL_TYPE_NOTE_SALES, stall_note_sales_copy (&sales));
}

/**
 * stall_store_note_sales:
 * @store: a store
 * @note_id: "note:…"
 * @currency: whose money is summed
 *
 * Returns: (transfer full): a future of a boxed #StallNoteSales
 */
DexFuture *
stall_store_note_sales (StallStore *store, const char *note_id, const char *currency)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (note_id != NULL && currency != NULL);

  request = request_new (note_id);
  request->currency = g_strdup (currency);
  return stall_store_read (store, STALL_READER_REST, sales_job, request, request_free, NULL);
}

static DexFuture *
problems_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_link_problem_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT l.product, p.title, " STALL_LINK_IS_GONE " AS gone FROM " STALL_LINK_PRODUCT
      " WHERE l.note = (SELECT number FROM document WHERE id = ?) AND (gone "
      "OR " STALL_LINK_IS_SOLD_OUT ") ORDER BY l.position",
      "s", data);

  while (stall_database_step (database, row, &error))
    {
      StallLinkProblem *problem = g_new0 (StallLinkProblem, 1);

      problem->product = g_strdup (stall_column_text (row, 0));
      problem->title = g_strdup (stall_column_text (row, 1));
      problem->trouble = sqlite3_column_int (row, 2) ? STALL_LINK_GONE : STALL_LINK_SOLD_OUT;
      g_ptr_array_add (problems, problem);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&problems));
}

/**
 * stall_store_link_problems:
 * @store: a store
 * @note_id: "note:…"
 *
 * Returns: (transfer full): a future of a #GPtrArray of #StallLinkProblem
 */
DexFuture *
stall_store_link_problems (StallStore *store, const char *note_id)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (note_id != NULL);

  return stall_store_read (store, STALL_READER_REST, problems_job, g_strdup (note_id), g_free,
                           NULL);
}
