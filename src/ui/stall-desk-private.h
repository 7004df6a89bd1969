/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

AdwToast *stall_desk_new_toast (const char *text);
void stall_desk_show_toast (StallDesk *self, AdwToast *toast); /* takes @toast over */

G_END_DECLS
