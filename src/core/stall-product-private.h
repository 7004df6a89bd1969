/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-product.h"

G_BEGIN_DECLS

JsonObject *stall_product_get_json (StallProduct *self);
gboolean stall_product_is_saved (StallProduct *self);

/* A variant's JSON is the very object in its product's `variants`. */
StallVariant *stall_variant_new_for_json (JsonObject *json);
JsonObject *stall_variant_get_json (StallVariant *self);

/* The inner parts of a product, from and to its JSON. FALSE: nothing has changed. */
gboolean stall_product_parts_write_tags (JsonObject *product, const char *const *tags);
gboolean stall_product_parts_write_attributes (JsonObject *product, const char *const *attributes);
gboolean stall_product_parts_write_base_size (JsonObject *product, const char *base_size);
GPtrArray *stall_product_parts_read_pictures (JsonObject *product);
void stall_product_parts_write_pictures (JsonObject *product, GPtrArray *pictures);
void stall_product_parts_write_attachment (JsonObject *product,
                                           const char *name,
                                           const char *content_type,
                                           gint64 length,
                                           const char *digest);
GPtrArray *stall_product_parts_read_fittings (JsonObject *product);
void stall_product_parts_write_fittings (JsonObject *product, GPtrArray *fittings);
GPtrArray *stall_product_parts_read_kit (JsonObject *product);
void stall_product_parts_write_kit (JsonObject *product, GPtrArray *parts);

G_END_DECLS
