/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Which notes a list shows; stored as text: all, drafts, scheduled, ready, published, problems. */
typedef enum
{
  STALL_SHOW_ALL,
  STALL_SHOW_DRAFTS,
  STALL_SHOW_SCHEDULED,
  STALL_SHOW_READY,
  STALL_SHOW_PUBLISHED,
  STALL_SHOW_PROBLEMS,
} StallNoteShow;
#define STALL_N_NOTE_SHOWS 6

const char *stall_note_show_to_string (StallNoteShow show);
StallNoteShow stall_note_show_from_string (const char *text);
void stall_note_show_narrow (StallNoteShow show, StallQuery *query);
StallNoteShow stall_note_show_of_query (const StallQuery *query);

/* The choice among them with a count each, as it is now. A choice is the action page.show; “ready”
 * and “problems” are offered while there are any. Watches the clock for the next scheduled note.
 * Signal: became-ready (StallTime now). */
#define STALL_TYPE_NOTE_FILTERS (stall_note_filters_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteFilters, stall_note_filters, STALL, NOTE_FILTERS, AdwBin)

void stall_note_filters_set_desk (StallNoteFilters *self, StallDesk *desk);
void stall_note_filters_set_show (StallNoteFilters *self, StallNoteShow show);

G_END_DECLS
