/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-echo.h"
#include "stall-note.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Counts of the notes page, each of the list behind it. */
#define STALL_TYPE_NOTE_FIGURES (stall_note_figures_get_type ())
typedef struct
{
  guint n_by_state[STALL_N_NOTE_STATES];
  guint n_ready;      /* scheduled, and its time has come */
  guint n_problems;   /* notes that link a product that is gone or sold out */
  guint n_lacking;    /* products that lack a story: STALL_STORY_LACKING */
  guint n_white_only; /* products before a white background only: STALL_STORY_WHITE_ONLY */
  StallTime next_at;  /* when the next scheduled note becomes ready; STALL_TIME_NONE: none waits */
} StallNoteFigures;

GType stall_note_figures_get_type (void);
void stall_note_figures_free (StallNoteFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallNoteFigures, stall_note_figures_free)
DexFuture *stall_store_note_figures (StallStore *store, StallTime now); /* StallNoteFigures boxed */

/* Every topic in use, by how many notes have it, then by name: GStrv boxed. */
DexFuture *stall_store_topics (StallStore *store);

/* What came back to a note or product, day by day, oldest first. */
#define STALL_ECHO_MAX_DAYS 366
#define STALL_TYPE_ECHO_SERIES (stall_echo_series_get_type ())
typedef struct
{
  guint n_days;
  gint64 *counts[STALL_N_ECHO_MEASURES]; /* n_days each; 0 where there is no echo */
  gint64 totals[STALL_N_ECHO_MEASURES];  /* of these days */
  StallTime *days;                       /* start of each local day */
  int published;                         /* index of the day it was published; -1: not in here */
} StallEchoSeries;

GType stall_echo_series_get_type (void);
void stall_echo_series_free (StallEchoSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallEchoSeries, stall_echo_series_free)
/* The @n_days that end with the day of @now: StallEchoSeries boxed. */
DexFuture *
stall_store_echo_series (StallStore *store, const char *subject_id, StallTime now, guint n_days);

/* What was sold through a note: orders whose source is this note; the list behind it is orders with
 * `source_ref`. */
#define STALL_TYPE_NOTE_SALES (stall_note_sales_get_type ())
typedef struct
{
  guint n_orders; /* without those cancelled */
  gint64 pieces;
  gint64 paid; /* minor units, less refunds */
} StallNoteSales;

GType stall_note_sales_get_type (void);
void stall_note_sales_free (StallNoteSales *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallNoteSales, stall_note_sales_free)
DexFuture *stall_store_note_sales (StallStore *store,
                                   const char *note_id,
                                   const char *currency); /* StallNoteSales boxed */

/* Links of a note that a reader cannot buy from. */
typedef enum
{
  STALL_LINK_GONE,     /* deleted or dropped */
  STALL_LINK_SOLD_OUT, /* on sale, but there is none of any variant */
} StallLinkTrouble;

typedef struct
{
  char *product; /* "product:…" */
  char *title;   /* "" when it was deleted */
  StallLinkTrouble trouble;
} StallLinkProblem;

void stall_link_problem_free (StallLinkProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallLinkProblem, stall_link_problem_free)
/* GPtrArray boxed of StallLinkProblem, in the order of the note's links. */
DexFuture *stall_store_link_problems (StallStore *store, const char *note_id);

G_END_DECLS
