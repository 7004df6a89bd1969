/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <locale.h>

#include "stall-movement.h"
#include "stall-order-state.h"
#include "stall-product.h"
#include "stall-projector.h"

G_BEGIN_DECLS

/* The window of “sold lately”: 28 local days, today among them. */
#define STALL_RECENT_DAYS 28
/* A variant runs out when what is on hand lasts for fewer days than this. */
#define STALL_RUNNING_OUT_DAYS 14
/* Positions of the rows that stand for a kit's parts, above those of real lines. */
#define STALL_KIT_POSITION 100000

typedef struct
{
  char *id;
  gint64 number; /* 0 until the order itself was seen */
  StallOrder *order;
  GPtrArray *events;
  gboolean removed;
  gboolean is_new; /* no rows speak of it yet */
} StallPendingOrder;

/* A part of a kit, as goods: a kit among the parts stands here by its own parts. */
typedef struct
{
  gint64 variant;
  gint64 quantity;
} StallKitGoods;

/* A row of `line`. */
typedef struct
{
  gint64 variant;
  StallTime placed_at;
  gint64 orders;
  gint64 position;
  gint64 sold;
  gint64 open;
  gint64 gone;
  StallTime gone_at;
} StallLineRow;

/* A variant that this transaction speaks of. */
typedef struct
{
  gint64 number;
  gboolean touched; /* its sums are made anew at the end */
  GArray *lines;    /* StallLineRow that are kept back; NULL: none */
} StallPendingVariant;

struct _StallProjector
{
  StallDatabase *database;
  StallTime recent_from;
  gint64 low_at;
  locale_t collation; /* how names sort in this file; 0: as here */
  gboolean has_kits;
  GHashTable *variants;       /* number → StallPendingVariant, owned */
  GHashTable *variant_ids;    /* id → the same */
  guint n_lines;              /* kept back by all of them */
  GHashTable *pending;        /* order id → StallPendingOrder */
  GHashTable *dirty_products; /* set of numbers */
  GHashTable *contested;      /* set of numbers of products that may have won or lost a variant */
  gboolean settles_contests;
};

GHashTable *stall_projector_new_variants (void);
gint64 stall_projector_get_variant (StallProjector *self, const char *id, GError **error);
void stall_projector_touch_variant (StallProjector *self, gint64 variant);
GArray *stall_projector_list_touched (StallProjector *self);
StallPendingVariant *
stall_projector_find_variant (StallProjector *self, const char *id, GError **error);
StallPendingVariant *stall_projector_note_variant (StallProjector *self, gint64 number);
void stall_projector_keep_line (StallProjector *self,
                                StallPendingVariant *variant,
                                const StallLineRow *line);
gboolean stall_projector_flush_lines (StallProjector *self, GError **error);
void stall_projector_touch_product (StallProjector *self, gint64 product);
void stall_projector_contest (StallProjector *self, gint64 product);
gboolean stall_projector_set_aside (StallProjector *self,
                                    gint64 number,
                                    const GError *reason,
                                    GError **error);

gboolean stall_projector_add_product (StallProjector *self,
                                      gint64 number,
                                      StallDocument *document,
                                      gboolean is_new,
                                      GError **error);
gboolean stall_projector_add_movement (StallProjector *self,
                                       gint64 number,
                                       StallDocument *document,
                                       GError **error);
gboolean stall_projector_add_order (StallProjector *self,
                                    gint64 number,
                                    StallDocument *document,
                                    gboolean is_new,
                                    GError **error);
gboolean
stall_projector_add_about_order (StallProjector *self, StallDocument *document, GError **error);
gboolean stall_projector_add_about_poll (StallProjector *self,
                                         gint64 number,
                                         StallDocument *document,
                                         gboolean is_new,
                                         GError **error);
gboolean stall_projector_add_note (StallProjector *self,
                                   gint64 number,
                                   StallDocument *document,
                                   gboolean is_new,
                                   GError **error);
gboolean stall_projector_add_context (StallProjector *self,
                                      gint64 number,
                                      StallDocument *document,
                                      GError **error);
gboolean stall_projector_add_echo (StallProjector *self,
                                   gint64 number,
                                   StallDocument *document,
                                   GError **error);
StallPendingOrder *stall_projector_get_pending (StallProjector *self, const char *order_id);
GBytes *stall_projector_make_name_key (StallProjector *self, const char *title);
GArray *stall_projector_load_kit (StallProjector *self, gint64 variant);
gboolean stall_projector_flush_orders (StallProjector *self, GError **error);
gboolean stall_projector_settle_stock (StallProjector *self, GError **error);
void stall_pending_order_free (StallPendingOrder *self);

G_END_DECLS
