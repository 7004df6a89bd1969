/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-picture-pixels.h"

#include <string.h>

#define SIDE 100

static void
test_white_border (void)
{
  g_autofree guint8 *pixels = g_malloc (SIDE * SIDE * 3);

  memset (pixels, 250, SIDE * SIDE * 3);
  g_assert_true (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 3, 3));
  for (int y = 20; y < 80; y++)
    memset (pixels + (y * SIDE + 20) * 3, 60, 60 * 3);
  g_assert_true (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 3, 3));

  /* A strap that leaves the picture is still a studio picture; a floor is not. */
  for (int y = 0; y < 20; y++)
    memset (pixels + (y * SIDE + 50) * 3, 60, 3);
  g_assert_true (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 3, 3));
  memset (pixels + 90 * SIDE * 3, 180, 10 * SIDE * 3);
  g_assert_false (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 3, 3));

  /* Cream is a colour. */
  for (int i = 0; i < SIDE * SIDE; i++)
    memcpy (pixels + i * 3, "\xff\xf8\xec", 3);
  g_assert_false (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 3, 3));
}

static void
test_transparent (void)
{
  g_autofree guint8 *pixels = g_malloc0 (SIDE * SIDE * 4);
  const guint8 dot[3] = { 255, 255, 255 };

  g_assert_true (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 4, 4));
  memset (pixels, 128, SIDE * SIDE * 4);
  g_assert_false (stall_pixels_have_white_border (pixels, SIDE, SIDE, SIDE * 4, 4));
  g_assert_true (stall_pixels_have_white_border (dot, 1, 1, 3, 3));
  g_assert_false (stall_pixels_have_white_border (dot, 0, 0, 0, 3));
}

static void
test_fit (void)
{
  static const int cases[][4] = {
    { 100, 50, 100, 50 },   { 2560, 2560, 2560, 2560 },   { 5120, 2560, 2560, 1280 },
    { 1, 100000, 1, 2560 }, { 20000, 15000, 2560, 1920 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int width, height;

      stall_picture_fit (cases[i][0], cases[i][1], &width, &height);
      g_assert_cmpint (width, ==, cases[i][2]);
      g_assert_cmpint (height, ==, cases[i][3]);
    }
}

static void
check_strip (const char *with, gsize with_size, const char *without, gsize without_size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (with, with_size);
  g_autoptr (GBytes) stripped = stall_picture_strip_metadata (bytes);

  g_assert_true (stall_picture_has_metadata (bytes));
  g_assert_cmpmem (g_bytes_get_data (stripped, NULL), g_bytes_get_size (stripped), without,
                   without_size);
  g_assert_false (stall_picture_has_metadata (stripped));
}

static void
test_strip (void)
{
#define JPEG_HEAD "\xff\xd8\xff\xe0\x00\x04JF"
#define JPEG_TAIL "\xff\xe2\x00\x04IC\xff\xda\x00\x04..scan\xff\xd9"
  static const char jpeg[] = JPEG_HEAD "\xff\xe1\x00\x0a"
                                       "Exif\0\0gp"
                                       "\xff\xfe\x00\x04hi" JPEG_TAIL;
  static const char plain_jpeg[] = JPEG_HEAD JPEG_TAIL;
#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\1IHDR.crc!"
#define PNG_TAIL "\0\0\0\0IENDcrc!"
  static const char png[] = PNG_HEAD "\0\0\0\3tEXta\0bcrc!"
                                     "\0\0\0\2eXIfMMcrc!" PNG_TAIL;
  static const char plain_png[] = PNG_HEAD PNG_TAIL;
  static const char webp[]
      = "RIFF\x2c\0\0\0WEBPVP8X\x0a\0\0\0\x2c\0\0\0\0\0\0\0\0\0VP8 \2\0\0\0abEXIF\1\0\0\0x\0";
  static const char plain_webp[]
      = "RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\x20\0\0\0\0\0\0\0\0\0VP8 \2\0\0\0ab";

  check_strip (jpeg, sizeof jpeg - 1, plain_jpeg, sizeof plain_jpeg - 1);
  check_strip (png, sizeof png - 1, plain_png, sizeof plain_png - 1);
  check_strip (webp, sizeof webp - 1, plain_webp, sizeof plain_webp - 1);

  /* What is cut off anywhere stays as it came. */
  for (gsize size = 0; size < sizeof jpeg - 12; size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (jpeg, size);
      g_autoptr (GBytes) same = stall_picture_strip_metadata (cut);

      g_assert_cmpuint (g_bytes_get_size (same), <=, size);
    }
  for (gsize size = 0; size < sizeof png - 1; size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (png, size);
      g_autoptr (GBytes) same = stall_picture_strip_metadata (cut);

      g_assert_cmpuint (g_bytes_get_size (same), <=, size);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-pixels/white-border", test_white_border);
  g_test_add_func ("/picture-pixels/transparent", test_transparent);
  g_test_add_func ("/picture-pixels/fit", test_fit);
  g_test_add_func ("/picture-pixels/strip", test_strip);
  return g_test_run ();
}
