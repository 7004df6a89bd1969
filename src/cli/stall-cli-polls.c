/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"
#include "stall-export-polls.h"
#include "stall-poll-figures.h"
#include "stall-query-model.h"

#include <glib/gi18n-lib.h>

static void
describe_poll (StallRecord *record, StallPollRow *row)
{
  StallDecisionOutcome outcome;

  stall_record_add_string (record, "id", stall_poll_row_get_id (row));
  stall_record_add_string (
      record, "state",
      stall_poll_state_to_string (stall_poll_row_get_state (row, stall_time_now ())));
  stall_record_add_string (record, "question", stall_poll_row_get_question (row));
  stall_record_add_int (record, "votes", stall_poll_row_get_votes (row));
  stall_record_add_int (record, "deposits", stall_poll_row_get_deposits (row));
  stall_record_add_string (record, "leader", stall_poll_row_get_leader (row));
  stall_record_add_string (
      record, "outcome",
      stall_poll_row_get_outcome (row, &outcome) ? stall_decision_outcome_to_string (outcome) : "");
  stall_record_add_string (record, "option", stall_poll_row_get_decided_option (row));
  stall_record_add_int (record, "quantity", stall_poll_row_get_quantity (row));
  stall_record_add_int (record, "sold", stall_poll_row_get_sold (row));
}

static void
describe_option (StallRecord *record, const StallPollFigures *figures, guint index)
{
  const StallPollOption *option = stall_poll_get_option (figures->poll, index);
  double share = stall_tally_get_option_share (figures->tally, index), low, high;

  stall_tally_get_option_interval (figures->tally, index, &low, &high);
  stall_record_add_string (record, "option", option->id);
  stall_record_add_string (record, "label", option->label);
  stall_record_add_int (record, "votes", stall_tally_get_option_votes (figures->tally, index));
  stall_record_add_int (record, "deposits",
                        stall_tally_get_option_deposits (figures->tally, index));
  stall_record_add_share (record, "share", share);
  stall_record_add_share (record, "low", low);
  stall_record_add_share (record, "high", high);
  stall_record_add_int (record, "sold", figures->options[index].sold);
}

static gboolean
list (StallCli *cli, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_POLLS);
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_query_rows (cli->store, query, 0), error);

  if (rows == NULL)
    return FALSE;
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallPollRow) row = g_list_model_get_item (rows, i);
      StallRecord record;

      stall_record_init (&record);
      describe_poll (&record, row);
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

static gboolean
show (StallCli *cli, GError **error)
{
  g_autoptr (StallPollFigures) figures = dex_await_boxed (
      stall_store_poll_figures (cli->store, cli->arguments[1], stall_time_now ()), error);

  if (figures == NULL)
    return FALSE;
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < figures->n_options; i++)
    {
      StallRecord record;

      stall_record_init (&record);
      describe_option (&record, figures, i);
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

static gboolean export (StallCli *cli, GError **error)
{
  const char *id = cli->arguments[1];
  gboolean ballots = g_str_equal (cli->arguments[0], "ballots");
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (cli->arguments[2]);
  g_autoptr (GError) failure = NULL;
  g_autofree char *count = NULL;
  gint64 rows = dex_await_int64 (ballots ? stall_export_ballots (cli->store, id, file)
                                         : stall_export_tally (cli->store, id, file),
                                 &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  count = g_strdup_printf ("%" G_GINT64_FORMAT, rows);
  if (cli->json)
    g_print ("{\"rows\":%s}\n", count);
  else
    g_print (ngettext ("%s row written\n", "%s rows written\n", (gulong) rows), count);
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  guint n = g_strv_length (cli->arguments);

  if (g_str_equal (cli->arguments[0], "list") && n == 1)
    return list (cli, error);
  if (g_str_equal (cli->arguments[0], "show") && n == 2)
    return show (cli, error);
  if ((g_str_equal (cli->arguments[0], "export") || g_str_equal (cli->arguments[0], "ballots"))
      && n == 3)
    return export (cli, error);
  g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"), "polls", "polls",
               _ ("list | show ID | export ID FILE | ballots ID FILE"));
  return FALSE;
}

const StallVerb stall_cli_polls_verb = {
  .name = "polls",
  .arguments = N_ ("list | show ID | export ID FILE | ballots ID FILE"),
  .summary = N_ ("Lists polls, shows how one stands, writes it as CSV"),
  .description = N_ ("Shares are between 0 and 1; low and high are the ends of the interval that "
                     "holds them with 95 percent certainty."),
  .min_arguments = 1,
  .max_arguments = 3,
  .needs_store = TRUE,
  .run = run,
};
