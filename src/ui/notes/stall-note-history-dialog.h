/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* The earlier versions of a saved note: when and by what, each to be read beside what it says now,
 * and made the present one. */
#define STALL_TYPE_NOTE_HISTORY_DIALOG (stall_note_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteHistoryDialog,
                      stall_note_history_dialog,
                      STALL,
                      NOTE_HISTORY_DIALOG,
                      AdwDialog)

void stall_note_history_dialog_present (GtkWidget *parent, StallDesk *desk, const char *note_id);

G_END_DECLS
