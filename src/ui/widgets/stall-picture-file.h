/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

#include "stall-crop.h"

G_BEGIN_DECLS

/* Decoding of outside pictures, bounded. What does not return a future blocks and needs a real
 * stack: call it on a thread of its own, never in a fiber. */

#define STALL_PICTURE_MAX_BYTES (50 * 1024 * 1024)
#define STALL_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

GdkPixbuf *stall_picture_decode (GBytes *bytes, char **content_type, GError **error);

GBytes *stall_picture_read (GFile *file, GError **error); /* in a fiber */

/* Which part of a picture is shown and how large. */
typedef struct
{
  int side;       /* pixels of its longer edge */
  StallCrop crop; /* of no width: the middle square */
} StallPictureCut;

GdkTexture *stall_picture_load (const char *path,
                                const char *small_path,
                                const StallPictureCut *cut,
                                GError **error);

void stall_picture_keep_newest (const char *folder, guint most);

G_END_DECLS
