/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Where a note is written: Markdown that already looks like what it will be, spelled by the
 * dictionary of its language. Undo here is of this text only.
 * Signal: picture-given (GObject *source): a GFile or GdkTexture was pasted or dropped; the cursor
 * is where it belongs. */
#define STALL_TYPE_NOTE_TEXT (stall_note_text_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteText, stall_note_text, STALL, NOTE_TEXT, GtkSourceView)

void stall_note_text_set_text (StallNoteText *self, const char *text);
char *stall_note_text_dup_text (StallNoteText *self);
void stall_note_text_insert_block (StallNoteText *self, GtkTextMark *at, const char *markdown);
void stall_note_text_insert (StallNoteText *self, const char *markdown);

G_END_DECLS
