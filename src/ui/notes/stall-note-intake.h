/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-note-editor.h"
#include "stall-note-text.h"

G_BEGIN_DECLS

/* Pictures on their way into a note, one after the other: read, checked and made smaller beside the
 * main thread, kept, and set into the text where the cursor was. Property `busy` (gboolean). */
#define STALL_TYPE_NOTE_INTAKE (stall_note_intake_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteIntake, stall_note_intake, STALL, NOTE_INTAKE, GObject)

StallNoteIntake *stall_note_intake_new (StallNoteEditor *editor, StallNoteText *text);
void stall_note_intake_add (StallNoteIntake *self, GObject *source);
gboolean stall_note_intake_get_busy (StallNoteIntake *self);
DexFuture *stall_note_intake_settle (StallNoteIntake *self);

G_END_DECLS
