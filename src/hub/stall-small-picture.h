/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture as a phone needs it: upright, 3:4, sharp on its screen, and no more than
 * STALL_SMALL_PICTURE_MAX_BYTES of JPEG. */

#define STALL_SMALL_PICTURE_WIDTH 360
#define STALL_SMALL_PICTURE_HEIGHT 480
#define STALL_SMALL_PICTURE_MAX_BYTES 60000

GBytes *stall_small_picture_make (const char *path, GError **error);

G_END_DECLS
