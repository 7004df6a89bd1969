/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* CSV that Excel, WPS and LibreOffice open right: UTF-8 with BOM, CRLF, long numbers as text, cells
 * that start with = + - @ guarded. Written to a temporary name and renamed. Resolve to int64: rows
 * written. */
DexFuture *stall_export_products (StallStore *store,
                                  GFile *file); /* Shopify's dialect, so it imports again */
DexFuture *stall_export_stock (StallStore *store,
                               GFile *file); /* with the exported quantity of every variant */
DexFuture *
stall_export_orders (StallStore *store, const StallQuery *query, GFile *file); /* one row a line */

G_END_DECLS
