/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-context.h"

#include "stall-product-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

struct _StallContext
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* all that it is; setters change it in place */
};

G_DEFINE_FINAL_TYPE (StallContext, stall_context, G_TYPE_OBJECT)

static const struct
{
  const char *text;
  const char *label;
  const char *next_step;
} types[STALL_N_CONTEXT_TYPES] = {
  [STALL_CONTEXT_OWNER] = { "owner", N_ ("Owner’s Story"),
                            N_ ("Write a note about how it is made, or where it comes from.") },
  [STALL_CONTEXT_BUYER] = { "buyer", N_ ("Buyer’s Pick"),
                            N_ ("Send a sample to a buyer and ask why they would pick it.") },
  [STALL_CONTEXT_CUSTOMER] = { "customer", N_ ("Customer’s Share"),
                               N_ ("Ask somebody who bought it for a picture of it in use.") },
  [STALL_CONTEXT_TREND] = { "trend", N_ ("Community Trend"),
                            N_ ("Look which mood people speak of that this piece fits.") },
};

static void
stall_context_finalize (GObject *object)
{
  StallContext *self = STALL_CONTEXT (object);

  g_free (self->id);
  g_free (self->revision);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_context_parent_class)->finalize (object);
}

static void
stall_context_class_init (StallContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_context_finalize;
}

static void
stall_context_init (StallContext *self)
{
}

/**
 * stall_context_type_to_string:
 * @type: a type of context
 *
 * Returns: the text that documents carry
 */
const char *
stall_context_type_to_string (StallContextType type)
{
  g_return_val_if_fail ((guint) type < STALL_N_CONTEXT_TYPES, NULL);

  return types[type].text;
}

/**
 * stall_context_type_from_string:
 * @text: (nullable): a document's `type`
 * @type: (out): the type
 *
 * Returns: whether this version knows it
 */
gboolean
stall_context_type_from_string (const char *text, StallContextType *type)
{
  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    if (g_strcmp0 (types[i].text, text) == 0)
      {
        *type = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * stall_context_type_get_label:
 * @type: a type of context
 *
 * Returns: its name for a person, translated
 */
const char *
stall_context_type_get_label (StallContextType type)
{
  g_return_val_if_fail ((guint) type < STALL_N_CONTEXT_TYPES, NULL);

  return _ (types[type].label);
}

/**
 * stall_context_type_get_next_step:
 * @type: a type of context
 *
 * Returns: what the owner can do where a product has none of it, translated
 */
const char *
stall_context_type_get_next_step (StallContextType type)
{
  g_return_val_if_fail ((guint) type < STALL_N_CONTEXT_TYPES, NULL);

  return _ (types[type].next_step);
}

/**
 * stall_context_new:
 * @product_id: "product:…"
 * @type: a type of context
 *
 * Returns: (transfer full): an empty entry of now, with a new id
 */
StallContext *
stall_context_new (const char *product_id, StallContextType type)
{
  StallContext *self;

  g_return_val_if_fail (product_id != NULL, NULL);
  g_return_val_if_fail ((guint) type < STALL_N_CONTEXT_TYPES, NULL);

  self = g_object_new (STALL_TYPE_CONTEXT, NULL);
  self->id = stall_id_new (STALL_KIND_CONTEXT);
  self->root = stall_document_new_root (STALL_KIND_CONTEXT, NULL);
  json_object_set_string_member (self->root, "product", product_id);
  json_object_set_string_member (self->root, "type", types[type].text);
  stall_context_set_at (self, stall_time_now ());
  return self;
}

/**
 * stall_context_new_from_document:
 * @document: a document of kind context
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads an entry. What is missing or of a wrong type reads as empty.
 *
 * Returns: (transfer full): the entry, or %NULL when the body is not a JSON object
 */
StallContext *
stall_context_new_from_document (StallDocument *document, GError **error)
{
  StallContext *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = g_object_new (STALL_TYPE_CONTEXT, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = stall_json_copy_object (root);
  return self;
}

/**
 * stall_context_to_document:
 * @self: an entry
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_context_to_document (StallContext *self, const char *device)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), NULL);

  if (device != NULL)
    json_object_set_string_member (self->root, "device", device);
  return stall_document_new_from_root (self->id, self->revision, self->root);
}

/**
 * stall_context_get_id:
 * @self: an entry
 *
 * Returns: "context:…"
 */
const char *
stall_context_get_id (StallContext *self)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), NULL);

  return self->id;
}

/**
 * stall_context_set_id:
 * @self: a new entry
 * @id: "context:…"
 *
 * Gives an entry an id that says where it comes from.
 */
void
stall_context_set_id (StallContext *self, const char *id)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->id, id);
}

