/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-picture-pixels.h"

#include <string.h>

/* A border is this part of the shorter edge, and counts as white from this level on. Studio
 * pictures on white paper come out between 240 and 255; a wall or a table stays below. */
#define BORDER_PARTS 20
#define NEAR_WHITE 236
/* Colour cast that white paper may have: the distance between its strongest and weakest channel. */
#define MAX_CAST 14
/* How many of a thousand border pixels may be something else: a strap, a shadow. */
#define MAX_OTHER 20

static gboolean
is_near_white (const guint8 *pixel, int n_channels)
{
  int red = pixel[0], green = pixel[1], blue = pixel[2];

  /* What one can see through shows the page, which is white. */
  if (n_channels == 4 && pixel[3] < 16)
    return TRUE;
  return MIN (MIN (red, green), blue) >= NEAR_WHITE
         && MAX (MAX (red, green), blue) - MIN (MIN (red, green), blue) <= MAX_CAST;
}

/**
 * stall_pixels_have_white_border:
 * @pixels: rows of RGB or RGBA, a byte a channel
 * @width: pixels
 * @height: pixels
 * @stride: bytes from row to row
 * @n_channels: 3 or 4
 *
 * Looks whether a picture stands on a white background only: its border is nearly white all around.
 * A small copy of the picture does.
 *
 * Returns: whether it does
 */
gboolean
stall_pixels_have_white_border (const guint8 *pixels,
                                int width,
                                int height,
                                int stride,
                                int n_channels)
{
  gint64 n_border = 0, n_other = 0;
  int border;

  g_return_val_if_fail (pixels != NULL, FALSE);
  g_return_val_if_fail (n_channels == 3 || n_channels == 4, FALSE);

  if (width <= 0 || height <= 0 || stride < width * n_channels)
    return FALSE;
  border = MAX (1, MIN (width, height) / BORDER_PARTS);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        /* Skip the middle. */
        if (y >= border && y < height - border && x == border && width - border > border)
          x = width - border;
        n_border++;
        n_other
            += !is_near_white (pixels + (gsize) y * stride + (gsize) x * n_channels, n_channels);
      }
  return n_other * 1000 <= n_border * MAX_OTHER;
}

/**
 * stall_picture_fit:
 * @width: pixels
 * @height: pixels
 * @fit_width: (out): pixels
 * @fit_height: (out): pixels
 *
 * Says how large a picture is kept: its long edge at most %STALL_PICTURE_LONG_EDGE, never larger
 * than it is.
 */
void
stall_picture_fit (int width, int height, int *fit_width, int *fit_height)
{
  int longer = MAX (width, height);

  g_return_if_fail (width > 0 && height > 0);

  *fit_width = width;
  *fit_height = height;
  if (longer <= STALL_PICTURE_LONG_EDGE)
    return;
  *fit_width = MAX (1, (int) (((gint64) width * STALL_PICTURE_LONG_EDGE + longer / 2) / longer));
  *fit_height = MAX (1, (int) (((gint64) height * STALL_PICTURE_LONG_EDGE + longer / 2) / longer));
}

/* Says of each part of a file where it begins, how long it is, and whether it speaks about the
 * picture instead of being it. */
typedef void (*Part) (const guint8 *part, gsize length, gboolean metadata, gpointer data);

static gsize
read_be (const guint8 *p, guint n_bytes)
{
  gsize value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | p[i];
  return value;
}

/* Application segments and comments go, but for JFIF (0), colour profiles (2) and Adobe's
 * transform (14), which the picture needs. */
static gboolean
walk_jpeg (const guint8 *bytes, gsize size, Part part, gpointer data)
{
  gsize at = 2;

  part (bytes, 2, FALSE, data);
  while (at + 4 <= size && bytes[at] == 0xff)
    {
      guint8 marker = bytes[at + 1];
      gsize length = 2 + read_be (bytes + at + 2, 2);
      gboolean metadata = marker == 0xfe
                          || (marker >= 0xe1 && marker <= 0xef && marker != 0xe2 && marker != 0xee);

      if (length < 4 || at + length > size)
        return FALSE;
      if (marker == 0xda) /* the picture itself, to the end */
        {
          part (bytes + at, size - at, FALSE, data);
          return TRUE;
        }
      part (bytes + at, length, metadata, data);
      at += length;
    }
  return FALSE;
}

