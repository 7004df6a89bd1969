/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* The style funnel as a board: a column a stage. On a narrow window one column at a time, chosen
 * above it. */
#define STALL_TYPE_BOARD_PAGE (stall_board_page_get_type ())
G_DECLARE_FINAL_TYPE (StallBoardPage, stall_board_page, STALL, BOARD_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_board_page_new (StallDesk *desk);

G_END_DECLS
