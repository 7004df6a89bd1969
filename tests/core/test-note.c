/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-note.h"

#include <string.h>

static StallNote *
again (StallNote *note)
{
  g_autoptr (StallDocument) document = stall_note_to_document (note, "d");
  g_autoptr (GError) error = NULL;
  StallNote *read = stall_note_new_from_document (document, &error);

  g_assert_no_error (error);
  return read;
}

static void
test_round_trip (void)
{
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallNote) read = NULL;
  g_auto (GStrv) topics = NULL;
  const char *typed[] = { "#手作", "＃ 手作", "wool", "", NULL };

  stall_note_set_title (note, "  A day in the hills ");
  stall_note_set_body (note, "One\r\ntwo \n");
  stall_note_set_topics (note, typed);
  stall_note_set_template (note, STALL_TEMPLATE_ORIGIN_VISIT);
  stall_note_schedule (note, 1000 * STALL_DAY);
  read = again (note);

  g_assert_true (g_str_has_prefix (stall_note_get_id (read), "note:"));
  g_assert_cmpstr (stall_note_get_title (read), ==, "A day in the hills");
  g_assert_cmpstr (stall_note_get_body (read), ==, "One\ntwo \n");
  topics = stall_note_dup_topics (read);
  g_assert_cmpuint (g_strv_length (topics), ==, 2);
  g_assert_cmpstr (topics[0], ==, "手作");
  g_assert_cmpint (stall_note_get_template (read), ==, STALL_TEMPLATE_ORIGIN_VISIT);
  g_assert_cmpint (stall_note_get_state (read), ==, STALL_NOTE_SCHEDULED);
  g_assert_cmpint (stall_note_get_publish_at (read), ==, 1000 * STALL_DAY);
  g_assert_false (stall_note_is_ready (read, 1000 * STALL_DAY - 1));
  g_assert_true (stall_note_is_ready (read, 1000 * STALL_DAY));
  stall_note_publish (read, 1001 * STALL_DAY);
  g_assert_false (stall_note_is_ready (read, 2000 * STALL_DAY));
  stall_note_unschedule (read);
  g_assert_cmpint (stall_note_get_publish_at (read), ==, STALL_TIME_NONE);
}

static void
test_unknown_fields (void)
{
  const char *text
      = "{\"kind\":\"note\",\"state\":\"hidden\",\"template\":\"haiku\",\"mood\":{\"a\":[1]},"
        "\"pictures\":[{\"name\":\"a.jpg\",\"taken\":5},7]}";
  const char *edited_text
      = "{\"kind\":\"note\",\"state\":\"hidden\",\"template\":\"haiku\",\"mood\":{\"a\":[1]},"
        "\"pictures\":[{\"name\":\"a.jpg\",\"taken\":5,\"alt\":\"Hills\"},7],\"title\":\"T\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new_revision ("note:X", body, "2-a", FALSE);
  g_autoptr (StallNote) note = stall_note_new_from_document (document, NULL);
  g_autoptr (StallDocument) edited = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpint (stall_note_get_state (note), ==, STALL_NOTE_DRAFT);
  g_assert_cmpint (stall_note_get_template (note), ==, STALL_TEMPLATE_BLANK);
  stall_note_set_picture_alt (note, "a.jpg", "Hills");
  stall_note_set_title (note, "T");
  edited = stall_note_to_document (note, NULL);
  after = g_strndup (g_bytes_get_data (stall_document_get_body (edited), NULL),
                     g_bytes_get_size (stall_document_get_body (edited)));
  g_assert_cmpstr (after, ==, edited_text);
  g_assert_cmpstr (stall_document_get_revision (edited), ==, "2-a");
}

static void
assert_links (StallNote *note, const char *expected)
{
  g_auto (GStrv) links = stall_note_dup_links (note);
  g_autofree char *joined = g_strjoinv (" ", links);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_links (void)
{
  g_autoptr (StallNote) note = stall_note_new ();

  stall_note_add_link (note, "product:hand");
  stall_note_set_body (note, "[A](product:a) and [B](product:b)");
  assert_links (note, "product:hand product:a product:b");
  stall_note_set_body (note, "[B](product:b) [C](product:c)");
  assert_links (note, "product:hand product:b product:c");
  stall_note_remove_link (note, "product:hand");
  stall_note_set_body (note, "nothing");
  assert_links (note, "");
}

static void
test_pictures (void)
{
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallNote) read = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  StallCrop crop, wanted;
  g_autofree char *first
      = stall_note_add_picture (note, "/home/dev/my photo (1).JPG", "image/jpeg", 10, "md5-a");
  g_autofree char *second
      = stall_note_add_picture (note, "my photo (1).JPG", "image/jpeg", 11, "md5-b");
  g_autofree char *third = stall_note_add_picture (note, "__.png", "image/png", 12, "md5-c");
  g_autofree char *cover = stall_note_dup_cover (note);
  g_autofree char *chosen = NULL;
  g_autofree char *left = NULL;
  g_autofree char *digest = NULL;

  g_assert_cmpstr (first, ==, "my-photo-1.JPG");
  g_assert_cmpstr (second, ==, "my-photo-1-2.JPG");
  g_assert_cmpstr (third, ==, "picture.png");
  g_assert_cmpstr (cover, ==, first);
  g_assert_false (stall_note_get_crop (note, &crop));

  stall_note_set_cover (note, second);
  stall_crop_init (&wanted, 4000, 3000);
  stall_note_set_crop (note, &wanted);
  read = again (note);
  chosen = stall_note_dup_cover (read);
  g_assert_cmpstr (chosen, ==, second);
  g_assert_true (stall_note_get_crop (read, &crop));
  g_assert_cmpmem (&crop, sizeof crop, &wanted, sizeof wanted);
  digest = stall_note_find_picture (read, second);
  g_assert_cmpstr (digest, ==, "md5-b");
  pictures = stall_note_dup_pictures (read);
  g_assert_cmpuint (pictures->len, ==, 3);

  stall_note_remove_picture (read, second);
  left = stall_note_dup_cover (read);
  g_assert_cmpstr (left, ==, first);
  g_assert_false (stall_note_get_crop (read, &crop));
  g_assert_null (stall_note_find_picture (read, second));
}

