/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "test-peer-private.h"

/* What the peer keeps: documents, their leaves, and the files they name. */

void
test_document_free (gpointer data)
{
  TestDocument *document = data;

  g_ptr_array_unref (document->leaves);
  g_hash_table_unref (document->files);
  g_free (document);
}

static gboolean
knows (TestDocument *document, gint64 generation, const char *hash)
{
  for (guint i = 0; document != NULL && i < document->leaves->len; i++)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);
      gint64 distance = leaf->generation - generation;

      if (distance >= 0 && distance < (gint64) g_strv_length (leaf->history)
          && strcmp (leaf->history[distance], hash) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
test_document_knows (TestDocument *document, const char *revision)
{
  gint64 generation;
  const char *hash;

  return stall_revision_parse (revision, &generation, &hash) && knows (document, generation, hash);
}

static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const StallPeerRevision *left = *(StallPeerRevision *const *) a;
  const StallPeerRevision *right = *(StallPeerRevision *const *) b;
  gboolean left_deleted = stall_document_get_deleted (left->document);

  if (left_deleted != stall_document_get_deleted (right->document))
    return left_deleted ? 1 : -1;
  if (left->generation != right->generation)
    return left->generation < right->generation ? 1 : -1;
  return strcmp (right->history[0], left->history[0]);
}

static TestDocument *
ensure_document (TestPeer *self, const char *id)
{
  TestDocument *document = g_hash_table_lookup (self->documents, id);

  if (document == NULL)
    {
      document = g_new0 (TestDocument, 1);
      document->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
      document->files
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
      g_hash_table_insert (self->documents, g_strdup (id), document);
    }
  return document;
}

static void
add_revision (TestPeer *self, StallPeerRevision *revision)
{
  TestDocument *document = ensure_document (self, stall_document_get_id (revision->document));

  if (knows (document, revision->generation, revision->history[0]))
    {
      stall_peer_revision_free (revision);
      return;
    }
  for (guint i = document->leaves->len; i-- > 0;)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);
      gint64 distance = revision->generation - leaf->generation;

      if (distance > 0 && distance < (gint64) g_strv_length (revision->history)
          && strcmp (revision->history[distance], leaf->history[0]) == 0)
        g_ptr_array_remove_index (document->leaves, i);
    }
  g_ptr_array_add (document->leaves, revision);
  g_ptr_array_sort (document->leaves, compare_leaves);
  document->sequence = ++self->sequence;
  test_peer_answer_waiting (self);
}

/* Keeps what comes along and says why not otherwise; @parts are those of a multipart request. */
static const char *
take_files (TestDocument *document, JsonObject *root, GPtrArray *parts)
{
  JsonObject *attachments = stall_json_get_object (root, "_attachments");
  g_autoptr (GList) names = attachments != NULL ? json_object_get_members (attachments) : NULL;
  guint part = 0;

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonObject *entry = stall_json_get_object (attachments, link->data);
      const char *data = stall_json_get_string (entry, "data", NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *digest = NULL;
      gsize size;
      guchar *decoded;

      if (data != NULL)
        {
          decoded = g_base64_decode (data, &size);
          bytes = g_bytes_new_take (decoded, size);
        }
      else if (stall_json_get_boolean (entry, "follows", FALSE) && parts != NULL
               && part < parts->len)
        bytes = g_bytes_ref (g_ptr_array_index (parts, part++));
      else if (!g_hash_table_contains (document->files,
                                       stall_json_get_string (entry, "digest", "")))
        return "missing_stub";
      if (bytes != NULL)
        {
          g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
          guint8 md5[16];
          gsize md5_size = sizeof md5;
          g_autofree char *text = NULL;

          g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
          g_checksum_get_digest (checksum, md5, &md5_size);
          text = g_base64_encode (md5, md5_size);
          digest = g_strconcat ("md5-", text, NULL);
          json_object_set_string_member (entry, "digest", digest);
          json_object_set_int_member (entry, "length", g_bytes_get_size (bytes));
          g_hash_table_insert (document->files, g_strdup (digest), g_bytes_ref (bytes));
        }
      json_object_remove_member (entry, "data");
      json_object_remove_member (entry, "follows");
      json_object_set_boolean_member (entry, "stub", TRUE);
    }
  return NULL;
}

/* NULL: it is stored. */
const char *
test_peer_store (TestPeer *self, const char *text, gsize size, GPtrArray *parts)
{
  g_autoptr (StallPeerRevision) revision = stall_wire_read_document (text, size, NULL);
  const char *id = revision != NULL ? stall_document_get_id (revision->document) : NULL;
  JsonObject *root;
  const char *problem;

  if (id == NULL)
    return "bad_request";
  if (g_hash_table_contains (self->forbidden, id))
    return "forbidden";
  if (self->drops_changes && g_hash_table_contains (self->documents, id))
    return NULL;
  root = stall_document_get_root (revision->document, NULL);
  if (stall_json_get_object (root, "_attachments") != NULL)
    {
      g_autoptr (JsonObject) copy = stall_json_copy_object (root);
      g_autoptr (GBytes) body = NULL;
      gsize length;
      char *json;

      problem = take_files (ensure_document (self, id), copy, parts);
      if (problem != NULL)
        return problem;
      json = stall_json_to_string (copy, &length);
      body = g_bytes_new_take (json, length);
      add_revision (
          self, stall_peer_revision_new (id, revision->generation, g_strdupv (revision->history),
                                         stall_document_get_deleted (revision->document), body));
      return NULL;
    }
  add_revision (self, g_steal_pointer (&revision));
  return NULL;
}

guint
test_peer_get_n_documents (TestPeer *self)
{
  return g_hash_table_size (self->documents);
}

void
test_peer_put (TestPeer *self,
               const char *id,
               const char *revision,
               const char *ancestors,
               const char *body)
{
  gint64 generation;
  const char *hash;
  g_autofree char *all = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  g_assert_true (stall_revision_parse (revision, &generation, &hash));
  all = *ancestors != '\0' ? g_strconcat (hash, " ", ancestors, NULL) : g_strdup (hash);
  add_revision (self, stall_peer_revision_new (id, generation, g_strsplit (all, " ", -1),
                                               strstr (body, "\"gone\"") != NULL, bytes));
}

char *
test_peer_describe (TestPeer *self, const char *id)
{
  TestDocument *document = g_hash_table_lookup (self->documents, id);
  GString *text = g_string_new (NULL);

  for (guint i = 0; document != NULL && i < document->leaves->len; i++)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "",
                              stall_document_get_revision (leaf->document),
                              stall_document_get_deleted (leaf->document) ? "-" : "");
    }
  return g_string_free (text, FALSE);
}

char *
test_peer_get_body (TestPeer *self, const char *id)
{
  TestDocument *document = g_hash_table_lookup (self->documents, id);
  StallPeerRevision *winner = document != NULL ? g_ptr_array_index (document->leaves, 0) : NULL;
  GBytes *body = winner != NULL ? stall_document_get_body (winner->document) : NULL;

  return body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : NULL;
}
