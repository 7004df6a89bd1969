/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-export.h"

#include <glib/gi18n-lib.h>

static DexFuture *
start_export (StallCli *cli, const char *what, GFile *file)
{
  g_autoptr (StallQuery) orders = NULL;

  if (g_str_equal (what, "products"))
    return stall_export_products (cli->store, NULL, file, NULL);
  if (g_str_equal (what, "stock"))
    return stall_export_stock (cli->store, file, NULL);
  if (g_str_equal (what, "orders"))
    {
      orders = stall_query_new (STALL_LIST_ORDERS);
      return stall_export_orders (cli->store, orders, file, NULL);
    }
  return dex_future_new_reject (
      STALL_USAGE_ERROR, 0, _ ("“%s” cannot be exported, only products, stock or orders."), what);
}

static gboolean
run (StallCli *cli, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (cli->arguments[1]);
  g_autoptr (GError) failure = NULL;
  g_autofree char *count = NULL;
  gint64 rows = dex_await_int64 (start_export (cli, cli->arguments[0], file), &failure);

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

const StallVerb stall_cli_export_verb = {
  .name = "export",
  .arguments = N_ ("products|stock|orders FILE"),
  .summary = N_ ("Writes products, stock or orders as CSV"),
  .description = N_ ("A stock sheet carries the quantity of today: importing it later applies the "
                     "difference, so sales made meanwhile are kept."),
  .min_arguments = 2,
  .max_arguments = 2,
  .needs_store = TRUE,
  .run = run,
};
