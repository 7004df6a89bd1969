/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-product.h"

#include "stall-movement.h"
#include "stall-product-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

static const char *const stage_names[STALL_N_STAGES] = {
  "idea", "sample", "testing", "production", "on-sale", "reordered", "dropped",
};

static const char *const stage_labels[STALL_N_STAGES] = {
  NC_ ("style funnel", "Idea"),    NC_ ("style funnel", "Sample"),
  NC_ ("style funnel", "Testing"), NC_ ("style funnel", "Production"),
  NC_ ("style funnel", "On sale"), NC_ ("style funnel", "Reordered"),
  NC_ ("style funnel", "Dropped"),
};

static const char *const slot_names[STALL_N_SLOTS] = { "cover", "detail", "body", "scene" };

static const char *const slot_labels[STALL_N_SLOTS] = {
  NC_ ("picture slot", "Cover"),
  NC_ ("picture slot", "Detail"),
  NC_ ("picture slot", "On body"),
  NC_ ("picture slot", "Scene"),
};

static StallSlot
slot_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_SLOTS; i++)
    if (g_strcmp0 (slot_names[i], text) == 0)
      return i;

  return STALL_SLOT_DETAIL;
}

/* The objects of an array; whatever else is in it is passed over. */
static GPtrArray *
list_objects (JsonObject *object, const char *member)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonArray *array = stall_json_get_array (object, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (objects, json_node_dup_object (node));
    }
  return objects;
}

/* The member as an object, made when it is missing. */
static JsonObject *
ensure_object (JsonObject *object, const char *member)
{
  JsonObject *inner = stall_json_get_object (object, member);

  if (inner == NULL)
    {
      inner = json_object_new ();
      json_object_set_object_member (object, member, inner);
    }
  return inner;
}

static void
drop_empty_object (JsonObject *object, const char *member)
{
  JsonObject *inner = stall_json_get_object (object, member);

  if (inner != NULL && json_object_get_size (inner) == 0)
    json_object_remove_member (object, member);
}

/* Takes the object that says @text out of @objects, with all that it says besides, or makes one. */
static JsonObject *
take_object (GPtrArray *objects, const char *member, const char *text)
{
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);

      if (g_strcmp0 (stall_json_get_string (object, member, NULL), text) == 0)
        {
          json_object_ref (object);
          g_ptr_array_remove_index (objects, i);
          return object;
        }
    }
  return json_object_new ();
}

static int
get_size (JsonObject *object, const char *member)
{
  return CLAMP (stall_json_get_int (object, member, 0), 0, G_MAXINT);
}

static void
set_size (JsonObject *object, const char *member, int value)
{
  if (value == get_size (object, member))
    return;

  if (value > 0)
    json_object_set_int_member (object, member, value);
  else
    json_object_remove_member (object, member);
}

static void
set_array (JsonObject *object, const char *member, JsonArray *array)
{
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, member, array);
  else
    {
      json_object_remove_member (object, member);
      json_array_unref (array);
    }
}

static gboolean
has_picture (GPtrArray *pictures, const char *name)
{
  for (guint i = 0; i < pictures->len; i++)
    if (g_strcmp0 (((StallPicture *) g_ptr_array_index (pictures, i))->name, name) == 0)
      return TRUE;

  return FALSE;
}

static void
drop_attachments (JsonObject *product, GPtrArray *pictures)
{
  JsonObject *attachments = stall_json_get_object (product, "_attachments");
  g_autoptr (GList) names = NULL;

  if (attachments == NULL)
    return;

  names = json_object_get_members (attachments);
  for (GList *name = names; name != NULL; name = name->next)
    if (!has_picture (pictures, name->data))
      json_object_remove_member (attachments, name->data);

  drop_empty_object (product, "_attachments");
}

/**
 * stall_stage_to_string:
 * @stage: a stage of the style funnel
 *
 * Returns: the text that documents carry
 */
const char *
stall_stage_to_string (StallStage stage)
{
  g_return_val_if_fail (stage < STALL_N_STAGES, NULL);

  return stage_names[stage];
}

/**
 * stall_stage_from_string:
 * @text: (nullable): the text of a document
 *
 * Returns: the stage; one that is not known is %STALL_STAGE_IDEA, which sells nothing
 */
StallStage
stall_stage_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_STAGES; i++)
    if (g_strcmp0 (stage_names[i], text) == 0)
      return i;

  return STALL_STAGE_IDEA;
}

/**
 * stall_stage_get_label:
 * @stage: a stage of the style funnel
 *
 * Returns: its name for a person, translated
 */
const char *
stall_stage_get_label (StallStage stage)
{
  g_return_val_if_fail (stage < STALL_N_STAGES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "style funnel", stage_labels[stage]);
}

/**
 * stall_slot_to_string:
 * @slot: what a picture shows
 *
 * Returns: the text that documents carry
 */
const char *
stall_slot_to_string (StallSlot slot)
{
  g_return_val_if_fail (slot < STALL_N_SLOTS, NULL);

  return slot_names[slot];
}

/**
 * stall_slot_get_label:
 * @slot: what a picture shows
 *
 * Returns: its name for a person, translated
 */
