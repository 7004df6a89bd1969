/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* What was ordered, with pictures, and what it comes to. */
#define STALL_TYPE_ORDER_LINES (stall_order_lines_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderLines, stall_order_lines, STALL, ORDER_LINES, AdwBin)

void
stall_order_lines_show (StallOrderLines *self, StallDesk *desk, const StallOrderRecord *record);

G_END_DECLS
