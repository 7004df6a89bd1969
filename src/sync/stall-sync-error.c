/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-error.h"

typedef struct
{
  guint retry_after;
} StallSyncErrorPrivate;

static void
stall_sync_error_private_init (StallSyncErrorPrivate *self)
{
}

static void
stall_sync_error_private_copy (const StallSyncErrorPrivate *source, StallSyncErrorPrivate *target)
{
  target->retry_after = source->retry_after;
}

static void
stall_sync_error_private_clear (StallSyncErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (StallSyncError, stall_sync_error)

/**
 * stall_sync_error_new_retry:
 * @seconds: how long the server asks to be left alone; 0: it did not say
 * @message: what a person reads
 *
 * Returns: (transfer full): a %STALL_SYNC_ERROR_RETRY
 */
GError *
stall_sync_error_new_retry (guint seconds, const char *message)
{
  GError *error = g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_RETRY, message);

  stall_sync_error_get_private (error)->retry_after = seconds;
  return error;
}

/**
 * stall_sync_error_get_retry_after:
 * @error: an error
 *
 * Returns: how many seconds the server asks to be left alone; 0: it did not say
 */
guint
stall_sync_error_get_retry_after (const GError *error)
{
  return error->domain == STALL_SYNC_ERROR ? stall_sync_error_get_private (error)->retry_after : 0;
}

/**
 * stall_sync_error_is_transient:
 * @error: an error
 *
 * Returns: whether the same may go well later without anybody doing anything
 */
gboolean
stall_sync_error_is_transient (const GError *error)
{
  return g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_RETRY)
         || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED);
}
