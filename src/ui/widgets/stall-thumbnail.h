/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-crop.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A picture of the stall, scaled down off the main thread and kept as a small file in the cache
 * folder; rounded
 * unless it has the style class “square”, cropped to fill; a quiet placeholder while there is none.
 * Cheap to rebind in list rows. Properties: store, digest (string, nullable), size (int, px of its
 * width; 0: fills what it gets), ratio (double, width ÷ height; 1: square, the default; 0: as the
 * picture is). */
#define STALL_TYPE_THUMBNAIL (stall_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (StallThumbnail, stall_thumbnail, STALL, THUMBNAIL, GtkWidget)

GtkWidget *stall_thumbnail_new (StallStore *store, int size);
void stall_thumbnail_set_store (StallThumbnail *self, StallStore *store);
void stall_thumbnail_set_digest (StallThumbnail *self, const char *digest);
void stall_thumbnail_set_crop (StallThumbnail *self, const StallCrop *crop);

G_END_DECLS
