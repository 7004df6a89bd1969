/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-numbers.h"
#include "stall-query.h"
#include "stall-store-private.h"

G_BEGIN_DECLS

#define STALL_TYPE_LISTING (stall_listing_get_type ())

/**
 * StallListing:
 * @numbers: the list
 * @changes: (element-type StallListChange): how to get there from what is shown
 * @rows: (nullable) (element-type StallRow): its rows, of the ledger and of a first reading
 *
 * What one reading of a list gives.
 */
typedef struct
{
  StallNumbers *numbers;
  GArray *changes;
  GPtrArray *rows;
} StallListing;

GType stall_listing_get_type (void);
void stall_listing_free (gpointer listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallListing, stall_listing_free)

DexFuture *stall_listing_read (StallStore *store,
                               const StallQuery *query,
                               guint limit,
                               StallNumbers *known,
                               GCancellable *cancellable);

G_END_DECLS
