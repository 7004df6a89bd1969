/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-poll-figures.h"

#include "stall-documents.h"
#include "stall-store-private.h"
#include "stall-votes-private.h"

G_DEFINE_BOXED_TYPE (StallPollFigures,
                     stall_poll_figures,
                     stall_poll_figures_copy,
                     stall_poll_figures_free)

static void
copy_option (StallPollOptionFigures *to, const StallPollOptionFigures *from)
{
  *to = *from;
  to->product = g_strdup (from->product);
  to->product_title = g_strdup (from->product_title);
  to->variant_title = g_strdup (from->variant_title);
  to->cover = g_strdup (from->cover);
}

StallPollFigures *
stall_poll_figures_copy (const StallPollFigures *self)
{
  StallPollFigures *copy = g_memdup2 (self, sizeof *self);

  copy->poll = g_object_ref (self->poll);
  copy->tally = g_object_ref (self->tally);
  copy->decision = self->decision != NULL ? g_object_ref (self->decision) : NULL;
  copy->decisions = g_ptr_array_ref (self->decisions);
  copy->options = g_new0 (StallPollOptionFigures, MAX (self->n_options, 1));
  for (guint i = 0; i < self->n_options; i++)
    copy_option (&copy->options[i], &self->options[i]);
  copy->bucket_votes
      = g_memdup2 (self->bucket_votes, sizeof (gint64) * self->n_buckets * self->n_options);
  return copy;
}

void
stall_poll_figures_free (StallPollFigures *self)
{
  g_clear_object (&self->poll);
  g_clear_object (&self->tally);
  g_clear_object (&self->decision);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  for (guint i = 0; i < self->n_options; i++)
    {
      g_free (self->options[i].product);
      g_free (self->options[i].product_title);
      g_free (self->options[i].variant_title);
      g_free (self->options[i].cover);
    }
  g_free (self->options);
  g_free (self->bucket_votes);
  g_free (self);
}

typedef struct
{
  char *poll_id;
  StallTime now;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->poll_id);
  g_free (request);
}

/* Ballots, and what lies in the box for who has none. */
#define VOTES                                                      \
  "(SELECT via, option, at FROM ballot WHERE poll = ?1 UNION ALL " \
  "SELECT 'page', option, at FROM box WHERE poll = ?1 AND " STALL_BOX_WITHOUT_BALLOT ")"

static gboolean
read_tally (StallPollFigures *self, StallDatabase *database, const char *id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT via, option, count (*) FROM " VOTES " GROUP BY via, option", "s",
      id);

  while (stall_database_step (database, row, &failed))
    stall_tally_add_ballots (self->tally, stall_column_text (row, 0), stall_column_text (row, 1),
                             sqlite3_column_int64 (row, 2));
  if (failed == NULL)
    row = stall_database_query (
        database, &failed,
        "SELECT origin, option, votes, deposits, money FROM tally WHERE poll = ?", "s", id);
  while (failed == NULL && stall_database_step (database, row, &failed))
    stall_tally_add_report (self->tally, stall_column_text (row, 0), stall_column_text (row, 1),
                            sqlite3_column_int64 (row, 2), sqlite3_column_int64 (row, 3),
                            sqlite3_column_int64 (row, 4));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
read_decisions (StallPollFigures *self, StallDatabase *database, const char *id, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT number FROM decision WHERE poll = ? ORDER BY at DESC, id DESC",
      "s", id);

  while (stall_database_step (database, row, &failed))
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (numbers, number);
    }
  self->decisions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; failed == NULL && i < numbers->len; i++)
    {
      g_autoptr (StallDocument) document
          = stall_documents_load_number (database, g_array_index (numbers, gint64, i), &failed);
      StallDecision *decision
          = document != NULL ? stall_decision_new_from_document (document, &failed) : NULL;

      if (decision != NULL)
        g_ptr_array_add (self->decisions, decision);
    }
  if (self->decisions->len > 0)
    self->decision = g_object_ref (g_ptr_array_index (self->decisions, 0));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Pieces of a variant sold since @from, and within the period that starts with the first of them.
 */