const char *
stall_slot_get_label (StallSlot slot)
{
  g_return_val_if_fail (slot < STALL_N_SLOTS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "picture slot", slot_labels[slot]);
}

/**
 * stall_picture_free:
 * @self: (nullable): a picture
 *
 * Frees a picture.
 */
void
stall_picture_free (StallPicture *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->alt);
  g_free (self->link);
  g_free (self->digest);
  g_free (self);
}

/**
 * stall_fitting_free:
 * @self: (nullable): a fitting
 *
 * Frees a fitting.
 */
void
stall_fitting_free (StallFitting *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->size);
  g_free (self->remark);
  g_free (self);
}

/**
 * stall_kit_part_free:
 * @self: (nullable): a part of a kit
 *
 * Frees a part of a kit.
 */
void
stall_kit_part_free (StallKitPart *self)
{
  if (self == NULL)
    return;

  g_free (self->variant);
  g_free (self);
}

/*
 * stall_product_parts_write_tags:
 * @product: members of a product
 * @tags: (nullable) (array zero-terminated=1): tags in order
 *
 * Empty and repeated tags are left out; of those that differ only in case or white space the first
 * stays.
 *
 * Returns: whether that changes anything
 */
gboolean
stall_product_parts_write_tags (JsonObject *product, const char *const *tags)
{
  g_autoptr (GPtrArray) clean = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) old = stall_json_get_strv (product, "tags");

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = stall_text_clean (tags[i]);

      if (*tag != '\0' && g_hash_table_add (seen, stall_text_fold (tag)))
        g_ptr_array_add (clean, g_steal_pointer (&tag));
    }

  if (g_strv_equal ((const char *const *) clean->pdata, (const char *const *) old))
    return FALSE;

  stall_json_set_strv (product, "tags", (const char *const *) clean->pdata);
  return TRUE;
}

/*
 * stall_product_parts_write_attributes:
 * @product: members of a product
 * @attributes: (nullable) (array zero-terminated=1): name, value, name, value, …
 *
 * Attributes that are not text are kept.
 *
 * Returns: whether that changes anything
 */
gboolean
stall_product_parts_write_attributes (JsonObject *product, const char *const *attributes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) old = stall_text_get_pairs (product, "attributes");
  g_auto (GStrv) now = NULL;
  JsonObject *object;

  for (guint i = 0; attributes != NULL && attributes[i] != NULL && attributes[i + 1] != NULL;
       i += 2)
    {
      g_autofree char *name = stall_text_clean (attributes[i]);
      g_autofree char *value = stall_text_clean (attributes[i + 1]);

      if (*name != '\0' && *value != '\0')
        g_strv_builder_add_many (builder, name, value, NULL);
    }
  now = g_strv_builder_end (builder);
  if (g_strv_equal ((const char *const *) old, (const char *const *) now))
    return FALSE;

  object = ensure_object (product, "attributes");
  for (guint i = 0; old[i] != NULL; i += 2)
    json_object_remove_member (object, old[i]);
  for (guint i = 0; now[i] != NULL; i += 2)
    json_object_set_string_member (object, now[i], now[i + 1]);
  drop_empty_object (product, "attributes");
  return TRUE;
}

/*
 * stall_product_parts_write_base_size:
 * @product: members of a product
 * @base_size: (nullable): the size that all others are graded from
 *
 * Returns: whether that changes anything
 */
gboolean
stall_product_parts_write_base_size (JsonObject *product, const char *base_size)
{
  gboolean changed = stall_text_set_member (ensure_object (product, "fit"), "base_size", base_size);

  drop_empty_object (product, "fit");
  return changed;
}

/*
 * stall_product_parts_read_pictures:
 * @product: members of a product
 *
 * Returns: (transfer full) (element-type StallPicture): its pictures in order
 */
GPtrArray *
stall_product_parts_read_pictures (JsonObject *product)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_picture_free);
  g_autoptr (GPtrArray) objects = list_objects (product, "pictures");
  JsonObject *attachments = stall_json_get_object (product, "_attachments");

  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);
      StallPicture *picture = g_new0 (StallPicture, 1);

      picture->name = g_strdup (stall_json_get_string (object, "name", NULL));
      picture->slot = slot_from_string (stall_json_get_string (object, "slot", NULL));
      picture->alt = g_strdup (stall_json_get_string (object, "alt", NULL));
      picture->link = g_strdup (stall_json_get_string (object, "link", NULL));
      if (picture->name != NULL)
        picture->digest = g_strdup (stall_json_get_string (
            stall_json_get_object (attachments, picture->name), "digest", NULL));
      g_ptr_array_add (pictures, picture);
    }
  return pictures;
}

/*
 * stall_product_parts_write_pictures:
 * @product: members of a product
 * @pictures: (element-type StallPicture): its pictures in order
 *
 * A picture is the same as before when its name, or without one its link, is. Attachments that no
 * picture uses any more are dropped.
 */
