/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-export-polls.h"

#include "stall-async.h"
#include "stall-ballot.h"
#include "stall-csv-writer.h"
#include "stall-poll-figures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const tally_columns[]
    = { "Poll ID",    "Question", "Option ID", "Option",        "Votes",    "Share",
        "Share From", "Share To", "Deposits",  "Deposit Money", "Currency", NULL };
static const char *const ballot_columns[]
    = { "Poll ID", "Option ID", "Option", "Voter", "Voted At", "Via", NULL };

typedef struct
{
  StallStore *store;
  char *poll_id;
  GFile *file;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->store);
  g_free (self->poll_id);
  g_object_unref (self->file);
  g_free (self);
}

static DexFuture *
start (DexFiberFunc fiber, StallStore *store, const char *poll_id, GFile *file)
{
  Export *self = g_new0 (Export, 1);

  self->store = g_object_ref (store);
  self->poll_id = g_strdup (poll_id);
  self->file = g_object_ref (file);
  return stall_async (fiber, self, export_free);
}

static void
write_share (StallCsvWriter *writer, double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  stall_csv_writer_text (writer, g_ascii_formatd (text, sizeof text, "%.4f", share));
}

static gboolean
write_option (StallCsvWriter *writer, const StallPollFigures *figures, guint index, GError **error)
{
  const StallPollOption *option = stall_poll_get_option (figures->poll, index);
  double low = 0, high = 1;

  stall_tally_get_option_interval (figures->tally, index, &low, &high);
  stall_csv_writer_text (writer, stall_poll_get_id (figures->poll));
  stall_csv_writer_text (writer, stall_poll_get_question (figures->poll));
  stall_csv_writer_text (writer, option->id);
  stall_csv_writer_text (writer, option->label);
  stall_csv_writer_int (writer, stall_tally_get_option_votes (figures->tally, index));
  write_share (writer, stall_tally_get_option_share (figures->tally, index));
  write_share (writer, low);
  write_share (writer, high);
  stall_csv_writer_int (writer, stall_tally_get_option_deposits (figures->tally, index));
  stall_csv_writer_price (writer, stall_tally_get_option_money (figures->tally, index),
                          option->currency != NULL ? option->currency : "CNY");
  stall_csv_writer_text (writer, option->currency);
  return stall_csv_writer_end_row (writer, error);
}

static DexFuture *
tally_fiber (gpointer data)
{
  Export *self = data;
  GError *error = NULL;
  g_autoptr (StallCsvWriter) writer = NULL;
  g_autoptr (StallPollFigures) figures = dex_await_boxed (
      stall_store_poll_figures (self->store, self->poll_id, stall_time_now ()), &error);
  gboolean good;

  if (figures != NULL)
    writer = stall_csv_writer_new (self->file, &error);
  good = writer != NULL && stall_csv_writer_row (writer, tally_columns, &error);
  for (guint i = 0; good && i < figures->n_options; i++)
    good = write_option (writer, figures, i, &error);
  if (good && stall_csv_writer_finish (writer, &error))
    return dex_future_new_for_int64 (figures->n_options);
  return dex_future_new_for_error (error);
}

static gboolean
write_ballot (StallCsvWriter *writer, StallPoll *poll, StallDocument *document, GError **error)
{
  g_autoptr (StallBallot) ballot = stall_ballot_new_from_document (document, error);
  const StallPollOption *option;
  g_autofree char *at = NULL;

  if (ballot == NULL)
    return FALSE;
  option = stall_poll_find_option (poll, stall_ballot_get_option (ballot));
  at = stall_time_to_string (stall_ballot_get_at (ballot));
  stall_csv_writer_text (writer, stall_poll_get_id (poll));
  stall_csv_writer_text (writer, stall_ballot_get_option (ballot));
  stall_csv_writer_text (writer, option != NULL ? option->label : NULL);
  stall_csv_writer_text (writer, stall_ballot_get_voter (ballot));
  stall_csv_writer_text (writer, at);
  stall_csv_writer_text (writer, stall_ballot_get_via (ballot));
  return stall_csv_writer_end_row (writer, error);
}

static GListModel *
await_ballots (Export *self, const StallPollFigures *figures, GError **error)
{
  g_autofree char *prefix
      = g_strdup_printf ("ballot:%s:", strchr (stall_poll_get_id (figures->poll), ':') + 1);

  if (figures->state < STALL_POLL_CLOSED)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("Votes of an open poll may still change. Export its ballots when it "
                              "has closed."));
      return NULL;
    }
  return dex_await_object (stall_store_list (self->store, prefix), error);
}

static DexFuture *
ballots_fiber (gpointer data)
{
  Export *self = data;
  GError *error = NULL;
  g_autoptr (StallCsvWriter) writer = NULL;
  g_autoptr (GListModel) ballots = NULL;
  g_autoptr (StallPollFigures) figures = dex_await_boxed (
      stall_store_poll_figures (self->store, self->poll_id, stall_time_now ()), &error);
  guint n_ballots;
  gboolean good;

  if (figures != NULL)
    ballots = await_ballots (self, figures, &error);
  if (ballots != NULL)
    writer = stall_csv_writer_new (self->file, &error);
  good = writer != NULL && stall_csv_writer_row (writer, ballot_columns, &error);
  n_ballots = ballots != NULL ? g_list_model_get_n_items (ballots) : 0;
  for (guint i = 0; good && i < n_ballots; i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (ballots, i);

      good = write_ballot (writer, figures->poll, document, &error);
    }
  if (good && stall_csv_writer_finish (writer, &error))
    return dex_future_new_for_int64 (n_ballots);
  return dex_future_new_for_error (error);
}

/**
 * stall_export_tally:
 * @store: a store
 * @poll_id: "poll:…"
 * @file: where to write
 *
 * Writes how a poll stands, a row an option; votes and deposits are two numbers.
 *
 * Returns: (transfer full): a future of the rows written, an int64; %STALL_ERROR_NOT_FOUND
 */
DexFuture *
stall_export_tally (StallStore *store, const char *poll_id, GFile *file)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (poll_id != NULL && G_IS_FILE (file));

  return start (tally_fiber, store, poll_id, file);
}

/**
 * stall_export_ballots:
 * @store: a store
 * @poll_id: "poll:…", closed
 * @file: where to write
 *
 * Writes the ballots of a poll, a row a voter, who has no name.
 *
 * Returns: (transfer full): a future of the rows written, an int64; %STALL_ERROR_NOT_FOUND, or
 * %STALL_ERROR_INVALID while the poll is open
 */
DexFuture *
stall_export_ballots (StallStore *store, const char *poll_id, GFile *file)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (poll_id != NULL && G_IS_FILE (file));

  return start (ballots_fiber, store, poll_id, file);
}
