/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "stall-order-record.h"
#include "stall-oversold.h"

G_BEGIN_DECLS

/* Words of an order's page that no other page needs. Pure. */
#define STALL_N_PAYMENTS 6
const char *stall_payment_get_name (guint index); /* as stored: cash, wechat, … */
const char *stall_payment_get_label (const char *name);
guint stall_payment_find_last (const StallOrderState *state);
GListModel *stall_payment_new_list (void); /* GtkStringList of all labels */

char *stall_order_charge_dup_title (const StallOrderCharge *charge);
char *stall_order_line_dup_state (const StallLineState *state, StallStatus status);
/* The pill of an order in a list: that it waits for stock matters more than where it stands. */
const char *stall_order_get_pill (StallStatus status, gboolean waits, const char **style);
char *stall_oversold_dup_words (const StallOversold *oversold);
char *stall_claim_dup_title (const StallClaim *claim);
char *stall_claim_dup_words (const StallClaim *claim, StallTime now);
char *stall_order_event_dup_details (StallOrderEvent *event, const StallOrderRecord *record);

G_END_DECLS
