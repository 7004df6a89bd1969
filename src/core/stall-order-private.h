/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order.h"

G_BEGIN_DECLS

/* Reading strictly, for orders and their events. FALSE: there is something, and it is wrong. */
gboolean stall_order_read_array (JsonObject *root, const char *member, JsonArray **array);
gboolean stall_order_read_time (JsonObject *root, const char *member, StallTime *time);
JsonObject *stall_order_read_element (JsonArray *array, guint index);
gboolean stall_order_refuse (const char *id, const char *member, GError **error);

G_END_DECLS
