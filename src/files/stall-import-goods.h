/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-import-private.h"

G_BEGIN_DECLS

/* What the lines of an order file sell: each SKU is a variant of the stall, or a product the import
 * makes. */

typedef struct _StallGoods StallGoods;

typedef struct
{
  char *key;           /* SKU in ASCII capitals; else the title */
  char *sku;           /* as written first */
  const char *variant; /* id; NULL: something not in the inventory */
  const char *product; /* id */
  const char *title;   /* the most frequent one; NULL where the stall's own is used */
  gint64 price;        /* the last one above 0, minor units */
  gboolean makes_product;

  char *variant_id;
  char *product_id;
  GPtrArray *titles; /* private */
} StallWare;

StallGoods *stall_goods_new (StallImportJob *job);
void stall_goods_free (StallGoods *self);
StallWare *stall_goods_find (StallGoods *self, const char *sku, const char *title);
void stall_ware_note (StallWare *self, const char *title, int quantity, gint64 price);
void stall_goods_emit (StallGoods *self, StallTime after);
const char *stall_goods_key (StallGoods *self, const char *sku);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallGoods, stall_goods_free)

G_END_DECLS