/**
 * stall_context_get_product:
 * @self: an entry
 *
 * Returns: "product:…", or ""
 */
const char *
stall_context_get_product (StallContext *self)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), "");

  return stall_json_get_string (self->root, "product", "");
}

/**
 * stall_context_get_context_type:
 * @self: an entry
 *
 * Returns: who speaks; a type that is not known is a community trend, as it is nobody's own words
 */
StallContextType
stall_context_get_context_type (StallContext *self)
{
  StallContextType type = STALL_CONTEXT_TREND;

  g_return_val_if_fail (STALL_IS_CONTEXT (self), STALL_CONTEXT_TREND);

  stall_context_type_from_string (stall_json_get_string (self->root, "type", NULL), &type);
  return type;
}

/**
 * stall_context_set_context_type:
 * @self: an entry
 * @type: who speaks
 */
void
stall_context_set_context_type (StallContext *self, StallContextType type)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));
  g_return_if_fail ((guint) type < STALL_N_CONTEXT_TYPES);

  if (type != stall_context_get_context_type (self))
    json_object_set_string_member (self->root, "type", types[type].text);
}

/**
 * stall_context_get_text:
 * @self: an entry
 *
 * Returns: the words, or ""
 */
const char *
stall_context_get_text (StallContext *self)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), "");

  return stall_json_get_string (self->root, "text", "");
}

/**
 * stall_context_set_text:
 * @self: an entry
 * @text: (nullable): the words
 */
void
stall_context_set_text (StallContext *self, const char *text)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));

  stall_text_set_member (self->root, "text", text);
}

/**
 * stall_context_get_link:
 * @self: an entry
 *
 * Returns: where it can be read in full: an address, "note:…", or ""
 */
const char *
stall_context_get_link (StallContext *self)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), "");

  return stall_json_get_string (self->root, "link", "");
}

/**
 * stall_context_set_link:
 * @self: an entry
 * @link: (nullable): where it can be read in full
 */
void
stall_context_set_link (StallContext *self, const char *link)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));

  stall_text_set_member (self->root, "link", link);
}

/**
 * stall_context_get_by:
 * @self: an entry
 *
 * Returns: who says it, or ""
 */
const char *
stall_context_get_by (StallContext *self)
{
  g_return_val_if_fail (STALL_IS_CONTEXT (self), "");

  return stall_json_get_string (self->root, "by", "");
}

/**
 * stall_context_set_by:
 * @self: an entry
 * @by: (nullable): who says it
 */
void
stall_context_set_by (StallContext *self, const char *by)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));

  stall_text_set_member (self->root, "by", by);
}

/**
 * stall_context_get_at:
 * @self: an entry
 *
 * Returns: when it was said, or %STALL_TIME_NONE
 */
StallTime
stall_context_get_at (StallContext *self)
{
  StallTime at = STALL_TIME_NONE;

  g_return_val_if_fail (STALL_IS_CONTEXT (self), STALL_TIME_NONE);

  stall_time_parse (stall_json_get_string (self->root, "at", ""), &at);
  return at;
}

/**
 * stall_context_set_at:
 * @self: an entry
 * @at: when it was said
 */
void
stall_context_set_at (StallContext *self, StallTime at)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STALL_IS_CONTEXT (self));
  g_return_if_fail (at != STALL_TIME_NONE);

  text = stall_time_to_string (at);
  json_object_set_string_member (self->root, "at", text);
}

/**
 * stall_context_get_picture:
 * @self: an entry
 *
 * Returns: (nullable): digest of its picture
 */
const char *
stall_context_get_picture (StallContext *self)
{
  const char *name;

  g_return_val_if_fail (STALL_IS_CONTEXT (self), NULL);

  name = stall_json_get_string (self->root, "picture", NULL);
  if (name == NULL)
    return NULL;
  return stall_json_get_string (
      stall_json_get_object (stall_json_get_object (self->root, "_attachments"), name), "digest",
      NULL);
}

/**
 * stall_context_set_picture:
 * @self: an entry
 * @name: (nullable): name of the attachment; %NULL: no picture
 * @content_type: (nullable): its media type
 * @length: its bytes
 * @digest: (nullable): "md5-…", from stall_store_attach()
 */
void
stall_context_set_picture (StallContext *self,
                           const char *name,
                           const char *content_type,
                           gint64 length,
                           const char *digest)
{
  g_return_if_fail (STALL_IS_CONTEXT (self));
  g_return_if_fail (name == NULL || (content_type != NULL && digest != NULL));

  json_object_remove_member (self->root, "_attachments");
  json_object_remove_member (self->root, "picture");
  if (name == NULL)
    return;
  json_object_set_string_member (self->root, "picture", name);
  stall_product_parts_write_attachment (self->root, name, content_type, length, digest);
}
