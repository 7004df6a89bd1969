/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-remote.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <termios.h>
#include <unistd.h>

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

/**
 * stall_cli_open_remote:
 * @cli: the call
 * @address: of a database, with who signs in
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the database, ready to be asked
 */
StallRemote *
stall_cli_open_remote (StallCli *cli, const char *address, GError **error)
{
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

/**
 * stall_cli_add_remote_options:
 * @cli: the call
 * @group: of the verb
 *
 * Adds what every verb takes that speaks with a server.
 */
void
stall_cli_add_remote_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &cli->password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("FD") },
    { "insecure", 0, 0, G_OPTION_ARG_NONE, &cli->insecure,
      N_ ("Use http to another machine, where everybody on the way can read along"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
}
