/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-profile.h"

G_BEGIN_DECLS

/* The member `note_templates`, never to be changed in place; NULL: there is none. */
JsonArray *stall_profile_get_templates (StallProfile *self);
void stall_profile_take_templates (StallProfile *self, JsonArray *templates);

G_END_DECLS
