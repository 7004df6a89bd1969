/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-contact.h"
#include "stall-order-state.h"
#include "stall-remark.h"
#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Everything the stall knows of one order, read at one moment and not changed after. */
#define STALL_TYPE_ORDER_RECORD (stall_order_record_get_type ())
typedef struct
{
  StallOrder *order;
  StallOrderState *state;
  StallContact *contact; /* NULL: none */
  StallRemark *remark;   /* never NULL; empty when there is none yet */
  GHashTable
      *variants; /* variant id to StallVariantRow, of those lines that are in the inventory */
  GStrv places;  /* where goods of the stall are */
} StallOrderRecord;

GType stall_order_record_get_type (void);
StallOrderRecord *stall_order_record_ref (StallOrderRecord *self);
void stall_order_record_unref (StallOrderRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallOrderRecord, stall_order_record_unref)

DexFuture *stall_order_record_load (StallStore *store,
                                    const char *order_id); /* StallOrderRecord boxed */
StallVariantRow *stall_order_record_get_variant (const StallOrderRecord *self, guint line);
char *stall_order_record_dup_title (const StallOrderRecord *self, guint line);
const char *stall_order_record_get_options (const StallOrderRecord *self, guint line);

/* Only in a fiber: waits for the order and the fold of its events. */
gboolean stall_order_await_state (StallStore *store,
                                  const char *order_id,
                                  StallOrder **order,
                                  StallOrderState **state,
                                  GError **error);

G_END_DECLS
