/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text for the search tables: Latin words folded, CJK runs as overlapping pairs. */
char *stall_search_text (const char *text);
/* An FTS5 query for what a person typed: every word by prefix, CJK runs as phrases; NULL when there
 * is nothing to ask. */
char *stall_search_query (const char *typed);

G_END_DECLS
