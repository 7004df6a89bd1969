/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-decision.h"

#include "stall-error.h"
#include "stall-poll-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

struct _StallDecision
{
  GObject parent_instance;

  char *id;
  char *poll_id;
  StallDecisionOutcome outcome;
  char *option;
  int quantity;
  char *reason;
  StallTime at;
};

G_DEFINE_FINAL_TYPE (StallDecision, stall_decision, G_TYPE_OBJECT)

static const char *const outcome_names[STALL_N_OUTCOMES] = { "make", "pre-sell", "hold", "kill" };

static const char *const outcome_labels[STALL_N_OUTCOMES] = {
  NC_ ("outcome of a poll", "Make"),
  NC_ ("outcome of a poll", "Pre-sell"),
  NC_ ("outcome of a poll", "Hold"),
  NC_ ("outcome of a poll", "Kill"),
};

static void
stall_decision_finalize (GObject *object)
{
  StallDecision *self = STALL_DECISION (object);

  g_free (self->id);
  g_free (self->poll_id);
  g_free (self->option);
  g_free (self->reason);

  G_OBJECT_CLASS (stall_decision_parent_class)->finalize (object);
}

static void
stall_decision_class_init (StallDecisionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_decision_finalize;
}

static void
stall_decision_init (StallDecision *self)
{
}

/**
 * stall_decision_outcome_to_string:
 * @outcome: how a poll ended
 *
 * Returns: the text that documents carry
 */
const char *
stall_decision_outcome_to_string (StallDecisionOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < STALL_N_OUTCOMES, NULL);

  return outcome_names[outcome];
}

/**
 * stall_decision_outcome_from_string:
 * @text: (nullable): a document's `outcome`
 * @outcome: (out): how the poll ended
 *
 * Returns: %FALSE when this version knows no such outcome
 */
gboolean
stall_decision_outcome_from_string (const char *text, StallDecisionOutcome *outcome)
{
  for (guint i = 0; i < STALL_N_OUTCOMES; i++)
    if (g_strcmp0 (outcome_names[i], text) == 0)
      {
        *outcome = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * stall_decision_outcome_get_label:
 * @outcome: how a poll ended
 *
 * Returns: its name for a person, translated
 */
const char *
stall_decision_outcome_get_label (StallDecisionOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < STALL_N_OUTCOMES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "outcome of a poll", outcome_labels[outcome]);
}

/**
 * stall_decision_outcome_moves:
 * @outcome: how a poll ended
 * @stage: where the chosen option's product stands in the style funnel
 * @to_stage: (out): where the decision moves it
 *
 * What is to be made goes into production, from wherever it was, unless it is on sale already. What
 * is pre-sold is on sale before it is made. To hold or kill an option moves nothing: a product may
 * have other options, and a drop wants its own reason.
 *
 * Returns: whether the decision moves the product
 */
gboolean
stall_decision_outcome_moves (StallDecisionOutcome outcome, StallStage stage, StallStage *to_stage)
{
  gboolean on_sale = stage == STALL_STAGE_ON_SALE || stage == STALL_STAGE_REORDERED;

  g_return_val_if_fail (to_stage != NULL, FALSE);

  *to_stage = outcome == STALL_OUTCOME_PRE_SELL ? STALL_STAGE_ON_SALE : STALL_STAGE_PRODUCTION;
  return (outcome == STALL_OUTCOME_MAKE || outcome == STALL_OUTCOME_PRE_SELL) && !on_sale
         && stage != *to_stage;
}

/**
 * stall_decision_new:
 * @poll_id: "poll:…"
 * @outcome: how the poll ended
 * @option: (nullable): id of the option that it is about
 * @quantity: pieces to make or pre-sell; 0: not said
 * @reason: (nullable): why
 * @at: when it was decided, milliseconds UTC
 *
 * Returns: (transfer full): a decision with an id of its own
 */
StallDecision *
stall_decision_new (const char *poll_id,
                    StallDecisionOutcome outcome,
                    const char *option,
                    int quantity,
                    const char *reason,
                    StallTime at)
{
  g_autofree char *uuid = stall_uuid_new ();
  StallDecision *self;

  g_return_val_if_fail (poll_id != NULL, NULL);
  g_return_val_if_fail ((guint) outcome < STALL_N_OUTCOMES, NULL);
  g_return_val_if_fail (at != STALL_TIME_NONE, NULL);

  self = g_object_new (STALL_TYPE_DECISION, NULL);
  self->id = stall_id_for_poll (STALL_KIND_DECISION, poll_id, uuid);
  self->poll_id = g_strdup (poll_id);
  self->outcome = outcome;
  self->option = g_strdup (option);
  self->quantity = quantity;
  self->reason = stall_text_clean (reason);
  self->at = at;
  return self;
}

/**
 * stall_decision_set_id:
 * @self: a decision
 * @id: "decision:POLL:…"
 *
 * For who makes the same decision twice, such as the sample stall.
 */
void
stall_decision_set_id (StallDecision *self, const char *id)
{
  g_return_if_fail (STALL_IS_DECISION (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->id, id);
}

/**
 * stall_decision_new_from_document:
 * @document: a document of kind decision
 * @error: return location for a %STALL_ERROR_INVALID that names the field
 *
 * Returns: (transfer full): the decision
 */
StallDecision *
stall_decision_new_from_document (StallDocument *document, GError **error)
{
  g_autofree char *poll_id = NULL;
  StallTime at = STALL_TIME_NONE;
  StallDecisionOutcome outcome;
  const char *id, *rest, *text;
  StallDecision *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  if (STALL_IS_DECISION (stall_document_get_object (document)))
    return g_object_ref (STALL_DECISION (stall_document_get_object (document)));
  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  id = stall_document_get_id (document);
  poll_id = stall_poll_id_of (id, &rest);
  if (poll_id == NULL)
    return stall_poll_refuse (id, "_id", error);
  if (!stall_decision_outcome_from_string (stall_json_get_string (root, "outcome", NULL), &outcome))
    return stall_poll_refuse (id, "outcome", error);
  text = stall_json_get_string (root, "at", stall_json_get_string (root, "made_at", NULL));
  if (text == NULL || !stall_time_parse (text, &at))
    return stall_poll_refuse (id, "at", error);

  self = stall_decision_new (poll_id, outcome, stall_json_get_string (root, "option", NULL),
                             CLAMP (stall_json_get_int (root, "quantity", 0), 0, G_MAXINT),
                             stall_json_get_string (root, "reason", NULL), at);
  g_set_str (&self->id, id);
  return self;
}

/**
 * stall_decision_to_document:
 * @self: a decision
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, which carries the decision itself
 */
StallDocument *
stall_decision_to_document (StallDecision *self, const char *device)
{
  g_autoptr (GBytes) body = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (STALL_IS_DECISION (self), NULL);

  stall_json_writer_init (&writer, 384);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_DECISION, device, self->at);
  stall_json_writer_string (&writer, "poll", self->poll_id);
  stall_json_writer_string (&writer, "outcome", outcome_names[self->outcome]);
  stall_json_writer_string (&writer, "option", self->option);
  if (self->quantity > 0)
    stall_json_writer_int (&writer, "quantity", self->quantity);
  stall_json_writer_string (&writer, "reason", *self->reason != '\0' ? self->reason : NULL);
  stall_json_writer_time (&writer, "at", self->at);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);
  return stall_document_new_for_object (self->id, body, G_OBJECT (self));
}

