/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* The copy of an outside picture that a stall keeps and the market shows: upright, no larger than
 * STALL_PICTURE_LONG_EDGE, saying nothing but what it shows. */
#define STALL_TYPE_PICTURE_COPY (stall_picture_copy_get_type ())
typedef struct
{
  GBytes *bytes;
  char *content_type; /* MIME type of @bytes */
} StallPictureCopy;

GType stall_picture_copy_get_type (void);
StallPictureCopy *stall_picture_copy_copy (const StallPictureCopy *self);
void stall_picture_copy_free (StallPictureCopy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPictureCopy, stall_picture_copy_free)

/* Blocks and needs a real stack. */
StallPictureCopy *stall_picture_copy_new (GBytes *bytes, gboolean as_it_is, GError **error);
/* The same beside the main thread, of a GFile or a GdkTexture. Called in a fiber. */
StallPictureCopy *stall_picture_copy_take (GObject *source, GSettings *settings, GError **error);

char *stall_picture_copy_dup_name (const StallPictureCopy *self);         /* nothing else has it */
const char *stall_picture_copy_get_suffix (const StallPictureCopy *self); /* ".jpg" */

G_END_DECLS
