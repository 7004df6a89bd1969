/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-conflict.h"
#include "stall-desk.h"

G_BEGIN_DECLS

/* One field of two versions side by side: keep this, keep that, or write it anew. */
#define STALL_TYPE_CONFLICT_CHOICE (stall_conflict_choice_get_type ())
G_DECLARE_FINAL_TYPE (StallConflictChoice, stall_conflict_choice, STALL, CONFLICT_CHOICE, GtkBox)

/* @field NULL: the versions can only be kept whole */
StallConflictChoice *stall_conflict_choice_new (StallDesk *desk,
                                                StallConflict *conflict,
                                                const StallConflictField *field);
void stall_conflict_choice_keep (StallConflictChoice *self, gboolean theirs);
gboolean stall_conflict_choice_get_theirs (StallConflictChoice *self);
void stall_conflict_choice_write (StallConflictChoice *self, JsonObject *merged);

/* property decided (boolean), notified; orientation of the two: property cards-orientation */

G_END_DECLS
