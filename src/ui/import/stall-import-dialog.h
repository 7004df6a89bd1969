/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-import.h"

G_BEGIN_DECLS

/* The import assistant: choose a file, see that it is read right, choose columns, dry run, import.
 * It asks StallImport everything and knows no format itself. */
#define STALL_TYPE_IMPORT_DIALOG (stall_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallImportDialog, stall_import_dialog, STALL, IMPORT_DIALOG, AdwDialog)

void stall_import_dialog_present (StallDesk *desk, StallImportKind kind, GtkWidget *parent);
void stall_import_dialog_present_file (StallDesk *desk, GFile *file, GtkWidget *parent);

G_END_DECLS
