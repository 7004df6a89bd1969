/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-row.h"

G_BEGIN_DECLS

/* One variant of a count. Signal: changed. */
#define STALL_TYPE_COUNT_ENTRY (stall_count_entry_get_type ())
G_DECLARE_FINAL_TYPE (StallCountEntry, stall_count_entry, STALL, COUNT_ENTRY, GObject)

StallCountEntry *stall_count_entry_new (StallVariantRow *variant);
StallVariantRow *stall_count_entry_get_variant (StallCountEntry *self);
int stall_count_entry_get_counted (StallCountEntry *self);
StallTime stall_count_entry_get_at (StallCountEntry *self);
void stall_count_entry_set_counted (StallCountEntry *self, int counted, StallTime at);
gboolean stall_count_entry_get_expected (StallCountEntry *self, int *expected);
void stall_count_entry_set_expected (StallCountEntry *self, int expected);

G_END_DECLS
