/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-product.h"

#include "stall-product-private.h"
#include "stall-text.h"

#include <gio/gio.h>

struct _StallProduct
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* all that the product is; setters change it in place */
  GListStore *variants;
};

G_DEFINE_FINAL_TYPE (StallProduct, stall_product, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_STORY,
  PROP_STAGE,
  PROP_ORIGIN,
  PROP_MAKER,
  PROP_ONE_OFF,
  PROP_BASE_SIZE,
  PROP_TAGS,
  PROP_ATTRIBUTES,
  PROP_FITTINGS,
  PROP_PICTURES,
  PROP_KIT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const text_members[N_PROPS] = {
  [PROP_TITLE] = "title",
  [PROP_STORY] = "story",
  [PROP_ORIGIN] = "origin",
  [PROP_MAKER] = "maker",
};

static void
notify (StallProduct *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static const char *
get_text (StallProduct *self, guint property)
{
  return stall_json_get_string (self->root, text_members[property], "");
}

static void
set_text (StallProduct *self, guint property, const char *text)
{
  if (stall_text_set_member (self->root, text_members[property], text))
    notify (self, property);
}

/* A variant that its writer gave no id gets the same one at every reading. */
static void
ensure_variant_id (StallProduct *self, JsonObject *json, guint index)
{
  const char *sku = stall_json_get_string (json, "sku", "");
  g_autofree char *place = g_strdup_printf ("%u", index);
  g_autofree char *id = NULL;

  if (*stall_json_get_string (json, "id", "") != '\0')
    return;

  id = stall_uuid_derive (self->id, *sku != '\0' ? sku : place);
  json_object_set_string_member (json, "id", id);
}

/* Of two variants with one id only the first is shown; both are kept. */
static void
read_variants (StallProduct *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = stall_json_get_array (self->root, "variants");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (StallVariant) variant = NULL;
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;

      ensure_variant_id (self, json_node_get_object (node), i);
      variant = stall_variant_new_for_json (json_node_get_object (node));
      if (g_hash_table_add (seen, (gpointer) stall_variant_get_id (variant)))
        g_list_store_append (self->variants, variant);
    }
}

static void
stall_product_finalize (GObject *object)
{
  StallProduct *self = STALL_PRODUCT (object);

  g_free (self->id);
  g_free (self->revision);
  g_clear_pointer (&self->root, json_object_unref);
  g_clear_object (&self->variants);

  G_OBJECT_CLASS (stall_product_parent_class)->finalize (object);
}

static void
stall_product_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallProduct *self = STALL_PRODUCT (object);

  switch (id)
    {
    case PROP_TITLE:
    case PROP_STORY:
    case PROP_ORIGIN:
    case PROP_MAKER:
      g_value_set_string (value, get_text (self, id));
      break;
    case PROP_STAGE:
      g_value_set_int (value, stall_product_get_stage (self));
      break;
    case PROP_ONE_OFF:
      g_value_set_boolean (value, stall_product_get_one_off (self));
      break;
    case PROP_BASE_SIZE:
      g_value_set_string (value, stall_product_get_base_size (self));
      break;
    case PROP_TAGS:
      g_value_take_boxed (value, stall_product_dup_tags (self));
      break;
    case PROP_ATTRIBUTES:
      g_value_take_boxed (value, stall_product_dup_attributes (self));
      break;
    case PROP_FITTINGS:
      g_value_take_boxed (value, stall_product_dup_fittings (self));
      break;
    case PROP_PICTURES:
      g_value_take_boxed (value, stall_product_dup_pictures (self));
      break;
    case PROP_KIT:
      g_value_take_boxed (value, stall_product_dup_kit (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_product_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallProduct *self = STALL_PRODUCT (object);

  switch (id)
    {
    case PROP_TITLE:
    case PROP_STORY:
    case PROP_ORIGIN:
    case PROP_MAKER:
      set_text (self, id, g_value_get_string (value));
      break;
    case PROP_STAGE:
      stall_product_set_stage (self, g_value_get_int (value));
      break;
    case PROP_ONE_OFF:
      stall_product_set_one_off (self, g_value_get_boolean (value));
      break;
    case PROP_BASE_SIZE:
      stall_product_set_base_size (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_product_class_init (StallProductClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = stall_product_finalize;
  object_class->get_property = stall_product_get_property;
  object_class->set_property = stall_product_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_STORY] = g_param_spec_string ("story", NULL, NULL, "", flags);
  properties[PROP_STAGE] = g_param_spec_int ("stage", NULL, NULL, 0, STALL_N_STAGES - 1, 0, flags);
  properties[PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, "", flags);
  properties[PROP_MAKER] = g_param_spec_string ("maker", NULL, NULL, "", flags);
  properties[PROP_ONE_OFF] = g_param_spec_boolean ("one-off", NULL, NULL, FALSE, flags);
  properties[PROP_BASE_SIZE] = g_param_spec_string ("base-size", NULL, NULL, "", flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, read);
  properties[PROP_ATTRIBUTES] = g_param_spec_boxed ("attributes", NULL, NULL, G_TYPE_STRV, read);
  properties[PROP_FITTINGS] = g_param_spec_boxed ("fittings", NULL, NULL, G_TYPE_PTR_ARRAY, read);
  properties[PROP_PICTURES] = g_param_spec_boxed ("pictures", NULL, NULL, G_TYPE_PTR_ARRAY, read);
  properties[PROP_KIT] = g_param_spec_boxed ("kit", NULL, NULL, G_TYPE_PTR_ARRAY, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_product_init (StallProduct *self)
{
  self->variants = g_list_store_new (STALL_TYPE_VARIANT);
}

/**
 * stall_product_new:
 *
 * Returns: (transfer full): an idea with a new id and nothing else
 */
StallProduct *
stall_product_new (void)
{
  StallProduct *self = g_object_new (STALL_TYPE_PRODUCT, NULL);

  self->id = stall_id_new (STALL_KIND_PRODUCT);
  self->root = stall_document_new_root (STALL_KIND_PRODUCT, NULL);
  return self;
}

/**
 * stall_product_new_from_document:
 * @document: a document of kind product
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads a product. What is missing or of a wrong type reads as empty.
 *
 * Returns: (transfer full): the product, or %NULL when the body is not a JSON object
 */
StallProduct *
stall_product_new_from_document (StallDocument *document, GError **error)
{
  StallProduct *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  self = g_object_new (STALL_TYPE_PRODUCT, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = stall_json_copy_object (root);
  read_variants (self);
  return self;
}

/**
 * stall_product_to_document:
 * @self: a product
 * @device: (nullable): id of this installation
 *
 * Writes the product as it is now, with all that it came with.
 *
 * Returns: (transfer full): the document; a change of the revision that the product was read from
 */
StallDocument *
stall_product_to_document (StallProduct *self, const char *device)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  if (device != NULL)
    json_object_set_string_member (self->root, "device", device);
  return stall_document_new_from_root (self->id, self->revision, self->root);
}

/*
 * stall_product_get_json:
 * @self: a product
 *
 * Returns: (transfer none): its members, for what changes them in place
 */
JsonObject *
stall_product_get_json (StallProduct *self)
{
  return self->root;
}

/* Whether it was read from the stall, rather than just made. */
gboolean
stall_product_is_saved (StallProduct *self)
{
  return self->revision != NULL;
}

/**
 * stall_product_get_id:
 * @self: a product
 *
 * Returns: "product:…"
 */
const char *
stall_product_get_id (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return self->id;
}

/**
 * stall_product_set_id:
 * @self: a new product
 * @id: "product:…"
 *
 * Gives a product an id that says where it comes from, so that an import meets it again.
 */
void
stall_product_set_id (StallProduct *self, const char *id)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->id, id);
}

/**
 * stall_product_get_title:
 * @self: a product
 *
 * Returns: what the product is called, or ""
 */
const char *
stall_product_get_title (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return get_text (self, PROP_TITLE);
}

/**
 * stall_product_set_title:
 * @self: a product
 * @title: (nullable): what the product is called
 *
 * Names the product.
 */
void
stall_product_set_title (StallProduct *self, const char *title)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  set_text (self, PROP_TITLE, title);
}

/**
 * stall_product_get_story:
 * @self: a product
 *
 * Returns: how it came to be, in the owner's words, or ""
 */
const char *
stall_product_get_story (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return get_text (self, PROP_STORY);
}

/**
 * stall_product_set_story:
 * @self: a product
 * @story: (nullable): how it came to be, in the owner's words
 *
 * Tells the story of the product.
 */
void
stall_product_set_story (StallProduct *self, const char *story)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  set_text (self, PROP_STORY, story);
}

/**
 * stall_product_dup_tags:
 * @self: a product
 *
 * Returns: (transfer full): its tags in order
 */
GStrv
stall_product_dup_tags (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_json_get_strv (self->root, "tags");
}

/**
 * stall_product_set_tags:
 * @self: a product
 * @tags: (nullable) (array zero-terminated=1): its tags in order
 *
 * Sets the tags; empty and repeated ones are left out.
 */
void
stall_product_set_tags (StallProduct *self, const char *const *tags)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  if (stall_product_parts_write_tags (self->root, tags))
    notify (self, PROP_TAGS);
}

/**
 * stall_product_dup_attributes:
 * @self: a product
 *
 * Returns: (transfer full): name, value, name, value, … such as “Fabric”, “Linen”
 */
GStrv
stall_product_dup_attributes (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_text_get_pairs (self->root, "attributes");
}

/**
 * stall_product_set_attributes:
 * @self: a product
 * @attributes: (nullable) (array zero-terminated=1): name, value, name, value, …
 *
 * Sets the attributes of the product. Those that are not text are kept.
 */
void
stall_product_set_attributes (StallProduct *self, const char *const *attributes)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  if (stall_product_parts_write_attributes (self->root, attributes))
    notify (self, PROP_ATTRIBUTES);
}

/**
 * stall_product_get_origin:
 * @self: a product
 *
 * Returns: where it comes from, or ""
 */
const char *
stall_product_get_origin (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return get_text (self, PROP_ORIGIN);
}

/**
 * stall_product_set_origin:
 * @self: a product
 * @origin: (nullable): where it comes from
 *
 * Says where the product comes from.
 */
void
stall_product_set_origin (StallProduct *self, const char *origin)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  set_text (self, PROP_ORIGIN, origin);
}

