/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Says above a note that a reader cannot buy what it links, while that is so. */
#define STALL_TYPE_NOTE_WARNING (stall_note_warning_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteWarning, stall_note_warning, STALL, NOTE_WARNING, AdwBin)

void stall_note_warning_set_note (StallNoteWarning *self, StallDesk *desk, const char *note_id);

G_END_DECLS
