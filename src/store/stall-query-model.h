/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-numbers.h"
#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A list of any length: a GListModel that holds a snapshot of row numbers and weakly kept rows,
 * reads pages as they are looked at, and after a change of the store emits the narrowest
 * items-changed. A new query empties the list and then fills it. */

#define STALL_TYPE_QUERY_MODEL (stall_query_model_get_type ())
G_DECLARE_FINAL_TYPE (StallQueryModel, stall_query_model, STALL, QUERY_MODEL, GObject)

StallQueryModel *stall_query_model_new (StallStore *store);
void stall_query_model_set_query (StallQueryModel *self, const StallQuery *query);
const StallQuery *stall_query_model_get_query (StallQueryModel *self);
/* property `loading` (gboolean): the first rows of a new query are not there yet;
 * property `complete` (gboolean): all its rows are there;
 * property `failed` (gboolean): the last reading failed;
 * property `n-items` (guint), notified */
gboolean stall_query_model_get_loading (StallQueryModel *self);
gboolean stall_query_model_get_complete (StallQueryModel *self);
const GError *stall_query_model_get_failure (StallQueryModel *self);
void stall_query_model_retry (StallQueryModel *self);
/* Resolves when no read of this model is under way (for tests and bulk actions). */
DexFuture *stall_query_model_settle (StallQueryModel *self);

/* How many the query finds; int64. Not for the ledger. */
DexFuture *stall_store_query_count (StallStore *store, const StallQuery *query);
/* The ids of all things the query finds (not only those looked at): GStrv boxed. */
DexFuture *stall_store_query_ids (StallStore *store, const StallQuery *query);
/* The first @limit rows (0: all), loaded: GListModel of StallRow. For pages that show a few, for
 * export and printing. */
DexFuture *stall_store_query_rows (StallStore *store, const StallQuery *query, guint limit);
/* A long list in pages: its numbers, a boxed StallNumbers, and the loaded rows of some of them, a
 * GListModel of StallRow; those that went meanwhile are left out. Not for the ledger. */
DexFuture *stall_store_query_numbers (StallStore *store, const StallQuery *query);
DexFuture *stall_store_query_page (StallStore *store,
                                   const StallQuery *query,
                                   StallNumbers *numbers,
                                   guint from,
                                   guint n_rows);
/* The rows of these variant ids, loaded, unknown ones left out: GListModel of StallVariantRow. */
DexFuture *stall_store_variant_rows (StallStore *store, const char *const *variant_ids);

G_END_DECLS
