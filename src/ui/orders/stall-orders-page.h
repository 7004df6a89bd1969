/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* All orders of all sources in one list: search, filters, selection, bulk steps.
 * Actions: page.search, page.new. Property: desk (construct-only). */
#define STALL_TYPE_ORDERS_PAGE (stall_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (StallOrdersPage, stall_orders_page, STALL, ORDERS_PAGE, AdwNavigationPage)

StallOrdersPage *stall_orders_page_new (StallDesk *desk);
void stall_orders_page_set_query (StallOrdersPage *self, const StallQuery *query);

G_END_DECLS
