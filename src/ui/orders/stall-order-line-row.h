/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-order.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* One line of an order that is being written. Signals: changed, removed. */
#define STALL_TYPE_ORDER_LINE_ROW (stall_order_line_row_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderLineRow,
                      stall_order_line_row,
                      STALL,
                      ORDER_LINE_ROW,
                      AdwExpanderRow)

/* @variant may be NULL for something that is not in the inventory, named @title. */
GtkWidget *
stall_order_line_row_new (StallVariantRow *variant, const char *title, const char *currency);
StallVariantRow *stall_order_line_row_get_variant (StallOrderLineRow *self);
void stall_order_line_row_add_one (StallOrderLineRow *self);
gboolean stall_order_line_row_read (StallOrderLineRow *self, StallOrderLine *line);

G_END_DECLS
