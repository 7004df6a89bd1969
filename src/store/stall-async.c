/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-async.h"

/**
 * stall_spawn:
 * @fiber: what to run; must report its own errors
 * @data: handed to @fiber
 * @destroy: frees @data once the fiber has ended
 *
 * Starts a fiber on the main thread that nobody waits for.
 */
void
stall_spawn (DexFiberFunc fiber, gpointer data, GDestroyNotify destroy)
{
  dex_future_disown (stall_async (fiber, data, destroy));
}

/**
 * stall_async:
 * @fiber: what to run
 * @data: handed to @fiber
 * @destroy: frees @data once the fiber has ended
 *
 * Starts a fiber on the main thread. It goes on to its end even when nobody holds the future,
 * because libdex 0.10.0 corrupts its scheduler when a suspended fiber is discarded.
 *
 * Returns: (transfer full): a future of what the fiber's future resolves to
 */
DexFuture *
stall_async (DexFiberFunc fiber, gpointer data, GDestroyNotify destroy)
{
  DexFuture *future = dex_scheduler_spawn (dex_scheduler_get_default (), 0, fiber, data, destroy);

  dex_future_disown (dex_ref (future));
  return future;
}

/**
 * stall_run_in_thread:
 * @work: what to run; may block, may not touch SQL or widgets
 * @data: handed to @work
 * @destroy: frees @data, on that thread
 *
 * Runs long pure work (parsing, decoding) beside the main thread.
 *
 * Returns: (transfer full): a future of what @work resolves to
 */
DexFuture *
stall_run_in_thread (DexFiberFunc work, gpointer data, GDestroyNotify destroy)
{
  DexFuture *future
      = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, work, data, destroy);

  dex_future_disown (dex_ref (future));
  return future;
}
