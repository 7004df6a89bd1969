/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-count-entry.h"
#include "stall-desk.h"

G_BEGIN_DECLS

/* A count in progress at one place, kept as a draft beside the stall after every step so that it
 * survives a crash. Signal: changed. */
#define STALL_TYPE_COUNT (stall_count_get_type ())
G_DECLARE_FINAL_TYPE (StallCount, stall_count, STALL, COUNT, GObject)

StallCount *stall_count_new (StallDesk *desk);
DexFuture *stall_count_resume (StallCount *self);
void stall_count_start (StallCount *self, const char *place);
gboolean stall_count_get_started (StallCount *self);
const char *stall_count_get_place (StallCount *self);
GListModel *stall_count_get_entries (StallCount *self);
GListModel *stall_count_get_unknown (StallCount *self);
gint64 stall_count_get_pieces (StallCount *self);
DexFuture *stall_count_scan (StallCount *self, const char *code);
void stall_count_add (StallCount *self, StallVariantRow *variant, int pieces);
void stall_count_set (StallCount *self, StallCountEntry *entry, int pieces);
void stall_count_remove (StallCount *self, StallCountEntry *entry);
void stall_count_dismiss (StallCount *self, const char *code);
DexFuture *stall_count_assign (StallCount *self, const char *code, StallVariantRow *variant);
DexFuture *stall_count_apply (StallCount *self);
void stall_count_discard (StallCount *self);

G_END_DECLS
