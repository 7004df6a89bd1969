/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product.h"

G_BEGIN_DECLS

/* How a style moved in the funnel, the last step first, with the reasons; nothing for one that
 * never did. */
#define STALL_TYPE_STAGE_HISTORY (stall_stage_history_get_type ())
G_DECLARE_FINAL_TYPE (StallStageHistory, stall_stage_history, STALL, STAGE_HISTORY, AdwExpanderRow)

void stall_stage_history_show (StallStageHistory *self, StallProduct *product);

G_END_DECLS
