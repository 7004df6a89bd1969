/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-note.h"

G_BEGIN_DECLS

JsonObject *stall_note_get_json (StallNote *self);
void stall_note_notify_pictures (StallNote *self);
void stall_note_notify_cover (StallNote *self);

G_END_DECLS
