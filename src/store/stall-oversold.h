/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order-state.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Variants of which more is promised than there is: two devices sold the last piece before they
 * met. Who waits is the owner's to pick; what was picked is an event of the order, and is no longer
 * listed here. */

/* An open order that wants a variant. */
typedef struct
{
  char *order_id;
  char *order_number;
  char *customer; /* handle, or "" */
  StallSource source;
  StallStatus status;
  StallTime placed_at;
  gint64 open;    /* pieces of the variant that have not left, through kits too */
  gint64 waiting; /* those among them that wait already */
  gint64 number;  /* of the order's document */
  gint64 position;
} StallClaim;

typedef struct
{
  char *variant_id;
  char *product_id;
  char *product_title;
  char *title; /* “Lilac / M”, or "" */
  char *sku;
  char *cover; /* digest, or NULL */
  gint64 on_hand;
  gint64 reserved;
  gint64 waiting;
  gint64 undecided;  /* pieces that are short and that nobody waits for yet */
  guint n_earlier;   /* claims before those of @claims */
  GPtrArray *claims; /* StallClaim in the order in which they were placed */
} StallOversold;

/* So many are listed, and so many of the newest orders of each; what is picked makes room. */
#define STALL_OVERSOLD_MAX 50
#define STALL_CLAIMS_MAX 40

void stall_oversold_free (StallOversold *self);

/* GPtrArray of StallOversold, boxed; those that an order could wait for first. */
DexFuture *stall_store_list_oversold (StallStore *store);
/* A change set, which is empty when nothing is left to decide. Without @order_id those that were
 * placed last wait. */
DexFuture *stall_store_let_wait (StallStore *store, const char *variant_id, const char *order_id);

G_END_DECLS
