/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-poll-figures.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* What Votes says about polls, in words: pure functions beside stall-format.h. */
const char *stall_poll_words_question (const char *question);
char *stall_poll_words_votes (gint64 votes);
char *stall_poll_words_deposits (gint64 deposits);
char *stall_poll_words_counts (gint64 votes, gint64 deposits);
char *stall_poll_words_left (StallTime left);
char *stall_poll_words_left_short (StallTime left);
char *stall_poll_words_rule (StallTime closes_at, int votes, int deposits);
char *stall_poll_words_terms (const StallPollOption *option);
char *stall_poll_words_lead (StallTally *tally, gboolean closed);
char *stall_poll_words_range (StallTally *tally, guint option);
char *stall_poll_words_option (StallTally *tally, guint option);
char *stall_poll_words_decision (StallDecisionOutcome outcome, const char *option, int quantity);
char *stall_poll_words_first_run (const StallConversion *conversion, const StallFirstRun *run);
char *stall_poll_words_history (const StallConversion *conversion);
char *stall_poll_words_result (const StallPollFigures *figures, guint option);
char *stall_poll_words_summary (StallPoll *poll);
const char *stall_poll_words_state_style (StallPollState state); /* CSS class of its pill */

/* Of a row: what it comes down to, and when. */
char *stall_poll_words_gist (StallPollRow *row, StallTime now);
char *stall_poll_words_when (StallPollRow *row, StallTime now);

G_END_DECLS
