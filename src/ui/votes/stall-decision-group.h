/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* How a poll was decided, newest first, and what became of it: votes, pieces decided, pieces sold.
 * Its button acts “poll.decide”. */
#define STALL_TYPE_DECISION_GROUP (stall_decision_group_get_type ())
G_DECLARE_FINAL_TYPE (StallDecisionGroup,
                      stall_decision_group,
                      STALL,
                      DECISION_GROUP,
                      AdwPreferencesGroup)

void stall_decision_group_show (StallDecisionGroup *self, const StallPollFigures *figures);

G_END_DECLS
