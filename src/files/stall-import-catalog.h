/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query-model.h"

G_BEGIN_DECLS

/* What is in the stall before an import, so that nothing is made twice. Read once; then any thread.
 */

typedef struct
{
  char *id;
  char *product;
  gint64 price; /* minor units or STALL_PRICE_NONE */
  gint64 cost;
} StallCatalogVariant;

typedef struct _StallCatalog StallCatalog;

DexFuture *stall_catalog_load (StallStore *store, gboolean with_orders); /* StallCatalog boxed */
StallCatalog *stall_catalog_ref (StallCatalog *self);
void stall_catalog_unref (StallCatalog *self);
const StallCatalogVariant *stall_catalog_find_sku (StallCatalog *self, const char *sku);
const StallCatalogVariant *stall_catalog_find_barcode (StallCatalog *self, const char *barcode);
const StallCatalogVariant *stall_catalog_find_variant (StallCatalog *self, const char *id);
gboolean stall_catalog_has (StallCatalog *self, const char *document_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallCatalog, stall_catalog_unref)

#define STALL_TYPE_CATALOG (stall_catalog_get_type ())
GType stall_catalog_get_type (void);

G_END_DECLS
