/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-small-picture.h"

#include "stall-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Decoding needs three or four bytes for each; one that is larger is shown on no phone. */
#define MAX_PIXELS (100 * 1000 * 1000)
#define WHITE 0xffffffff

/* Turned upright afterwards, so that either edge may become the width. */
static GdkPixbuf *
decode (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) pixels = NULL;
  int width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL || width <= 0 || height <= 0
      || (gint64) width * height > MAX_PIXELS)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           "This is not a picture, or it is too large");
      return NULL;
    }
  if (MIN (width, height) <= STALL_SMALL_PICTURE_HEIGHT)
    pixels = gdk_pixbuf_new_from_file (path, error);
  else
    pixels = gdk_pixbuf_new_from_file_at_scale (
        path, width <= height ? STALL_SMALL_PICTURE_HEIGHT : -1,
        width <= height ? -1 : STALL_SMALL_PICTURE_HEIGHT, TRUE, error);
  return pixels != NULL ? gdk_pixbuf_apply_embedded_orientation (pixels) : NULL;
}

/* The middle of it, as the market crops a cover. */
static GdkPixbuf *
crop (GdkPixbuf *pixels)
{
  int width = gdk_pixbuf_get_width (pixels);
  int height = gdk_pixbuf_get_height (pixels);
  int part_width = CLAMP ((int) ((gint64) height * 3 / 4), 1, width);
  int part_height = CLAMP ((int) ((gint64) width * 4 / 3), 1, height);

  return gdk_pixbuf_new_subpixbuf (pixels, (width - part_width) / 2, (height - part_height) / 2,
                                   part_width, part_height);
}

/* What shines through is white, as paper is: JPEG knows no transparency. */
static GdkPixbuf *
scale (GdkPixbuf *pixels)
{
  int width = MIN (gdk_pixbuf_get_width (pixels), STALL_SMALL_PICTURE_WIDTH);
  int height = MIN (gdk_pixbuf_get_height (pixels), STALL_SMALL_PICTURE_HEIGHT);
  GdkPixbuf *small = gdk_pixbuf_composite_color_simple (pixels, width, height, GDK_INTERP_BILINEAR,
                                                        255, 16, WHITE, WHITE);

  if (small != NULL && gdk_pixbuf_get_has_alpha (small))
    {
      g_autoptr (GdkPixbuf) with_alpha = small;

      small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
      gdk_pixbuf_fill (small, WHITE);
      gdk_pixbuf_composite (with_alpha, small, 0, 0, width, height, 0, 0, 1, 1, GDK_INTERP_NEAREST,
                            255);
    }
  return small;
}

static GBytes *
encode (GdkPixbuf *pixels, GError **error)
{
  /* Nearly all pictures pass with the first; noise passes with the last. */
  static const char *const qualities[] = { "80", "65", "45", "20" };

  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    {
      char *data;
      gsize size;

      if (!gdk_pixbuf_save_to_buffer (pixels, &data, &size, "jpeg", error, "quality", qualities[i],
                                      NULL))
        return NULL;
      if (size <= STALL_SMALL_PICTURE_MAX_BYTES)
        return g_bytes_new_take (data, size);
      g_free (data);
    }
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                       "This picture cannot be made small");
  return NULL;
}

/**
 * stall_small_picture_make:
 * @path: a file that should be a picture
 * @error: return location for a %STALL_ERROR_INVALID or what the decoder says
 *
 * Makes the picture that phones get. It carries nothing of the camera or the place. Blocks and
 * needs a real stack: call it on a thread of its own, never in a fiber.
 *
 * Returns: (transfer full) (nullable): a JPEG; %NULL when the file cannot be shown
 */
GBytes *
stall_small_picture_make (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) decoded = NULL;
  g_autoptr (GdkPixbuf) part = NULL;
  g_autoptr (GdkPixbuf) small = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  decoded = decode (path, error);
  if (decoded == NULL)
    return NULL;
  part = crop (decoded);
  small = scale (part);
  if (small == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return NULL;
    }
  return encode (small, error);
}
