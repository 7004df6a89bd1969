/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* Asks what a step needs to know: the pieces, the parcel, the money. For paid, shipped, cancelled,
 * returned and refunded. */
#define STALL_TYPE_ORDER_STEP_DIALOG (stall_order_step_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderStepDialog,
                      stall_order_step_dialog,
                      STALL,
                      ORDER_STEP_DIALOG,
                      AdwDialog)

AdwDialog *stall_order_step_dialog_new (StallDesk *desk, StallOrderRecord *record, StallStep step);

G_END_DECLS
