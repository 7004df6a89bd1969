/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-product.h"

G_BEGIN_DECLS

/* decision:<poll>:<id>: how a poll ended. Never changed; the newest counts, so what was killed is
 * revived by a further decision. */

/* Stored as text: make, pre-sell, hold, kill. */
typedef enum
{
  STALL_OUTCOME_MAKE,
  STALL_OUTCOME_PRE_SELL,
  STALL_OUTCOME_HOLD,
  STALL_OUTCOME_KILL,
} StallDecisionOutcome;
#define STALL_N_OUTCOMES 4
const char *stall_decision_outcome_to_string (StallDecisionOutcome outcome);
gboolean stall_decision_outcome_from_string (const char *text, StallDecisionOutcome *outcome);
const char *stall_decision_outcome_get_label (StallDecisionOutcome outcome);
gboolean
stall_decision_outcome_moves (StallDecisionOutcome outcome, StallStage stage, StallStage *to_stage);

#define STALL_TYPE_DECISION (stall_decision_get_type ())
G_DECLARE_FINAL_TYPE (StallDecision, stall_decision, STALL, DECISION, GObject)

StallDecision *stall_decision_new (const char *poll_id,
                                   StallDecisionOutcome outcome,
                                   const char *option,
                                   int quantity,
                                   const char *reason,
                                   StallTime at);
void stall_decision_set_id (StallDecision *self, const char *id);
StallDecision *stall_decision_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_decision_to_document (StallDecision *self, const char *device);
gboolean stall_decision_check (StallDecision *self, GError **error);
const char *stall_decision_get_id (StallDecision *self);
const char *stall_decision_get_poll_id (StallDecision *self);
StallDecisionOutcome stall_decision_get_outcome (StallDecision *self);
const char *stall_decision_get_option (StallDecision *self); /* id, or NULL: none in particular */
int stall_decision_get_quantity (StallDecision *self);       /* pieces; 0: not said */
const char *stall_decision_get_reason (StallDecision *self);
StallTime stall_decision_get_at (StallDecision *self);
int stall_decision_compare (StallDecision *a, StallDecision *b); /* by time, then id */

G_END_DECLS
