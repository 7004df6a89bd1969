/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* The dictionary beside a text: underlines what it does not know, proposes words in the text's
 * menu, is silent where there is no dictionary of the text's language. */
#define STALL_TYPE_NOTE_SPELLING (stall_note_spelling_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteSpelling, stall_note_spelling, STALL, NOTE_SPELLING, GObject)

StallNoteSpelling *stall_note_spelling_new (GtkSourceView *view);
void stall_note_spelling_choose (StallNoteSpelling *self, const char *text);

G_END_DECLS
