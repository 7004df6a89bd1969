/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-row.h"

G_BEGIN_DECLS

/* One order in a list: a line of columns where there is room, two lines on a phone. Made of
 * inscriptions and a layout of its own, because what a row costs decides how a long list scrolls.
 * Properties: description (read-only: the row as one sentence, for a screen reader). */
#define STALL_TYPE_ORDER_ITEM (stall_order_item_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderItem, stall_order_item, STALL, ORDER_ITEM, GtkWidget)

GtkWidget *stall_order_item_new (void);
void stall_order_item_set_row (StallOrderItem *self, StallOrderRow *row);

G_END_DECLS
