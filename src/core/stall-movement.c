/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-movement.h"

#include "stall-error.h"
#include "stall-order-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _StallMovement
{
  GObject parent_instance;

  char *id;
  char *variant;
  char *place;
  char *ref;
  char *remark;
  StallTime at;
  int quantity;
  StallReason reason;
  gboolean is_count;
};

G_DEFINE_FINAL_TYPE (StallMovement, stall_movement, G_TYPE_OBJECT)

static const struct
{
  const char *text;
  const char *label;
} reasons[STALL_N_REASONS] = {
  [STALL_REASON_MADE] = { "made", NC_ ("stock movement", "Made") },
  [STALL_REASON_BOUGHT] = { "bought", NC_ ("stock movement", "Bought") },
  [STALL_REASON_COUNTED] = { "counted", NC_ ("stock movement", "Counted") },
  [STALL_REASON_DAMAGED] = { "damaged", NC_ ("stock movement", "Damaged") },
  [STALL_REASON_LOST] = { "lost", NC_ ("stock movement", "Lost") },
  [STALL_REASON_GIFT] = { "gift", NC_ ("stock movement", "Gift") },
  [STALL_REASON_SAMPLE] = { "sample", NC_ ("stock movement", "Sample") },
  [STALL_REASON_TRANSFER] = { "transfer", NC_ ("stock movement", "Transfer") },
  [STALL_REASON_CORRECTION] = { "correction", NC_ ("stock movement", "Correction") },
  [STALL_REASON_IMPORTED] = { "imported", NC_ ("stock movement", "Imported") },
  [STALL_REASON_OTHER] = { "other", NC_ ("stock movement", "Other") },
};

static void
stall_movement_finalize (GObject *object)
{
  StallMovement *self = STALL_MOVEMENT (object);

  g_free (self->id);
  g_free (self->variant);
  g_free (self->place);
  g_free (self->ref);
  g_free (self->remark);

  G_OBJECT_CLASS (stall_movement_parent_class)->finalize (object);
}

static void
stall_movement_class_init (StallMovementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_movement_finalize;
}

static void
stall_movement_init (StallMovement *self)
{
}

static StallMovement *
new_movement (const char *variant, const char *place, int quantity, StallTime at)
{
  StallMovement *self = g_object_new (STALL_TYPE_MOVEMENT, NULL);

  self->variant = g_strdup (variant);
  self->place = g_strdup (place);
  self->quantity = quantity;
  self->at = at;
  return self;
}

static gboolean
check_amount (StallMovement *self, gint64 amount, GError **error)
{
  if (amount >= -STALL_PIECES_MAX && amount <= STALL_PIECES_MAX)
    return TRUE;
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("The movement “%s” moves more pieces than can be counted."), self->id);
  return FALSE;
}

/* The signed quantity or the count; exactly one of them must be there. */
static gboolean
read_amount (StallMovement *self, JsonObject *root, GError **error)
{
  gint64 quantity = stall_json_get_int (root, "quantity", G_MAXINT64);
  gint64 count = stall_json_get_int (root, "count", G_MAXINT64);
  gint64 amount = quantity != G_MAXINT64 ? quantity : count;

  if ((quantity == G_MAXINT64) == (count == G_MAXINT64))
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("The movement “%s” must have either a quantity or a count."), self->id);
      return FALSE;
    }
  if (!check_amount (self, amount, error))
    return FALSE;

  self->is_count = count != G_MAXINT64;
  self->quantity = amount;
  return TRUE;
}

static gboolean
read_root (StallMovement *self, JsonObject *root, GError **error)
{
  const char *variant = stall_json_get_string (root, "variant", "");

  if (*variant == '\0')
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("The movement “%s” does not say which variant it moves."), self->id);
      return FALSE;
    }
  if (!stall_time_parse (stall_json_get_string (root, "at", NULL), &self->at)
      && !stall_time_parse (stall_json_get_string (root, "made_at", NULL), &self->at))
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("The movement “%s” does not say when it happened."), self->id);
      return FALSE;
    }
  if (!read_amount (self, root, error))
    return FALSE;

  self->variant = g_strdup (variant);
  self->place = g_strdup (stall_json_get_string (root, "place", STALL_PLACE_WORKSHOP));
  self->reason = stall_reason_from_string (
      stall_json_get_string (root, "reason", self->is_count ? "counted" : "other"));
  self->ref = g_strdup (stall_json_get_string (root, "ref", NULL));
  self->remark = g_strdup (stall_json_get_string (root, "remark", NULL));
  return TRUE;
}

