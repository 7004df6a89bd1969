/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-note.h"

G_BEGIN_DECLS

/* What is done with a note as a whole, as steps that can be undone. Errors reach the person. */
void stall_note_steps_keep_template (GtkWidget *widget, StallDesk *desk, const char *body);
void stall_note_steps_duplicate (StallDesk *desk, const char *note_id);
void stall_note_steps_delete (StallDesk *desk, const char *note_id, const char *title);
void stall_note_steps_schedule (StallDesk *desk, const char *note_id, StallTime publish_at);

G_END_DECLS
