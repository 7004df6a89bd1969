/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* What happened to an order, the newest first, with tracking numbers to copy. */
#define STALL_TYPE_ORDER_TIMELINE (stall_order_timeline_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderTimeline, stall_order_timeline, STALL, ORDER_TIMELINE, AdwBin)

void stall_order_timeline_show (StallOrderTimeline *self,
                                StallDesk *desk,
                                const StallOrderRecord *record);

G_END_DECLS
