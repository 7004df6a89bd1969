/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-profile.h"

#include <locale.h>
#include <string.h>

static StallDocument *
new_document (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  return stall_document_new_revision (STALL_PROFILE_ID, body, "4-abc", FALSE);
}

static void
assert_body (StallDocument *document, const char *expected)
{
  GBytes *body = stall_document_get_body (document);

  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected,
                   strlen (expected));
}

static void
test_new (void)
{
  static const struct
  {
    const char *locale;
    const char *currency;
  } cases[] = {
    { "C", "CNY" },
    { "zh_CN.UTF-8", "CNY" },
    { "en_US.UTF-8", "USD" },
    { "de_DE.UTF-8", "EUR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StallProfile) profile = NULL;

      g_assert_nonnull (setlocale (LC_ALL, cases[i].locale));
      profile = stall_profile_new ();
      g_assert_cmpstr (stall_profile_get_currency (profile), ==, cases[i].currency);
      g_assert_cmpstr (stall_profile_get_name (profile), ==, "");
      g_assert_cmpint (stall_profile_get_low_at (profile), ==, 3);
      g_assert_cmpint (stall_profile_get_ship_days (profile), ==, 3);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProfile) read = NULL;
  g_autoptr (GError) error = NULL;

  stall_profile_set_name (profile, "浅春");
  stall_profile_set_story (profile, "Two looms and a river.");
  stall_profile_set_city (profile, "杭州");
  stall_profile_set_craft (profile, "weaving");
  stall_profile_set_currency (profile, "JPY");
  stall_profile_set_low_at (profile, 0);
  stall_profile_set_ship_days (profile, 7);
  document = stall_profile_to_document (profile, "d");
  read = stall_profile_new_from_document (document, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (stall_document_get_id (document), ==, STALL_PROFILE_ID);
  g_assert_cmpstr (stall_profile_get_name (read), ==, "浅春");
  g_assert_cmpstr (stall_profile_get_story (read), ==, "Two looms and a river.");
  g_assert_cmpstr (stall_profile_get_city (read), ==, "杭州");
  g_assert_cmpstr (stall_profile_get_craft (read), ==, "weaving");
  g_assert_cmpstr (stall_profile_get_currency (read), ==, "JPY");
  g_assert_cmpint (stall_profile_get_low_at (read), ==, 0);
  g_assert_cmpint (stall_profile_get_ship_days (read), ==, 7);
}

static void
test_unknown_fields (void)
{
  const char *text
      = "{\"kind\":\"stall\",\"name\":\"A\",\"story\":{\"pages\":[1]},\"low_at\":\"few\","
        "\"body_units\":{\"height\":\"cm\"},\"currency\":\"EUR\"}";
  g_autoptr (StallDocument) document = new_document (text);
  g_autoptr (StallProfile) profile = stall_profile_new_from_document (document, NULL);
  g_autoptr (StallDocument) untouched = stall_profile_to_document (profile, "d");
  g_autoptr (StallDocument) renamed = NULL;

  assert_body (untouched, text);
  g_assert_cmpstr (stall_document_get_revision (untouched), ==, "4-abc");

  stall_profile_set_name (profile, "B");
  renamed = stall_profile_to_document (profile, "d");
  assert_body (renamed,
               "{\"kind\":\"stall\",\"name\":\"B\",\"story\":{\"pages\":[1]},\"low_at\":\"few\","
               "\"body_units\":{\"height\":\"cm\"},\"currency\":\"EUR\"}");
  assert_body (document, text);
}

static void
test_damaged (void)
{
  g_autoptr (StallDocument) document = new_document ("[]");
  g_autoptr (StallDocument) odd
      = new_document ("{\"currency\":\"euro\",\"low_at\":-1,\"ship_days\":99999999999}");
  g_autoptr (StallProfile) profile = stall_profile_new_from_document (odd, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (stall_profile_new_from_document (document, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_cmpint (strlen (stall_profile_get_currency (profile)), ==, 3);
  g_assert_cmpint (stall_profile_get_low_at (profile), ==, 3);
  g_assert_cmpint (stall_profile_get_ship_days (profile), ==, 3);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_string_append_printf (data, "%s ", pspec->name);
}

static void
test_notify (void)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (GString) notified = g_string_new (NULL);
  g_autofree char *name = NULL;
  int low_at;

  g_signal_connect (profile, "notify", G_CALLBACK (count_cb), notified);
  stall_profile_set_name (profile, "A");
  stall_profile_set_name (profile, "A");
  stall_profile_set_story (profile, NULL);
  stall_profile_set_currency (profile, "GBP");
  stall_profile_set_currency (profile, "pounds");
  g_object_set (profile, "low-at", 5, NULL);
  g_object_set (profile, "city", "Leeds", NULL);
  g_object_set (profile, "ship-days", 3, NULL);
  g_object_get (profile, "name", &name, "low-at", &low_at, NULL);

  g_assert_cmpstr (notified->str, ==, "name currency low-at city ");
  g_assert_cmpstr (name, ==, "A");
  g_assert_cmpint (low_at, ==, 5);
  g_assert_cmpstr (stall_profile_get_currency (profile), ==, "GBP");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/new", test_new);
  g_test_add_func ("/profile/round-trip", test_round_trip);
  g_test_add_func ("/profile/unknown-fields", test_unknown_fields);
  g_test_add_func ("/profile/damaged", test_damaged);
  g_test_add_func ("/profile/notify", test_notify);
  return g_test_run ();
}
