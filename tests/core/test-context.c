/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-context.h"
#include "stall-echo.h"
#include "stall-error.h"

#include <string.h>

static void
test_context (void)
{
  g_autoptr (StallContext) context = stall_context_new ("product:1", STALL_CONTEXT_BUYER);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallContext) read = NULL;

  stall_context_set_text (context, " I would wear it to work ");
  stall_context_set_link (context, "note:5");
  stall_context_set_by (context, "Mei");
  stall_context_set_at (context, 5 * STALL_DAY);
  stall_context_set_picture (context, "a.jpg", "image/jpeg", 10, "md5-x");
  document = stall_context_to_document (context, "d");
  read = stall_context_new_from_document (document, NULL);

  g_assert_cmpstr (stall_context_get_product (read), ==, "product:1");
  g_assert_cmpint (stall_context_get_context_type (read), ==, STALL_CONTEXT_BUYER);
  g_assert_cmpstr (stall_context_get_text (read), ==, "I would wear it to work");
  g_assert_cmpstr (stall_context_get_link (read), ==, "note:5");
  g_assert_cmpstr (stall_context_get_by (read), ==, "Mei");
  g_assert_cmpint (stall_context_get_at (read), ==, 5 * STALL_DAY);
  g_assert_cmpstr (stall_context_get_picture (read), ==, "md5-x");
  stall_context_set_picture (read, NULL, NULL, 0, NULL);
  g_assert_null (stall_context_get_picture (read));
}

static void
test_unknown_fields (void)
{
  const char *text = "{\"type\":\"oracle\",\"product\":\"product:1\",\"x\":[1]}";
  const char *after_text
      = "{\"type\":\"oracle\",\"product\":\"product:1\",\"x\":[1],\"text\":\"t\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) after_body = g_bytes_new_static (after_text, strlen (after_text));
  g_autoptr (StallDocument) document = stall_document_new ("context:1", body);
  g_autoptr (StallContext) context = stall_context_new_from_document (document, NULL);
  g_autoptr (StallDocument) after = NULL;

  g_assert_cmpint (stall_context_get_context_type (context), ==, STALL_CONTEXT_TREND);
  stall_context_set_text (context, "t");
  after = stall_context_to_document (context, NULL);
  g_assert_true (g_bytes_equal (stall_document_get_body (after), after_body));
}

static void
test_types (void)
{
  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    {
      StallContextType type;

      g_assert_true (stall_context_type_from_string (stall_context_type_to_string (i), &type));
      g_assert_cmpint (type, ==, i);
      g_assert_cmpstr (stall_context_type_get_label (i), !=, "");
      g_assert_cmpstr (stall_context_type_get_next_step (i), !=, "");
    }
}

static void
test_echo (void)
{
  g_autoptr (StallEcho) echo = stall_echo_new ("note:abc", "2026-11-20");
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallEcho) read = NULL;

  stall_echo_set_count (echo, STALL_ECHO_VIEWS, 300);
  stall_echo_set_count (echo, STALL_ECHO_DWELL, 4000);
  document = stall_echo_to_document (echo, "d");
  read = stall_echo_new_from_document (document, NULL);
  g_assert_cmpstr (stall_document_get_id (document), ==, "echo:note:abc:2026-11-20");
  g_assert_cmpstr (stall_echo_get_subject (read), ==, "note:abc");
  g_assert_cmpstr (stall_echo_get_day (read), ==, "2026-11-20");
  g_assert_cmpint (stall_echo_get_count (read, STALL_ECHO_VIEWS), ==, 300);
  g_assert_cmpint (stall_echo_get_count (read, STALL_ECHO_JOINS), ==, 0);
}

static void
test_bad_echo (void)
{
  static const char *const ids[] = { "echo:note:abc:2026-02-30", "echo:2026-11-20",
                                     "echo:note:abc:today", "echo:note:abc:2026-11-2a" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static ("{\"views\":-5}", 12);
      g_autoptr (StallDocument) document = stall_document_new (ids[i], body);
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_echo_new_from_document (document, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/context/round-trip", test_context);
  g_test_add_func ("/context/unknown-fields", test_unknown_fields);
  g_test_add_func ("/context/types", test_types);
  g_test_add_func ("/echo/round-trip", test_echo);
  g_test_add_func ("/echo/bad", test_bad_echo);
  return g_test_run ();
}
