/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* The flag and the private remark of an order, saved by themselves while they are written. */
#define STALL_TYPE_ORDER_REMARK (stall_order_remark_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderRemark, stall_order_remark, STALL, ORDER_REMARK, AdwBin)

void
stall_order_remark_show (StallOrderRemark *self, StallDesk *desk, const StallOrderRecord *record);
void stall_order_remark_save (StallOrderRemark *self); /* what is not saved yet, at once */

G_END_DECLS
