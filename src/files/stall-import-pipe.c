/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-pipe.h"

#define MAX_BATCHES 4

struct _StallImportPipe
{
  gatomicrefcount references;
  GMutex mutex;
  GCond changed;
  GQueue batches;
  GPtrArray *popped; /* what the writing side works on */
  GPtrArray *spent;  /* what it is done with, to be freed where there is time */
  gboolean finished; /* nothing more will be pushed */
  gboolean closed;   /* nothing more will be popped */
  GError *error;
};

/**
 * stall_import_pipe_new:
 *
 * Creates an empty pipe.
 *
 * Returns: (transfer full): the pipe
 */
StallImportPipe *
stall_import_pipe_new (void)
{
  StallImportPipe *self = g_new0 (StallImportPipe, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->batches);
  self->spent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return self;
}

StallImportPipe *
stall_import_pipe_ref (StallImportPipe *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
stall_import_pipe_unref (StallImportPipe *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_queue_clear_full (&self->batches, (GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_unref (self->spent);
  g_clear_pointer (&self->popped, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * stall_import_pipe_push:
 * @self: a pipe
 * @batch: (transfer full): documents
 *
 * Hands documents on, and waits while the pipe is full. Frees what was written meanwhile.
 *
 * Returns: %FALSE when nobody takes them any more
 */
gboolean
stall_import_pipe_push (StallImportPipe *self, GPtrArray *batch)
{
  g_autoptr (GPtrArray) spent = NULL; /* goes after the lock is given back */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->closed && self->batches.length >= MAX_BATCHES)
    g_cond_wait (&self->changed, &self->mutex);
  if (self->closed)
    {
      g_ptr_array_unref (batch);
      return FALSE;
    }
  g_queue_push_tail (&self->batches, batch);
  spent = g_steal_pointer (&self->spent);
  self->spent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_cond_broadcast (&self->changed);
  return TRUE;
}

/**
 * stall_import_pipe_finish:
 * @self: a pipe
 * @error: (nullable): why there will be no more; %NULL when that was all
 *
 * Says that nothing more comes.
 */
void
stall_import_pipe_finish (StallImportPipe *self, const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->finished = TRUE;
  if (error != NULL && self->error == NULL)
    self->error = g_error_copy (error);
  g_cond_broadcast (&self->changed);
}

/**
 * stall_import_pipe_pop:
 * @self: a pipe
 * @error: return location
 *
 * Takes the next documents, and waits while there are none. An error of the reading side comes
 * before what is still in the pipe, because nothing of a failed import is written.
 *
 * Returns: (transfer full) (nullable): a batch; %NULL at the end or on error
 */
GPtrArray *
stall_import_pipe_pop (StallImportPipe *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->finished && self->error == NULL && self->batches.length == 0)
    g_cond_wait (&self->changed, &self->mutex);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  if (self->popped != NULL)
    g_ptr_array_add (self->spent, self->popped);
  self->popped = g_queue_pop_head (&self->batches);
  g_cond_broadcast (&self->changed);
  return self->popped != NULL ? g_ptr_array_ref (self->popped) : NULL;
}

/**
 * stall_import_pipe_close:
 * @self: a pipe
 *
 * Says that nothing more is taken, so that the reading side ends too.
 */
void
stall_import_pipe_close (StallImportPipe *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->closed = TRUE;
  g_cond_broadcast (&self->changed);
}
