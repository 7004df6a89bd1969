/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One sellable option of a product. Like its product it keeps the JSON it came from. All setters
 * notify. */

#define STALL_TYPE_VARIANT (stall_variant_get_type ())
G_DECLARE_FINAL_TYPE (StallVariant, stall_variant, STALL, VARIANT, GObject)

#define STALL_PRICE_NONE G_MININT64

StallVariant *stall_variant_new (void);
StallVariant *stall_variant_new_with_id (const char *id);
StallVariant *stall_variant_new_like (StallVariant *other);
const char *stall_variant_get_id (StallVariant *self);
GStrv stall_variant_dup_options (StallVariant *self); /* name, value, name, value, … */
void stall_variant_set_option (StallVariant *self, const char *name, const char *value);
char *stall_variant_dup_title (StallVariant *self); /* “Lilac / M”; "" for the only variant */
const char *stall_variant_get_sku (StallVariant *self);
void stall_variant_set_sku (StallVariant *self, const char *sku);
const char *stall_variant_get_barcode (StallVariant *self);
void stall_variant_set_barcode (StallVariant *self, const char *barcode);
gint64 stall_variant_get_price (StallVariant *self); /* minor units or STALL_PRICE_NONE */
void stall_variant_set_price (StallVariant *self, gint64 amount, const char *currency);
gint64 stall_variant_get_cost (StallVariant *self);
void stall_variant_set_cost (StallVariant *self, gint64 amount, const char *currency);
const char *stall_variant_get_currency (StallVariant *self);
/* Warn at this many or fewer; -1: the stall's default. */
int stall_variant_get_low_at (StallVariant *self);
void stall_variant_set_low_at (StallVariant *self, int low_at);

G_END_DECLS
