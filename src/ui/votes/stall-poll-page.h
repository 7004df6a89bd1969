/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* A poll from its first word to what it sold: a form while it is a draft, then how it stands, how
 * it was decided, and what became of it. Actions: poll.open, poll.show, poll.close-now,
 * poll.decide, poll.delete, poll.export-tally, poll.export-ballots. */
#define STALL_TYPE_POLL_PAGE (stall_poll_page_get_type ())
G_DECLARE_FINAL_TYPE (StallPollPage, stall_poll_page, STALL, POLL_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_poll_page_new (StallDesk *desk, const char *poll_id);

G_END_DECLS