/**
 * stall_product_get_maker:
 * @self: a product
 *
 * Returns: who makes it, or ""
 */
const char *
stall_product_get_maker (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return get_text (self, PROP_MAKER);
}

/**
 * stall_product_set_maker:
 * @self: a product
 * @maker: (nullable): who makes it
 *
 * Says who makes the product.
 */
void
stall_product_set_maker (StallProduct *self, const char *maker)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  set_text (self, PROP_MAKER, maker);
}

/**
 * stall_product_get_one_off:
 * @self: a product
 *
 * Returns: whether there is only one of it
 */
gboolean
stall_product_get_one_off (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), FALSE);

  return stall_json_get_boolean (self->root, "one_off", FALSE);
}

/**
 * stall_product_set_one_off:
 * @self: a product
 * @one_off: whether there is only one of it
 *
 * Says whether the product goes off sale when it is sold.
 */
void
stall_product_set_one_off (StallProduct *self, gboolean one_off)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  if (!one_off == !stall_product_get_one_off (self))
    return;

  json_object_set_boolean_member (self->root, "one_off", one_off);
  notify (self, PROP_ONE_OFF);
}

/**
 * stall_product_get_base_size:
 * @self: a product
 *
 * Returns: the size that it was cut from, or ""
 */
const char *
stall_product_get_base_size (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_json_get_string (stall_json_get_object (self->root, "fit"), "base_size", "");
}

