/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* One product, for reading and editing: pictures, story, variants, details, stock, what sold. Every
 * edit is kept as soon as it is made. */
#define STALL_TYPE_PRODUCT_PAGE (stall_product_page_get_type ())
G_DECLARE_FINAL_TYPE (StallProductPage, stall_product_page, STALL, PRODUCT_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_product_page_new (StallDesk *desk, const char *product_id);

G_END_DECLS
