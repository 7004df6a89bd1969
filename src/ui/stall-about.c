/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-about.h"

#include <glib/gi18n-lib.h>

/**
 * stall_about_present:
 * @parent: the window it stands on
 *
 * Shows what this program is and who made it.
 */
void
stall_about_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog, "application-icon", STALL_APPLICATION_ID, "application-name", _ ("Stall"),
                "version", STALL_VERSION, "developer-name", _ ("The Stall contributors"),
                "comments",
                _ ("The whole back office of a small brand: stock, orders and takings, "
                   "on your own computer."),
                "website", "https://github.com/stall-app/stall", "issue-url",
                "https://github.com/stall-app/stall/issues", "license-type", GTK_LICENSE_GPL_3_0,
                "copyright", "© 2026 The Stall contributors", "translator-credits",
                /* Translators: your names, one a line */
                _ ("translator-credits"), NULL);
  adw_dialog_present (dialog, parent);
}
