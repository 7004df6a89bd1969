/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-note.h"
#include "stall-order-state.h"
#include "stall-poll.h"
#include "stall-query.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* The figures of Today and of a product, each summed from the same tables as the list behind it. */

typedef struct
{
  gint64 now;    /* minor units: money taken less money given back in the period */
  gint64 before; /* the same for the period of equal length before it */
  StallTime from;
  StallTime until;
} StallTakings;

#define STALL_TYPE_FIGURES (stall_figures_get_type ())
typedef struct
{
  char *currency;
  guint n_due;     /* open orders whose ship-by is before the end of tomorrow */
  guint n_overdue; /* … before now */
  guint n_to_pack;
  guint n_to_ship;     /* packed or part shipped */
  guint n_running_out; /* products with a variant that has less than 14 days left, or is out while
                          selling */
  guint n_oversold;    /* variants as stall_store_list_oversold() lists them */
  guint n_polls[STALL_N_POLL_STATES]; /* by state */
  StallTime poll_at;                  /* when the next poll opens or closes by itself, or
                                         STALL_TIME_NONE */
  guint n_notes[STALL_N_NOTE_STATES]; /* by state */
  guint n_notes_ready;                /* scheduled, and their time has come */
  StallTime note_at;                  /* when the next scheduled one becomes ready, or
                                         STALL_TIME_NONE */
  StallTakings takings[3];            /* today, 7 days, 30 days; days are local */
  gint64 days[60];                    /* takings a local day; [59] is today */
  gint64 by_source[STALL_N_SOURCES];  /* takings of the last 30 days by source */
  guint payments_by_source[STALL_N_SOURCES];
  gboolean is_empty;        /* no product and no order yet */
  guint n_other_currencies; /* orders whose money is left out of the sums: another currency */
  GListModel *due;          /* first few #StallOrderRow */
  GListModel *running_out;  /* first few #StallVariantRow */
  GListModel *polls;        /* first few #StallPollRow that are open or wait for a decision */
  GListModel *activity;     /* last few #StallActivityRow */
} StallFigures;

GType stall_figures_get_type (void);
StallFigures *stall_figures_copy (const StallFigures *self);
void stall_figures_free (StallFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallFigures, stall_figures_free)
StallQuery *stall_figures_query_due (const StallFigures *self);
StallQuery *stall_figures_query_polls (const StallFigures *self);
DexFuture *stall_store_figures (StallStore *store, StallTime now); /* StallFigures boxed */

typedef struct
{
  char *place;
  int on_hand;
} StallPlaceStock;

/* Stock of one variant per place: GPtrArray boxed of StallPlaceStock. */
DexFuture *stall_store_place_stock (StallStore *store, const char *variant_id);
/* Pieces of a product sold per week, oldest first, the last being the week of @now: GArray boxed of
 * int. */
DexFuture *
stall_store_sold_per_week (StallStore *store, const char *product_id, StallTime now, guint n_weeks);
/* Every tag in use, by name: GStrv boxed. */
DexFuture *stall_store_tags (StallStore *store);
/* Every place in use, the workshop first: GStrv boxed. */
DexFuture *stall_store_places (StallStore *store);
/* Variants of which pieces are at a place: GStrv boxed. */
DexFuture *stall_store_variants_at (StallStore *store, const char *place);

G_END_DECLS
