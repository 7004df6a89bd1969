/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* Orders that came from elsewhere: what a person at another window is told about. */

#define STALL_TYPE_ARRIVALS (stall_arrivals_get_type ())
typedef struct
{
  gint64 mark;        /* to be asked with the next time */
  guint n_orders;     /* open ones, placed in the last two days on another device */
  char *id;           /* of the newest of them, or NULL */
  char *order_number; /* likewise */
  char *title;        /* of its first product */
} StallArrivals;

GType stall_arrivals_get_type (void);
StallArrivals *stall_arrivals_copy (const StallArrivals *self);
void stall_arrivals_free (StallArrivals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallArrivals, stall_arrivals_free)

/* Since @mark; 0: only the mark to begin with. StallArrivals boxed. */
DexFuture *stall_store_list_arrivals (StallStore *store, gint64 mark, StallTime now);

G_END_DECLS
