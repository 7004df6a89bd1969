/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "stall-checkpoint.h"
#include "stall-feed.h"
#include "stall-json.h"
#include "stall-sync-error.h"
#include "stall-wire.h"

static gboolean
collect_cb (const char *text, gsize size, gpointer data, GError **error)
{
  g_string_append_len (data, text, size);
  g_string_append_c (data, '|');
  return TRUE;
}

/* The results and then what stands around them; NULL on failure. */
static char *
split (const char *text, gsize piece, GError **error)
{
  g_autoptr (GString) results = g_string_new (NULL);
  g_autoptr (StallJsonSplitter) splitter = stall_json_splitter_new (collect_cb, results);
  gsize length = strlen (text);
  g_autofree char *outer = NULL;

  for (gsize at = 0; at < length; at += piece)
    if (!stall_json_splitter_feed (splitter, text + at, MIN (piece, length - at), error))
      return NULL;
  outer = stall_json_splitter_finish (splitter, error);
  if (outer == NULL)
    return NULL;
  g_string_append (results, outer);
  return g_string_free_and_steal (g_steal_pointer (&results));
}

static void
test_pieces (void)
{
  const char *text
      = "\n\n {\"results\" : [\n{\"a\":\"}\\\"]{\",\"b\":[[{}]]},\n\n{\"c\":\"\\\\\"}\n],"
        "\n\"last_seq\":\"5-[x\",\"pending\":{\"results\":[1]}}\n\n";

  for (gsize piece = 1; piece < strlen (text) + 1; piece++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *result = split (text, piece, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (result, ==,
                       "{\"a\":\"}\\\"]{\",\"b\":[[{}]]}|{\"c\":\"\\\\\"}|{\"results\" : [],\n"
                       "\"last_seq\":\"5-[x\",\"pending\":{\"results\":[1]}}");
    }
}

/* Every answer that was cut off anywhere is an error, never less data. */
static void
test_cut_off (void)
{
  const char *text = "{\"results\":[{\"a\":1},{\"b\":\"x\"}],\"last_seq\":7}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *cut = g_strndup (text, length);
      g_autofree char *result = split (cut, 5, &error);

      g_assert_null (result);
      g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED);
    }
}

static void
test_garbage (void)
{
  g_autofree char *deep = g_strnfill (10000, '[');
  g_autofree char *deep_row = g_strconcat ("{\"results\":[{\"a\":", deep, NULL);
  g_autofree char *deep_outer = g_strconcat ("{\"a\":", deep, NULL);
  g_autofree char *blank = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *blank_rows = g_strconcat ("{\"results\":[", blank, NULL);
  g_autofree char *long_outer = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *long_text = g_strconcat ("{\"", long_outer, NULL);
  const char *const texts[] = { "<html>",   "[]",  "{\"results\":[1]}", "{}{}",   deep_row,
                                deep_outer, blank, blank_rows,          long_text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *result = split (texts[i], 65536, &error);

      g_assert_null (result);
      g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED);
    }
}

static void
test_document (void)
{
  const char *text
      = "{\"_id\":\"a/b\\u00e9+%?#\",\"_rev\":\"3-c\",\"z\":12345678901234567890,"
        "\"_revisions\":{\"start\":3,\"ids\":[\"c\",\"b\",\"a\"]},\"a\": 1.0 ,"
        "\"_attachments\":{\"p\":{\"stub\":true}},\"_deleted\":true,\"y\":\"\\u0000\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StallPeerRevision) revision = stall_wire_read_document (text, strlen (text), &error);
  g_autoptr (GString) written = g_string_new (NULL);
  gsize size;
  const char *body;

  g_assert_no_error (error);
  g_assert_cmpstr (stall_document_get_id (revision->document), ==, "a/bé+%?#");
  g_assert_cmpint (revision->generation, ==, 3);
  g_assert_true (stall_document_get_deleted (revision->document));
  body = g_bytes_get_data (stall_document_get_body (revision->document), &size);
  g_assert_cmpmem (body, size,
                   "{\"z\":12345678901234567890,\"a\":1.0,\"_attachments\":{\"p\":{\"stub\":true}},"
                   "\"y\":\"\\u0000\"}",
                   82);
  stall_wire_write_document (written, revision, NULL);
  g_assert_cmpstr (written->str, ==,
                   "{\"_id\":\"a/bé+%?#\",\"_rev\":\"3-c\",\"_revisions\":{\"start\":3,\"ids\":"
                   "[\"c\",\"b\",\"a\"]},\"_deleted\":true,\"z\":12345678901234567890,\"a\":1.0,"
                   "\"y\":\"\\u0000\"}");
}