/**
 * stall_product_set_base_size:
 * @self: a product
 * @base_size: (nullable): the size that it was cut from
 *
 * Says which size all others are graded from.
 */
void
stall_product_set_base_size (StallProduct *self, const char *base_size)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));

  if (stall_product_parts_write_base_size (self->root, base_size))
    notify (self, PROP_BASE_SIZE);
}

/**
 * stall_product_dup_fittings:
 * @self: a product
 *
 * Returns: (transfer full) (element-type StallFitting): who tried it on
 */
GPtrArray *
stall_product_dup_fittings (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_product_parts_read_fittings (self->root);
}

/**
 * stall_product_set_fittings:
 * @self: a product
 * @fittings: (element-type StallFitting): who tried it on
 *
 * Says who tried it on.
 */
void
stall_product_set_fittings (StallProduct *self, GPtrArray *fittings)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (fittings != NULL);

  stall_product_parts_write_fittings (self->root, fittings);
  notify (self, PROP_FITTINGS);
}

/**
 * stall_product_dup_pictures:
 * @self: a product
 *
 * Returns: (transfer full) (element-type StallPicture): its pictures in order
 */
GPtrArray *
stall_product_dup_pictures (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_product_parts_read_pictures (self->root);
}

/**
 * stall_product_set_pictures:
 * @self: a product
 * @pictures: (element-type StallPicture): its pictures in order
 *
 * Sets the pictures. Attachments that none of them uses are dropped; digests are those of
 * stall_product_set_attachment().
 */
