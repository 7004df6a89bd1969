/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-tile.h"

G_BEGIN_DECLS

/* A product in the inventory's picture grid. */
#define STALL_TYPE_PRODUCT_TILE (stall_product_tile_get_type ())
G_DECLARE_FINAL_TYPE (StallProductTile, stall_product_tile, STALL, PRODUCT_TILE, StallTile)

GtkWidget *stall_product_tile_new (StallStore *store);

G_END_DECLS
