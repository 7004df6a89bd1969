/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Decoding of outside pictures, bounded. What does not return a future blocks and needs a real
 * stack: call it on a thread of its own, never in a fiber. */

#define STALL_PICTURE_MAX_BYTES (50 * 1024 * 1024)
#define STALL_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

gboolean stall_picture_check (GBytes *bytes, char **content_type, GError **error);
DexFuture *stall_picture_check_in_thread (GBytes *bytes);
GdkTexture *
stall_picture_load_square (const char *path, const char *small_path, int side, GError **error);

G_END_DECLS
