/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli.h"
#include "stall-query-model.h"
#include "stall-vote-server.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

static gboolean
stop_cb (gpointer data)
{
  DexPromise *promise = data;

  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
  return G_SOURCE_CONTINUE;
}

/* The only poll that is open, when there is just one. */
static char *
find_open (StallCli *cli, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_POLLS);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallPollRow) row = NULL;

  query->poll_states = 1u << STALL_POLL_OPEN;
  rows = dex_await_object (stall_store_query_rows (cli->store, query, 2), error);
  if (rows == NULL)
    return NULL;
  if (g_list_model_get_n_items (rows) == 1)
    {
      row = g_list_model_get_item (rows, 0);
      return g_strdup (stall_poll_row_get_id (row));
    }
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
                       g_list_model_get_n_items (rows) == 0
                           ? _ ("No poll is open.")
                           : _ ("More than one poll is open. Say which with its ID."));
  return NULL;
}

static gboolean
run (StallCli *cli, GError **error)
{
  g_autoptr (StallVoteServer) server = NULL;
  g_autoptr (DexPromise) stopped = NULL;
  g_autofree char *poll_id = NULL;
  guint interrupted, terminated;
  gboolean good;

  if (!g_str_equal (cli->arguments[0], "serve"))
    {
      g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"), "vote",
                   "vote", _ ("serve [ID]"));
      return FALSE;
    }
  poll_id = cli->arguments[1] != NULL ? g_strdup (cli->arguments[1]) : find_open (cli, error);
  if (poll_id == NULL)
    return FALSE;
  server = stall_vote_server_new (cli->store);
  if (!dex_await (stall_vote_server_start (server, poll_id), error))
    return FALSE;
  g_print (cli->json ? "{\"url\":\"%s\"}\n" : "%s\n", stall_vote_server_get_url (server));
  stopped = dex_promise_new ();
  interrupted = g_unix_signal_add (SIGINT, stop_cb, stopped);
  terminated = g_unix_signal_add (SIGTERM, stop_cb, stopped);
  good = dex_await (dex_ref (DEX_FUTURE (stopped)), error);
  g_source_remove (interrupted);
  g_source_remove (terminated);
  stall_vote_server_stop (server);
  return good;
}

const StallVerb stall_cli_vote_verb = {
  .name = "vote",
  .arguments = N_ ("serve [ID]"),
  .summary = N_ ("Lets phones on the local network vote"),
  .description
  = N_ ("Prints the address of the audience page of a poll (of the only open one without "
        "an ID) and shows it until interrupted. “screen” at the end of the address "
        "shows the results for a large screen."),
  .min_arguments = 1,
  .max_arguments = 2,
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE,
  .run = run,
};
