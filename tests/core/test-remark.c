/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-remark.h"

#include <string.h>

static void
test_round_trip (void)
{
  g_autoptr (StallRemark) remark = stall_remark_new ("order:X");
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallRemark) read = NULL;
  g_autoptr (GError) error = NULL;

  stall_remark_set_flag (remark, STALL_FLAG_PURPLE);
  stall_remark_set_text (remark, "Wrap it as a gift 🎁");
  document = stall_remark_to_document (remark, "d");
  read = stall_remark_new_from_document (document, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (stall_document_get_id (document), ==, "remark:X");
  g_assert_cmpint (stall_remark_get_flag (read), ==, STALL_FLAG_PURPLE);
  g_assert_cmpstr (stall_remark_get_text (read), ==, "Wrap it as a gift 🎁");
}

static void
test_unknown_fields (void)
{
  const char *text = "{\"flag\":\"striped\",\"text\":\"a\",\"pinned\":true}";
  const char *edited_text = "{\"flag\":\"striped\",\"text\":\"b\",\"pinned\":true}";
  const char *flagged_text = "{\"flag\":\"red\",\"pinned\":true}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) edited_body = g_bytes_new_static (edited_text, strlen (edited_text));
  g_autoptr (GBytes) flagged_body = g_bytes_new_static (flagged_text, strlen (flagged_text));
  g_autoptr (StallDocument) document = stall_document_new_revision ("remark:X", body, "2-a", FALSE);
  g_autoptr (StallRemark) remark = stall_remark_new_from_document (document, NULL);
  g_autoptr (StallDocument) edited = NULL;
  g_autoptr (StallDocument) flagged = NULL;

  g_assert_cmpint (stall_remark_get_flag (remark), ==, STALL_FLAG_NONE);
  stall_remark_set_text (remark, "b");
  edited = stall_remark_to_document (remark, "d");
  g_assert_true (g_bytes_equal (stall_document_get_body (edited), edited_body));
  g_assert_cmpstr (stall_document_get_revision (edited), ==, "2-a");

  stall_remark_set_text (remark, NULL);
  stall_remark_set_flag (remark, STALL_FLAG_RED);
  flagged = stall_remark_to_document (remark, "d");
  g_assert_true (g_bytes_equal (stall_document_get_body (flagged), flagged_body));
}

static void
test_flags (void)
{
  for (guint i = 0; i < STALL_N_FLAGS; i++)
    {
      g_assert_cmpint (stall_flag_from_string (stall_flag_to_string (i)), ==, i);
      g_assert_cmpstr (stall_flag_get_label (i), !=, "");
    }
  g_assert_cmpint (stall_flag_from_string (NULL), ==, STALL_FLAG_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remark/round-trip", test_round_trip);
  g_test_add_func ("/remark/unknown-fields", test_unknown_fields);
  g_test_add_func ("/remark/flags", test_flags);
  return g_test_run ();
}
