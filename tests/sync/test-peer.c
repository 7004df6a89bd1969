/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "test-peer-private.h"

/* --- answers --- */

void
test_peer_respond (SoupServerMessage *message, guint status, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}

static void
append_sequence (TestPeer *self, GString *text, guint sequence)
{
  g_string_append_printf (text, self->odd_sequences ? "[\"x\",%u]" : "%u", sequence);
}

static int
compare_sequences (gconstpointer a, gconstpointer b, gpointer data)
{
  TestPeer *self = data;
  TestDocument *left = g_hash_table_lookup (self->documents, *(const char *const *) a);
  TestDocument *right = g_hash_table_lookup (self->documents, *(const char *const *) b);

  return left->sequence < right->sequence ? -1 : 1;
}

static void
append_row (TestPeer *self,
            GString *text,
            const char *id,
            TestDocument *document,
            gboolean with_body)
{
  g_string_append (text, "{\"seq\":null,\"id\":");
  stall_wire_append_string (text, id);
  g_string_append (text, ",\"changes\":[");
  for (guint i = 0; i < document->leaves->len; i++)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);

      g_string_append_printf (text, "%s{\"rev\":\"%s\"}", i > 0 ? "," : "",
                              stall_document_get_revision (leaf->document));
    }
  g_string_append_c (text, ']');
  if (with_body)
    {
      g_string_append (text, ",\"doc\":");
      stall_wire_write_document (
          text, g_ptr_array_index (document->leaves, 0),
          stall_json_get_object (
              stall_document_get_root (
                  ((StallPeerRevision *) g_ptr_array_index (document->leaves, 0))->document, NULL),
              "_attachments"));
    }
  g_string_append_c (text, '}');
}

static guint
read_since (TestPeer *self, GHashTable *query)
{
  const char *since = g_hash_table_lookup (query, "since");

  if (since == NULL)
    return 0;
  if (self->odd_sequences && strchr (since, ',') != NULL)
    since = strchr (since, ',') + 1;
  return g_ascii_strtoull (since, NULL, 10);
}

/* FALSE: nothing is new. */
static gboolean
answer_changes (TestPeer *self, SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));
  guint since = read_since (self, query), last = since, n = 0;
  guint limit = g_ascii_strtoull (g_hash_table_lookup (query, "limit"), NULL, 10);
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (self->documents);
  GString *text = g_string_new ("{\"results\":[\n");
  g_autofree char *all = NULL;

  g_ptr_array_sort_with_data (ids, compare_sequences, self);
  for (guint i = 0; i < ids->len && n < limit; i++)
    {
      TestDocument *document = g_hash_table_lookup (self->documents, ids->pdata[i]);

      if (document->sequence <= since)
        continue;
      g_string_append (text, n++ > 0 ? ",\n" : "");
      append_row (self, text, ids->pdata[i], document,
                  g_hash_table_contains (query, "include_docs"));
      last = document->sequence;
    }
  g_string_append (text, "],\n\"last_seq\":");
  append_sequence (self, text, last);
  g_string_append (text, "}\n");
  all = g_string_free (text, FALSE);
  test_peer_respond (message, 200, "%s", all);
  return n > 0;
}

void
test_peer_answer_waiting (TestPeer *self)
{
  for (guint i = self->waiting->len; i-- > 0;)
    {
      SoupServerMessage *message = g_ptr_array_index (self->waiting, i);

      if (answer_changes (self, message))
        {
          soup_server_message_unpause (message);
          g_ptr_array_remove_index (self->waiting, i);
        }
    }
}

static JsonObject *
read_question (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  return text != NULL ? stall_json_parse_object (text, size, NULL) : json_object_new ();
}

static JsonObject *
enclose (JsonObject *stubs, GHashTable *files)
{
  JsonObject *entries = stall_json_copy_object (stubs);
  g_autoptr (GList) names = json_object_get_members (entries);

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonObject *entry = stall_json_get_object (entries, link->data);
      GBytes *bytes = g_hash_table_lookup (files, stall_json_get_string (entry, "digest", ""));
      g_autofree char *data = NULL;

      if (bytes == NULL)
        continue;
      data = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      json_object_remove_member (entry, "stub");
      json_object_remove_member (entry, "length");
      json_object_set_string_member (entry, "data", data);
    }
  return entries;
}

