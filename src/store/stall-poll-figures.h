/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-decision.h"
#include "stall-first-run.h"
#include "stall-store.h"
#include "stall-tally.h"

G_BEGIN_DECLS

/* All that a page about one poll shows. Read anew when the store says that polls, ballots, tallies,
 * decisions, products or orders changed, and at `closes_at`, because time passing changes no
 * document. */

/* At most this many points of votes over time. */
#define STALL_POLL_MAX_BUCKETS 48

/* What became of an option. By index of the option in the poll. */
typedef struct
{
  char *product;       /* id of the product that its variant belongs to, or NULL */
  char *product_title; /* "" without one */
  char *variant_title; /* "" without one */
  char *cover;        /* digest of the option's own picture, else of the product's cover, or NULL */
  int stage;          /* StallStage of the product; -1 without one */
  gint64 sold;        /* pieces of its variant sold since the newest decision; 0 before one */
  gint64 sold_period; /* … within STALL_FIRST_RUN_PERIOD of the first of those sales */
  StallTime first_sold;    /* that first sale, or STALL_TIME_NONE */
  StallFirstRun first_run; /* only when has_history */
} StallPollOptionFigures;

#define STALL_TYPE_POLL_FIGURES (stall_poll_figures_get_type ())
typedef struct
{
  StallPoll *poll;
  StallTally *tally; /* counts, shares, intervals, the lead */
  StallPollState state;
  StallDecision *decision; /* the newest, or NULL */
  GPtrArray *decisions;    /* StallDecision, newest first */
  StallPollOptionFigures *options;
  guint n_options;

  /* votes over time: votes[bucket × n_options + option]; a bucket is an hour or whole days long.
   * Votes that are known only as an origin's count are in no bucket. */
  StallTime buckets_from;
  StallTime bucket_width; /* milliseconds */
  guint n_buckets;
  gint64 *bucket_votes;

  gboolean has_history; /* else there is not enough to suggest a first run */
  StallConversion conversion;
} StallPollFigures;

GType stall_poll_figures_get_type (void);
StallPollFigures *stall_poll_figures_copy (const StallPollFigures *self);
void stall_poll_figures_free (StallPollFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPollFigures, stall_poll_figures_free)

/* StallPollFigures boxed; STALL_ERROR_NOT_FOUND. */
DexFuture *stall_store_poll_figures (StallStore *store, const char *poll_id, StallTime now);

G_END_DECLS
