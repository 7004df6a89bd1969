/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-row.h"

G_BEGIN_DECLS

/* What the pages of notes say, in words: pure functions beside stall-format.h. */

#define STALL_COVER_RATIO (3.0 / 4)

const char *stall_note_words_title (const char *title); /* “Untitled note” for "" */
char *stall_note_words_count (guint n_words, const char *body);
char *stall_note_words_state (StallNoteState state, StallTime at, StallTime now);

G_END_DECLS