static void
append_leaf (GString *text, StallPeerRevision *leaf, GHashTable *files)
{
  JsonObject *stubs
      = stall_json_get_object (stall_document_get_root (leaf->document, NULL), "_attachments");
  g_autoptr (JsonObject) entries = files != NULL && stubs != NULL ? enclose (stubs, files) : NULL;

  g_string_append (text, "{\"ok\":");
  stall_wire_write_document (text, leaf, entries != NULL ? entries : stubs);
  g_string_append_c (text, '}');
}

/* All leaves that follow on a revision, as latest=true has it. */
static void
append_found (TestPeer *self,
              GString *text,
              const char *id,
              const char *revision,
              gboolean with_files)
{
  TestDocument *document = g_hash_table_lookup (self->documents, id);
  gboolean hidden = g_hash_table_contains (self->hidden, id);
  gint64 generation = 0, distance;
  const char *hash = "";
  guint n = 0;

  stall_revision_parse (revision, &generation, &hash);
  for (guint i = 0; document != NULL && !hidden && i < document->leaves->len; i++)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);

      distance = leaf->generation - generation;
      if (distance < 0 || distance >= (gint64) g_strv_length (leaf->history)
          || strcmp (leaf->history[distance], hash) != 0)
        continue;
      g_string_append (text, n++ > 0 ? "," : "");
      append_leaf (text, leaf, with_files ? document->files : NULL);
    }
  if (n > 0)
    return;
  if (self->hides_as_pouchdb)
    g_string_append_printf (text, "{\"missing\":\"%s\"}", revision);
  else
    g_string_append_printf (text,
                            "{\"error\":{\"rev\":\"%s\",\"error\":\"not_found\",\"reason\":"
                            "\"missing\"}}",
                            revision);
}

static void
answer_bulk_get (TestPeer *self, SoupServerMessage *message)
{
  g_autoptr (JsonObject) question = read_question (message);
  JsonArray *docs = stall_json_get_array (question, "docs");
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  gboolean with_files = strstr (query, "attachments=true") != NULL && !self->no_enclosed;
  GString *text = g_string_new ("{\"results\":[");
  g_autofree char *all = NULL;

  for (guint i = 0; i < json_array_get_length (docs); i++)
    {
      JsonObject *asked = json_array_get_object_element (docs, i);

      g_string_append (text, i > 0 ? ",{\"id\":" : "{\"id\":");
      stall_wire_append_string (text, stall_json_get_string (asked, "id", ""));
      g_string_append (text, ",\"docs\":[");
      append_found (self, text, stall_json_get_string (asked, "id", ""),
                    stall_json_get_string (asked, "rev", ""), with_files);
      g_string_append (text, "]}");
    }
  g_string_append (text, "]}");
  all = g_string_free (text, FALSE);
  test_peer_respond (message, 200, "%s", all);
}

static void
answer_revs_diff (TestPeer *self, SoupServerMessage *message)
{
  g_autoptr (JsonObject) question = read_question (message);
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, question);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      g_auto (GStrv) revisions = stall_json_get_strv (question, id);
      JsonArray *missing = json_array_new ();
      JsonObject *entry;

      for (guint i = 0; revisions[i] != NULL; i++)
        if (self->lags
            || !test_document_knows (g_hash_table_lookup (self->documents, id), revisions[i]))
          json_array_add_string_element (missing, revisions[i]);
      if (json_array_get_length (missing) == 0)
        {
          json_array_unref (missing);
          continue;
        }
      entry = json_object_new ();
      json_object_set_array_member (entry, "missing", missing);
      json_object_set_object_member (answer, id, entry);
    }
  text = stall_json_to_string (answer, NULL);
  test_peer_respond (message, 200, "%s", text);
}

typedef struct
{
  TestPeer *peer;
  GString *answer;
} Storing;

