/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-row.h"

G_BEGIN_DECLS

/* What the pages of notes say, in words: pure functions beside stall-format.h. */

#define STALL_COVER_RATIO (3.0 / 4)

const char *stall_note_words_title (const char *title); /* “Untitled note” for "" */
char *stall_note_words_count (guint n_words, const char *body);
/* “Draft, yesterday”, “Scheduled for 22 Nov, 20:00”, “Ready, waits for the next sync”,
 * “Published, 20 Nov” */
char *stall_note_words_state (StallNoteState state, StallTime at, StallTime now);
char *stall_note_words_facts (StallNoteRow *row); /* “1,204 views · 133 likes”, “412 words” */
char *stall_note_words_problem (StallNoteRow *row);
char *stall_note_words_problems (GPtrArray *problems); /* “A product is sold out”; NULL: none */
char *stall_note_words_n_notes (guint n);

G_END_DECLS
