/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-documents.h"
#include "stall-peer-revision.h"
#include "stall-writer.h"

G_BEGIN_DECLS

/* The one door for what a peer sent: revisions, their projections and the checkpoint in one
 * transaction on the writing thread. */
gboolean stall_receiver_apply (StallDatabase *database,
                               GPtrArray *revisions,
                               const char *checkpoint,
                               const char *checkpoint_body,
                               StallOutcome *outcome,
                               GError **error);

gint64 stall_receiver_checksum (GBytes *body);

/* in stall-leaf-merge.c */
gboolean stall_leaf_merge (StallDatabase *database,
                           StallDocumentCounters *counters,
                           StallDocumentState *state,
                           StallKind kind,
                           gboolean *merged,
                           GError **error);
JsonObject *stall_leaf_merge_load (StallDatabase *database, gint64 revision);

G_END_DECLS
