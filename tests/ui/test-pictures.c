/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-error.h"
#include "stall-picture-copy.h"
#include "stall-picture-file.h"
#include "ui-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

static void
set_up (UiTest *self, gconstpointer data)
{
  ui_test_set_up (self);
}

static void
tear_down (UiTest *self, gconstpointer data)
{
  ui_test_tear_down (self);
}

static GBytes *
new_png (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *data;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x9966ccff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL));
  return g_bytes_new_take (data, size);
}

/* The head of a picture that claims to be larger than any memory. */
static GBytes *
new_huge_png (void)
{
  static const guint8 head[]
      = { 0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13, 'I', 'H', 'D',
          'R',  0,   0,   0x4e, 0x20, 0,    0,    0x27, 0x10, 8, 2, 0,  0,   0 };
  static const guint8 body[] = { 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9c };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 sum = 0xffffffff;

  g_byte_array_append (bytes, head, sizeof head);
  for (guint i = 12; i < sizeof head; i++)
    {
      sum ^= head[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = (sum >> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  sum = GUINT32_TO_BE (~sum);
  g_byte_array_append (bytes, (guint8 *) &sum, 4);
  g_byte_array_append (bytes, body, sizeof body);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
test_picture_check (void)
{
  g_autoptr (GBytes) good = new_png (40, 30);
  g_autoptr (GBytes) text = g_bytes_new_static ("not a picture", 13);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_autoptr (GBytes) huge = new_huge_png ();
  g_autoptr (StallPictureCopy) copy = NULL;
  g_autoptr (GError) error = NULL;

  copy = stall_picture_copy_new (good, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copy->content_type, ==, "image/png");
  g_assert_null (stall_picture_copy_new (text, FALSE, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (stall_picture_copy_new (cut, FALSE, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (stall_picture_copy_new (huge, FALSE, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "100 megapixels"));
}

static GBytes *
new_jpeg (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *data;
  gsize size;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guchar) (i * 7919 >> 5);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", NULL, NULL));
  return g_bytes_new_take (data, size);
}

/* A JPEG whose end did not arrive would be half grey for ever. */
static void
test_cut_off_jpeg (void)
{
  static const int sides[] = { 16, 60, 700 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autoptr (GBytes) good = new_jpeg (sides[i], sides[i]);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) * 3 / 4);
      g_autoptr (StallPictureCopy) copy = NULL;
      g_autoptr (GError) error = NULL;

      copy = stall_picture_copy_new (good, FALSE, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (copy->content_type, ==, "image/jpeg");
      g_assert_null (stall_picture_copy_new (cut, FALSE, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

/* The folder of small pictures does not grow for ever. */
static void
test_old_small_pictures_go (UiTest *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "small", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.png", folder, i);
      struct utimbuf times = { 1000 + (time_t) i, 1000 + (time_t) i };

      g_assert_true (g_file_set_contents (path, "x", 1, NULL));
      g_assert_cmpint (g_utime (path, &times), ==, 0);
    }
  stall_picture_keep_newest (folder, 4);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.png", folder, i);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == (i >= 2));
    }
}

static void
test_small_pictures (UiTest *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "wide.png", NULL);
  g_autofree char *small = g_build_filename (self->folder, "small", "wide.png", NULL);
  g_autoptr (GBytes) bytes = new_png (400, 200);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTexture) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  texture = stall_picture_load (path, small, &(StallPictureCut) { .side = 128 }, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 128);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 128);
  g_assert_true (g_file_test (small, G_FILE_TEST_IS_REGULAR));
  /* From now on the small copy is enough. */
  g_remove (path);
  again = stall_picture_load (path, small, &(StallPictureCut) { .side = 128 }, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/picture/check", test_picture_check);
  g_test_add_func ("/picture/cut-off-jpeg", test_cut_off_jpeg);
  g_test_add ("/picture/old-small-go", UiTest, NULL, set_up, test_old_small_pictures_go, tear_down);
  g_test_add ("/picture/small", UiTest, NULL, set_up, test_small_pictures, tear_down);
  return g_test_run ();
}
