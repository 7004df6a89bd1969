/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-note.h"

G_BEGIN_DECLS

/* A note as the market shows it: the card in the two-column feed among its neighbours, or the whole
 * note as wide as a phone; a switch chooses. Follows the note's properties while it is seen, a few
 * times a second at most, so it may stand beside an editor. Property: view (string, "card" or
 * "note"). */
#define STALL_TYPE_NOTE_PREVIEW (stall_note_preview_get_type ())
G_DECLARE_FINAL_TYPE (StallNotePreview, stall_note_preview, STALL, NOTE_PREVIEW, AdwBin)

GtkWidget *stall_note_preview_new (StallDesk *desk);
void stall_note_preview_show (StallNotePreview *self, StallNote *note);

G_END_DECLS
