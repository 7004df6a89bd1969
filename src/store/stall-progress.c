/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-progress.h"

#define NOT_BEGUN -1

struct _StallProgress
{
  GObject parent_instance;

  int permille; /* atomic */
};

G_DEFINE_FINAL_TYPE (StallProgress, stall_progress, G_TYPE_OBJECT)

static void
stall_progress_class_init (StallProgressClass *klass)
{
}

static void
stall_progress_init (StallProgress *self)
{
  self->permille = NOT_BEGUN;
}

/**
 * stall_progress_new:
 *
 * Makes the progress of work that has not begun, and may turn out not to be needed.
 *
 * Returns: (transfer full): a new progress
 */
StallProgress *
stall_progress_new (void)
{
  return g_object_new (STALL_TYPE_PROGRESS, NULL);
}

/**
 * stall_progress_tell:
 * @self: a progress
 * @fraction: of the work that is done, 0 … 1
 *
 * Says how far the work is. From any thread.
 */
void
stall_progress_tell (StallProgress *self, double fraction)
{
  g_return_if_fail (STALL_IS_PROGRESS (self));

  g_atomic_int_set (&self->permille, (int) (CLAMP (fraction, 0, 1) * 1000));
}

/**
 * stall_progress_look:
 * @self: a progress
 * @fraction: (out): of the work that is done, 0 … 1
 *
 * Looks how far the work is. From any thread.
 *
 * Returns: whether it has begun
 */
gboolean
stall_progress_look (StallProgress *self, double *fraction)
{
  int permille;

  g_return_val_if_fail (STALL_IS_PROGRESS (self), FALSE);
  g_return_val_if_fail (fraction != NULL, FALSE);

  permille = g_atomic_int_get (&self->permille);
  *fraction = MAX (permille, 0) / 1000.0;
  return permille != NOT_BEGUN;
}
