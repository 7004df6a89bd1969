/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* When a saved note is to be published: day and time, none that is over; or back to a draft. The
 * choice is a step that can be undone. */
#define STALL_TYPE_NOTE_SCHEDULE_DIALOG (stall_note_schedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteScheduleDialog,
                      stall_note_schedule_dialog,
                      STALL,
                      NOTE_SCHEDULE_DIALOG,
                      AdwDialog)

void stall_note_schedule_dialog_present (GtkWidget *parent,
                                         StallDesk *desk,
                                         const char *note_id,
                                         StallTime publish_at);

G_END_DECLS
