/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* The stall's own details, what this computer does with orders, and backups.
 * Signal: restore (const char *path of a backup), after the dialog has closed. */
#define STALL_TYPE_PREFERENCES_DIALOG (stall_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallPreferencesDialog,
                      stall_preferences_dialog,
                      STALL,
                      PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *stall_preferences_dialog_new (StallDesk *desk);

G_END_DECLS
