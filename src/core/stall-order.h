/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* An order never changes: built once, or read from its document. What happens to it are events. */

#define STALL_TYPE_ORDER (stall_order_get_type ())
G_DECLARE_FINAL_TYPE (StallOrder, stall_order, STALL, ORDER, GObject)

/* Where an order came through. Stored as text: feed, note, live, buyer, stall-page, fair, other. */
typedef enum
{
  STALL_SOURCE_FEED,
  STALL_SOURCE_NOTE,
  STALL_SOURCE_LIVE,
  STALL_SOURCE_BUYER,
  STALL_SOURCE_STALL_PAGE,
  STALL_SOURCE_FAIR,
  STALL_SOURCE_OTHER,
} StallSource;
#define STALL_N_SOURCES 7

const char *stall_source_to_string (StallSource source);
StallSource stall_source_from_string (const char *text);
const char *stall_source_get_label (StallSource source);

/* Strings of a line may be NULL. They live as long as the order. */
typedef struct
{
  const char *variant; /* variant id; NULL: something not in the inventory */
  const char *sku;
  const char *title; /* only where the variant does not say it */
  const char *personalisation;
  int quantity; /* below 0 on a credit note */
  gint64 price; /* a piece, minor units */
} StallOrderLine;

/* Stored as text: shipping, discount, fee, tax, adjustment. */
typedef enum
{
  STALL_CHARGE_SHIPPING,
  STALL_CHARGE_DISCOUNT,
  STALL_CHARGE_FEE,
  STALL_CHARGE_TAX,
  STALL_CHARGE_ADJUSTMENT,
} StallChargeKind;

typedef struct
{
  StallChargeKind kind;
  const char *code;
  const char *title;
  gint64 amount; /* signed minor units; a discount is below 0 */
} StallOrderCharge;

StallOrder *stall_order_new (const char *id, const char *number, const char *currency);
void stall_order_set_source (StallOrder *self, StallSource source, const char *ref);
void stall_order_set_times (StallOrder *self, StallTime placed_at, StallTime ship_by);
void stall_order_set_customer (StallOrder *self, const char *handle);
/* FALSE, and nothing is added: the total would not fit into 64 bits. */
gboolean stall_order_add_line (StallOrder *self, const StallOrderLine *line);
gboolean stall_order_add_charge (StallOrder *self, const StallOrderCharge *charge);
StallDocument *stall_order_to_document (StallOrder *self, const char *device);
StallOrder *stall_order_new_from_document (StallDocument *document, GError **error);

const char *stall_order_get_id (StallOrder *self); /* "order:…" */
const char *stall_order_get_number (StallOrder *self);
const char *stall_order_get_currency (StallOrder *self);
StallSource stall_order_get_source (StallOrder *self);
const char *stall_order_get_source_ref (StallOrder *self);
StallTime stall_order_get_placed_at (StallOrder *self);
StallTime stall_order_get_ship_by (StallOrder *self);    /* STALL_TIME_NONE: no deadline */
const char *stall_order_get_customer (StallOrder *self); /* handle; "" when unknown */
guint stall_order_get_n_lines (StallOrder *self);
const StallOrderLine *stall_order_get_line (StallOrder *self, guint index);
guint stall_order_get_n_charges (StallOrder *self);
const StallOrderCharge *stall_order_get_charge (StallOrder *self, guint index);
gint64 stall_order_get_goods_total (StallOrder *self);
gint64 stall_order_get_total (StallOrder *self);

G_END_DECLS
