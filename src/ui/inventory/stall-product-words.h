/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* What the inventory says about products and stock, in words: pure functions beside stall-format.h.
 */
const char *stall_product_words_title (const char *title);
const char *stall_product_words_attribute (const char *name);
char *stall_product_words_variant (const char *product_title, const char *variant_title);
char *stall_product_words_variants (StallProductRow *row);
char *stall_product_words_n_products (guint n);
char *stall_product_words_n_variants (guint n);
char *stall_product_words_n_available (gint64 available);
gboolean stall_product_words_is_missing (gint64 available, StallStage stage);
gboolean stall_product_words_needs_more (StallProductRow *row);
const char *stall_product_words_stage (StallProductRow *row);
char *stall_product_words_available (gint64 available, StallStage stage);
char *stall_product_words_on_hand (gint64 on_hand);
char *stall_product_words_on_hand_low (gint64 on_hand, int n_low);
char *stall_product_words_stock (gint64 on_hand, gint64 reserved, gint64 available);
char *stall_product_words_days_left (double days);
char *stall_product_words_ledger (StallLedgerRow *row);
char *stall_product_words_ledger_where (StallLedgerRow *row, StallTime now);
char *stall_product_words_fitting (const StallFitting *fitting);
char *stall_product_words_join (const char *first, const char *second);
const char *stall_product_words_stock_filter (StallStockFilter filter);
const char *stall_product_words_story_filter (StallStoryFilter filter);

G_END_DECLS
