/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-store.h"

G_BEGIN_DECLS

/* A product in one line: picture, name, price and what is available, as they are now; says so when
 * it is gone. A button: its `clicked` is for the owner of the card. */
#define STALL_TYPE_PRODUCT_CARD (stall_product_card_get_type ())
G_DECLARE_FINAL_TYPE (StallProductCard, stall_product_card, STALL, PRODUCT_CARD, GtkButton)

GtkWidget *stall_product_card_new (StallStore *store, const char *product_id);
const char *stall_product_card_get_product (StallProductCard *self); /* "product:…" */

G_END_DECLS