void
stall_product_set_pictures (StallProduct *self, GPtrArray *pictures)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (pictures != NULL);

  stall_product_parts_write_pictures (self->root, pictures);
  notify (self, PROP_PICTURES);
}

/**
 * stall_product_set_attachment:
 * @self: a product
 * @name: name of an attachment
 * @content_type: its media type
 * @length: its bytes
 * @digest: "md5-…"
 *
 * Says what the picture of this name is. Its bytes are in the store.
 */
void
stall_product_set_attachment (StallProduct *self,
                              const char *name,
                              const char *content_type,
                              gint64 length,
                              const char *digest)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (name != NULL && content_type != NULL && digest != NULL);

  stall_product_parts_write_attachment (self->root, name, content_type, length, digest);
  notify (self, PROP_PICTURES);
}

/**
 * stall_product_dup_kit:
 * @self: a product
 *
 * Returns: (transfer full) (element-type StallKitPart): the parts that it is made up of
 */
GPtrArray *
stall_product_dup_kit (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return stall_product_parts_read_kit (self->root);
}

/**
 * stall_product_set_kit:
 * @self: a product
 * @parts: (element-type StallKitPart): the parts that it is made up of
 *
 * Sets the parts that it is made up of.
 */
void
stall_product_set_kit (StallProduct *self, GPtrArray *parts)
{
  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (parts != NULL);

  stall_product_parts_write_kit (self->root, parts);
  notify (self, PROP_KIT);
}

/**
 * stall_product_get_variants:
 * @self: a product
 *
 * Returns: (transfer none): a list of #StallVariant
 */
GListModel *
stall_product_get_variants (StallProduct *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  return G_LIST_MODEL (self->variants);
}

/**
 * stall_product_find_variant:
 * @self: a product
 * @variant_id: id of a variant
 *
 * Returns: (transfer none) (nullable): the variant, or %NULL when the product has none of this id
 */
StallVariant *
stall_product_find_variant (StallProduct *self, const char *variant_id)
{
  g_return_val_if_fail (STALL_IS_PRODUCT (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->variants)); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (G_LIST_MODEL (self->variants), i);

      if (g_strcmp0 (stall_variant_get_id (variant), variant_id) == 0)
        return variant; /* the list keeps it */
    }
  return NULL;
}

/**
 * stall_product_add_variant:
 * @self: a product
 * @variant: a variant of no product yet
 *
 * Adds a variant at the end.
 */
void
stall_product_add_variant (StallProduct *self, StallVariant *variant)
{
  JsonArray *array;

  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (STALL_IS_VARIANT (variant));

  array = stall_json_get_array (self->root, "variants");
  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (self->root, "variants", array);
    }
  json_array_add_object_element (array, json_object_ref (stall_variant_get_json (variant)));
  g_list_store_append (self->variants, variant);
}

/**
 * stall_product_remove_variant:
 * @self: a product
 * @variant: one of its variants
 *
 * Takes a variant away.
 */
void
stall_product_remove_variant (StallProduct *self, StallVariant *variant)
{
  JsonArray *array;
  guint position;

  g_return_if_fail (STALL_IS_PRODUCT (self));
  g_return_if_fail (STALL_IS_VARIANT (variant));

  if (!g_list_store_find (self->variants, variant, &position))
    return;

  array = stall_json_get_array (self->root, "variants");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && json_node_get_object (node) == stall_variant_get_json (variant))
        {
          json_array_remove_element (array, i);
          break;
        }
    }
  g_list_store_remove (self->variants, position);
}