/**
 * stall_reason_to_string:
 * @reason: a reason
 *
 * Returns: the reason as documents carry it
 */
const char *
stall_reason_to_string (StallReason reason)
{
  g_return_val_if_fail ((guint) reason < STALL_N_REASONS, "other");

  return reasons[reason].text;
}

/**
 * stall_reason_from_string:
 * @text: (nullable): a document's `reason`
 *
 * Returns: the reason; %STALL_REASON_OTHER when this version does not know it
 */
StallReason
stall_reason_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_REASONS; i++)
    if (g_strcmp0 (reasons[i].text, text) == 0)
      return i;

  return STALL_REASON_OTHER;
}

/**
 * stall_reason_get_label:
 * @reason: a reason
 *
 * Returns: the reason for a person, translated
 */
const char *
stall_reason_get_label (StallReason reason)
{
  g_return_val_if_fail ((guint) reason < STALL_N_REASONS, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "stock movement", reasons[reason].label);
}

/**
 * stall_reason_get_sign:
 * @reason: a reason
 *
 * Returns: 1 when the reason only ever adds pieces, -1 when it only ever takes them away, 0 when it
 *   does either
 */
int
stall_reason_get_sign (StallReason reason)
{
  switch (reason)
    {
    case STALL_REASON_MADE:
    case STALL_REASON_BOUGHT:
      return 1;
    case STALL_REASON_DAMAGED:
    case STALL_REASON_LOST:
    case STALL_REASON_GIFT:
    case STALL_REASON_SAMPLE:
      return -1;
    case STALL_REASON_COUNTED:
    case STALL_REASON_TRANSFER:
    case STALL_REASON_CORRECTION:
    case STALL_REASON_IMPORTED:
    case STALL_REASON_OTHER:
    default:
      return 0;
    }
}

/**
 * stall_movement_new:
 * @variant: id of what moves
 * @place: where
 * @quantity: pieces, below 0 for what leaves
 * @reason: why
 * @at: when, milliseconds since 1970, UTC
 *
 * Returns: (transfer full): a movement with a new id
 */
StallMovement *
stall_movement_new (const char *variant,
                    const char *place,
                    int quantity,
                    StallReason reason,
                    StallTime at)
{
  StallMovement *self;

  g_return_val_if_fail (variant != NULL && place != NULL, NULL);

  self = new_movement (variant, place, quantity, at);
  self->reason = reason;
  return self;
}

/**
 * stall_movement_new_count:
 * @variant: id of what was counted
 * @place: where
 * @count: pieces that are there
 * @at: when, milliseconds since 1970, UTC
 *
 * Returns: (transfer full): a count with a new id; it resets what is on hand at its time
 */
StallMovement *
stall_movement_new_count (const char *variant, const char *place, int count, StallTime at)
{
  StallMovement *self;

  g_return_val_if_fail (variant != NULL && place != NULL, NULL);

  self = new_movement (variant, place, count, at);
  self->is_count = TRUE;
  self->reason = STALL_REASON_COUNTED;
  return self;
}

/**
 * stall_movement_set_id:
 * @self: a movement that has not become a document yet
 * @id: "movement:…", where it must be a certain one so that importing twice makes it once
 */
void
stall_movement_set_id (StallMovement *self, const char *id)
{
  g_return_if_fail (STALL_IS_MOVEMENT (self));

  g_set_str (&self->id, id);
}

/**
 * stall_movement_set_ref:
 * @self: a movement that has not become a document yet
 * @ref: (nullable): id of the order, fair or buyer behind it
 */
void
stall_movement_set_ref (StallMovement *self, const char *ref)
{
  g_return_if_fail (STALL_IS_MOVEMENT (self));

  g_set_str (&self->ref, ref);
}

