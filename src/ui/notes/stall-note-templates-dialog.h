/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* What a new note begins as: one of ours or one of the owner's own, which can be removed here. The
 * choice makes the note and opens it. */
#define STALL_TYPE_NOTE_TEMPLATES_DIALOG (stall_note_templates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteTemplatesDialog,
                      stall_note_templates_dialog,
                      STALL,
                      NOTE_TEMPLATES_DIALOG,
                      AdwDialog)

AdwDialog *stall_note_templates_dialog_new (StallDesk *desk);

G_END_DECLS
