/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* The whole stall on one screen: what it took, what is due, what runs out, where sales come from.
 * Every figure leads to the list it sums. */
#define STALL_TYPE_TODAY_PAGE (stall_today_page_get_type ())
G_DECLARE_FINAL_TYPE (StallTodayPage, stall_today_page, STALL, TODAY_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_today_page_new (StallDesk *desk);

G_END_DECLS
