/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall"

#include "config.h"

#include "stall-application.h"

#include <glib/gi18n-lib.h>
#include <libdex.h>
#include <locale.h>

/* A program run from its build folder speaks the languages built there. */
static void
choose_language (void)
{
  const char *build = g_getenv ("STALL_BUILD");
  g_autofree char *folder
      = build != NULL ? g_build_filename (build, "po", NULL) : g_strdup (STALL_LOCALEDIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (StallApplication) application = NULL;

  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();

  choose_language ();

  application = stall_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
