/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* A search over all products, to link one.
 * Signal: picked (const char *product_id, const char *title). */
#define STALL_TYPE_PRODUCT_POPOVER (stall_product_popover_get_type ())
G_DECLARE_FINAL_TYPE (StallProductPopover,
                      stall_product_popover,
                      STALL,
                      PRODUCT_POPOVER,
                      GtkPopover)

void stall_product_popover_set_desk (StallProductPopover *self, StallDesk *desk);

G_END_DECLS
