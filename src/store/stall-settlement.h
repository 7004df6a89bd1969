/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-documents.h"

G_BEGIN_DECLS

/* The versions that lose when the owner settles a conflict: deleted in the same change set, and
 * back again when it is undone. Called on the writing thread inside a transaction. */

gboolean stall_settlement_check (StallDatabase *database,
                                 gint64 document,
                                 const char *const *losers,
                                 GError **error);
gboolean stall_settlement_write (StallDatabase *database,
                                 StallDocumentCounters *counters,
                                 StallDocumentState *state,
                                 gint64 change_set,
                                 const char *const *losers,
                                 GError **error);
gboolean stall_settlement_turn (StallDatabase *database,
                                StallDocumentCounters *counters,
                                StallDocumentState *state,
                                gint64 change_set,
                                gboolean undo,
                                GError **error);

G_END_DECLS
