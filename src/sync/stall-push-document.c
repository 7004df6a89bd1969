/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-push-document.h"

#include <string.h>

#include <glib/gstdio.h>

#include "stall-async.h"
#include "stall-json.h"
#include "stall-kind.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

void
stall_parcel_clear (StallParcel *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->type, g_free);
}

/* What packing needs, so that it may happen beside the main thread. */
typedef struct
{
  StallParcel *parcel;
  StallPeerRevision *revision;
  GHashTable *known; /* digests that stay behind, or NULL */
  GHashTable *paths; /* digest → file */
  char *scratch;     /* where the parts are laid out */
  char *boundary;
} Packing;

static void
packing_clear (Packing *self)
{
  g_hash_table_unref (self->paths);
  g_free (self->scratch);
  g_free (self->boundary);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packing, packing_clear)

/* One attachment that goes along. */
typedef struct
{
  char *name;
  JsonObject *entry; /* in the document’s `_attachments` */
  GBytes *content;   /* mapped, so that memory stays flat */
} Enclosure;

static void
enclosure_free (gpointer data)
{
  Enclosure *enclosure = data;

  g_bytes_unref (enclosure->content);
  g_free (enclosure->name);
  g_free (enclosure);
}

static GBytes *
map_content (const Packing *packing, const char *digest)
{
  const char *path = g_hash_table_lookup (packing->paths, digest);
  g_autoptr (GMappedFile) file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

/* What `_attachments` says of one while it travels; @enclosures gets those whose content goes
 * along. What is not here is left to the platform, which had it first. */
static JsonObject *
write_entry (const Packing *packing, const char *name, JsonObject *before, GPtrArray *enclosures)
{
  JsonObject *entry = json_object_new ();
  const char *digest = stall_json_get_string (before, "digest", NULL);
  const char *type = stall_json_get_string (before, "content_type", "application/octet-stream");
  gint64 generation = packing->revision->generation;
  gboolean is_known
      = digest != NULL && packing->known != NULL && g_hash_table_contains (packing->known, digest);
  GBytes *content = digest != NULL && !is_known ? map_content (packing, digest) : NULL;
  Enclosure *enclosure;

  json_object_set_string_member (entry, "content_type", type);
  json_object_set_int_member (entry, "revpos",
                              MIN (stall_json_get_int (before, "revpos", generation), generation));
  if (content == NULL)
    {
      if (digest != NULL)
        json_object_set_string_member (entry, "digest", digest);
      json_object_set_int_member (entry, "length", stall_json_get_int (before, "length", 0));
      json_object_set_boolean_member (entry, "stub", TRUE);
      return entry;
    }
  enclosure = g_new0 (Enclosure, 1);
  enclosure->name = g_strdup (name);
  enclosure->entry = entry;
  enclosure->content = content;
  g_ptr_array_add (enclosures, enclosure);
  return entry;
}

static JsonObject *
get_attachments (StallPeerRevision *revision)
{
  return stall_json_get_object (stall_document_get_root (revision->document, NULL), "_attachments");
}

static JsonObject *
write_entries (const Packing *packing, GPtrArray *enclosures)
{
  JsonObject *attachments = get_attachments (packing->revision);
  JsonObject *entries = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (attachments == NULL)
    return entries;
  json_object_iter_init_ordered (&iter, attachments);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      json_object_set_object_member (
          entries, name, write_entry (packing, name, json_node_get_object (node), enclosures));
  return entries;
}

static GBytes *
write_inline (StallPeerRevision *revision, JsonObject *entries, GPtrArray *enclosures)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < enclosures->len; i++)
    {
      Enclosure *enclosure = g_ptr_array_index (enclosures, i);
      gsize size;
      const guchar *bytes = g_bytes_get_data (enclosure->content, &size);
      g_autofree char *data = g_base64_encode (bytes, size);

      json_object_set_string_member (enclosure->entry, "data", data != NULL ? data : "");
    }
  stall_wire_write_document (text, revision, entries);
  return g_string_free_to_bytes (text);
}

