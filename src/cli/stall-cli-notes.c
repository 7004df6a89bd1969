/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-note.h"
#include "stall-query-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &cli->state,
      N_ ("Only drafts, what is scheduled, or what is published"), "draft|scheduled|published" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &cli->search, N_ ("Only what is found by these words"),
      N_ ("WORDS") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
}

static gboolean
set_state (StallCli *cli, StallQuery *query, GError **error)
{
  StallNoteState state;

  if (cli->state == NULL)
    return TRUE;
  state = stall_note_state_from_string (cli->state);
  query->note_states = 1u << state;
  if (g_str_equal (stall_note_state_to_string (state), cli->state))
    return TRUE;
  g_set_error (error, STALL_USAGE_ERROR, 0,
               _ ("A note is not “%s”. Say draft, scheduled or published."), cli->state);
  return FALSE;
}

static void
describe (StallRecord *record, StallNoteRow *row)
{
  stall_record_add_string (record, "id", stall_note_row_get_id (row));
  stall_record_add_string (record, "title", stall_note_row_get_title (row));
  stall_record_add_string (record, "state",
                           stall_note_state_to_string (stall_note_row_get_state (row)));
  stall_record_add_time (record, "publish_at", stall_note_row_get_publish_at (row));
  stall_record_add_int (record, "words", stall_note_row_get_n_words (row));
  stall_record_add_int (record, "links", stall_note_row_get_n_links (row));
  stall_record_add_int (record, "gone", stall_note_row_get_n_gone (row));
  stall_record_add_int (record, "sold_out", stall_note_row_get_n_sold_out (row));
  stall_record_add_int (record, "views", stall_note_row_get_views (row));
}

static gboolean
list (StallCli *cli, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_NOTES);
  g_autoptr (GListModel) rows = NULL;

  query->search = g_strdup (cli->search);
  if (!set_state (cli, query, error))
    return FALSE;
  rows = dex_await_object (stall_store_query_rows (cli->store, query, 0), error);
  if (rows == NULL)
    return FALSE;
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallNoteRow) row = g_list_model_get_item (rows, i);
      StallRecord record;

      stall_record_init (&record);
      describe (&record, row);
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

static StallNote *
load (StallCli *cli, const char *id, GError **error)
{
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (cli->store, id), error);

  if (document == NULL)
    return NULL;
  if (stall_document_get_kind (document) == STALL_KIND_NOTE)
    return stall_note_new_from_document (document, error);
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID, _ ("“%s” is not a note."), id);
  return NULL;
}

/* A note as a Markdown file has it: its title is the first heading. */
static char *
write_markdown (StallNote *note)
{
  return g_strdup_printf ("# %s\n\n%s", stall_note_get_title (note), stall_note_get_body (note));
}

static gboolean
show (StallCli *cli, const char *id, GError **error)
{
  g_autoptr (StallNote) note = load (cli, id, error);
  g_autofree char *text = note != NULL ? write_markdown (note) : NULL;

  if (note == NULL)
    return FALSE;
  if (cli->json)
    {
      StallRecord record;

      stall_record_init (&record);
      stall_record_add_string (&record, "id", id);
      stall_record_add_string (&record, "title", stall_note_get_title (note));
      stall_record_add_string (&record, "state",
                               stall_note_state_to_string (stall_note_get_state (note)));
      stall_record_add_time (&record, "publish_at", stall_note_get_publish_at (note));
      stall_record_add_string (&record, "body", stall_note_get_body (note));
      stall_record_print (&record, TRUE);
      stall_record_clear (&record);
      g_print ("\n");
      return TRUE;
    }
  g_print (g_str_has_suffix (text, "\n") ? "%s" : "%s\n", text);
  return TRUE;
}

static gboolean export (StallCli *cli, const char *id, const char *path, GError **error)
{
  g_autoptr (StallNote) note = load (cli, id, error);
  g_autofree char *text = note != NULL ? write_markdown (note) : NULL;

  return note != NULL && g_file_set_contents (path, text, -1, error);
}

/* The first heading becomes the title. */
static void
read_markdown (StallNote *note, const char *text)
{
  const char *end;
  g_autofree char *title = NULL;

  text += strspn (text, "\n\r");
  end = strchr (text, '\n');
  if (!g_str_has_prefix (text, "# "))
    {
      stall_note_set_body (note, text);
      return;
    }
  title = end != NULL ? g_strndup (text + 2, end - text - 2) : g_strdup (text + 2);
  stall_note_set_title (note, title);
  stall_note_set_body (note, end != NULL ? end + strspn (end, "\n\r") : "");
}

static gboolean
add (StallCli *cli, const char *path, GError **error)
{
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallChangeSet) changes = stall_change_set_new (_ ("New Note"));
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error) || !stall_note_check_body (text, error))
    return FALSE;
  read_markdown (note, text);
  document = stall_note_to_document (note, stall_store_get_device (cli->store));
  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (cli->store, changes), error);
  if (receipt == NULL)
    return FALSE;
  g_print (cli->json ? "{\"id\":\"%s\"}\n" : "%s\n", stall_note_get_id (note));
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  const char *act = cli->arguments[0];
  guint n = g_strv_length (cli->arguments);

  if (g_str_equal (act, "list") && n == 1)
    return list (cli, error);
  if (g_str_equal (act, "show") && n == 2)
    return show (cli, cli->arguments[1], error);
  if (g_str_equal (act, "new") && n == 2)
    return add (cli, cli->arguments[1], error);
  if (g_str_equal (act, "export") && n == 3)
    return export (cli, cli->arguments[1], cli->arguments[2], error);
  g_set_error_literal (error, STALL_USAGE_ERROR, 0,
                       _ ("Say “list”, “show ID”, “new FILE” or “export ID FILE”."));
  return FALSE;
}

const StallVerb stall_cli_notes_verb = {
  .name = "notes",
  .arguments = N_ ("list | show ID | new FILE | export ID FILE"),
  .summary = N_ ("Lists, shows, adds and exports notes"),
  .description = N_ ("A note is a Markdown file whose first heading is its title."),
  .min_arguments = 1,
  .max_arguments = 3,
  .needs_store = TRUE,
  .writing_act = "new",
  .add_options = add_options,
  .run = run,
};
