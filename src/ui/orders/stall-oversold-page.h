/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* What stall_desk_open() takes for this page. */
#define STALL_OVERSOLD_PAGE_ID "oversold"

/* Variants of which more is promised than there is, each with the orders that want it in the order
 * in which they came; the owner picks who waits. */
#define STALL_TYPE_OVERSOLD_PAGE (stall_oversold_page_get_type ())
G_DECLARE_FINAL_TYPE (StallOversoldPage,
                      stall_oversold_page,
                      STALL,
                      OVERSOLD_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *stall_oversold_page_new (StallDesk *desk);

G_END_DECLS
