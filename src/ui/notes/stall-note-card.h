/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-tile.h"

G_BEGIN_DECLS

/* A note in the grid of all notes: cover, title, its state with the date, and what came back or
 * what is wrong. */
#define STALL_TYPE_NOTE_CARD (stall_note_card_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteCard, stall_note_card, STALL, NOTE_CARD, StallTile)

GtkWidget *stall_note_card_new (StallStore *store);

G_END_DECLS
