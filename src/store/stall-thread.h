/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "stall-database.h"

G_BEGIN_DECLS

/* A thread that owns one connection. Jobs come through a queue, in order, and resolve a promise. */
typedef struct _StallThread StallThread;

/**
 * StallJob:
 * @database: the thread's connection
 * @data: the job's own
 *
 * Work on the connection's thread. Its name ends in `_job`.
 *
 * Returns: (transfer full): a future that is settled already
 */
typedef DexFuture *(*StallJob) (StallDatabase *database, gpointer data);

StallThread *stall_thread_new (const char *name, StallDatabase *database);
DexFuture *stall_thread_run (StallThread *self,
                             StallJob job,
                             gpointer data,
                             GDestroyNotify destroy,
                             GCancellable *cancellable);
void stall_thread_free (StallThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallThread, stall_thread_free)

G_END_DECLS
