/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-thread.h"

#include <glib/gi18n-lib.h>

struct _StallThread
{
  GThread *thread;
  GAsyncQueue *queue;
  StallDatabase *database;
};

typedef struct
{
  StallJob job;
  gpointer data;
  GDestroyNotify destroy;
  GCancellable *cancellable;
  DexPromise *promise;
} Task;

static void
task_free (Task *task)
{
  if (task->destroy != NULL)
    task->destroy (task->data);
  g_clear_object (&task->cancellable);
  dex_clear (&task->promise);
  g_free (task);
}

static void
task_run (Task *task, StallDatabase *database)
{
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  if (task->cancellable != NULL && g_cancellable_set_error_if_cancelled (task->cancellable, &error))
    {
      dex_promise_reject (task->promise, g_steal_pointer (&error));
      return;
    }
  stall_database_set_cancellable (database, task->cancellable);
  future = task->job (database, task->data);
  stall_database_set_cancellable (database, NULL);
  value = dex_future_get_value (future, &error);
  if (value != NULL)
    dex_promise_resolve (task->promise, value);
  else
    dex_promise_reject (task->promise, g_steal_pointer (&error));
}

static gpointer
thread_main (gpointer data)
{
  StallThread *self = data;

  for (;;)
    {
      Task *task = g_async_queue_pop (self->queue);
      gboolean last = task->job == NULL;

      if (!last)
        task_run (task, self->database);
      task_free (task);
      if (last)
        break;
    }
  g_clear_pointer (&self->database, stall_database_close);
  return NULL;
}

/**
 * stall_thread_new:
 * @name: shown in debuggers, 15 bytes
 * @database: (transfer full): its connection
 *
 * Starts a thread.
 *
 * Returns: (transfer full): the thread
 */
StallThread *
stall_thread_new (const char *name, StallDatabase *database)
{
  StallThread *self = g_new0 (StallThread, 1);

  self->database = database;
  self->queue = g_async_queue_new ();
  self->thread = g_thread_new (name, thread_main, self);
  return self;
}

/**
 * stall_thread_run:
 * @self: a thread
 * @job: the work
 * @data: handed to @job
 * @destroy: (nullable): frees @data, on the thread
 * @cancellable: (nullable): ends the work early with %G_IO_ERROR_CANCELLED
 *
 * Queues a job behind those that wait.
 *
 * Returns: (transfer full): a future of what the job's future resolves to
 */
DexFuture *
stall_thread_run (StallThread *self,
                  StallJob job,
                  gpointer data,
                  GDestroyNotify destroy,
                  GCancellable *cancellable)
{
  Task *task = g_new0 (Task, 1);
  DexFuture *future;

  task->job = job;
  task->data = data;
  task->destroy = destroy;
  g_set_object (&task->cancellable, cancellable);
  task->promise = dex_promise_new ();
  future = DEX_FUTURE (dex_ref (task->promise));
  g_async_queue_push (self->queue, task);
  return future;
}

/**
 * stall_thread_free:
 * @self: a thread
 *
 * Finishes what is queued, closes the connection and ends the thread. Blocks until then.
 */
void
stall_thread_free (StallThread *self)
{
  Task *last = g_new0 (Task, 1);

  g_async_queue_push (self->queue, last);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}
