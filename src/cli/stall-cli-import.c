/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-import.h"
#include "stall-money.h"
#include "stall-text-reader.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &cli->preset,
      N_ ("How the columns of orders are read"), N_ ("PRESET") },
    { "encoding", 'e', 0, G_OPTION_ARG_STRING, &cli->encoding,
      N_ ("UTF-8, GB18030 or SHIFT_JIS instead of what the file looks like"), N_ ("ENCODING") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &cli->dry_run,
      N_ ("Say what would be written, and write nothing"), NULL },
    { "keep-going", 'k', 0, G_OPTION_ARG_NONE, &cli->keep_going,
      N_ ("Leave out the lines with errors, and import the others"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
}

static gboolean
kind_from_string (const char *text, StallImportKind *kind, GError **error)
{
  if (g_str_equal (text, "products"))
    *kind = STALL_IMPORT_PRODUCTS;
  else if (g_str_equal (text, "orders"))
    *kind = STALL_IMPORT_ORDERS;
  else if (g_str_equal (text, "stock"))
    *kind = STALL_IMPORT_STOCK;
  else
    {
      g_set_error (error, STALL_USAGE_ERROR, 0,
                   _ ("“%s” cannot be imported, only products, orders or stock."), text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_encoding (StallCli *cli, GError **error)
{
  if (cli->encoding == NULL || g_ascii_strcasecmp (cli->encoding, STALL_ENCODING_UTF8) == 0
      || g_ascii_strcasecmp (cli->encoding, STALL_ENCODING_GB18030) == 0
      || g_ascii_strcasecmp (cli->encoding, STALL_ENCODING_SHIFT_JIS) == 0)
    return TRUE;
  g_set_error (error, STALL_USAGE_ERROR, 0,
               _ ("Stall does not read “%s”. Save the file as UTF-8, GB18030 or SHIFT_JIS."),
               cli->encoding);
  return FALSE;
}

static StallPreset *
find_preset (StallCli *cli, GError **error)
{
  g_autoptr (GListModel) presets = stall_preset_list (cli->folder);
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (presets, i);

      if (g_str_equal (stall_preset_get_id (preset), cli->preset))
        return g_steal_pointer (&preset);
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", stall_preset_get_id (preset));
    }
  g_set_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
               _ ("There is no preset “%s”. There are: %s"), cli->preset, known->str);
  return NULL;
}

/* Sniffs the file, then lets the options of the command line decide. */
static gboolean
open_import (StallCli *cli, StallImport *import, GError **error)
{
  g_autoptr (StallPreset) preset = NULL;

  if (!dex_await (stall_import_open (import), error))
    return FALSE;
  if (cli->encoding != NULL)
    stall_import_set_encoding (import, cli->encoding);
  stall_import_set_strict (import, !cli->keep_going);
  if (cli->preset != NULL)
    {
      preset = find_preset (cli, error);
      if (preset == NULL)
        return FALSE;
      stall_import_set_preset (import, preset);
    }
  else if (stall_import_needs_mapping (import))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("Stall does not know these columns. Name a preset with --preset, or "
                              "map the columns in the window once and save them as a preset."));
      return FALSE;
    }
  return TRUE;
}

static void
print_problems (StallImportReport *report)
{
  GListModel *problems = stall_import_report_get_problems (report);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (StallImportProblem) problem = g_list_model_get_item (problems, i);
      gboolean is_error = stall_import_problem_get_severity (problem) == STALL_PROBLEM_ERROR;

      g_printerr (is_error ? _ ("Line %u: error: %s\n") : _ ("Line %u: warning: %s\n"),
                  stall_import_problem_get_line (problem),
                  stall_import_problem_get_message (problem));
    }
}

static void
print_report (StallCli *cli, StallImport *import, StallImportReport *report)
{
  const StallImportCounts *counts = stall_import_report_get_counts (report);
  const struct
  {
    const char *member;
    const char *label;
    guint value;
  } rows[] = {
    { "lines", N_ ("Lines"), counts->lines },
    { "products", N_ ("Products"), counts->products },
    { "variants", N_ ("Variants"), counts->variants },
    { "orders", N_ ("Orders"), counts->orders },
    { "order_lines", N_ ("Order lines"), counts->order_lines },
    { "refunds", N_ ("Refunds"), counts->refunds },
    { "charges", N_ ("Charges"), counts->charges },
    { "movements", N_ ("Movements"), counts->movements },
    { "present", N_ ("Already there"), counts->present },
    { "pictures", N_ ("Picture links kept"), counts->pictures },
    { "warnings", N_ ("Warnings"), counts->warnings },
    { "errors", N_ ("Errors"), counts->errors },
  };
  StallRecord record;

  stall_record_init (&record);
  stall_record_add_string (&record, "dialect", stall_import_get_dialect (import));
  stall_record_add_string (&record, "encoding", stall_import_get_encoding (import));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    stall_record_add_int (&record, rows[i].member, rows[i].value);
  stall_record_add_money (&record, "total", counts->total, counts->currency);
  if (cli->json)
    {
      stall_record_print (&record, TRUE);
      g_print ("\n");
    }
  else
    {
      g_print ("%s (%s)\n", stall_import_get_dialect (import), stall_import_get_encoding (import));
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rows[i].value > 0 || i == 0)
          g_print ("%8u  %s\n", rows[i].value, _ (rows[i].label));
    }
  stall_record_clear (&record);
}

static void
progress_cb (StallImport *import, GParamSpec *pspec, gpointer data)
{
  stall_print_progress (_ ("Reading…"), stall_import_get_progress (import));
}

static gboolean
interrupted_cb (gpointer data)
{
  stall_import_cancel (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
carry_out (StallCli *cli, StallImport *import, GError **error)
{
  g_autoptr (StallImportReport) report = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  if (cli->dry_run)
    {
      report = dex_await_object (stall_import_dry_run (import), error);
      stall_end_progress ();
      if (report == NULL)
        return FALSE;
      print_problems (report);
      print_report (cli, import, report);
      return TRUE;
    }
  receipt = dex_await_boxed (stall_import_run (import), error);
  stall_end_progress ();
  if (stall_import_get_report (import) != NULL)
    print_problems (stall_import_get_report (import));
  if (receipt == NULL)
    return FALSE;
  stall_print_receipt (cli, receipt);
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (cli->arguments[1]);
  g_autoptr (StallImport) import = NULL;
  StallImportKind kind;
  guint interrupt;
  gboolean done;

  if (!kind_from_string (cli->arguments[0], &kind, error))
    return FALSE;
  if (!check_encoding (cli, error))
    return FALSE;
  import = stall_import_new (cli->store, kind, file);
  if (!open_import (cli, import, error))
    return FALSE;
  g_signal_connect (import, "notify::progress", G_CALLBACK (progress_cb), NULL);
  interrupt = g_unix_signal_add (SIGINT, interrupted_cb, import);
  done = carry_out (cli, import, error);
  g_source_remove (interrupt);
  return done;
}

const StallVerb stall_cli_import_verb = {
  .name = "import",
  .arguments = N_ ("products|orders|stock FILE"),
  .summary = N_ ("Reads products, orders or stock from a CSV file"),
  .description
  = N_ ("Everything is written or, after an error or Ctrl+C, nothing. A file that was imported "
        "before adds nothing. “stallctl undo” takes an import back."),
  .min_arguments = 2,
  .max_arguments = 2,
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE | STALL_STORE_CREATE,
  .add_options = add_options,
  .run = run,
};
