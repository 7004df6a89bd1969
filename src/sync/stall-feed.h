/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "stall-remote.h"
#include "stall-wire.h"

G_BEGIN_DECLS

/* An answer with results, taken in as it comes. The results are read later, beside the main thread.
 */
#define STALL_TYPE_PAGE (stall_page_get_type ())
G_DECLARE_FINAL_TYPE (StallPage, stall_page, STALL, PAGE, GObject)

/* StallPage */
DexFuture *stall_page_fetch (StallRemote *remote, const StallRemoteRequest *request);
guint stall_page_get_n_results (StallPage *self);
const char *stall_page_get_result (StallPage *self, guint n, gsize *size);
guint stall_page_get_n_left_out (StallPage *self);
gsize stall_page_get_size (StallPage *self);
JsonNode *stall_page_get_last_sequence (StallPage *self); /* NULL: it says none */
DexFuture *stall_page_read_rows (StallPage *self);        /* GPtrArray of StallChangeRow, boxed */
DexFuture *stall_page_read_revisions (StallPage *self); /* GPtrArray of StallPeerRevision, boxed */

char *stall_feed_make_path (JsonNode *since, guint limit, gboolean with_documents, gboolean waits);

G_END_DECLS
