/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* ballot:<poll>:<voter>: one voter's vote, never changed once written. A phone that changes its
 * mind does so in the stall's box (stall-votes.h); the ballot is written when the poll has closed.
 */

#define STALL_TYPE_BALLOT (stall_ballot_get_type ())
G_DECLARE_FINAL_TYPE (StallBallot, stall_ballot, STALL, BALLOT, GObject)

/* Where votes of the audience page come from, in `via`. */
#define STALL_BALLOT_VIA_PAGE "page"

gboolean stall_ballot_voter_is_valid (const char *voter);
StallBallot *stall_ballot_new (const char *poll_id,
                               const char *voter,
                               const char *option,
                               StallTime at,
                               const char *via);
StallBallot *stall_ballot_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_ballot_to_document (StallBallot *self, const char *device);
const char *stall_ballot_get_id (StallBallot *self);      /* "ballot:POLL:VOTER" */
const char *stall_ballot_get_poll_id (StallBallot *self); /* "poll:…" */
const char *stall_ballot_get_voter (StallBallot *self);
const char *stall_ballot_get_option (StallBallot *self); /* id of an option of the poll */
StallTime stall_ballot_get_at (StallBallot *self);
const char *stall_ballot_get_via (StallBallot *self); /* page, or a part of the market */

G_END_DECLS