static gboolean
walk_png (const guint8 *bytes, gsize size, Part part, gpointer data)
{
  static const char *const spoken[] = { "eXIf", "tEXt", "zTXt", "iTXt", "tIME" };
  gsize at = 8;

  part (bytes, 8, FALSE, data);
  while (at + 12 <= size)
    {
      gsize length = read_be (bytes + at, 4) + 12;
      gboolean metadata = FALSE;

      if (length > size - at)
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
        metadata |= memcmp (bytes + at + 4, spoken[i], 4) == 0;
      part (bytes + at, length, metadata, data);
      at += length;
    }
  return at == size;
}

static gboolean
walk_webp (const guint8 *bytes, gsize size, Part part, gpointer data)
{
  gsize at = 12;

  part (bytes, 12, FALSE, data);
  while (at + 8 <= size)
    {
      guint32 said;
      gsize length;
      gboolean metadata
          = memcmp (bytes + at, "EXIF", 4) == 0 || memcmp (bytes + at, "XMP ", 4) == 0;

      memcpy (&said, bytes + at + 4, sizeof said);
      length = (gsize) GUINT32_FROM_LE (said);
      length += 8 + (length & 1);
      if (length > size - at)
        return FALSE;
      part (bytes + at, length, metadata, data);
      at += length;
    }
  return at == size;
}

static gboolean
walk (const guint8 *bytes, gsize size, Part part, gpointer data)
{
  if (size > 4 && bytes[0] == 0xff && bytes[1] == 0xd8)
    return walk_jpeg (bytes, size, part, data);
  if (size > 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    return walk_png (bytes, size, part, data);
  if (size > 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return walk_webp (bytes, size, part, data);
  return FALSE;
}

static void
find_metadata (const guint8 *part, gsize length, gboolean metadata, gpointer data)
{
  *(gboolean *) data |= metadata;
}

/**
 * stall_picture_has_metadata:
 * @bytes: a picture
 *
 * Returns: whether it says more than what it shows: place, camera, time, words
 */
gboolean
stall_picture_has_metadata (GBytes *bytes)
{
  gboolean found = FALSE;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &size);
  walk (data, size, find_metadata, &found);
  return found;
}

static void
keep_picture (const guint8 *part, gsize length, gboolean metadata, gpointer data)
{
  if (!metadata)
    g_byte_array_append (data, part, length);
}

/* What a WebP says of itself has to fit: its length, and that no metadata follow. */
static void
mend_webp (GByteArray *kept)
{
  guint32 length = GUINT32_TO_LE (kept->len - 8);

  memcpy (kept->data + 4, &length, sizeof length);
  if (kept->len > 20 && memcmp (kept->data + 12, "VP8X", 4) == 0)
    kept->data[20] &= ~(0x08 | 0x04);
}

/**
 * stall_picture_strip_metadata:
 * @bytes: a JPEG, PNG or WebP
 *
 * Leaves out what a picture says besides what it shows, without decoding it; its orientation with
 * it, so one that is not upright has to be turned instead. A file of another format, or a damaged
 * one, is not touched.
 *
 * Returns: (transfer full): the picture without it
 */
GBytes *
stall_picture_strip_metadata (GBytes *bytes)
{
  g_autoptr (GByteArray) kept = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size > G_MAXUINT || !stall_picture_has_metadata (bytes))
    return g_bytes_ref (bytes);
  kept = g_byte_array_sized_new (size);
  if (!walk (data, size, keep_picture, kept))
    return g_bytes_ref (bytes);
  if (memcmp (data, "RIFF", 4) == 0)
    mend_webp (kept);
  return g_byte_array_free_to_bytes (g_steal_pointer (&kept));
}
