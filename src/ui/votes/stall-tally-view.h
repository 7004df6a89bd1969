/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* How a poll stands, option by option. Rows stay the same widgets while it goes on, so that the
 * focus stays where it is. Signal: option-activated (guint index). */
#define STALL_TYPE_TALLY_VIEW (stall_tally_view_get_type ())
G_DECLARE_FINAL_TYPE (StallTallyView, stall_tally_view, STALL, TALLY_VIEW, AdwBin)

void
stall_tally_view_show (StallTallyView *self, StallStore *store, const StallPollFigures *figures);

G_END_DECLS
