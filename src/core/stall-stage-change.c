/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-stage-change.h"

#include "stall-product-private.h"
#include "stall-text.h"

/**
 * stall_stage_change_free:
 * @self: (nullable): a change of stage
 *
 * Frees a change of stage.
 */
void
stall_stage_change_free (StallStageChange *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->reason);
  g_free (self);
}

/**
 * stall_product_get_stage:
 * @self: a product
 *
 * Returns: where it is in the style funnel
 */
StallStage
stall_product_get_stage (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), STALL_STAGE_IDEA);

  return stall_stage_from_string (
      stall_json_get_string (stall_product_get_json (self), "stage", NULL));
}

/**
 * stall_product_set_stage:
 * @self: a product
 * @stage: where it is in the style funnel
 *
 * Moves the product in the style funnel, now and without a reason. A product that was never saved
 * begins there.
 */
void
stall_product_set_stage (StallProduct *self, StallStage stage)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (stage < STALL_N_STAGES);

  if (stage == stall_product_get_stage (self))
    return;
  if (stall_product_is_saved (self))
    {
      stall_product_move_to_stage (self, stage, NULL, stall_time_now ());
      return;
    }
  json_object_set_string_member (stall_product_get_json (self), "stage",
                                 stall_stage_to_string (stage));
  g_object_notify (G_OBJECT (self), "stage");
}

static JsonArray *
ensure_changes (JsonObject *product)
{
  JsonArray *array = stall_json_get_array (product, "stages");

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (product, "stages", array);
    }
  return array;
}

/**
 * stall_product_move_to_stage:
 * @self: a product
 * @stage: where it goes in the style funnel
 * @reason: (nullable): why; of a drop above all
 * @at: when
 *
 * Moves the product in the style funnel and keeps what was before.
 */
void
stall_product_move_to_stage (StallProduct *self, StallStage stage, const char *reason, StallTime at)
{
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;
  JsonObject *product, *change;

  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (stage < STALL_N_STAGES);
  g_return_if_fail (at != STALL_TIME_NONE);

  if (stage == stall_product_get_stage (self))
    return;
  product = stall_product_get_json (self);
  id = stall_uuid_new ();
  time = stall_time_to_string (at);
  change = json_object_new ();
  json_object_set_string_member (change, "id", id);
  json_object_set_string_member (change, "at", time);
  json_object_set_string_member (change, "from",
                                 stall_stage_to_string (stall_product_get_stage (self)));
  json_object_set_string_member (change, "to", stall_stage_to_string (stage));
  stall_text_set_member (change, "reason", reason);
  json_array_add_object_element (ensure_changes (product), change);
  json_object_set_string_member (product, "stage", stall_stage_to_string (stage));
  g_object_notify (G_OBJECT (self), "stage");
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const StallStageChange *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return g_strcmp0 (first->id, second->id);
}

/**
 * stall_product_dup_stage_changes:
 * @self: a product
 *
 * Returns: (transfer full) (element-type StallStageChange): how it moved, oldest first
 */
GPtrArray *
stall_product_dup_stage_changes (StallProduct *self)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_stage_change_free);
  JsonArray *array;

  g_return_val_if_fail (STALL_IS_PRODUCT (self), changes);

  array = stall_json_get_array (stall_product_get_json (self), "stages");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      StallStageChange *change;

      if (object == NULL)
        continue;
      change = g_new0 (StallStageChange, 1);
      change->id = g_strdup (stall_json_get_string (object, "id", ""));
      change->at = STALL_TIME_NONE;
      stall_time_parse (stall_json_get_string (object, "at", ""), &change->at);
      change->from = stall_stage_from_string (stall_json_get_string (object, "from", NULL));
      change->to = stall_stage_from_string (stall_json_get_string (object, "to", NULL));
      change->reason = g_strdup (stall_json_get_string (object, "reason", ""));
      g_ptr_array_add (changes, change);
    }
  g_ptr_array_sort_values (changes, compare_changes);
  return changes;
}

/**
 * stall_product_get_stage_before_drop:
 * @self: a product
 *
 * Returns: where it was before it was last dropped; %STALL_STAGE_IDEA when nobody noted it
 */
StallStage
stall_product_get_stage_before_drop (StallProduct *self)
{
  g_autoptr (GPtrArray) changes = NULL;

  g_return_val_if_fail (STALL_IS_PRODUCT (self), STALL_STAGE_IDEA);

  changes = stall_product_dup_stage_changes (self);
  for (guint i = changes->len; i > 0; i--)
    {
      const StallStageChange *change = g_ptr_array_index (changes, i - 1);

      if (change->to == STALL_STAGE_DROPPED && change->from != STALL_STAGE_DROPPED)
        return change->from;
    }
  return STALL_STAGE_IDEA;
}

/**
 * stall_product_revive:
 * @self: a dropped product
 * @reason: (nullable): why
 * @at: when
 *
 * Takes a dropped style up again where it was; its history stays.
 */
void
stall_product_revive (StallProduct *self, const char *reason, StallTime at)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  if (stall_product_get_stage (self) == STALL_STAGE_DROPPED)
    stall_product_move_to_stage (self, stall_product_get_stage_before_drop (self), reason, at);
}