/**
 * stall_decision_check:
 * @self: a decision
 * @error: return location for a %STALL_ERROR_INVALID that says what to change
 *
 * Returns: whether the decision is whole
 */
gboolean
stall_decision_check (StallDecision *self, GError **error)
{
  gboolean makes;
  const char *wrong = NULL;

  g_return_val_if_fail (STALL_IS_DECISION (self), FALSE);

  makes = self->outcome == STALL_OUTCOME_MAKE || self->outcome == STALL_OUTCOME_PRE_SELL;
  if (makes && self->option == NULL)
    wrong = _ ("Choose the option that is made.");
  else if (makes && self->quantity < 1)
    wrong = _ ("Say how many pieces are made.");
  else if (self->outcome == STALL_OUTCOME_KILL && *self->reason == '\0')
    wrong = _ ("Say why, so that you know it when you look at this style again.");
  if (wrong != NULL)
    g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, wrong);
  return wrong == NULL;
}

/**
 * stall_decision_get_id:
 * @self: a decision
 *
 * Returns: "decision:POLL:…"
 */
const char *
stall_decision_get_id (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), NULL);

  return self->id;
}

/**
 * stall_decision_get_poll_id:
 * @self: a decision
 *
 * Returns: "poll:…"
 */
const char *
stall_decision_get_poll_id (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), NULL);

  return self->poll_id;
}

/**
 * stall_decision_get_outcome:
 * @self: a decision
 *
 * Returns: how the poll ended
 */
StallDecisionOutcome
stall_decision_get_outcome (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), STALL_OUTCOME_HOLD);

  return self->outcome;
}

/**
 * stall_decision_get_option:
 * @self: a decision
 *
 * Returns: (nullable): id of the option that it is about
 */
const char *
stall_decision_get_option (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), NULL);

  return self->option;
}

/**
 * stall_decision_get_quantity:
 * @self: a decision
 *
 * Returns: pieces to make or pre-sell; 0: not said
 */
int
stall_decision_get_quantity (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), 0);

  return self->quantity;
}

/**
 * stall_decision_get_reason:
 * @self: a decision
 *
 * Returns: why; "" when nobody said
 */
const char *
stall_decision_get_reason (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), "");

  return self->reason;
}

/**
 * stall_decision_get_at:
 * @self: a decision
 *
 * Returns: when it was decided, milliseconds UTC
 */
StallTime
stall_decision_get_at (StallDecision *self)
{
  g_return_val_if_fail (STALL_IS_DECISION (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_decision_compare:
 * @a: a decision
 * @b: another of the same poll
 *
 * The greatest one counts. Two of the same moment are told apart by their ids, so that all devices
 * agree.
 *
 * Returns: less than, equal to or greater than 0
 */
int
stall_decision_compare (StallDecision *a, StallDecision *b)
{
  g_return_val_if_fail (STALL_IS_DECISION (a) && STALL_IS_DECISION (b), 0);

  return a->at != b->at ? (a->at > b->at ? 1 : -1) : g_strcmp0 (a->id, b->id);
}
