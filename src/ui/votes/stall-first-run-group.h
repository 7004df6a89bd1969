/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* How many pieces of each option to make first, with the working; or that there is not enough to
 * tell. */
#define STALL_TYPE_FIRST_RUN_GROUP (stall_first_run_group_get_type ())
G_DECLARE_FINAL_TYPE (StallFirstRunGroup,
                      stall_first_run_group,
                      STALL,
                      FIRST_RUN_GROUP,
                      AdwPreferencesGroup)

void stall_first_run_group_show (StallFirstRunGroup *self, const StallPollFigures *figures);

G_END_DECLS
