/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-push-document.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-json.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

#define BOUNDARY "stall-7d1f0c4e9a2b"
#define END "\r\n--" BOUNDARY "--\r\n"

void
stall_parcel_clear (StallParcel *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->type, g_free);
}

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
map_content (StallStore *store, const char *digest)
{
  g_autofree char *path = stall_store_get_attachment_path (store, digest);
  g_autoptr (GMappedFile) file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

/* What `_attachments` says of one while it travels; @enclosures gets those whose content goes
 * along. What is not here is left to the platform, which had it first. */
static JsonObject *
write_entry (StallStore *store,
             const char *name,
             JsonObject *before,
             gint64 generation,
             GHashTable *known,
             GPtrArray *enclosures)
{
  JsonObject *entry = json_object_new ();
  const char *digest = stall_json_get_string (before, "digest", NULL);
  const char *type = stall_json_get_string (before, "content_type", "application/octet-stream");
  gboolean is_known = digest != NULL && known != NULL && g_hash_table_contains (known, digest);
  GBytes *content = digest != NULL && !is_known ? map_content (store, digest) : NULL;
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
write_entries (StallStore *store,
               StallPeerRevision *revision,
               GHashTable *known,
               GPtrArray *enclosures)
{
  JsonObject *attachments
      = stall_json_get_object (stall_document_get_root (revision->document, NULL), "_attachments");
  JsonObject *entries = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (attachments == NULL)
    return entries;
  json_object_iter_init_ordered (&iter, attachments);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      json_object_set_object_member (entries, name,
                                     write_entry (store, name, json_node_get_object (node),
                                                  revision->generation, known, enclosures));
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
write_head (Enclosure *enclosure, gsize size)
{
  g_autoptr (GString) name = g_string_new (enclosure->name);
  g_autofree char *type = g_strdup (stall_json_get_string (enclosure->entry, "content_type", ""));

  g_string_replace (name, "\"", "%22", 0);
  g_strdelimit (name->str, "\r\n", '_');
  g_strdelimit (type, "\r\n", ' ');
  return g_strdup_printf ("\r\n--" BOUNDARY "\r\nContent-Disposition: attachment; filename=\"%s\""
                          "\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          name->str, type, size);
}

static gboolean
write_parts (GOutputStream *stream, GString *json, GPtrArray *enclosures, GError **error)
{
  if (!g_output_stream_write_all (stream, json->str, json->len, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < enclosures->len; i++)
    {
      Enclosure *enclosure = g_ptr_array_index (enclosures, i);
      gsize size;
      gconstpointer bytes = g_bytes_get_data (enclosure->content, &size);
      g_autofree char *head = write_head (enclosure, size);

      if (!g_output_stream_write_all (stream, head, strlen (head), NULL, NULL, error)
          || (size > 0 && !g_output_stream_write_all (stream, bytes, size, NULL, NULL, error)))
        return FALSE;
    }
  return g_output_stream_write_all (stream, END, strlen (END), NULL, NULL, error)
         && g_output_stream_close (stream, NULL, error);
}

/* The parts are laid out in a file that has no name any more, and read from there. */
static GBytes *
write_multipart (StallStore *store,
                 StallPeerRevision *revision,
                 JsonObject *entries,
                 GPtrArray *enclosures,
                 GError **error)
{
  g_autoptr (GString) json
      = g_string_new ("--" BOUNDARY "\r\nContent-Type: application/json\r\n\r\n");
  g_autofree char *path
      = g_build_filename (stall_store_get_folder (store), "attachments", "outgoing", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GMappedFile) mapped = NULL;

  for (guint i = 0; i < enclosures->len; i++)
    {
      Enclosure *enclosure = g_ptr_array_index (enclosures, i);

      json_object_set_boolean_member (enclosure->entry, "follows", TRUE);
      json_object_set_int_member (enclosure->entry, "length",
                                  g_bytes_get_size (enclosure->content));
    }
  stall_wire_write_document (json, revision, entries);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  if (stream == NULL || !write_parts (G_OUTPUT_STREAM (stream), json, enclosures, error))
    return NULL;
  mapped = g_mapped_file_new (path, FALSE, error);
  g_unlink (path);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

/**
 * stall_parcel_pack:
 * @self: (out caller-allocates): a parcel
 * @store: where the attachments are
 * @revision: a revision with attachments
 * @known: (nullable): set of digests that the platform has with this document; those stay behind
 * @error: return location
 *
 * Writes a document with its attachments for PUT.
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
  g_autoptr (GPtrArray) enclosures = g_ptr_array_new_with_free_func (enclosure_free);
  g_autoptr (JsonObject) entries = write_entries (store, revision, known, enclosures);
  gsize total = 0;

  for (guint i = 0; i < enclosures->len; i++)
    total += g_bytes_get_size (((Enclosure *) g_ptr_array_index (enclosures, i))->content);
  self->has_stubs = json_object_get_size (entries) > enclosures->len;
  if (total <= STALL_SYNC_INLINE)
    {
      self->type = g_strdup ("application/json");
      self->body = write_inline (revision, entries, enclosures);
      return TRUE;
    }
  self->type = g_strdup ("multipart/related; boundary=\"" BOUNDARY "\"");
  self->body = write_multipart (store, revision, entries, enclosures, error);
  return self->body != NULL;
}
