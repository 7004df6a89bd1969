/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli-remote.h"
#include "stall-cli.h"
#include "stall-platform.h"

#include <glib/gi18n-lib.h>

static gboolean
refuse_usage (GError **error)
{
  g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"), "platform",
               "platform", _ (stall_cli_platform_verb.arguments));
  return FALSE;
}

static gboolean
invite (StallCli *cli, StallRemote *database, GError **error)
{
  const char *role = cli->arguments[2], *name = cli->arguments[3];
  g_autofree char *password = NULL;
  StallRecord record;

  if (!stall_platform_role_is_valid (role))
    {
      g_set_error (error, STALL_USAGE_ERROR, 0,
                   _ ("“%s” is no role. A role is one of owner, helper and platform."), role);
      return FALSE;
    }
  password = stall_platform_invite (database, role, name, error);
  if (password == NULL)
    return FALSE;
  stall_record_init (&record);
  stall_record_add_string (&record, "user", name);
  stall_record_add_string (&record, "password", password);
  stall_record_print (&record, cli->json);
  stall_record_clear (&record);
  return TRUE;
}

static gboolean
check (StallCli *cli, StallRemote *database, GError **error)
{
  g_auto (GStrv) found = stall_platform_check (database, error);

  if (found == NULL)
    return FALSE;
  stall_print_differences (cli, (const char *const *) found);
  return TRUE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  const char *act = cli->arguments[0];
  gboolean invites = g_str_equal (act, "invite");
  g_autoptr (StallRemote) database = NULL;

  if ((!invites && !g_str_equal (act, "init") && !g_str_equal (act, "check"))
      || g_strv_length (cli->arguments) != (invites ? 4 : 2))
    return refuse_usage (error);
  database = stall_cli_open_remote (cli, cli->arguments[1], error);
  if (database == NULL)
    return FALSE;
  if (invites)
    return invite (cli, database, error);
  return g_str_equal (act, "check") ? check (cli, database, error)
                                    : stall_platform_init (database, error);
}

const StallVerb stall_cli_platform_verb = {
  .name = "platform",
  .arguments = N_ ("init|check ADDRESS | invite ADDRESS owner|helper|platform NAME"),
  .summary = N_ ("Runs a platform: makes the database of a stall and lets people in"),
  .description
  = N_ ("ADDRESS is https://admin@platform.example/my-stall, with the server’s administrator. "
        "“init” makes the database and installs the rules, or those of this version. “invite” "
        "makes a "
        "user and prints the password once. “check” says what is not as it should be."),
  .min_arguments = 2,
  .max_arguments = 4,
  .add_options = stall_cli_add_remote_options,
  .run = run,
};