/**
 * stall_movement_set_remark:
 * @self: a movement that has not become a document yet
 * @remark: (nullable): words about it
 */
void
stall_movement_set_remark (StallMovement *self, const char *remark)
{
  g_return_if_fail (STALL_IS_MOVEMENT (self));

  g_set_str (&self->remark, remark);
}

/**
 * stall_movement_to_document:
 * @self: a movement, which must not change from now on
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document
 */
StallDocument *
stall_movement_to_document (StallMovement *self, const char *device)
{
  g_autoptr (GBytes) body = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  stall_json_writer_init (&writer, 320);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_MOVEMENT, device, stall_time_now ());
  stall_json_writer_string (&writer, "variant", self->variant);
  stall_json_writer_string (&writer, "place", self->place);
  stall_json_writer_int (&writer, self->is_count ? "count" : "quantity", self->quantity);
  stall_json_writer_string (&writer, "reason", stall_reason_to_string (self->reason));
  stall_json_writer_string (&writer, "ref", self->ref);
  stall_json_writer_string (&writer, "remark", self->remark);
  stall_json_writer_time (&writer, "at", self->at);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);
  return stall_document_new_for_object (stall_movement_get_id (self), body, G_OBJECT (self));
}

/**
 * stall_movement_new_from_document:
 * @document: a document of kind movement
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Returns: (transfer full): the movement, or %NULL when @document is not a whole one
 */
StallMovement *
stall_movement_new_from_document (StallDocument *document, GError **error)
{
  g_autoptr (StallMovement) self = NULL;
  GObject *object;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  object = stall_document_get_object (document);
  if (STALL_IS_MOVEMENT (object))
    {
      StallMovement *made = STALL_MOVEMENT (object);

      return check_amount (made, made->quantity, error) ? g_object_ref (made) : NULL;
    }

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = g_object_new (STALL_TYPE_MOVEMENT, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  return read_root (self, root, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * stall_movement_get_id:
 * @self: a movement
 *
 * Returns: "movement:…"
 */
const char *
stall_movement_get_id (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  if (self->id == NULL)
    self->id = stall_id_new (STALL_KIND_MOVEMENT);
  return self->id;
}

/**
 * stall_movement_get_variant:
 * @self: a movement
 *
 * Returns: id of what moves
 */
const char *
stall_movement_get_variant (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  return self->variant;
}

/**
 * stall_movement_get_place:
 * @self: a movement
 *
 * Returns: where
 */
const char *
stall_movement_get_place (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  return self->place;
}

/**
 * stall_movement_is_count:
 * @self: a movement
 *
 * Returns: whether it says how many are there, not how many moved
 */
gboolean
stall_movement_is_count (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), FALSE);

  return self->is_count;
}

/**
 * stall_movement_get_quantity:
 * @self: a movement
 *
 * Returns: pieces, signed, or the count
 */
int
stall_movement_get_quantity (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), 0);

  return self->quantity;
}

/**
 * stall_movement_get_reason:
 * @self: a movement
 *
 * Returns: why
 */
StallReason
stall_movement_get_reason (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), STALL_REASON_OTHER);

  return self->reason;
}

/**
 * stall_movement_get_at:
 * @self: a movement
 *
 * Returns: when, milliseconds since 1970, UTC
 */
StallTime
stall_movement_get_at (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_movement_get_ref:
 * @self: a movement
 *
 * Returns: (nullable): id of the order, fair or buyer behind it
 */
const char *
stall_movement_get_ref (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  return self->ref;
}

/**
 * stall_movement_get_remark:
 * @self: a movement
 *
 * Returns: (nullable): words about it
 */
const char *
stall_movement_get_remark (StallMovement *self)
{
  g_return_val_if_fail (STALL_IS_MOVEMENT (self), NULL);

  return self->remark;
}

/**
 * stall_stock_fold_add:
 * @self: (inout): what is on hand so far; begins as zero
 * @is_count: whether @quantity was counted
 * @quantity: pieces, signed, or the count
 *
 * Takes the next entry of the ledger of one variant at one place.
 */
void
stall_stock_fold_add (StallStockFold *self, gboolean is_count, int quantity)
{
  self->on_hand = is_count ? quantity : self->on_hand + quantity;
}
