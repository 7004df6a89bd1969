/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* The pictures of a product in their order: added from files, by drop or paste; moved, given a slot
 * and words, taken away. */
#define STALL_TYPE_PICTURE_STRIP (stall_picture_strip_get_type ())
G_DECLARE_FINAL_TYPE (StallPictureStrip, stall_picture_strip, STALL, PICTURE_STRIP, AdwBin)

void stall_picture_strip_set_editor (StallPictureStrip *self, StallProductEditor *editor);

G_END_DECLS