static void
answer_bulk_docs (TestPeer *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  StallJsonMembers members, docs;
  StallJsonSlice name, value, element;
  GString *answer = g_string_new ("[");
  g_autofree char *all = NULL;

  stall_json_members_init (&members, text, size);
  while (stall_json_members_next (&members, &name, &value))
    {
      if (!stall_json_slice_is (&name, "\"docs\""))
        continue;
      stall_json_members_init (&docs, value.text, value.size);
      while (stall_json_elements_next (&docs, &element))
        {
          const char *problem = test_peer_store (self, element.text, element.size, NULL);
          g_autoptr (StallPeerRevision) revision
              = stall_wire_read_document (element.text, element.size, NULL);

          if (problem == NULL || revision == NULL)
            continue;
          g_string_append (answer, answer->len > 1 ? ",{\"id\":" : "{\"id\":");
          stall_wire_append_string (answer, stall_document_get_id (revision->document));
          g_string_append_printf (answer, ",\"rev\":\"%s\",\"error\":\"%s\",\"reason\":\"no\"}",
                                  stall_document_get_revision (revision->document), problem);
        }
    }
  g_string_append_c (answer, ']');
  all = g_string_free (answer, FALSE);
  test_peer_respond (message, 201, "%s", all);
}

/* The parts after the first, which is the document. */
static GPtrArray *
read_parts (SoupServerMessage *message, GBytes **json)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (headers, bytes);
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (multipart == NULL)
    {
      *json = g_bytes_ref (bytes);
      return parts;
    }
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *of_part;
      GBytes *body;

      soup_multipart_get_part (multipart, i, &of_part, &body);
      if (i == 0)
        *json = g_bytes_ref (body);
      else
        g_ptr_array_add (parts, g_bytes_ref (body));
    }
  return parts;
}

static void
answer_put (TestPeer *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GPtrArray) parts = read_parts (message, &json);
  gsize size;
  const char *text = g_bytes_get_data (json, &size);
  const char *problem = test_peer_store (self, text, size, parts);

  if (problem == NULL)
    test_peer_respond (message, 201, "{\"ok\":true}");
  else
    test_peer_respond (message,
                       g_str_equal (problem, "forbidden")      ? 403
                       : g_str_equal (problem, "missing_stub") ? 412
                                                               : 400,
                       "{\"error\":\"%s\",\"reason\":\"no\"}", problem);
}

/* A document's leaves, or an attachment: id[/name] */
static void
answer_document (TestPeer *self, SoupServerMessage *message, const char *path)
{
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) query
      = soup_form_decode (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  g_auto (GStrv) segments = g_strsplit (path, "/", 2);
  g_autofree char *id = g_uri_unescape_string (segments[0], NULL);
  g_autofree char *name = g_uri_unescape_string (segments[1] != NULL ? segments[1] : "", NULL);
  TestDocument *document = g_hash_table_lookup (self->documents, id);
  const char *revision = g_hash_table_lookup (query, "rev");
  const char *open = g_hash_table_lookup (query, "open_revs");

  if (open != NULL)
    {
      g_autofree char *asked = g_strndup (open + 2, strlen (open) - 4);
      GString *text = g_string_new ("[");
      g_autofree char *all = NULL;

      append_found (self, text, id, asked, FALSE);
      g_string_append_c (text, ']');
      all = g_string_free (text, FALSE);
      test_peer_respond (message, document != NULL ? 200 : 404, "%s", all);
      return;
    }
  if (*name == '\0' && revision == NULL && document != NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      stall_wire_write_document (text, document->leaves->pdata[0], NULL);
      test_peer_respond (message, 200, "%s", text->str);
      return;
    }
  if (*name == '\0' && revision != NULL && test_document_knows (document, revision))
    {
      test_peer_respond (message, 200, "{\"_rev\":\"%s\"}", revision);
      return;
    }
  for (guint i = 0; document != NULL && revision != NULL && i < document->leaves->len; i++)
    {
      StallPeerRevision *leaf = g_ptr_array_index (document->leaves, i);
      JsonObject *entry = stall_json_get_object (
          stall_json_get_object (stall_document_get_root (leaf->document, NULL), "_attachments"),
          name);
      GBytes *bytes
          = entry != NULL
                ? g_hash_table_lookup (document->files, stall_json_get_string (entry, "digest", ""))
                : NULL;

      if (bytes == NULL || strcmp (stall_document_get_revision (leaf->document), revision) != 0)
        continue;
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (
          message, "image/png", SOUP_MEMORY_COPY,
          g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
          g_bytes_get_size (bytes));
      return;
    }
  test_peer_respond (message, 404, "{\"error\":\"not_found\",\"reason\":\"missing\"}");
}

