/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-remote.h"
#include "stall-cli.h"
#include "stall-market.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#define PAGE 500
#define HAPPENINGS_A_MINUTE 12.0

/* A market that stands beside one database. */
typedef struct
{
  StallRemote *database;
  StallMarket *market;
  JsonNode *since; /* how far the feed was read; NULL: not at all */
} Stand;

static StallDocument *
read_document (JsonObject *members)
{
  const char *id = stall_json_get_string (members, "_id", NULL);
  const char *revision = stall_json_get_string (members, "_rev", NULL);
  g_autoptr (JsonObject) root = NULL;

  if (id == NULL || revision == NULL)
    return NULL;
  if (stall_json_get_boolean (members, "_deleted", FALSE))
    {
      g_autoptr (GBytes) empty = g_bytes_new_static ("{}", 2);

      return stall_document_new_revision (id, empty, revision, TRUE);
    }
  root = stall_json_copy_object (members);
  json_object_remove_member (root, "_id");
  json_object_remove_member (root, "_rev");
  return stall_document_new_from_root (id, revision, root);
}

/* Reads what is new in the stall. */
static gboolean
look (Stand *stand, GError **error)
{
  guint n_rows;

  do
    {
      g_autofree char *since
          = stand->since != NULL ? json_to_string (stand->since, FALSE) : g_strdup ("0");
      g_autofree char *bare = g_str_has_prefix (since, "\"")
                                  ? g_strndup (since + 1, strlen (since) - 2)
                                  : g_strdup (since);
      g_autofree char *escaped = g_uri_escape_string (bare, NULL, FALSE);
      g_autofree char *path
          = g_strdup_printf ("_changes?include_docs=true&limit=%d&since=%s", PAGE, escaped);
      g_autoptr (JsonObject) page = dex_await_boxed (
          stall_remote_send_for_object (stand->database, &(StallRemoteRequest) { .path = path }),
          error);
      JsonArray *rows = page != NULL ? stall_json_get_array (page, "results") : NULL;

      if (page == NULL)
        return FALSE;
      n_rows = rows != NULL ? json_array_get_length (rows) : 0;
      for (guint i = 0; i < n_rows; i++)
        {
          JsonNode *row = json_array_get_element (rows, i);
          JsonObject *members = JSON_NODE_HOLDS_OBJECT (row)
                                    ? stall_json_get_object (json_node_get_object (row), "doc")
                                    : NULL;
          g_autoptr (StallDocument) document = members != NULL ? read_document (members) : NULL;

          if (document != NULL)
            stall_market_learn (stand->market, document);
        }
      if (json_object_has_member (page, "last_seq"))
        {
          g_clear_pointer (&stand->since, json_node_unref);
          stand->since = json_object_dup_member (page, "last_seq");
        }
    }
  while (n_rows == PAGE);
  return TRUE;
}

static void
print_answer (JsonObject *answer)
{
  const char *id = stall_json_get_string (answer, "id", "");
  const char *reason = stall_json_get_string (answer, "reason", NULL);

  if (stall_json_get_string (answer, "error", NULL) == NULL)
    g_print ("%s\n", id);
  else
    g_printerr (_ ("%s was refused: %s\n"), id, reason != NULL ? reason : "");
}

/* Writes what happened, and says what became of it. */
static gboolean
write_down (Stand *stand, GPtrArray *happened, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonArray *documents = json_array_new (), *answers;
  gsize size;
  char *text;

  json_object_set_array_member (body, "docs", documents);
  for (guint i = 0; i < happened->len; i++)
    {
      StallDocument *document = g_ptr_array_index (happened, i);
      JsonObject *members = stall_json_copy_object (stall_document_get_root (document, NULL));
      const char *revision = stall_document_get_revision (document);

      json_object_set_string_member (members, "_id", stall_document_get_id (document));
      if (revision != NULL)
        json_object_set_string_member (members, "_rev", revision);
      json_array_add_object_element (documents, members);
    }
  text = stall_json_to_string (body, &size);
  bytes = g_bytes_new_take (text, size);
  answer = dex_await_boxed (
      stall_remote_send_for_object (
          stand->database,
          &(StallRemoteRequest) { .method = "POST", .path = "_bulk_docs", .body = bytes }),
      error);
  if (answer == NULL)
    return FALSE;
  answers = stall_json_get_array (answer, "results");
  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (answers, i)))
      print_answer (json_array_get_object_element (answers, i));
  return TRUE;
}

static gboolean
stop_cb (gpointer data)
{
  dex_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

/* Until the person interrupts, or so much has happened. */
static gboolean
play (StallCli *cli, Stand *stand, DexCancellable *stop, GError **error)
{
  double rate = cli->rate > 0 ? cli->rate : HAPPENINGS_A_MINUTE;

  for (int n = 0; cli->limit <= 0 || n < cli->limit;)
    {
      g_autoptr (GPtrArray) happened = NULL;

      if (!look (stand, error))
        return FALSE;
      happened = stall_market_play (stand->market, stall_time_now ());
      if (happened->len > 0 && !write_down (stand, happened, error))
        return FALSE;
      n++;
      if (cli->limit > 0 && n == cli->limit)
        return TRUE;
      dex_await (dex_future_first (dex_timeout_new_msec ((int) (60000 / rate)),
                                   dex_ref (DEX_FUTURE (stop)), NULL),
                 NULL);
      if (!dex_future_is_pending (DEX_FUTURE (stop)))
        return TRUE;
    }
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  g_autoptr (StallRemote) database = stall_cli_open_remote (cli, cli->arguments[0], error);
  g_autoptr (StallMarket) market = NULL;
  g_autoptr (DexCancellable) stop = NULL;
  Stand stand = { 0 };
  guint interrupted, terminated;
  gboolean good;

  if (database == NULL)
    return FALSE;
  market = stall_market_new ((guint32) cli->seed);
  stop = DEX_CANCELLABLE (dex_cancellable_new ());
  stand.database = database;
  stand.market = market;
  interrupted = g_unix_signal_add (SIGINT, stop_cb, stop);
  terminated = g_unix_signal_add (SIGTERM, stop_cb, stop);
  good = play (cli, &stand, stop, error);
  g_source_remove (interrupted);
  g_source_remove (terminated);
  g_clear_pointer (&stand.since, json_node_unref);
  return good;
}

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &cli->seed, N_ ("Decides what is left to chance"),
      N_ ("NUMBER") },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &cli->rate, N_ ("So many happenings a minute"),
      N_ ("NUMBER") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &cli->limit, N_ ("End after so many happenings"),
      N_ ("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
  stall_cli_add_remote_options (cli, group);
}

const StallVerb stall_cli_market_verb = {
  .name = "market",
  .arguments = N_ ("ADDRESS"),
  .summary = N_ ("Plays the market and its shoppers, to practise with"),
  .description = N_ ("ADDRESS is the database of a stall that may be played with: "
                     "http://worker@localhost:5984/my-stall. Orders, votes, looks, shares and "
                     "refunds come in until "
                     "interrupted. The same seed and the same stall give the same day."),
  .min_arguments = 1,
  .max_arguments = 1,
  .add_options = add_options,
  .run = run,
};
