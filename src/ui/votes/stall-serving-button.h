/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Seen from every page while phones can open the vote page, and leads to its poll. */
#define STALL_TYPE_SERVING_BUTTON (stall_serving_button_get_type ())
G_DECLARE_FINAL_TYPE (StallServingButton, stall_serving_button, STALL, SERVING_BUTTON, AdwBin)

void stall_serving_button_set_desk (StallServingButton *self, StallDesk *desk);

G_END_DECLS