static void
answer_local (TestPeer *self, SoupServerMessage *message, const char *path)
{
  JsonObject *present = g_hash_table_lookup (self->locals, path);

  if (g_str_equal (soup_server_message_get_method (message), "PUT"))
    {
      JsonObject *record = read_question (message);
      const char *given = stall_json_get_string (record, "_rev", "");
      g_autofree char *revision = NULL;

      if (present != NULL && !g_str_equal (given, stall_json_get_string (present, "_rev", "")))
        {
          test_peer_respond (message, 409, "{\"error\":\"conflict\"}");
          json_object_unref (record);
          return;
        }
      revision = g_strdup_printf ("0-%" G_GUINT64_FORMAT,
                                  *given != '\0' ? g_ascii_strtoull (given + 2, NULL, 10) + 1 : 1);
      json_object_set_string_member (record, "_rev", revision);
      g_hash_table_insert (self->locals, g_strdup (path), record);
      test_peer_respond (message, 201, "{\"ok\":true,\"rev\":\"%s\"}", revision);
      return;
    }
  if (present == NULL)
    test_peer_respond (message, 404, "{\"error\":\"not_found\",\"reason\":\"missing\"}");
  else
    {
      g_autofree char *text = stall_json_to_string (present, NULL);

      test_peer_respond (message, 200, "%s", text);
    }
}

/* --- requests --- */

static gboolean
signed_in (TestPeer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *cookie = soup_message_headers_get_list (headers, "Cookie");
  g_autofree char *wanted = g_strdup_printf ("AuthSession=%u", self->session);

  return self->password == NULL || (cookie != NULL && strstr (cookie, wanted) != NULL);
}

static void
answer_session (TestPeer *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  g_autofree char *cookie = g_strdup_printf ("AuthSession=%u; Path=/; HttpOnly", self->session);

  if (g_strcmp0 (g_hash_table_lookup (form, "name"), "owner") != 0
      || g_strcmp0 (g_hash_table_lookup (form, "password"), self->password) != 0)
    {
      test_peer_respond (message, 401,
                         "{\"error\":\"unauthorized\",\"reason\":\"Name or password.\"}");
      return;
    }
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               cookie);
  test_peer_respond (message, 200, "{\"ok\":true}");
}

