/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* CSV that Excel, WPS and LibreOffice open right: UTF-8 with BOM, CRLF, long numbers as text, cells
 * that start with = + - @ guarded. Written to a temporary name and renamed; a cancelled export
 * writes nothing. Resolve to int64: rows written. */
DexFuture *stall_export_products (StallStore *store,
                                  const char *const *product_ids, /* NULL: all */
                                  GFile *file,
                                  GCancellable *cancellable); /* Shopify's dialect */
DexFuture *stall_export_stock (StallStore *store,
                               GFile *file,
                               GCancellable *cancellable); /* with every exported quantity */
DexFuture *stall_export_orders (StallStore *store,
                                const StallQuery *query,
                                GFile *file,
                                GCancellable *cancellable); /* one row a line */

G_END_DECLS
