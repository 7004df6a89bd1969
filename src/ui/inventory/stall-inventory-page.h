/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Every product of the stall, as a list or a grid of pictures: searched, narrowed and sorted. Its
 * properties `stage`, `product-tag`, `stock`, `sort`, `descending` and `view` are the actions of
 * its menus. */
#define STALL_TYPE_INVENTORY_PAGE (stall_inventory_page_get_type ())
G_DECLARE_FINAL_TYPE (StallInventoryPage,
                      stall_inventory_page,
                      STALL,
                      INVENTORY_PAGE,
                      AdwNavigationPage)

StallInventoryPage *stall_inventory_page_new (StallDesk *desk);
void stall_inventory_page_set_query (StallInventoryPage *self, const StallQuery *query);

G_END_DECLS
