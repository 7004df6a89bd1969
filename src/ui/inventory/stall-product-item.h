/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A product in the inventory's list: picture, title, SKU, stage, price, stock, days left. Lays
 * itself out by the width it gets, so that the same row serves a phone and a wide window. */
#define STALL_TYPE_PRODUCT_ITEM (stall_product_item_get_type ())
G_DECLARE_FINAL_TYPE (StallProductItem, stall_product_item, STALL, PRODUCT_ITEM, GtkWidget)

GtkWidget *stall_product_item_new (StallStore *store);
void stall_product_item_set_row (StallProductItem *self, StallProductRow *row);

G_END_DECLS