/* CouchDB goes by the order of the parts, PouchDB Server by their names. */
static char *
write_head (const Packing *packing, Enclosure *enclosure, gsize size)
{
  g_autoptr (GString) name = g_string_new (enclosure->name);
  g_autofree char *type = g_strdup (stall_json_get_string (enclosure->entry, "content_type", ""));

  g_string_replace (name, "\"", "%22", 0);
  g_strdelimit (name->str, "\r\n", '_');
  g_strdelimit (type, "\r\n", ' ');
  return g_strdup_printf ("\r\n--%s\r\nContent-Disposition: attachment; filename=\"%s\""
                          "\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          packing->boundary, name->str, type, size);
}

static gboolean
write_parts (const Packing *packing,
             GOutputStream *stream,
             GString *json,
             GPtrArray *enclosures,
             GError **error)
{
  g_autofree char *end = g_strdup_printf ("\r\n--%s--\r\n", packing->boundary);

  if (!g_output_stream_write_all (stream, json->str, json->len, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < enclosures->len; i++)
    {
      Enclosure *enclosure = g_ptr_array_index (enclosures, i);
      gsize size;
      gconstpointer bytes = g_bytes_get_data (enclosure->content, &size);
      g_autofree char *head = write_head (packing, enclosure, size);

      if (!g_output_stream_write_all (stream, head, strlen (head), NULL, NULL, error)
          || (size > 0 && !g_output_stream_write_all (stream, bytes, size, NULL, NULL, error)))
        return FALSE;
    }
  return g_output_stream_write_all (stream, end, strlen (end), NULL, NULL, error)
         && g_output_stream_close (stream, NULL, error);
}

/* The parts are laid out in a file that has no name any more, and read from there. */
static GBytes *
write_multipart (const Packing *packing, JsonObject *entries, GPtrArray *enclosures, GError **error)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GFile) file = g_file_new_for_path (packing->scratch);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GMappedFile) mapped = NULL;

  for (guint i = 0; i < enclosures->len; i++)
    {
      Enclosure *enclosure = g_ptr_array_index (enclosures, i);

      json_object_set_boolean_member (enclosure->entry, "follows", TRUE);
      json_object_set_int_member (enclosure->entry, "length",
                                  g_bytes_get_size (enclosure->content));
    }
  g_string_printf (json, "--%s\r\nContent-Type: application/json\r\n\r\n", packing->boundary);
  stall_wire_write_document (json, packing->revision, entries);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  if (stream == NULL || !write_parts (packing, G_OUTPUT_STREAM (stream), json, enclosures, error))
    return NULL;
  mapped = g_mapped_file_new (packing->scratch, FALSE, error);
  g_unlink (packing->scratch);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

static DexFuture *
pack_work (gpointer data)
{
  const Packing *packing = data;
  StallParcel *parcel = packing->parcel;
  g_autoptr (GPtrArray) enclosures = g_ptr_array_new_with_free_func (enclosure_free);
  g_autoptr (JsonObject) entries = write_entries (packing, enclosures);
  GError *error = NULL;
  gsize total = 0;

  for (guint i = 0; i < enclosures->len; i++)
    total += g_bytes_get_size (((Enclosure *) g_ptr_array_index (enclosures, i))->content);
  parcel->has_stubs = json_object_get_size (entries) > enclosures->len;
  if (total <= STALL_SYNC_INLINE)
    {
      parcel->type = g_strdup ("application/json");
      parcel->body = write_inline (packing->revision, entries, enclosures);
      return dex_future_new_true ();
    }
  parcel->type = g_strdup_printf ("multipart/related; boundary=\"%s\"", packing->boundary);
  parcel->body = write_multipart (packing, entries, enclosures, &error);
  return error != NULL ? dex_future_new_for_error (error) : dex_future_new_true ();
}

/* Where the content of a document's attachments is; what is not here is left out. */
static GHashTable *
find_paths (StallStore *store, StallPeerRevision *revision)
{
  GHashTable *paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObject *attachments = get_attachments (revision);
  JsonObjectIter iter;
  JsonNode *node;

  if (attachments == NULL)
    return paths;
  json_object_iter_init_ordered (&iter, attachments);
  while (json_object_iter_next_ordered (&iter, NULL, &node))
    {
      const char *digest = JSON_NODE_HOLDS_OBJECT (node)
                               ? stall_json_get_string (json_node_get_object (node), "digest", NULL)
                               : NULL;
      char *path = digest != NULL ? stall_store_get_attachment_path (store, digest) : NULL;

      if (path != NULL)
        g_hash_table_insert (paths, g_strdup (digest), path);
    }
  return paths;
}

/**
 * stall_parcel_pack:
 * @self: (out caller-allocates): a parcel
 * @store: where the attachments are
 * @revision: a revision with attachments
 * @known: (nullable): set of digests that the platform has with this document; those stay behind
 * @error: return location
 *
 * Writes a document with its attachments for PUT, beside the main thread. Called in a fiber.
 *
 * Returns: whether it is ready to be sent
 */
gboolean
stall_parcel_pack (StallParcel *self,
                   StallStore *store,
                   StallPeerRevision *revision,
                   GHashTable *known,
                   GError **error)
{
  g_autofree char *uuid = stall_uuid_new ();
  g_auto (Packing) packing = {
    .parcel = self,
    .revision = revision,
    .known = known,
    .paths = find_paths (store, revision),
    .scratch = g_build_filename (stall_store_get_folder (store), "attachments", "outgoing", NULL),
    .boundary = g_strconcat ("stall-", uuid, NULL),
  };

  /* It is waited for to its end, so it may work with what lives here. */
  return dex_await (stall_run_in_thread (pack_work, &packing, NULL), error);
}
