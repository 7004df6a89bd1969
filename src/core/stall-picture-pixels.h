/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be said of a picture without decoding it (its metadata) or once it is decoded (its
 * pixels). Decoding is the business of the floor that has a decoder. */

#define STALL_PICTURE_LONG_EDGE 2560 /* pixels: what the market shows */

gboolean stall_pixels_have_white_border (const guint8 *pixels,
                                         int width,
                                         int height,
                                         int stride,
                                         int n_channels);
void stall_picture_fit (int width, int height, int *fit_width, int *fit_height);

/* EXIF, XMP, IPTC and comments of JPEG, PNG and WebP; colour profiles stay. */
gboolean stall_picture_has_metadata (GBytes *bytes);
GBytes *stall_picture_strip_metadata (GBytes *bytes);

G_END_DECLS
