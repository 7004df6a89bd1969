/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-remark.h"

#include <glib/gi18n-lib.h>

struct _StallRemark
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* as read; NULL for a new one */
  char *text;
  StallFlag flag;
};

G_DEFINE_FINAL_TYPE (StallRemark, stall_remark, G_TYPE_OBJECT)

static const struct
{
  const char *text;
  const char *label;
} flags[STALL_N_FLAGS] = {
  [STALL_FLAG_NONE] = { "none", N_ ("No Flag") },
  [STALL_FLAG_RED] = { "red", N_ ("Red") },
  [STALL_FLAG_ORANGE] = { "orange", N_ ("Orange") },
  [STALL_FLAG_YELLOW] = { "yellow", N_ ("Yellow") },
  [STALL_FLAG_GREEN] = { "green", N_ ("Green") },
  [STALL_FLAG_BLUE] = { "blue", N_ ("Blue") },
  [STALL_FLAG_PURPLE] = { "purple", N_ ("Purple") },
};

static void
stall_remark_finalize (GObject *object)
{
  StallRemark *self = STALL_REMARK (object);

  g_free (self->id);
  g_free (self->revision);
  g_free (self->text);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_remark_parent_class)->finalize (object);
}

static void
stall_remark_class_init (StallRemarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_remark_finalize;
}

static void
stall_remark_init (StallRemark *self)
{
  self->text = g_strdup ("");
}

/**
 * stall_flag_to_string:
 * @flag: a flag
 *
 * Returns: the flag as documents carry it
 */
const char *
stall_flag_to_string (StallFlag flag)
{
  g_return_val_if_fail ((guint) flag < STALL_N_FLAGS, "none");

  return flags[flag].text;
}

/**
 * stall_flag_from_string:
 * @text: (nullable): a document's `flag`
 *
 * Returns: the flag; %STALL_FLAG_NONE when this version does not know it
 */
StallFlag
stall_flag_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_FLAGS; i++)
    if (g_strcmp0 (flags[i].text, text) == 0)
      return i;

  return STALL_FLAG_NONE;
}

/**
 * stall_flag_get_label:
 * @flag: a flag
 *
 * Returns: the flag for a person, translated
 */
const char *
stall_flag_get_label (StallFlag flag)
{
  g_return_val_if_fail ((guint) flag < STALL_N_FLAGS, "");

  return _ (flags[flag].label);
}

/**
 * stall_remark_new:
 * @order_id: "order:…"
 *
 * Returns: (transfer full): an empty remark on an order
 */
StallRemark *
stall_remark_new (const char *order_id)
{
  StallRemark *self;

  g_return_val_if_fail (order_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_REMARK, NULL);
  self->id = stall_id_for_order (STALL_KIND_REMARK, order_id, NULL);
  return self;
}

/**
 * stall_remark_new_from_document:
 * @document: a document of kind remark
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Returns: (transfer full): the remark, or %NULL when @document is not JSON
 */
StallRemark *
stall_remark_new_from_document (StallDocument *document, GError **error)
{
  StallRemark *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = g_object_new (STALL_TYPE_REMARK, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = json_object_ref (root);
  self->flag = stall_flag_from_string (stall_json_get_string (root, "flag", NULL));
  g_set_str (&self->text, stall_json_get_string (root, "text", ""));
  return self;
}

/**
 * stall_remark_to_document:
 * @self: a remark
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_remark_to_document (StallRemark *self, const char *device)
{
  g_autoptr (JsonObject) root = NULL;

  g_return_val_if_fail (STALL_IS_REMARK (self), NULL);

  root = self->root != NULL ? stall_json_copy_object (self->root)
                            : stall_document_new_root (STALL_KIND_REMARK, device);
  /* A flag of a newer version reads as none, and stays until another one is set. */
  if (stall_flag_from_string (stall_json_get_string (root, "flag", NULL)) != self->flag)
    json_object_set_string_member (root, "flag", stall_flag_to_string (self->flag));
  stall_json_set_string (root, "text", self->text);
  return stall_document_new_from_root (self->id, self->revision, root);
}

/**
 * stall_remark_get_flag:
 * @self: a remark
 *
 * Returns: the coloured flag on the order
 */
StallFlag
stall_remark_get_flag (StallRemark *self)
{
  g_return_val_if_fail (STALL_IS_REMARK (self), STALL_FLAG_NONE);

  return self->flag;
}

/**
 * stall_remark_set_flag:
 * @self: a remark
 * @flag: the coloured flag on the order
 */
void
stall_remark_set_flag (StallRemark *self, StallFlag flag)
{
  g_return_if_fail (STALL_IS_REMARK (self));
  g_return_if_fail ((guint) flag < STALL_N_FLAGS);

  self->flag = flag;
}

/**
 * stall_remark_get_text:
 * @self: a remark
 *
 * Returns: private words about the order; "" for none
 */
const char *
stall_remark_get_text (StallRemark *self)
{
  g_return_val_if_fail (STALL_IS_REMARK (self), "");

  return self->text;
}

/**
 * stall_remark_set_text:
 * @self: a remark
 * @text: (nullable): private words about the order
 */
void
stall_remark_set_text (StallRemark *self, const char *text)
{
  g_return_if_fail (STALL_IS_REMARK (self));

  g_set_str (&self->text, text != NULL ? text : "");
}
