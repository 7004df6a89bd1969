/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "stall-order-record.h"

G_BEGIN_DECLS

/* Words of an order's page that no other page needs. Pure. */
#define STALL_N_PAYMENTS 6
const char *stall_payment_get_name (guint index); /* as stored: cash, wechat, … */
const char *stall_payment_get_label (const char *name);
guint stall_payment_find_last (const StallOrderState *state);
GListModel *stall_payment_new_list (void); /* GtkStringList of all labels */

char *stall_order_charge_dup_title (const StallOrderCharge *charge);
char *stall_order_line_dup_state (const StallLineState *state, StallStatus status);
char *stall_order_event_dup_details (StallOrderEvent *event, const StallOrderRecord *record);

G_END_DECLS