static void
test_bad_documents (void)
{
  const char *const texts[] = {
    "{}",
    "{\"_id\":\"a\"}",
    "{\"_id\":\"a\",\"_rev\":\"2-b\"}", /* where does it come from? */
    "{\"_id\":\"a\",\"_rev\":\"2-b\",\"_revisions\":{\"start\":3,\"ids\":[\"b\",\"a\"]}}",
    "{\"_id\":\"a\",\"_rev\":\"2-b\",\"_revisions\":{\"start\":2,\"ids\":[\"c\",\"a\"]}}",
    "{\"_id\":\"\",\"_rev\":\"1-b\"}",
    "{\"_id\":\"a\\u0000b\",\"_rev\":\"1-b\"}",
    "{\"_id\":\"a\",\"_rev\":\"1-b\",\"x\":[1,,2]}",
    "{\"_id\":\"a\",\"_rev\":\"1-b\",\"x\" 1}",
    "{\"_id\":\"a\",\"_rev\":\"1-b\",}",
    "{\"_id\":\"a\",\"_rev\":\"1-b\"\"x\":1}",
    "{\"_id\":\"a\",\"_rev\":\"99999999999999999999-b\"}",
    "{\"_id\":\"a\xff\",\"_rev\":\"1-b\"}",
    "{\"_id\":\"a\",\"_id\":\"b\",\"_rev\":\"1-b\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_wire_read_document (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED);
    }
}

static void
test_results (void)
{
  /* none, several, and both ways of saying that it is missing */
  const char *text
      = "{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\"1-x\"}},{\"error\":{\"id\":"
        "\"a\","
        "\"rev\":\"1-y\",\"error\":\"not_found\"}},{\"missing\":\"1-z\"},{\"ok\":{\"_id\":\"a\","
        "\"_rev\":\"1-w\",\"n\":1}}]}";
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (stall_wire_read_results (text, strlen (text), revisions, &error));
  g_assert_cmpuint (revisions->len, ==, 2);
  g_assert_true (stall_wire_read_results ("{\"docs\":[]}", 11, revisions, &error));
  g_assert_false (stall_wire_read_results ("{\"docs\":[}", 10, revisions, &error));
}

static void
test_ids_in_addresses (void)
{
  g_autofree char *plain = stall_wire_escape_id ("product:a/b+c%d?e#é");
  g_autofree char *design = stall_wire_escape_id ("_design/a/b");

  g_assert_cmpstr (plain, ==, "product%3Aa%2Fb%2Bc%25d%3Fe%23%C3%A9");
  g_assert_cmpstr (design, ==, "_design/a%2Fb");
}

/* A sequence goes back as it came, whatever it is. */
static void
test_sequences (void)
{
  static const char *const cases[][2] = { { "\"3-g1AAA/+=\"", "3-g1AAA%2F%2B%3D" },
                                          { "17", "17" },
                                          { "[1,\"a\"]", "%5B1%2C%22a%22%5D" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (cases[i][0], NULL);
      g_autofree char *path = stall_feed_make_path (node, 10, FALSE, FALSE);
      g_autofree char *wanted = g_strconcat ("&since=", cases[i][1], "&", NULL);

      g_assert_nonnull (strstr (path, wanted));
    }
}

static JsonObject *
record_of (StallCheckpoint *checkpoint, gint64 sequence)
{
  g_autoptr (JsonNode) node = json_node_init_int (json_node_alloc (), sequence);
  g_autofree char *text = stall_checkpoint_advance (checkpoint, node);

  return stall_json_parse_object (text, -1, NULL);
}

static gint64
common_of (JsonObject *here, JsonObject *there)
{
  g_autoptr (StallCheckpoint) checkpoint = stall_checkpoint_new ("x", here, there);
  JsonNode *node = stall_checkpoint_get_common (checkpoint);

  return node != NULL ? json_node_get_int (node) : -1;
}

static void
test_checkpoints (void)
{
  g_autoptr (StallCheckpoint) one = stall_checkpoint_new ("x", NULL, NULL);
  g_autoptr (JsonObject) first = record_of (one, 5);
  g_autoptr (JsonObject) later = record_of (one, 9); /* the same session goes on */
  g_autoptr (StallCheckpoint) two = stall_checkpoint_new ("x", later, later);
  g_autoptr (JsonObject) second = record_of (two, 20);
  g_autoptr (StallCheckpoint) other = stall_checkpoint_new ("x", NULL, NULL);
  g_autoptr (JsonObject) stranger = record_of (other, 7);
  g_autoptr (JsonObject) broken = stall_json_parse_object ("{\"history\":7}", -1, NULL);

  g_assert_cmpint (common_of (second, second), ==, 20);
  g_assert_cmpint (common_of (second, later), ==, 9); /* the peer lost the last one */
  g_assert_cmpint (common_of (later, second), ==, 9); /* we did, with a backup */
  g_assert_cmpint (common_of (second, NULL), ==, -1); /* never one side alone */
  g_assert_cmpint (common_of (NULL, second), ==, -1);
  g_assert_cmpint (common_of (second, stranger), ==, -1);
  g_assert_cmpint (common_of (second, broken), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/splitter/pieces", test_pieces);
  g_test_add_func ("/splitter/cut-off", test_cut_off);
  g_test_add_func ("/splitter/garbage", test_garbage);
  g_test_add_func ("/wire/document", test_document);
  g_test_add_func ("/wire/bad-documents", test_bad_documents);
  g_test_add_func ("/wire/results", test_results);
  g_test_add_func ("/wire/ids", test_ids_in_addresses);
  g_test_add_func ("/wire/sequences", test_sequences);
  g_test_add_func ("/checkpoint/common", test_checkpoints);
  return g_test_run ();
}
