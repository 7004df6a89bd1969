/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-count.h"

G_BEGIN_DECLS

/* One variant in the list of a count: what is expected, what was counted, how far apart they are.
 */
#define STALL_TYPE_COUNT_ITEM (stall_count_item_get_type ())
G_DECLARE_FINAL_TYPE (StallCountItem, stall_count_item, STALL, COUNT_ITEM, AdwBin)

GtkWidget *stall_count_item_new (StallCount *count, StallStore *store);
void stall_count_item_set_entry (StallCountItem *self, StallCountEntry *entry);

G_END_DECLS
