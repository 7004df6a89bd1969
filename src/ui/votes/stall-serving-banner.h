/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Says that phones can open the vote page, which nobody should forget, and turns it off. */
#define STALL_TYPE_SERVING_BANNER (stall_serving_banner_get_type ())
G_DECLARE_FINAL_TYPE (StallServingBanner, stall_serving_banner, STALL, SERVING_BANNER, AdwBin)

void stall_serving_banner_set_poll (StallServingBanner *self, StallDesk *desk, const char *poll_id);

G_END_DECLS
