/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"
#include "stall-conflict.h"

#include <glib/gi18n-lib.h>

#define ARGUMENTS N_ ("list | show ID | keep ID shown | keep ID other")

static gboolean
list (StallCli *cli, GError **error)
{
  g_autoptr (GPtrArray) entries = dex_await_boxed (stall_store_list_conflicts (cli->store), error);

  if (entries == NULL)
    return FALSE;
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < entries->len; i++)
    {
      const StallConflictEntry *entry = entries->pdata[i];
      StallRecord record;

      stall_record_init (&record);
      stall_record_add_string (&record, "id", entry->id);
      stall_record_add_string (&record, "title", entry->title != NULL ? entry->title : "");
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

static void
add_value (StallRecord *record, const char *name, JsonNode *value)
{
  g_autofree char *text = json_to_string (value, FALSE);

  stall_record_add_string (record, name, text);
}

static gboolean
show (StallCli *cli, StallConflict *conflict)
{
  GPtrArray *fields = stall_conflict_get_fields (conflict);

  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < fields->len; i++)
    {
      const StallConflictField *field = fields->pdata[i];
      StallRecord record;

      stall_record_init (&record);
      stall_record_add_string (&record, "field", field->path);
      add_value (&record, "shown", field->ours);
      add_value (&record, "other", field->theirs);
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

/* Fields that only one side changed are kept from both. */
static gboolean
keep (StallCli *cli, StallConflict *conflict, gboolean other, GError **error)
{
  GPtrArray *fields = stall_conflict_get_fields (conflict);
  g_autofree char *label
      = g_strdup_printf (_ ("Settle “%s”"), stall_conflict_get_title (conflict) != NULL
                                                ? stall_conflict_get_title (conflict)
                                                : stall_conflict_get_id (conflict));
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  if (fields->len > 0)
    merged = stall_conflict_decide_all (conflict, other);
  changes = stall_conflict_settle (conflict, merged, other, label);
  receipt = dex_await_boxed (stall_store_apply (cli->store, changes), error);
  if (receipt == NULL)
    return FALSE;
  stall_print_receipt (cli, receipt);
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  guint n = g_strv_length (cli->arguments);
  const char *act = cli->arguments[0];
  const char *which = n == 3 ? cli->arguments[2] : "";
  g_autoptr (StallConflict) conflict = NULL;
  gboolean shows = g_str_equal (act, "show") && n == 2;
  gboolean keeps
      = g_str_equal (act, "keep") && (g_str_equal (which, "shown") || g_str_equal (which, "other"));

  if (g_str_equal (act, "list") && n == 1)
    return list (cli, error);
  if (!shows && !keeps)
    {
      g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"), "conflicts",
                   "conflicts", _ (ARGUMENTS));
      return FALSE;
    }
  conflict = dex_await_object (stall_store_load_conflict (cli->store, cli->arguments[1]), error);
  if (conflict == NULL)
    return FALSE;
  return shows ? show (cli, conflict) : keep (cli, conflict, g_str_equal (which, "other"), error);
}

const StallVerb stall_cli_conflicts_verb = {
  .name = "conflicts",
  .arguments = ARGUMENTS,
  .summary = N_ ("Lists what two devices changed in two ways, and settles it"),
  .description = N_ ("“shown” is the version that every device shows meanwhile, “other” the one "
                     "beside it. What only one of them changed is kept from both."),
  .min_arguments = 1,
  .max_arguments = 3,
  .needs_store = TRUE,
  .writing_act = "keep",
  .run = run,
};
