/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libdex.h>

#include "stall-remote.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* How far a replication in one direction is, as both sides say. Each time the peer is told, a new
 * session begins; so what one session names on both sides is the same place, and after a loss on
 * either side the newest session both know is where to go on. Sequences are opaque. */
typedef struct _StallCheckpoint StallCheckpoint;

char *stall_checkpoint_make_id (StallStore *store, StallRemote *remote, const char *direction);
StallCheckpoint *stall_checkpoint_new (const char *id, JsonObject *here, JsonObject *there);
void stall_checkpoint_free (StallCheckpoint *self);
const char *stall_checkpoint_get_id (StallCheckpoint *self);
/* NULL: start over */
JsonNode *stall_checkpoint_get_common (StallCheckpoint *self);
gboolean stall_checkpoint_is_in_step (StallCheckpoint *self);
void stall_checkpoint_start_over (StallCheckpoint *self);
char *stall_checkpoint_advance (StallCheckpoint *self, JsonNode *sequence);
gboolean stall_checkpoint_is_due (StallCheckpoint *self);

/* In a fiber: reads both sides; tells the peer. */
StallCheckpoint *stall_checkpoint_load (StallStore *store,
                                        StallRemote *remote,
                                        const char *direction,
                                        GCancellable *cancellable,
                                        GError **error);
gboolean stall_checkpoint_tell (StallCheckpoint *self,
                                StallRemote *remote,
                                GCancellable *cancellable,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallCheckpoint, stall_checkpoint_free)

G_END_DECLS
