/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-error.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-row.h"

#include <glib/gi18n-lib.h>

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "place", 0, 0, G_OPTION_ARG_STRING, &cli->place, N_ ("Where, instead of the workshop"),
      N_ ("PLACE") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
}

/* “LILAC-M=12” → its two halves. A SKU may hold “=”; a number may not. */
static gboolean
parse_count (const char *argument, char **code, int *count, GError **error)
{
  const char *equals = strrchr (argument, '=');
  gint64 number = 0;

  if (equals == NULL || equals == argument
      || !g_ascii_string_to_signed (equals + 1, 10, 0, 1000000, &number, NULL))
    {
      g_set_error (error, STALL_USAGE_ERROR, 0,
                   _ ("“%s” is not a count: write SKU=NUMBER, for example LILAC-M=12."), argument);
      return FALSE;
    }
  *code = g_strndup (argument, equals - argument);
  *count = (int) number;
  return TRUE;
}

static gboolean
add_count (StallCli *cli,
           StallChangeSet *changes,
           GHashTable *counted,
           const char *argument,
           GError **error)
{
  const char *place = cli->place != NULL ? cli->place : STALL_PLACE_WORKSHOP;
  g_autofree char *code = NULL;
  g_autoptr (StallVariantRow) row = NULL;
  g_autoptr (StallMovement) movement = NULL;
  g_autoptr (StallDocument) document = NULL;
  int count = 0;

  if (!parse_count (argument, &code, &count, error))
    return FALSE;
  row = dex_await_object (stall_store_find_variant (cli->store, code), error);
  if (row == NULL)
    {
      g_prefix_error (error, "%s: ", code);
      return FALSE;
    }
  if (stall_variant_row_get_is_kit (row))
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("“%s” is a kit and has no stock of its own. Count its parts."), code);
      return FALSE;
    }
  if (!g_hash_table_add (counted, g_strdup (stall_variant_row_get_id (row))))
    {
      g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is counted twice."), code);
      return FALSE;
    }
  movement
      = stall_movement_new_count (stall_variant_row_get_id (row), place, count, stall_time_now ());
  document = stall_movement_to_document (movement, stall_store_get_device (cli->store));
  stall_change_set_put (changes, document);
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  guint n = g_strv_length (cli->arguments);
  g_autofree char *label
      = g_strdup_printf (ngettext ("Counted %u variant", "Counted %u variants", n), n);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (GHashTable) counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (StallReceipt) receipt = NULL;

  for (guint i = 0; i < n; i++)
    if (!add_count (cli, changes, counted, cli->arguments[i], error))
      return FALSE;
  receipt = dex_await_boxed (stall_store_apply (cli->store, changes), error);
  if (receipt == NULL)
    return FALSE;
  stall_print_receipt (cli, receipt);
  return TRUE;
}

const StallVerb stall_cli_count_verb = {
  .name = "count",
  .arguments = N_ ("SKU=NUMBER…"),
  .summary = N_ ("Records a physical count"),
  .description = N_ ("All counts are one change; a barcode may stand for the SKU. When one of them "
                     "is not found, none is recorded."),
  .min_arguments = 1,
  .max_arguments = G_MAXUINT,
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE,
  .add_options = add_options,
  .run = run,
};
