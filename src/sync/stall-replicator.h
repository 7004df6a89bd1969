/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-attempt.h"
#include "stall-sync-error.h"

G_BEGIN_DECLS

/* The inner replicator: one attempt over one server, which ends. Who wants to go on, wait, or try
 * again decides that outside. */

/* StallSyncReport boxed: everything the platform has is here and everything that was here is there
 * or refused; else a #StallSyncError, and what went well so far stays. */
DexFuture *stall_replicate (StallStore *store, StallRemote *remote, GCancellable *cancellable);
/* The same, with what else a policy may want. */
typedef struct
{
  gboolean without_files;     /* pictures wait for another attempt */
  StallSyncProgress progress; /* NULL: nobody looks on */
  gpointer progress_data;     /* lives until the future is settled */
} StallReplicateOptions;

DexFuture *stall_replicate_as (StallStore *store,
                               StallRemote *remote,
                               const StallReplicateOptions *options,
                               GCancellable *cancellable);
/* int64: how many documents are there; is it a database at all, and may we? */
DexFuture *
stall_replicate_greet (StallStore *store, StallRemote *remote, GCancellable *cancellable);
/* boolean: resolves as soon as the platform has something new for this stall. */
DexFuture *stall_replicate_wait (StallStore *store, StallRemote *remote, GCancellable *cancellable);

G_END_DECLS
