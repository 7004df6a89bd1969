/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-documents.h"
#include "stall-projector.h"
#include "stall-writer.h"

G_BEGIN_DECLS

/* What `state` of a change set says. */
typedef enum
{
  STALL_CHANGE_SET_DONE,
  STALL_CHANGE_SET_UNDONE,
  STALL_CHANGE_SET_FORGOTTEN, /* undone, and something else was done since; or past undoing */
} StallChangeSetState;

/* One transaction that changes documents: of a person's change set, or of what a peer sent. */
typedef struct
{
  StallDatabase *database;
  StallDocumentCounters counters;
  StallProjector *projector;
  StallOutcome *outcome;
  gint64 change_set;
  gboolean goes_on;  /* it was there before: what was written for it in between is of no use */
  gboolean rebuilds; /* projections are made anew at the end instead of step by step */
} StallWriter;

gboolean stall_writer_begin (StallWriter *self,
                             StallDatabase *database,
                             StallOutcome *outcome,
                             GError **error);
gboolean stall_writer_end (StallWriter *self, gboolean good, GError **error);
gboolean stall_writer_project (StallWriter *self,
                               gint64 number,
                               StallDocument *document,
                               gboolean is_new,
                               GError **error);
StallDocument *stall_writer_stamp (StallWriter *self, StallDocument *document);
GBytes *stall_writer_merge (GBytes *base, GBytes *ours, GBytes *theirs, gboolean *conflict);
gboolean stall_writer_says_the_same (StallDatabase *database, GBytes *a, GBytes *b);
void stall_writer_clear (StallWriter *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StallWriter, stall_writer_clear)

G_END_DECLS
