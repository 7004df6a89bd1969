/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-error.h"

#include <glib/gi18n-lib.h>

static void
copy_member (JsonObject *from, const char *name, JsonNode *node, gpointer to)
{
  json_object_set_member (to, name, json_node_copy (node));
}

static gboolean
run (StallCli *cli, GError **error)
{
  const char *id = cli->arguments[0];
  g_autoptr (GError) failure = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (cli->store, id), &failure);
  g_autoptr (JsonObject) whole = NULL;
  JsonObject *root;

  if (g_error_matches (failure, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND, _ ("There is no “%s” in this stall."),
                   id);
      return FALSE;
    }
  if (document == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  root = stall_document_get_root (document, error);
  if (root == NULL)
    return FALSE;
  whole = json_object_new ();
  json_object_set_string_member (whole, "_id", stall_document_get_id (document));
  json_object_set_string_member (whole, "_rev", stall_document_get_revision (document));
  json_object_foreach_member (root, copy_member, whole);
  stall_print_json (whole, !cli->json);
  g_print ("\n");
  return TRUE;
}

const StallVerb stall_cli_show_verb = {
  .name = "show",
  .arguments = N_ ("ID"),
  .summary = N_ ("Shows one document whole"),
  .description = N_ ("With --json on one line."),
  .min_arguments = 1,
  .max_arguments = 1,
  .needs_store = TRUE,
  .run = run,
};