void
stall_product_parts_write_pictures (JsonObject *product, GPtrArray *pictures)
{
  g_autoptr (GPtrArray) objects = list_objects (product, "pictures");
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < pictures->len; i++)
    {
      const StallPicture *picture = g_ptr_array_index (pictures, i);
      JsonObject *object = picture->name != NULL ? take_object (objects, "name", picture->name)
                                                 : take_object (objects, "link", picture->link);
      const char *slot = stall_json_get_string (object, "slot", NULL);

      stall_text_set_member (object, "name", picture->name);
      if (slot == NULL || slot_from_string (slot) != picture->slot)
        json_object_set_string_member (object, "slot", slot_names[picture->slot]);
      stall_text_set_member (object, "alt", picture->alt);
      stall_text_set_member (object, "link", picture->link);
      json_array_add_object_element (array, object);
    }
  set_array (product, "pictures", array);
  drop_attachments (product, pictures);
}

/*
 * stall_product_parts_write_attachment:
 * @product: members of a product
 * @name: name of an attachment
 * @content_type: its media type
 * @length: its bytes
 * @digest: "md5-…"
 *
 * Says what the picture of this name is.
 */
void
stall_product_parts_write_attachment (JsonObject *product,
                                      const char *name,
                                      const char *content_type,
                                      gint64 length,
                                      const char *digest)
{
  JsonObject *attachment = json_object_new ();

  json_object_set_string_member (attachment, "content_type", content_type);
  json_object_set_int_member (attachment, "length", length);
  json_object_set_string_member (attachment, "digest", digest);
  json_object_set_boolean_member (attachment, "stub", TRUE);
  json_object_set_object_member (ensure_object (product, "_attachments"), name, attachment);
}

/*
 * stall_product_parts_read_fittings:
 * @product: members of a product
 *
 * Returns: (transfer full) (element-type StallFitting): who tried it on
 */
GPtrArray *
stall_product_parts_read_fittings (JsonObject *product)
{
  GPtrArray *fittings = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_fitting_free);
  g_autoptr (GPtrArray) objects = list_objects (stall_json_get_object (product, "fit"), "tried_on");

  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);
      StallFitting *fitting = g_new0 (StallFitting, 1);

      fitting->name = g_strdup (stall_json_get_string (object, "name", ""));
      fitting->size = g_strdup (stall_json_get_string (object, "size", ""));
      fitting->height = get_size (object, "height");
      fitting->weight = get_size (object, "weight");
      fitting->remark = g_strdup (stall_json_get_string (object, "remark", ""));
      g_ptr_array_add (fittings, fitting);
    }
  return fittings;
}

/*
 * stall_product_parts_write_fittings:
 * @product: members of a product
 * @fittings: (element-type StallFitting): who tried it on
 *
 * A fitting is the same as before when the person's name is.
 */
void
stall_product_parts_write_fittings (JsonObject *product, GPtrArray *fittings)
{
  JsonObject *fit = ensure_object (product, "fit");
  g_autoptr (GPtrArray) objects = list_objects (fit, "tried_on");
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < fittings->len; i++)
    {
      const StallFitting *fitting = g_ptr_array_index (fittings, i);
      g_autofree char *name = stall_text_clean (fitting->name);
      JsonObject *object = take_object (objects, "name", name);

      stall_text_set_member (object, "name", name);
      stall_text_set_member (object, "size", fitting->size);
      set_size (object, "height", fitting->height);
      set_size (object, "weight", fitting->weight);
      stall_text_set_member (object, "remark", fitting->remark);
      json_array_add_object_element (array, object);
    }
  set_array (fit, "tried_on", array);
  drop_empty_object (product, "fit");
}

/*
 * stall_product_parts_read_kit:
 * @product: members of a product
 *
 * Returns: (transfer full) (element-type StallKitPart): what the product is made up of
 */
GPtrArray *
stall_product_parts_read_kit (JsonObject *product)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_kit_part_free);
  g_autoptr (GPtrArray) objects = list_objects (product, "kit");

  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = g_ptr_array_index (objects, i);
      const char *variant = stall_json_get_string (object, "variant", NULL);
      StallKitPart *part;

      if (variant == NULL)
        continue;

      part = g_new0 (StallKitPart, 1);
      part->variant = g_strdup (variant);
      part->quantity = CLAMP (stall_json_get_int (object, "quantity", 1), 1, STALL_KIT_PIECES_MAX);
      g_ptr_array_add (parts, part);
    }
  return parts;
}

/*
 * stall_product_parts_write_kit:
 * @product: members of a product
 * @parts: (element-type StallKitPart): what the product is made up of
 *
 * A part is the same as before when its variant is.
 */
void
stall_product_parts_write_kit (JsonObject *product, GPtrArray *parts)
{
  g_autoptr (GPtrArray) objects = list_objects (product, "kit");
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < parts->len; i++)
    {
      const StallKitPart *part = g_ptr_array_index (parts, i);
      JsonObject *object = take_object (objects, "variant", part->variant);

      json_object_set_string_member (object, "variant", part->variant);
      json_object_set_int_member (object, "quantity", part->quantity);
      json_array_add_object_element (array, object);
    }
  set_array (product, "kit", array);
}
