/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Three-way merge by field. Objects merge member by member; arrays of objects with an `id` merge by
 * it; arrays of strings merge as sets; everything else is one value. */
JsonObject *stall_merge (JsonObject *base, JsonObject *ours, JsonObject *theirs, GStrv *conflicts);

/* The member that a conflict is about. */
JsonNode *stall_merge_get (JsonObject *root, const char *path);
void stall_merge_set (JsonObject *root, const char *path, JsonNode *value);

G_END_DECLS
