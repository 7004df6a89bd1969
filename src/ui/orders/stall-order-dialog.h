/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* An order written by hand: a sale at a fair, a message from a friend, an order of any source. */
#define STALL_TYPE_ORDER_DIALOG (stall_order_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderDialog, stall_order_dialog, STALL, ORDER_DIALOG, AdwDialog)

AdwDialog *stall_order_dialog_new (StallDesk *desk);
AdwDialog *stall_order_dialog_new_exchange (StallDesk *desk, StallOrderRecord *record);

G_END_DECLS
