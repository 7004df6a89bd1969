/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-record.h"

G_BEGIN_DECLS

/* The customer of an order. Name, phone and address are masked until asked for, and again when the
 * page is left. */
#define STALL_TYPE_ORDER_CONTACT (stall_order_contact_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderContact, stall_order_contact, STALL, ORDER_CONTACT, AdwBin)

void
stall_order_contact_show (StallOrderContact *self, StallDesk *desk, const StallOrderRecord *record);

G_END_DECLS
