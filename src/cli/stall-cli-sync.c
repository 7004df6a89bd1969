/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "stall-replica.h"
#include "stall-replicator.h"

/* A password comes from a file descriptor or from the person, never from the arguments, which
 * every user of the machine can read. */

#define MAX_SECRET 4096

/* A line without its end. */
static char *
read_line (int file, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char c;
  gssize n;

  while (line->len < MAX_SECRET)
    {
      n = read (file, &c, 1);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, STALL_USAGE_ERROR, 0, _ ("The password could not be read: %s"),
                       g_strerror (errno));
          return NULL;
        }
      if (n == 0 || c == '\n')
        break;
      g_string_append_c (line, c);
    }
  return g_string_free_and_steal (g_steal_pointer (&line));
}

/* Asks on the terminal, which does not show what is typed. */
static char *
ask_for_password (const char *user, GError **error)
{
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  struct termios before, silent;
  g_autofree char *question = g_strdup_printf (_ ("Password of %s: "), user);
  char *password;

  if (terminal < 0 || tcgetattr (terminal, &before) != 0)
    {
      if (terminal >= 0)
        close (terminal);
      g_set_error_literal (error, STALL_USAGE_ERROR, 0,
                           _ ("There is nobody to ask for the password. Give it with "
                              "--password-fd."));
      return NULL;
    }
  silent = before;
  silent.c_lflag &= ~ECHO;
  tcsetattr (terminal, TCSAFLUSH, &silent);
  g_printerr ("%s", question);
  password = read_line (terminal, error);
  g_printerr ("\n");
  tcsetattr (terminal, TCSAFLUSH, &before);
  close (terminal);
  return password;
}

static StallRemote *
open_remote (StallCli *cli, GError **error)
{
  const char *address = cli->arguments[0];
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autoptr (StallRemote) remote = NULL;
  g_autofree char *password = NULL;
  const char *user;

  if (uri != NULL && g_uri_get_password (uri) != NULL)
    {
      g_set_error_literal (error, STALL_USAGE_ERROR, 0,
                           _ ("A password does not belong in an address, where others can read "
                              "it. Give it with --password-fd, or when asked."));
      return NULL;
    }
  remote = stall_remote_new (address, cli->insecure, error);
  if (remote == NULL)
    return NULL;
  user = stall_remote_get_user (remote);
  if (user == NULL)
    return g_steal_pointer (&remote);
  password
      = cli->password_fd > 0 ? read_line (cli->password_fd, error) : ask_for_password (user, error);
  if (password == NULL)
    return NULL;
  stall_remote_set_password (remote, user, password);
  return g_steal_pointer (&remote);
}

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
  g_autoptr (StallRemote) remote = open_remote (cli, error);
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
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &cli->password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("FD") },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &cli->insecure,
      N_ ("Use http to another machine, where everybody on the way can read along"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
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
