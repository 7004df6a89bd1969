/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Stock and prices of many variants in one table, written all at once. */
#define STALL_TYPE_GRID_PAGE (stall_grid_page_get_type ())
G_DECLARE_FINAL_TYPE (StallGridPage, stall_grid_page, STALL, GRID_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_grid_page_new (StallDesk *desk, const StallQuery *query);

G_END_DECLS
