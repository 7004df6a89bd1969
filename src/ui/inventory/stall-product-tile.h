/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A product in the inventory's picture grid. */
#define STALL_TYPE_PRODUCT_TILE (stall_product_tile_get_type ())
G_DECLARE_FINAL_TYPE (StallProductTile, stall_product_tile, STALL, PRODUCT_TILE, GtkBox)

GtkWidget *stall_product_tile_new (StallStore *store);
void stall_product_tile_set_row (StallProductTile *self, StallProductRow *row);

G_END_DECLS
