/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-note-editor.h"

G_BEGIN_DECLS

/* What belongs to a note beside its words: topics, the cover and the part of it that the feed
 * shows, the products it links, and what came back to it. */
#define STALL_TYPE_NOTE_DETAILS_DIALOG (stall_note_details_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteDetailsDialog,
                      stall_note_details_dialog,
                      STALL,
                      NOTE_DETAILS_DIALOG,
                      AdwDialog)

void stall_note_details_dialog_present (GtkWidget *parent, StallNoteEditor *editor);

G_END_DECLS
