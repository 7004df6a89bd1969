/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-language.h"

#include <libintl.h>
#include <locale.h>

/**
 * stall_choose_language:
 *
 * Makes the program speak the person's language; first in every main. A program that runs from its
 * build folder speaks the languages built there.
 */
void
stall_choose_language (void)
{
  const char *build = g_getenv ("STALL_BUILD");
  g_autofree char *folder
      = build != NULL ? g_build_filename (build, "po", NULL) : g_strdup (STALL_LOCALEDIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
