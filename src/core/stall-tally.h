/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-poll.h"

G_BEGIN_DECLS

/* How a poll stands: the fold of its ballots and of the tallies that the platform reports. The
 * order in which they are added makes no difference and reported counts only rise. Votes (free) and
 * deposits (money) are two numbers that are never added up. */

#define STALL_TYPE_TALLY (stall_tally_get_type ())
G_DECLARE_FINAL_TYPE (StallTally, stall_tally, STALL, TALLY, GObject)

StallTally *stall_tally_new (StallPoll *poll);
void stall_tally_add_ballots (StallTally *self, const char *via, const char *option, gint64 votes);
void stall_tally_add_report (StallTally *self,
                             const char *origin,
                             const char *option,
                             gint64 votes,
                             gint64 deposits,
                             gint64 money);

StallPoll *stall_tally_get_poll (StallTally *self);
gint64 stall_tally_get_votes (StallTally *self);
gint64 stall_tally_get_deposits (StallTally *self);
/* By index of the option in its poll. */
gint64 stall_tally_get_option_votes (StallTally *self, guint option);
gint64 stall_tally_get_option_deposits (StallTally *self, guint option);
gint64 stall_tally_get_option_money (StallTally *self, guint option); /* minor units */
double stall_tally_get_option_share (StallTally *self, guint option); /* 0 … 1 of all votes */
gboolean
stall_tally_get_option_interval (StallTally *self, guint option, double *low, double *high);

/* “Lilac leads; 40 more votes would settle it.” */
typedef enum
{
  STALL_LEAD_NONE,    /* no votes yet */
  STALL_LEAD_TIE,     /* two or more lead together: no number of votes can be promised */
  STALL_LEAD_LEADS,   /* ahead, but it may be chance: see `more` */
  STALL_LEAD_SETTLED, /* ahead by more than chance, 95 % */
} StallLeadKind;

typedef struct
{
  StallLeadKind kind;
  int option;    /* index of the leader; the first of a tie; -1: none */
  int runner_up; /* index of the second; -1: none */
  gint64 more;   /* votes that would settle it if they fall as those before; 0 unless LEADS */
} StallLead;
StallLead stall_tally_get_lead (StallTally *self);

gboolean stall_wilson_interval (gint64 hits, gint64 trials, double *low, double *high);

/* A tally:<poll>:<origin> as the platform writes it, counts by option id. */
typedef struct
{
  char *option;
  gint64 votes;
  gint64 deposits;
  gint64 money;
} StallTallyCount;
typedef struct
{
  char *poll_id;
  char *origin;
  StallTime as_of;
  GArray *counts; /* StallTallyCount */
} StallTallyReport;
StallTallyReport *stall_tally_report_read (StallDocument *document, GError **error);
void stall_tally_report_free (StallTallyReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallTallyReport, stall_tally_report_free)

G_END_DECLS
