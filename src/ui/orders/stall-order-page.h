/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* One order: what was ordered, what happened, what to do next, and who it is for. */
#define STALL_TYPE_ORDER_PAGE (stall_order_page_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderPage, stall_order_page, STALL, ORDER_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_order_page_new (StallDesk *desk, const char *order_id);

G_END_DECLS
