/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* What the order list and the order dialog ask beside rows. */

#define STALL_TYPE_ORDER_SUM (stall_order_sum_get_type ())
typedef struct
{
  guint n_orders;
  gint64 amount;  /* minor units: totals, or what moved in the query's period of payments */
  guint n_others; /* orders with money in another currency, which is not in the amount */
} StallOrderSum;

GType stall_order_sum_get_type (void);
StallOrderSum *stall_order_sum_copy (const StallOrderSum *self);
void stall_order_sum_free (StallOrderSum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallOrderSum, stall_order_sum_free)

/* What all orders of a query come to in one currency: StallOrderSum boxed. */
DexFuture *stall_store_sum_orders (StallStore *store,
                                   const StallQuery *query,
                                   const char *currency,
                                   GCancellable *cancellable);
/* The next free number of orders that are written by hand, “H-0008”: string. */
DexFuture *stall_store_next_order_number (StallStore *store);

G_END_DECLS