static void
test_crop (void)
{
  static const int sizes[][2]
      = { { 3000, 4000 }, { 4000, 3000 }, { 1, 9000 }, { 9000, 1 }, { 600, 600 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int width = sizes[i][0], height = sizes[i][1];
      StallCrop crop, dragged = { 9000, -400, 7000, 1 };

      stall_crop_init (&crop, width, height);
      g_assert_true (crop.width == STALL_CROP_WHOLE || crop.height == STALL_CROP_WHOLE);
      stall_crop_fit (&dragged, width, height);
      g_assert_cmpint (dragged.x, >=, 0);
      g_assert_cmpint (dragged.y, >=, 0);
      g_assert_cmpint (dragged.x + dragged.width, <=, STALL_CROP_WHOLE);
      g_assert_cmpint (dragged.y + dragged.height, <=, STALL_CROP_WHOLE);
      if (MIN (width, height) > 100)
        g_assert_cmpfloat_with_epsilon (
            (double) crop.width * width / ((double) crop.height * height), 0.75, 0.01);
    }
}

static void
test_body_limits (void)
{
  g_autofree char *huge = g_strnfill (STALL_NOTE_MAX_CHARACTERS + 1, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_true (stall_note_check_body ("fine", &error));
  g_assert_no_error (error);
  g_assert_false (stall_note_check_body (huge, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (stall_note_check_body ("\xff\xfe", &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
}

static void
test_templates (void)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (GPtrArray) fittings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_fitting_free);
  StallFitting *fitting = g_new0 (StallFitting, 1);
  g_autofree char *body = NULL;
  g_autofree char *blank = stall_note_template_dup_body (STALL_TEMPLATE_BLANK, NULL);
  g_autofree char *title = NULL;

  fitting->name = g_strdup ("Lin");
  fitting->size = g_strdup ("L");
  fitting->height = 162;
  fitting->weight = 65;
  fitting->remark = g_strdup ("loose at the waist");
  g_ptr_array_add (fittings, fitting);
  stall_product_set_title (product, "Lilac suit");
  stall_product_set_fittings (product, fittings);
  body = stall_note_template_dup_body (STALL_TEMPLATE_FITTING, product);
  title = stall_note_template_dup_title (STALL_TEMPLATE_FITTING, product);

  g_assert_cmpstr (blank, ==, "");
  g_assert_nonnull (strstr (body, "- **Lin** 162 cm, 65 kg, size L, loose at the waist\n"));
  g_assert_nonnull (strstr (body, "[Lilac suit](product:"));
  g_assert_null (strchr (body, '%'));
  g_assert_nonnull (strstr (title, "Lilac suit"));
  for (guint i = 0; i < STALL_N_TEMPLATES; i++)
    {
      g_autofree char *any = stall_note_template_dup_body (i, NULL);

      g_assert_cmpint (stall_note_template_from_string (stall_note_template_to_string (i)), ==, i);
      g_assert_cmpstr (stall_note_template_get_label (i), !=, "");
      g_assert_cmpstr (stall_note_template_get_description (i), !=, "");
      g_assert_null (strstr (any, "%s"));
    }
}

static void
test_own_templates (void)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProfile) read = NULL;
  g_autofree char *first = stall_profile_add_template (profile, "Kiln", "## Fire\n");
  g_autofree char *second = stall_profile_add_template (profile, "Glaze", "## Ash\n");
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GPtrArray) left = NULL;

  document = stall_profile_to_document (profile, "d");
  read = stall_profile_new_from_document (document, NULL);
  templates = stall_profile_dup_templates (read);
  g_assert_cmpuint (templates->len, ==, 2);
  g_assert_cmpstr (((StallOwnTemplate *) templates->pdata[0])->name, ==, "Kiln");
  stall_profile_remove_template (read, first);
  left = stall_profile_dup_templates (read);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (((StallOwnTemplate *) left->pdata[0])->id, ==, second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note/round-trip", test_round_trip);
  g_test_add_func ("/note/unknown-fields", test_unknown_fields);
  g_test_add_func ("/note/links", test_links);
  g_test_add_func ("/note/pictures", test_pictures);
  g_test_add_func ("/note/crop", test_crop);
  g_test_add_func ("/note/body-limits", test_body_limits);
  g_test_add_func ("/note/templates", test_templates);
  g_test_add_func ("/note/own-templates", test_own_templates);
  return g_test_run ();
}
