/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli-remote.h"
#include "stall-cli.h"
#include "stall-replica.h"
#include "stall-replicator.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

static gboolean
print_report (StallCli *cli, const StallSyncReport *report, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 unsent = dex_await_int64 (stall_store_count_unsent (cli->store), &failed);
  StallRecord record;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!cli->json)
    {
      g_print (_ ("Pulled %u, pushed %u, pictures %u, refused %u, unsent %u.\n"),
               (guint) report->n_pulled, (guint) report->n_pushed, (guint) report->n_files,
               (guint) report->n_refused, (guint) unsent);
      return TRUE;
    }
  stall_record_init (&record);
  stall_record_add_int (&record, "pulled", report->n_pulled);
  stall_record_add_int (&record, "pushed", report->n_pushed);
  stall_record_add_int (&record, "files", report->n_files);
  stall_record_add_int (&record, "files_late", report->n_files_late);
  stall_record_add_int (&record, "refused", report->n_refused);
  stall_record_add_int (&record, "missing", report->n_missing);
  stall_record_add_int (&record, "unsent", unsent);
  stall_record_add_int (&record, "bytes_received", report->n_received);
  stall_record_add_int (&record, "bytes_sent", report->n_sent);
  stall_record_print (&record, TRUE);
  stall_record_clear (&record);
  return TRUE;
}

static gboolean
stop_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
sync_until_stopped (StallCli *cli, StallRemote *remote, GCancellable *stop, GError **error)
{
  for (;;)
    {
      g_autoptr (StallSyncReport) report
          = dex_await_boxed (stall_replicate (cli->store, remote, stop), error);

      if (report == NULL || !print_report (cli, report, error))
        return FALSE;
      if (cli->once)
        return TRUE;
      if (!dex_await (stall_replicate_wait (cli->store, remote, stop), error))
        return FALSE;
    }
}

static gboolean
run (StallCli *cli, GError **error)
{
  g_autoptr (StallRemote) remote = stall_cli_open_remote (cli, cli->arguments[0], error);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) failed = NULL;
  guint interrupted, terminated;
  gboolean good;

  if (remote == NULL)
    return FALSE;
  interrupted = g_unix_signal_add (SIGINT, stop_cb, stop);
  terminated = g_unix_signal_add (SIGTERM, stop_cb, stop);
  good = sync_until_stopped (cli, remote, stop, &failed);
  g_source_remove (interrupted);
  g_source_remove (terminated);
  if (good || (!cli->once && g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "once", 0, 0, G_OPTION_ARG_NONE, &cli->once, N_ ("End when both sides have the same"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
  stall_cli_add_remote_options (cli, group);
}

const StallVerb stall_cli_sync_verb = {
  .name = "sync",
  .arguments = N_ ("ADDRESS"),
  .summary = N_ ("Syncs with the platform"),
  .description = N_ ("ADDRESS is the stall’s database: https://user@platform.example/my-stall."),
  .min_arguments = 1,
  .max_arguments = 1,
  .needs_store = TRUE,
  .flags = STALL_STORE_WRITE | STALL_STORE_CREATE,
  .add_options = add_options,
  .run = run,
};
