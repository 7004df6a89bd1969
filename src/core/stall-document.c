/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-document.h"

#include <string.h>

struct _StallDocument
{
  GObject parent_instance;

  char *id;
  char *revision;
  GBytes *body;
  GObject *object;
  JsonObject *root; /* read on first use, from any thread */
  char *first_hash; /* the same */
  StallKind kind;
  gboolean deleted;
};

G_DEFINE_FINAL_TYPE (StallDocument, stall_document, G_TYPE_OBJECT)

static void
stall_document_finalize (GObject *object)
{
  StallDocument *self = STALL_DOCUMENT (object);

  g_free (self->id);
  g_free (self->revision);
  g_free (self->first_hash);
  g_bytes_unref (self->body);
  g_clear_object (&self->object);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_document_parent_class)->finalize (object);
}

static void
stall_document_class_init (StallDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_document_finalize;
}

static void
stall_document_init (StallDocument *self)
{
}

/**
 * stall_document_new:
 * @id: "kind:…"
 * @body: JSON text without `_id` and `_rev`
 *
 * Returns: (transfer full): a document that has no revision yet
 */
StallDocument *
stall_document_new (const char *id, GBytes *body)
{
  return stall_document_new_revision (id, body, NULL, FALSE);
}

/**
 * stall_document_new_revision:
 * @id: "kind:…"
 * @body: JSON text without `_id` and `_rev`
 * @revision: (nullable): its revision id
 * @deleted: whether this revision deletes the document
 *
 * Returns: (transfer full): the document
 */
StallDocument *
stall_document_new_revision (const char *id, GBytes *body, const char *revision, gboolean deleted)
{
  StallDocument *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_object_new (STALL_TYPE_DOCUMENT, NULL);
  self->id = g_strdup (id);
  self->kind = stall_kind_of_id (id);
  self->body = g_bytes_ref (body);
  self->revision = g_strdup (revision);
  self->deleted = deleted;
  return self;
}

/**
 * stall_document_new_for_object:
 * @id: "kind:…"
 * @body: JSON text without `_id` and `_rev`
 * @object: the immutable thing that @body was written from
 *
 * Keeps @object, so that who has just made the thing need not read it from its text again.
 *
 * Returns: (transfer full): a document that has no revision yet
 */
StallDocument *
stall_document_new_for_object (const char *id, GBytes *body, GObject *object)
{
  StallDocument *self = stall_document_new (id, body);

  g_return_val_if_fail (G_IS_OBJECT (object), self);

  self->object = g_object_ref (object);
  return self;
}

/**
 * stall_document_new_from_root:
 * @id: "kind:…"
 * @revision: (nullable): the revision that @root was read from and now changes
 * @root: the members of the document; not kept
 *
 * Returns: (transfer full): the document
 */
StallDocument *
stall_document_new_from_root (const char *id, const char *revision, JsonObject *root)
{
  g_autoptr (GBytes) body = NULL;
  gsize length;
  char *text;

  g_return_val_if_fail (root != NULL, NULL);

  text = stall_json_to_string (root, &length);
  body = g_bytes_new_take (text, length);
  return stall_document_new_revision (id, body, revision, FALSE);
}

/**
 * stall_document_get_id:
 * @self: a document
 *
 * Returns: "kind:…"
 */
const char *
stall_document_get_id (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  return self->id;
}

/**
 * stall_document_get_kind:
 * @self: a document
 *
 * Returns: the kind that its id says
 */
StallKind
stall_document_get_kind (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), STALL_KIND_OTHER);

  return self->kind;
}

/**
 * stall_document_get_revision:
 * @self: a document
 *
 * Returns: (nullable): its revision id, or %NULL when it has never been written
 */
const char *
stall_document_get_revision (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  return self->revision;
}

/**
 * stall_document_has_revision_of:
 * @self: (nullable): a document
 * @other: (nullable): another
 *
 * Returns: whether both are there and of one revision, so that nobody wrote in between
 */
gboolean
stall_document_has_revision_of (StallDocument *self, StallDocument *other)
{
  return self != NULL && other != NULL && g_strcmp0 (self->revision, other->revision) == 0;
}