static gboolean
read_sold (StallDatabase *database,
           const char *variant,
           StallTime from,
           StallPollOptionFigures *option,
           GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT placed_at, sold FROM line WHERE variant = (SELECT number FROM variant WHERE id = ?) "
      "AND placed_at >= ? AND sold <> 0 ORDER BY placed_at",
      "si", variant, from);

  option->first_sold = STALL_TIME_NONE;
  while (stall_database_step (database, row, &failed))
    {
      StallTime at = sqlite3_column_int64 (row, 0);
      gint64 sold = sqlite3_column_int64 (row, 1);

      if (option->first_sold == STALL_TIME_NONE)
        option->first_sold = at;
      option->sold += sold;
      if (at < option->first_sold + STALL_FIRST_RUN_PERIOD)
        option->sold_period += sold;
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
read_product (StallDatabase *database,
              const StallPollOption *option,
              StallPollOptionFigures *figures,
              GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT p.id, p.title, v.title, p.cover, p.stage FROM variant v JOIN product p ON p.number = "
      "v.product WHERE v.id = ?",
      "s", option->variant);

  figures->stage = -1;
  figures->cover = g_strdup (option->digest);
  while (stall_database_step (database, row, &failed))
    {
      g_set_str (&figures->product, stall_column_text (row, 0));
      g_set_str (&figures->product_title, stall_column_text (row, 1));
      g_set_str (&figures->variant_title, stall_column_text (row, 2));
      if (figures->cover == NULL)
        figures->cover = g_strdup ((const char *) sqlite3_column_text (row, 3));
      figures->stage = sqlite3_column_int (row, 4);
    }
  if (figures->product_title == NULL)
    {
      figures->product_title = g_strdup ("");
      figures->variant_title = g_strdup ("");
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
read_options (StallPollFigures *self, StallDatabase *database, GError **error)
{
  self->n_options = stall_poll_get_n_options (self->poll);
  self->options = g_new0 (StallPollOptionFigures, MAX (self->n_options, 1));
  for (guint i = 0; i < self->n_options; i++)
    {
      const StallPollOption *option = stall_poll_get_option (self->poll, i);

      self->options[i].first_sold = STALL_TIME_NONE;
      if (!read_product (database, option, &self->options[i], error)
          || (self->decision != NULL && option->variant != NULL
              && !read_sold (database, option->variant, stall_decision_get_at (self->decision),
                             &self->options[i], error)))
        return FALSE;
    }
  return TRUE;
}

/* Hours while there are few of them, else as many whole days as it takes. */
static void
choose_buckets (StallPollFigures *self, StallTime now)
{
  StallTime from = stall_poll_get_opens_at (self->poll);
  StallTime until = stall_poll_get_closes_at (self->poll);

  until = until == STALL_TIME_NONE ? now : MIN (until, now);
  if (from == STALL_TIME_NONE || until <= from)
    return;
  if (until - from <= STALL_POLL_MAX_BUCKETS * STALL_HOUR)
    {
      self->bucket_width = STALL_HOUR;
      self->buckets_from = from - from % STALL_HOUR;
      /* The first hour is cut by the opening, so there may be one more than fit. */
      if (until - self->buckets_from > STALL_POLL_MAX_BUCKETS * STALL_HOUR)
        self->buckets_from = from;
    }
  else
    {
      self->buckets_from = stall_time_day_start (from, 0);
      self->bucket_width = STALL_DAY
                           * ((until - self->buckets_from + STALL_POLL_MAX_BUCKETS * STALL_DAY - 1)
                              / (STALL_POLL_MAX_BUCKETS * STALL_DAY));
    }
  self->n_buckets = (until - self->buckets_from + self->bucket_width - 1) / self->bucket_width;
}

static int
find_option (StallPoll *poll, const char *id)
{
  for (guint i = 0; i < stall_poll_get_n_options (poll); i++)
    if (g_strcmp0 (stall_poll_get_option (poll, i)->id, id) == 0)
      return i;
  return -1;
}

static gboolean
read_buckets (StallPollFigures *self,
              StallDatabase *database,
              const char *id,
              StallTime now,
              GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row;

  choose_buckets (self, now);
  if (self->n_buckets == 0)
    return TRUE;
  self->bucket_votes = g_new0 (gint64, self->n_buckets * MAX (self->n_options, 1));
  row = stall_database_query (
      database, &failed, "SELECT (at - ?2) / ?3, option, count (*) FROM " VOTES " GROUP BY 1, 2",
      "sii", id, self->buckets_from, self->bucket_width);
  while (stall_database_step (database, row, &failed))
    {
      int option = find_option (self->poll, stall_column_text (row, 1));
      /* A vote whose clock was wrong is shown where the poll begins or ends. */
      gint64 bucket = CLAMP (sqlite3_column_int64 (row, 0), 0, (gint64) self->n_buckets - 1);

      if (option >= 0)
        self->bucket_votes[bucket * self->n_options + option] += sqlite3_column_int64 (row, 2);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Polls that ended in making or pre-selling something that has a variant. */
static gboolean
read_history (StallPollFigures *self,
              StallDatabase *database,
              const char *id,
              StallTime now,
              GError **error)
{
  g_autoptr (GArray) polls = g_array_new (FALSE, FALSE, sizeof (StallPastPoll));
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) decided = g_array_new (FALSE, FALSE, sizeof (StallTime));
  g_autoptr (GError) failed = NULL;
  guint n_polls = 0;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT o.variant, d.at, (SELECT coalesce (sum (votes), 0) FROM " STALL_POLL_COUNTS
      " WHERE option = o.id) FROM poll p JOIN decision d ON d.number = " STALL_POLL_DECISION
      " JOIN poll_option o ON o.poll = p.number AND o.id = d.option "
      "WHERE p.id <> ? AND d.outcome IN (0, 1) AND o.variant IS NOT NULL",
      "s", id);

  while (stall_database_step (database, row, &failed))
    {
      StallTime at = sqlite3_column_int64 (row, 1);
      StallPastPoll past = { .votes = sqlite3_column_int64 (row, 2) };

      g_ptr_array_add (variants, g_strdup (stall_column_text (row, 0)));
      g_array_append_val (decided, at);
      g_array_append_val (polls, past);
    }
  for (guint i = 0; failed == NULL && i < variants->len; i++)
    {
      StallPollOptionFigures sold = { 0 };

      read_sold (database, g_ptr_array_index (variants, i), g_array_index (decided, StallTime, i),
                 &sold, &failed);
      if (sold.first_sold == STALL_TIME_NONE || sold.first_sold + STALL_FIRST_RUN_PERIOD > now)
        continue;
      g_array_index (polls, StallPastPoll, n_polls)
          = (StallPastPoll) { g_array_index (polls, StallPastPoll, i).votes, sold.sold_period };
      n_polls++;
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  self->has_history = stall_conversion_compute ((StallPastPoll *) (gpointer) polls->data, n_polls,
                                                &self->conversion);
  for (guint i = 0; self->has_history && i < self->n_options; i++)
    self->options[i].first_run = stall_conversion_suggest (
        &self->conversion, stall_tally_get_option_votes (self->tally, i));
  return TRUE;
}

static DexFuture *
figures_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (StallPollFigures) self = g_new0 (StallPollFigures, 1);
  g_autoptr (StallDocument) document = NULL;
  GError *error = NULL;

  document = stall_documents_load (database, request->poll_id, &error);
  self->poll = document != NULL ? stall_poll_new_from_document (document, &error) : NULL;
  if (self->poll == NULL)
    return dex_future_new_for_error (error);
  self->tally = stall_tally_new (self->poll);
  if (!read_tally (self, database, request->poll_id, &error)
      || !read_decisions (self, database, request->poll_id, &error)
      || !read_options (self, database, &error)
      || !read_buckets (self, database, request->poll_id, request->now, &error)
      || !read_history (self, database, request->poll_id, request->now, &error))
    return dex_future_new_for_error (error);
  self->state
      = stall_poll_get_state (self->poll, request->now, stall_tally_get_votes (self->tally),
                              stall_tally_get_deposits (self->tally), self->decision != NULL);
  return dex_future_new_take_boxed (STALL_TYPE_POLL_FIGURES, g_steal_pointer (&self));
}

/**
 * stall_store_poll_figures:
 * @store: a store
 * @poll_id: "poll:…"
 * @now: the time, milliseconds UTC
 *
 * Reads how a poll stands: counts, votes over time, what was decided, what that turned into, and
 * what the stall's other polls say about a first run.
 *
 * Returns: (transfer full): a future of a #StallPollFigures; %STALL_ERROR_NOT_FOUND
 */
DexFuture *
stall_store_poll_figures (StallStore *store, const char *poll_id, StallTime now)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (poll_id != NULL);

  request = g_new0 (Request, 1);
  request->poll_id = g_strdup (poll_id);
  request->now = now;
  return stall_store_read (store, STALL_READER_REST, figures_job, request, request_free, NULL);
}
