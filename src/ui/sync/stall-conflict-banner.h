/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Says on a thing's own page that another version of it waits to be settled. */
#define STALL_TYPE_CONFLICT_BANNER (stall_conflict_banner_get_type ())
G_DECLARE_FINAL_TYPE (StallConflictBanner, stall_conflict_banner, STALL, CONFLICT_BANNER, AdwBin)

void stall_conflict_banner_set_thing (StallConflictBanner *self, StallDesk *desk, const char *id);

G_END_DECLS
