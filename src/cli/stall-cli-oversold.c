/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"
#include "stall-oversold.h"

#include <glib/gi18n-lib.h>

#define ARGUMENTS N_ ("list | wait VARIANT ORDER | wait VARIANT latest")

static void
print (StallCli *cli, const StallOversold *oversold, const StallClaim *claim, gboolean first)
{
  StallRecord record;

  stall_record_init (&record);
  stall_record_add_string (&record, "variant", oversold->variant_id);
  stall_record_add_string (&record, "sku", oversold->sku);
  stall_record_add_string (&record, "title", oversold->product_title);
  stall_record_add_string (&record, "options", oversold->title);
  stall_record_add_int (&record, "on_hand", oversold->on_hand);
  stall_record_add_int (&record, "reserved", oversold->reserved);
  stall_record_add_int (&record, "short", oversold->undecided);
  if (claim != NULL)
    {
      stall_record_add_string (&record, "order", claim->order_id);
      stall_record_add_string (&record, "number", claim->order_number);
      stall_record_add_time (&record, "placed_at", claim->placed_at);
      stall_record_add_string (&record, "source", stall_source_to_string (claim->source));
      stall_record_add_string (&record, "status", stall_status_to_string (claim->status));
      stall_record_add_string (&record, "customer", claim->customer);
      stall_record_add_int (&record, "pieces", claim->open);
      stall_record_add_int (&record, "waiting", claim->waiting);
    }
  stall_record_print_item (&record, cli->json, first);
  stall_record_clear (&record);
}

/* An order a record; a variant that no order could wait for is a record of its own. */
static gboolean
list (StallCli *cli, GError **error)
{
  g_autoptr (GPtrArray) variants = dex_await_boxed (stall_store_list_oversold (cli->store), error);
  gboolean first = TRUE;

  if (variants == NULL)
    return FALSE;
  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < variants->len; i++)
    {
      const StallOversold *oversold = variants->pdata[i];

      for (guint j = 0; j < MAX (oversold->claims->len, 1); j++)
        {
          print (cli, oversold, oversold->claims->len > 0 ? oversold->claims->pdata[j] : NULL,
                 first);
          first = FALSE;
        }
    }
  if (cli->json)
    g_print ("\n]\n");
  return TRUE;
}

static gboolean
let_wait (StallCli *cli, const char *variant_id, const char *order_id, GError **error)
{
  g_autoptr (StallChangeSet) changes
      = dex_await_object (stall_store_let_wait (cli->store, variant_id, order_id), error);
  g_autoptr (StallReceipt) receipt = NULL;

  if (changes == NULL)
    return FALSE;
  if (stall_change_set_get_n_changes (changes) == 0)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
                           _ ("Nothing is left to decide there."));
      return FALSE;
    }
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
  const char *which = n == 3 ? cli->arguments[2] : "";

  if (g_str_equal (cli->arguments[0], "list") && n == 1)
    return list (cli, error);
  if (g_str_equal (cli->arguments[0], "wait") && n == 3)
    return let_wait (cli, cli->arguments[1], g_str_equal (which, "latest") ? NULL : which, error);
  g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"), "oversold",
               "oversold", _ (ARGUMENTS));
  return FALSE;
}

const StallVerb stall_cli_oversold_verb = {
  .name = "oversold",
  .arguments = ARGUMENTS,
  .summary = N_ ("Lists what was sold more often than it is there, and lets orders wait"),
  .description = N_ ("Each variant comes with the open orders that want it, in the order in which "
                     "they were placed. What waits is no longer listed once nothing is short."),
  .min_arguments = 1,
  .max_arguments = 3,
  .needs_store = TRUE,
  .writing_act = "wait",
  .run = run,
};
