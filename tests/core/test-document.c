/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-document.h"
#include "stall-error.h"

#include <string.h>

static GBytes *
bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
assert_body (StallDocument *document, const char *expected)
{
  GBytes *body = stall_document_get_body (document);

  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected,
                   strlen (expected));
}

/* White space, escapes and members twice: all stays, whatever the reader makes of it. */
static void
test_body_is_verbatim (void)
{
  const char *text = " {\"a\" : \"\\u0041\\u0000\", \"a\":2,\n\"n\":12345678901234567890}\n";
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (StallDocument) document
      = stall_document_new_revision ("basket:1", body, "1-abc", FALSE);
  g_autoptr (GError) error = NULL;
  JsonObject *root = stall_document_get_root (document, &error);

  g_assert_no_error (error);
  g_assert_cmpint (stall_json_get_int (root, "a", 0), ==, 2);
  g_assert_true (stall_document_get_root (document, NULL) == root);
  assert_body (document, text);
  g_assert_cmpstr (stall_document_get_id (document), ==, "basket:1");
  g_assert_cmpint (stall_document_get_kind (document), ==, STALL_KIND_OTHER);
  g_assert_cmpstr (stall_document_get_revision (document), ==, "1-abc");
  g_assert_false (stall_document_get_deleted (document));
  g_assert_null (stall_document_get_object (document));
}

static void
test_new_from_root (void)
{
  g_autoptr (JsonObject) root = stall_json_parse_object ("{ \"z\": 1, \"a\": [0.1] }", -1, NULL);
  g_autoptr (StallDocument) document = stall_document_new_from_root ("note:1", "2-def", root);

  json_object_set_int_member (root, "z", 2);
  assert_body (document, "{\"z\":1,\"a\":[0.1]}");
  g_assert_cmpint (stall_document_get_kind (document), ==, STALL_KIND_NOTE);
  g_assert_cmpstr (stall_document_get_revision (document), ==, "2-def");
  g_assert_cmpint (stall_json_get_int (stall_document_get_root (document, NULL), "z", 0), ==, 1);
}

static void
test_deleted (void)
{
  g_autoptr (GBytes) body = bytes ("{}");
  g_autoptr (StallDocument) document = stall_document_new_revision ("note:1", body, "3-abc", TRUE);

  g_assert_true (stall_document_get_deleted (document));
}

static void
test_damaged_body (void)
{
  static const char *const texts[] = { "", "[]", "{", "\"{}\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) body = bytes (texts[i]);
      g_autoptr (StallDocument) document = stall_document_new ("note:1", body);
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_document_get_root (document, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      assert_body (document, texts[i]);
    }
}

static void
test_object (void)
{
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GBytes) body = bytes ("{}");
  StallDocument *document = stall_document_new_for_object ("order:1", body, object);

  g_assert_true (stall_document_get_object (document) == object);
  g_assert_cmpuint (object->ref_count, ==, 2);
  g_assert_finalize_object (document);
  g_assert_cmpuint (object->ref_count, ==, 1);
}

static void
test_head (void)
{
  g_autoptr (JsonObject) root = stall_document_new_root (STALL_KIND_PROFILE, "device-1");
  StallTime made_at;
  StallJsonWriter writer;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (StallDocument) document = NULL;

  g_assert_cmpstr (stall_json_get_string (root, "kind", NULL), ==, "stall");
  g_assert_cmpint (stall_json_get_int (root, "v", 0), ==, 1);
  g_assert_cmpstr (stall_json_get_string (root, "device", NULL), ==, "device-1");
  g_assert_true (stall_time_parse (stall_json_get_string (root, "made_at", NULL), &made_at));
  g_assert_cmpint (ABS (made_at - stall_time_now ()), <, STALL_MINUTE);

  stall_json_writer_init (&writer, 64);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_ORDER, "device-1", 0);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);
  document = stall_document_new ("order:1", body);
  assert_body (document, "{\"kind\":\"order\",\"v\":1,\"made_at\":\"1970-01-01T00:00:00Z\","
                         "\"device\":\"device-1\"}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/body-is-verbatim", test_body_is_verbatim);
  g_test_add_func ("/document/new-from-root", test_new_from_root);
  g_test_add_func ("/document/deleted", test_deleted);
  g_test_add_func ("/document/damaged-body", test_damaged_body);
  g_test_add_func ("/document/object", test_object);
  g_test_add_func ("/document/head", test_head);
  return g_test_run ();
}
