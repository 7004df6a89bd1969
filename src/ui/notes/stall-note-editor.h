/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-note.h"

G_BEGIN_DECLS

/* A note while it is written: loaded, changed by widgets, saved by itself in every pause of typing,
 * merged with what others changed meanwhile. Property `note` (StallNote, nullable) is notified when
 * it was loaded or replaced.
 * Signals: collect, before anything is saved or compared: put into the note what was typed;
 * gone, the note was deleted. */
#define STALL_TYPE_NOTE_EDITOR (stall_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteEditor, stall_note_editor, STALL, NOTE_EDITOR, GObject)

StallNoteEditor *stall_note_editor_new (StallDesk *desk, const char *note_id);
StallNoteEditor *stall_note_editor_new_for (StallDesk *desk, StallNote *note);
StallDesk *stall_note_editor_get_desk (StallNoteEditor *self);
StallNote *stall_note_editor_get_note (StallNoteEditor *self);
const char *stall_note_editor_get_note_id (StallNoteEditor *self);
gboolean stall_note_editor_get_saving (StallNoteEditor *self);
void stall_note_editor_touch (StallNoteEditor *self);
void stall_note_editor_flush (StallNoteEditor *self);
DexFuture *stall_note_editor_settle (StallNoteEditor *self);
void stall_note_editor_delete (StallNoteEditor *self);

G_END_DECLS
