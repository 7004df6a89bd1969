/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* Earlier versions of a document: one a step that can be undone, as long as its body is kept. */

#define STALL_TYPE_DOCUMENT_VERSION (stall_document_version_get_type ())
G_DECLARE_FINAL_TYPE (StallDocumentVersion,
                      stall_document_version,
                      STALL,
                      DOCUMENT_VERSION,
                      GObject)
const char *stall_document_version_get_revision (StallDocumentVersion *self); /* “3-1f…” */
StallTime
stall_document_version_get_at (StallDocumentVersion *self); /* STALL_TIME_NONE: made elsewhere */
const char *
stall_document_version_get_label (StallDocumentVersion *self); /* what was done, or "" */
gboolean stall_document_version_get_current (StallDocumentVersion *self);

/* Versions of @id, newest first: GListModel of StallDocumentVersion. */
DexFuture *stall_store_versions (StallStore *store, const char *id);
/* StallDocument as it was; STALL_ERROR_NOT_FOUND when its body is no longer kept. */
DexFuture *stall_store_load_version (StallStore *store, const char *id, const char *revision);
/* Makes an earlier version the present one, as a step of its own: StallReceipt boxed. */
DexFuture *stall_store_restore_version (StallStore *store,
                                        const char *id,
                                        const char *revision,
                                        const char *label);

G_END_DECLS
