/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* Votes of a poll over time: a chart, and the same as a table for whoever wants to read it. Hidden
 * while no vote has a time. */
#define STALL_TYPE_VOTES_OVER_TIME (stall_votes_over_time_get_type ())
G_DECLARE_FINAL_TYPE (StallVotesOverTime,
                      stall_votes_over_time,
                      STALL,
                      VOTES_OVER_TIME,
                      AdwPreferencesGroup)

void stall_votes_over_time_show (StallVotesOverTime *self, const StallPollFigures *figures);

G_END_DECLS
