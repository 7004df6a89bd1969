/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Finds one product or one variant: an entry, and below it what the words in it find. Enter takes
 * the first. Signals: found (StallRow *, loaded) and stopped, when a person gives up. */
#define STALL_TYPE_FINDER (stall_finder_get_type ())
G_DECLARE_FINAL_TYPE (StallFinder, stall_finder, STALL, FINDER, AdwBin)

void stall_finder_start (StallFinder *self, StallDesk *desk, StallList list);

G_END_DECLS
