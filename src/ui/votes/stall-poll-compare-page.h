/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Polls side by side: votes, the winner's share, what was decided, what sold. */
#define STALL_TYPE_POLL_COMPARE_PAGE (stall_poll_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (StallPollComparePage,
                      stall_poll_compare_page,
                      STALL,
                      POLL_COMPARE_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *stall_poll_compare_page_new (StallDesk *desk, const char *const *poll_ids);

G_END_DECLS