void
test_peer_answer_request (TestPeer *self, SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);
  gsize size = soup_server_message_get_request_body (message)->length;

  if (!signed_in (self, message))
    test_peer_respond (message, 401, "{\"error\":\"unauthorized\",\"reason\":\"Sign in.\"}");
  else if (self->limit != 0 && size > self->limit)
    test_peer_respond (message, 413, "{\"error\":\"too_large\"}");
  else if (*path == '\0')
    test_peer_respond (message, 200,
                       "{\"db_name\":\"stall\",\"update_seq\":%u,\"instance_start_time\":\"0\"}",
                       self->sequence);
  else if (g_str_has_prefix (path, "_local/"))
    answer_local (self, message, path);
  else if (g_str_equal (path, "_changes"))
    {
      const char *query = g_uri_get_query (soup_server_message_get_uri (message));

      if (!answer_changes (self, message) && strstr (query, "longpoll") != NULL)
        {
          soup_server_message_pause (message);
          g_ptr_array_add (self->waiting, g_object_ref (message));
        }
    }
  else if (g_str_equal (path, "_bulk_get") && self->no_bulk_get)
    test_peer_respond (message, 405, "{\"error\":\"method_not_allowed\"}");
  else if (g_str_equal (path, "_bulk_get"))
    answer_bulk_get (self, message);
  else if (g_str_equal (path, "_revs_diff"))
    answer_revs_diff (self, message);
  else if (g_str_equal (path, "_bulk_docs"))
    answer_bulk_docs (self, message);
  else if (g_str_equal (method, "PUT"))
    answer_put (self, message);
  else
    answer_document (self, message, path);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *decoded,
            GHashTable *query,
            gpointer data)
{
  TestPeer *self = data;
  const char *whole = g_uri_get_path (soup_server_message_get_uri (message));
  const char *path = g_str_has_prefix (whole, "/stall/") ? whole + strlen ("/stall/")
                     : g_str_equal (whole, "/stall")     ? ""
                                                         : NULL;
  g_autofree char *request = g_strconcat (soup_server_message_get_method (message), " ",
                                          path != NULL ? path : whole, NULL);
  TestPeerFault *fault = test_peer_find_fault (self, request);

  g_ptr_array_add (self->log, g_strdup (request));
  if (fault != NULL)
    test_peer_misbehave (self, message, path, fault);
  else if (g_str_equal (whole, "/_session"))
    answer_session (self, message);
  else if (path == NULL)
    test_peer_respond (message, 404, "{\"error\":\"not_found\",\"reason\":\"no_db_file\"}");
  else
    test_peer_answer_request (self, message, path);
}

/* --- for the tests --- */

TestPeer *
test_peer_new (void)
{
  TestPeer *self = g_new0 (TestPeer, 1);
  g_autoptr (GError) error = NULL;

  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, test_document_free);
  self->locals
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  self->forbidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->faults = g_ptr_array_new_with_free_func (test_peer_fault_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  return self;
}

void
test_peer_free (TestPeer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->locals);
  g_hash_table_unref (self->forbidden);
  g_hash_table_unref (self->hidden);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->waiting);
  g_free (self->password);
  g_free (self);
}

char *
test_peer_get_address (TestPeer *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);

  return g_strdup_printf ("http://127.0.0.1:%d/stall", g_uri_get_port (uris->data));
}

StallRemote *
test_peer_open (TestPeer *self)
{
  g_autofree char *address = test_peer_get_address (self);
  g_autoptr (GError) error = NULL;
  StallRemote *remote = stall_remote_new (address, FALSE, &error);

  g_assert_no_error (error);
  return remote;
}

void
test_peer_forbid (TestPeer *self, const char *id)
{
  g_hash_table_add (self->forbidden, g_strdup (id));
}

void
test_peer_hide (TestPeer *self, const char *id, gboolean as_pouchdb)
{
  self->hides_as_pouchdb = as_pouchdb;
  g_hash_table_add (self->hidden, g_strdup (id));
}

void
test_peer_limit (TestPeer *self, gsize bytes)
{
  self->limit = bytes;
}

void
test_peer_require (TestPeer *self, const char *password)
{
  g_set_str (&self->password, password);
}

void
test_peer_expire (TestPeer *self)
{
  self->session++;
}

void
test_peer_without_bulk_get (TestPeer *self)
{
  self->no_bulk_get = TRUE;
}

void
test_peer_without_enclosed (TestPeer *self)
{
  self->no_enclosed = TRUE;
}

void
test_peer_with_odd_sequences (TestPeer *self)
{
  self->odd_sequences = TRUE;
}

void
test_peer_drop_changes (TestPeer *self)
{
  self->drops_changes = TRUE;
}

void
test_peer_lag (TestPeer *self)
{
  self->lags = TRUE;
}

void
test_peer_forget (TestPeer *self)
{
  g_hash_table_remove_all (self->locals);
}

void
test_peer_clear (TestPeer *self)
{
  g_hash_table_remove_all (self->documents);
  g_hash_table_remove_all (self->locals);
  self->sequence = 0;
}

guint
test_peer_count (TestPeer *self, const char *what)
{
  guint n = 0;

  for (guint i = 0; i < self->log->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (self->log, i), what);
  return n;
}
