/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Decoding of outside pictures, bounded. These functions block and need a real stack: call them on
 * a thread of their own, never in a fiber. */

#define STALL_PICTURE_MAX_BYTES (50 * 1024 * 1024)
#define STALL_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

gboolean stall_picture_check (GBytes *bytes, char **content_type, GError **error);
GdkTexture *
stall_picture_load_square (const char *path, const char *small_path, int side, GError **error);

G_END_DECLS
