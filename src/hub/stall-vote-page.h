/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-poll-figures.h"
#include "stall-vote-words.h"

G_BEGIN_DECLS

/* The pages that phones see, written as HTML without script. */
char *stall_vote_page_write (const StallPollFigures *figures,
                             const char *path,
                             const char *chosen,
                             const char *token,
                             guint language);
char *
stall_vote_page_write_screen (const StallPollFigures *figures, const char *path, guint language);
char *stall_vote_page_write_problem (const char *path, StallWord word, guint language);
const char *stall_vote_page_get_style (void);

G_END_DECLS
