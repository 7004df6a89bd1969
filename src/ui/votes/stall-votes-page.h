/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* All polls, by what they wait for. Actions: page.search, page.new, page.show-all, page.selecting,
 * selection.compare, page.state
 * (which polls: "any", "open", "closed", "draft", "decided"). */
#define STALL_TYPE_VOTES_PAGE (stall_votes_page_get_type ())
G_DECLARE_FINAL_TYPE (StallVotesPage, stall_votes_page, STALL, VOTES_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_votes_page_new (StallDesk *desk);
void stall_votes_page_set_query (StallVotesPage *self, const StallQuery *query);

G_END_DECLS
