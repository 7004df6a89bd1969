/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-crop.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A picture with a 3:4 frame over it that says which part the feed card shows. The frame is
 * dragged, made larger and smaller by its lower right corner, or moved with the arrow keys and
 * resized with
 * + and −. Signal: changed, after a person did. */
#define STALL_TYPE_CROP_VIEW (stall_crop_view_get_type ())
G_DECLARE_FINAL_TYPE (StallCropView, stall_crop_view, STALL, CROP_VIEW, GtkWidget)

void stall_crop_view_set_store (StallCropView *self, StallStore *store);
void stall_crop_view_show (StallCropView *self, const char *digest, const StallCrop *crop);
const StallCrop *stall_crop_view_get_crop (StallCropView *self);

G_END_DECLS
