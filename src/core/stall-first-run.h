/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-time.h"

G_BEGIN_DECLS

/* How many pieces to make first: an option's votes × what the stall's own votes turned into before.
 * The numbers of the working are all here, so that a person can follow it. */

/* What is sold within this time of the first sale after a decision came from its poll. Making takes
 * weeks, so the time starts with the first sale, not with the decision. */
#define STALL_FIRST_RUN_PERIOD (30 * STALL_DAY)
/* A single poll shows no range. */
#define STALL_FIRST_RUN_MIN_POLLS 2

/* One poll that ended in making or pre-selling an option, its time over. */
typedef struct
{
  gint64 votes; /* for the chosen option */
  gint64 sold;  /* pieces of it within STALL_FIRST_RUN_PERIOD of its first sale */
} StallPastPoll;

typedef struct
{
  guint n_polls; /* with a vote or more */
  gint64 votes;  /* in all of them */
  gint64 sold;
  double rate;   /* sold ÷ votes */
  double lowest; /* of a single poll */
  double highest;
} StallConversion;

typedef struct
{
  gint64 votes;
  gint64 pieces; /* votes × rate */
  gint64 low;    /* votes × lowest */
  gint64 high;
} StallFirstRun;

gboolean
stall_conversion_compute (const StallPastPoll *polls, guint n_polls, StallConversion *conversion);
StallFirstRun stall_conversion_suggest (const StallConversion *self, gint64 votes);

G_END_DECLS
