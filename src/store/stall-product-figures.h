/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-context.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* What speaks for a product, and what is missing. */
#define STALL_TYPE_PRODUCT_CONTEXT (stall_product_context_get_type ())
typedef struct
{
  guint counts[STALL_N_CONTEXT_TYPES];
  StallTime last_at[STALL_N_CONTEXT_TYPES]; /* STALL_TIME_NONE: there is none */
  guint n_notes;                            /* that link it */
  gboolean has_story;                       /* the product's own words */
} StallProductContext;

GType stall_product_context_get_type (void);
void stall_product_context_free (StallProductContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallProductContext, stall_product_context_free)
gboolean stall_product_context_lacks (const StallProductContext *self, StallContextType type);
DexFuture *stall_store_product_context (StallStore *store,
                                        const char *product_id); /* StallProductContext boxed */

/* The style funnel. Kept are those on sale and reordered, of all that were decided: kept or
 * dropped. */
#define STALL_TYPE_FUNNEL (stall_funnel_get_type ())
typedef struct
{
  guint counts[STALL_N_STAGES];
  guint n_products;
  guint n_kept;
  guint n_decided;
} StallFunnel;

GType stall_funnel_get_type (void);
void stall_funnel_free (StallFunnel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallFunnel, stall_funnel_free)
double stall_funnel_get_share_kept (const StallFunnel *self); /* 0 … 1; below 0: nothing decided */
DexFuture *stall_store_funnel (StallStore *store);            /* StallFunnel boxed */

/* Covers that nobody has looked at yet (stall_pixels_have_white_border()): digests, GStrv boxed.
 * What was seen is kept once a digest and signalled as a change of products. */
DexFuture *stall_store_pictures_to_look_at (StallStore *store);
DexFuture *
stall_store_keep_white_border (StallStore *store, const char *digest, gboolean white_border);

G_END_DECLS
