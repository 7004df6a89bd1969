/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* What the audience sees on a laptop or a projector: the question, the options with their bars, and
 * the code that opens the vote page on a phone. The vote page is on while this window is open, or
 * longer if the owner keeps it on. */
#define STALL_TYPE_AUDIENCE_WINDOW (stall_audience_window_get_type ())
G_DECLARE_FINAL_TYPE (StallAudienceWindow, stall_audience_window, STALL, AUDIENCE_WINDOW, AdwWindow)

void stall_audience_window_present (StallDesk *desk, const char *poll_id);

G_END_DECLS