/**
 * stall_document_get_deleted:
 * @self: a document
 *
 * Returns: whether this revision deletes the document
 */
gboolean
stall_document_get_deleted (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), FALSE);

  return self->deleted;
}

/**
 * stall_document_get_body:
 * @self: a document
 *
 * Returns: (transfer none): its JSON text, byte for byte as it came
 */
GBytes *
stall_document_get_body (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  return self->body;
}

/**
 * stall_document_get_object:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the thing that it was written from, if it is still known
 */
GObject *
stall_document_get_object (StallDocument *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  return self->object;
}

/**
 * stall_document_get_root:
 * @self: a document
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads the body, once. Who wants to change the members copies them first with
 * stall_json_copy_object().
 *
 * Returns: (transfer none): the members, never to be changed, or %NULL when the body is not a JSON
 * object
 */
JsonObject *
stall_document_get_root (StallDocument *self, GError **error)
{
  JsonObject *root;
  const char *text;
  gsize length;

  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  root = g_atomic_pointer_get (&self->root);
  if (root != NULL)
    return root;

  text = g_bytes_get_data (self->body, &length);
  root = stall_json_parse_object (text != NULL ? text : "", length, error);
  if (root != NULL && !g_atomic_pointer_compare_and_exchange (&self->root, NULL, root))
    {
      json_object_unref (root);
      root = g_atomic_pointer_get (&self->root);
    }
  return root;
}

/**
 * stall_document_make_hash:
 * @self: a document
 * @parent: the revision id that it follows on, or ""
 *
 * Makes the hash of a new revision: of its parent, its fate and its body, so the same edit of the
 * same version has the same id on every device (any deterministic algorithm will do).
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
stall_document_make_hash (StallDocument *self, const char *parent)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (parent != NULL, NULL);

  data = g_bytes_get_data (self->body, &size);
  g_checksum_update (checksum, (const guchar *) (self->deleted ? "-" : "+"), 1);
  g_checksum_update (checksum, (const guchar *) parent, strlen (parent) + 1);
  g_checksum_update (checksum, data, size);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * stall_document_get_first_hash:
 * @self: a document
 *
 * Makes the hash of the revision that begins a document, once, on any thread. Who makes many new
 * documents asks for it where they are made, so that the writing thread has it ready.
 *
 * Returns: (transfer none): 32 hexadecimal digits
 */
const char *
stall_document_get_first_hash (StallDocument *self)
{
  char *hash;

  g_return_val_if_fail (STALL_IS_DOCUMENT (self), NULL);

  hash = g_atomic_pointer_get (&self->first_hash);
  if (hash != NULL)
    return hash;

  hash = stall_document_make_hash (self, "");
  if (!g_atomic_pointer_compare_and_exchange (&self->first_hash, NULL, hash))
    {
      g_free (hash);
      hash = g_atomic_pointer_get (&self->first_hash);
    }
  return hash;
}

/**
 * stall_document_new_root:
 * @kind: what the document is
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): the members that every document carries, made now
 */
JsonObject *
stall_document_new_root (StallKind kind, const char *device)
{
  JsonObject *root = json_object_new ();
  char made_at[32];

  stall_time_write (stall_time_now (), made_at);
  json_object_set_string_member (root, "kind", stall_kind_to_string (kind));
  json_object_set_int_member (root, "v", 1);
  json_object_set_string_member (root, "made_at", made_at);
  if (device != NULL)
    json_object_set_string_member (root, "device", device);
  return root;
}

/**
 * stall_document_write_head:
 * @writer: a writer inside the document's object
 * @kind: what the document is
 * @device: (nullable): id of this installation
 * @made_at: when it was made, milliseconds since 1970, UTC
 *
 * Writes the members that every document carries.
 */
void
stall_document_write_head (StallJsonWriter *writer,
                           StallKind kind,
                           const char *device,
                           StallTime made_at)
{
  g_return_if_fail (writer != NULL);

  stall_json_writer_string (writer, "kind", stall_kind_to_string (kind));
  stall_json_writer_int (writer, "v", 1);
  stall_json_writer_time (writer, "made_at", made_at);
  stall_json_writer_string (writer, "device", device);
}
