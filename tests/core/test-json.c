/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-json.h"
#include "stall-time.h"

#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = stall_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
assert_text (StallJsonWriter *writer, const char *expected)
{
  g_autoptr (GBytes) bytes = stall_json_writer_end (writer);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_get (void)
{
  g_autoptr (JsonObject) object = parse ("{\"s\":\"x\",\"i\":7,\"d\":3.0,\"f\":3.5,\"b\":true,"
                                         "\"n\":null,\"o\":{},\"a\":[\"p\",1,\"q\"]}");
  g_auto (GStrv) strings = stall_json_get_strv (object, "a");
  g_auto (GStrv) none = stall_json_get_strv (object, "s");

  g_assert_cmpstr (stall_json_get_string (object, "s", "-"), ==, "x");
  g_assert_cmpstr (stall_json_get_string (object, "i", "-"), ==, "-");
  g_assert_cmpstr (stall_json_get_string (object, "n", "-"), ==, "-");
  g_assert_cmpstr (stall_json_get_string (object, "missing", NULL), ==, NULL);
  g_assert_cmpstr (stall_json_get_string (NULL, "s", "-"), ==, "-");
  g_assert_cmpint (stall_json_get_int (object, "i", -1), ==, 7);
  g_assert_cmpint (stall_json_get_int (object, "d", -1), ==, 3);
  g_assert_cmpint (stall_json_get_int (object, "f", -1), ==, -1);
  g_assert_cmpint (stall_json_get_int (object, "b", -1), ==, -1);
  g_assert_true (stall_json_get_boolean (object, "b", FALSE));
  g_assert_true (stall_json_get_boolean (object, "i", TRUE));
  g_assert_nonnull (stall_json_get_object (object, "o"));
  g_assert_null (stall_json_get_object (object, "a"));
  g_assert_null (stall_json_get_array (object, "o"));
  g_assert_cmpstrv (strings, ((const char *const[]) { "p", "q", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_set (void)
{
  g_autoptr (JsonObject) object = parse ("{\"same\":\"x\",\"shape\":{\"k\":1},\"gone\":\"y\"}");
  g_autofree char *text = NULL;

  stall_json_set_string (object, "same", "x");
  stall_json_set_string (object, "shape", "");
  stall_json_set_string (object, "gone", "");
  stall_json_set_string (object, "new", "z");
  stall_json_set_strv (object, "list", (const char *const[]) { "a", "b", NULL });
  text = stall_json_to_string (object, NULL);
  g_assert_cmpstr (text, ==,
                   "{\"same\":\"x\",\"shape\":{\"k\":1},\"new\":\"z\",\"list\":[\"a\",\"b\"]}");

  stall_json_set_strv (object, "list", NULL);
  g_assert_false (json_object_has_member (object, "list"));
}

/* Read and written again, text stays as it was. */
static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"z\":1,\"a\":{\"y\":[],\"b\":[[{}],null,true,false]}}",
    "{\"d\":0.1,\"e\":1.0,\"f\":-0.0,\"g\":1e+300,\"h\":3.141592653589793}",
    "{\"i\":9223372036854775807,\"j\":-9223372036854775808}",
    "{\"s\":\"quote \\\" backslash \\\\ line \\n tab \\t bell \\u0007 solidus / 摊位 "
    "\xf0\x9f\x8d\xb5\"}",
    "{\"\":1,\"\\\"\":2,\"a/b~c\":3}",
    "{\"infinite\":1e999,\"negative\":-1e999}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = parse (texts[i]);
      g_autoptr (JsonObject) copy = stall_json_copy_object (object);
      gsize length;
      g_autofree char *text = stall_json_to_string (object, &length);
      g_autofree char *copied = stall_json_to_string (copy, NULL);

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (length, ==, strlen (text));
      g_assert_cmpstr (copied, ==, texts[i]);
    }
}

/* Every way to write a value, and what of it is kept. */
static void
test_forms (void)
{
  static const char *const cases[][2] = {
    { "\xEF\xBB\xBF {\t\"a\" :\r\n1 , \"b\":[ ] } ", "{\"a\":1,\"b\":[]}" },
    { "{\"a\":\"\\ud83c\\udf75\\u644A\\/\\b\\f\\r\\u0041\"}", "{\"a\":\"🍵摊/\\b\\f\\rA\"}" },
    { "{\"a\":\"x\\u0000y\"}", "{\"a\":\"x\"}" },
    { "{\"a\":[-0,0,-1,1E2,1e-2,0.5e+1,-0.0]}", "{\"a\":[0,0,-1,100.0,0.01,5.0,-0.0]}" },
    { "{\"a\":9223372036854775808,\"b\":-9223372036854775809}",
      "{\"a\":9.223372036854776e+18,\"b\":-9.223372036854776e+18}" },
    { "{\"a\":[[],{},[{}],[[1,2],3]]}", "{\"a\":[[],{},[{}],[[1,2],3]]}" },
  };
  static const char *const broken[] = {
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\udc00\"}",
    "{\"a\":\"\\ud83cx\"}",
    "{\"a\":\"\\ud83c\\u0041\"}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\",
    "{\"a\":\"",
    "{\"a\":-}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":1e}",
    "{\"a\":+1}",
    "{\"a\":-01}",
    "{\"a\":tru}",
    "{\"a\":nul",
    "{\"a\":[1,]}",
    "{\"a\":[,1]}",
    "{\"a\":[1 2]}",
    "{\"a\":[1}",
    "{\"a\"1}",
    "{\"a\":}",
    "{,}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":{\"b\":[}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = parse (cases[i][0]);
      g_autofree char *text = stall_json_to_string (object, NULL);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_test_message ("%s", broken[i]);
      g_assert_null (stall_json_parse_object (broken[i], -1, NULL));
    }
}

static void
test_copy_is_deep (void)
{
  g_autoptr (JsonObject) object = parse ("{\"o\":{\"a\":[{\"x\":1}]}}");
  g_autoptr (JsonObject) copy = stall_json_copy_object (object);
  JsonArray *array = stall_json_get_array (stall_json_get_object (copy, "o"), "a");
  g_autofree char *text = NULL;

  json_object_set_int_member (json_array_get_object_element (array, 0), "x", 2);
  json_array_add_int_element (array, 3);
  text = stall_json_to_string (object, NULL);
  g_assert_cmpstr (text, ==, "{\"o\":{\"a\":[{\"x\":1}]}}");
}

static void
test_invalid (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "1",
    "null",
    "{",
    "{\"a\":1,}",
    "{\"a\":1} x",
    "{a:1}",
    "{'a':1}",
    "{\"a\":nan}",
    "{\"a\":01}",
    "// x\n{}",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\\ud800\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_json_parse_object (texts[i], -1, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

/* @n levels of arrays in an object, brackets in strings not counted. */
static char *
nest (guint n)
{
  g_autofree char *open = g_strnfill (n, '[');
  g_autofree char *close = g_strnfill (n, ']');

  return g_strconcat ("{\"[[\\\"[{\":", open, close, "}", NULL);
}

static void
test_limits (void)
{
  g_autofree char *deepest = nest (STALL_JSON_MAX_DEPTH - 1);
  g_autofree char *deeper = nest (STALL_JSON_MAX_DEPTH);
  g_autofree char *abyss = nest (5000000);
  g_autofree char *large = g_strnfill (STALL_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (JsonObject) object = parse (deepest);
  g_autofree char *text = stall_json_to_string (object, NULL);

  g_assert_cmpstr (text, ==, deepest);
  for (guint i = 0; i < 3; i++)
    {
      const char *texts[] = { deeper, abyss, large };
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_json_parse_object (texts[i], -1, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

static void
test_duplicate_members (void)
{
  g_autoptr (JsonObject) object = parse ("{\"a\":1,\"a\":2}");

  g_assert_cmpint (stall_json_get_int (object, "a", 0), ==, 2);
}

static void
test_writer (void)
{
  StallJsonWriter writer;

  stall_json_writer_init (&writer, 0);
  stall_json_writer_begin_object (&writer, NULL);
  stall_json_writer_string (&writer, "name", "摊位");
  stall_json_writer_string (&writer, "empty", "");
  stall_json_writer_string (&writer, "absent", NULL);
  stall_json_writer_begin_array (&writer, "list");
  stall_json_writer_int (&writer, NULL, 0);
  stall_json_writer_int (&writer, NULL, G_MININT64);
  stall_json_writer_int (&writer, NULL, G_MAXINT64);
  stall_json_writer_begin_object (&writer, NULL);
  stall_json_writer_end_object (&writer);
  stall_json_writer_boolean (&writer, NULL, FALSE);
  stall_json_writer_end_array (&writer);
  stall_json_writer_boolean (&writer, "yes", TRUE);
  stall_json_writer_time (&writer, "at", 1500);
  stall_json_writer_time (&writer, "never", STALL_TIME_NONE);
  stall_json_writer_money (&writer, "price", -255, "GBP");
  stall_json_writer_end_object (&writer);
  assert_text (&writer,
               "{\"name\":\"摊位\",\"empty\":\"\",\"list\":[0,-9223372036854775808,"
               "9223372036854775807,{},false],\"yes\":true,\"at\":\"1970-01-01T00:00:01.500Z\","
               "\"price\":{\"amount\":-255,\"currency\":\"GBP\"}}");
}

/* Every character that has to be escaped, and json-glib reads the same string back. */
static void
test_writer_escapes (void)
{
  char all[128];
  StallJsonWriter writer;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 1; i < sizeof all; i++)
    all[i - 1] = i;
  all[sizeof all - 1] = '\0';

  stall_json_writer_init (&writer, 64);
  stall_json_writer_begin_object (&writer, NULL);
  stall_json_writer_string (&writer, "all", all);
  stall_json_writer_string (&writer, "\"key\"\n", "\b\f\n\r\t\"\\/\x1f\x7f");
  stall_json_writer_end_object (&writer);
  bytes = stall_json_writer_end (&writer);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  "\"\\\"key\\\"\\n\":\"\\b\\f\\n\\r\\t\\\"\\\\/\\u001f\x7f\""));
  object = stall_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_assert_cmpstr (stall_json_get_string (object, "all", NULL), ==, all);
}

static void
test_writer_invalid_utf8 (void)
{
  StallJsonWriter writer;

  stall_json_writer_init (&writer, 64);
  stall_json_writer_begin_array (&writer, NULL);
  stall_json_writer_string (&writer, NULL, "a\xff\"b\xe6");
  stall_json_writer_end_array (&writer);
  assert_text (&writer, "[\"a\xef\xbf\xbd\\\"b\xef\xbf\xbd\"]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/get", test_get);
  g_test_add_func ("/json/set", test_set);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/forms", test_forms);
  g_test_add_func ("/json/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/duplicate-members", test_duplicate_members);
  g_test_add_func ("/json/writer/values", test_writer);
  g_test_add_func ("/json/writer/escapes", test_writer_escapes);
  g_test_add_func ("/json/writer/invalid-utf8", test_writer_invalid_utf8);
  return g_test_run ();
}
