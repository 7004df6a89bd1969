/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Count mode: what is scanned or typed is counted, expected stands against counted, and one change
 * set at the end settles it. A count that was not finished is there again at the next visit. */
#define STALL_TYPE_COUNT_PAGE (stall_count_page_get_type ())
G_DECLARE_FINAL_TYPE (StallCountPage, stall_count_page, STALL, COUNT_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_count_page_new (StallDesk *desk);

G_END_DECLS
