/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-sample.h"

#include <glib/gi18n-lib.h>

/* The verbs that look after a stall as a whole: a few lines each. */

static gboolean
run_undo (StallCli *cli, GError **error)
{
  g_autoptr (StallReceipt) receipt = dex_await_boxed (stall_store_undo (cli->store, 0), error);

  if (receipt == NULL)
    return FALSE;
  if (cli->json)
    stall_print_receipt (cli, receipt);
  else
    g_print (_ ("Taken back: %s\n"), receipt->label);
  return TRUE;
}

static gboolean
run_sample (StallCli *cli, GError **error)
{
  if (!dex_await (stall_sample_fill (cli->store, stall_time_now ()), error))
    return FALSE;
  if (!cli->json)
    g_print ("%s\n", _ ("The sample stall is open for business."));
  return TRUE;
}

static gboolean
run_check (StallCli *cli, GError **error)
{
  g_auto (GStrv) differences = dex_await_boxed (stall_store_check (cli->store), error);

  if (differences == NULL)
    return FALSE;
  stall_print_differences (cli, (const char *const *) differences);
  return TRUE;
}

static gboolean
run_backup (StallCli *cli, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (cli->arguments[0], NULL);

  return dex_await (stall_store_backup (cli->store, path), error);
}

static gboolean
run_restore (StallCli *cli, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (cli->arguments[0], NULL);

  return dex_await (stall_store_restore (cli->folder, path), error);
}

const StallVerb stall_cli_undo_verb = {
  .name = "undo",
  .arguments = "",
  .summary = N_ ("Takes back the last change"),
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE,
  .run = run_undo,
};

const StallVerb stall_cli_sample_verb = {
  .name = "sample",
  .arguments = "",
  .summary = N_ ("Fills an empty stall with the sample stall"),
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE | STALL_STORE_CREATE,
  .run = run_sample,
};

const StallVerb stall_cli_check_verb = {
  .name = "check",
  .arguments = "",
  .summary = N_ ("Compares every figure with what the documents say"),
  .description = N_ ("Changes nothing. Ends with 6 when something differs."),
  .needs_store = TRUE,
  .run = run_check,
};

const StallVerb stall_cli_backup_verb = {
  .name = "backup",
  .arguments = N_ ("FILE"),
  .summary = N_ ("Keeps a copy of the whole stall in one file"),
  .min_arguments = 1,
  .max_arguments = 1,
  .needs_store = TRUE,
  .run = run_backup,
};

const StallVerb stall_cli_restore_verb = {
  .name = "restore",
  .arguments = N_ ("FILE"),
  .summary = N_ ("Puts a copy in the place of the stall"),
  .description = N_ ("The stall that was there is kept as a backup."),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_restore,
};
