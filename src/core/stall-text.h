/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Text that a person typed, as documents keep it: valid UTF-8 in NFC, no white space at both ends.
 */
char *stall_text_clean (const char *text);
/* The same for texts that a person takes for the same: “Red ” and “red”. Never stored. */
char *stall_text_fold (const char *text);
/* A whole number of things for a person: “1,234”. */
char *stall_text_from_count (gint64 count);
gboolean stall_text_set_member (JsonObject *object, const char *member, const char *text);
GStrv stall_text_get_pairs (JsonObject *object, const char *member);

G_END_DECLS
