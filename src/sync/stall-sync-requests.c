/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-private.h"

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-credentials.h"
#include "stall-replica.h"

/* What a person asks of the sync that takes more than one step. */

typedef struct
{
  StallSync *sync;
  StallConnection *connection;
  char *secret;
  gboolean even_unsent;
} Step;

static Step *
step_new (StallSync *sync, const StallConnection *connection, const char *secret)
{
  Step *step = g_new0 (Step, 1);

  step->sync = g_object_ref (sync);
  step->connection = connection != NULL ? stall_connection_copy (connection) : NULL;
  step->secret = g_strdup (secret);
  return step;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->sync);
  g_clear_pointer (&step->connection, stall_connection_free);
  g_free (step->secret);
  g_free (step);
}

static gboolean
connect_to (Step *step, gboolean *kept, GError **error)
{
  StallSync *self = step->sync;
  g_autoptr (StallRemote) remote = stall_sync_open_remote (step->connection, step->secret, error);
  g_autoptr (GError) failed = NULL;

  if (remote == NULL)
    return FALSE;
  dex_await_int64 (stall_replicate_greet (self->store, remote, NULL), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  dex_await (stall_sync_stop (self), NULL);
  if (!stall_connection_save (step->connection, stall_store_get_folder (self->store), error))
    return FALSE;
  if (self->connection != NULL
      && g_strcmp0 (self->connection->address, step->connection->address) != 0)
    stall_sync_log_forget (stall_sync_get_log (self));
  *kept = !stall_connection_wants_secret (step->connection)
          || dex_await (stall_credentials_store (step->connection, step->secret), &failed);
  if (failed != NULL)
    g_info ("The secret is kept in memory only: %s", failed->message);
  stall_sync_set_connection (self, step->connection);
  stall_sync_begin (self, remote);
  return TRUE;
}

static DexFuture *
connect_fiber (gpointer data)
{
  gboolean kept = FALSE;
  GError *error = NULL;

  if (!connect_to (data, &kept, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (kept);
}

/**
 * stall_sync_connect:
 * @self: a sync
 * @connection: where to, and as whom
 * @secret: (nullable): the password or token
 *
 * Tries whether the platform answers and lets this person in, remembers how, and begins to sync.
 * Also the way to sign in again.
 *
 * Returns: (transfer full): a future of whether the secret is kept beyond this run of the program;
 *   rejected with a #StallSyncError, and nothing has changed then
 */
DexFuture *
stall_sync_connect (StallSync *self, const StallConnection *connection, const char *secret)
{
  dex_return_error_if_fail (STALL_IS_SYNC (self));
  dex_return_error_if_fail (connection != NULL);

  return stall_async (connect_fiber, step_new (self, connection, secret), step_free);
}

static gboolean
sign_out (Step *step, GError **error)
{
  StallSync *self = step->sync;
  g_autoptr (StallConnection) connection = NULL;

  if (self->connection == NULL)
    return TRUE;
  if (!stall_sync_count (self, error))
    return FALSE;
  if (self->n_unsent > 0 && !step->even_unsent)
    {
      g_set_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_UNSENT,
                   ngettext ("%u change has not been sent to the platform.",
                             "%u changes have not been sent to the platform.", self->n_unsent),
                   self->n_unsent);
      return FALSE;
    }
  dex_await (stall_sync_stop (self), NULL);
  if (!stall_connection_forget (stall_store_get_folder (self->store), error))
    return FALSE;
  connection = stall_connection_copy (self->connection);
  stall_sync_log_forget (stall_sync_get_log (self));
  self->last_time = STALL_TIME_NONE;
  stall_sync_set_pictures_wait (self, FALSE);
  stall_sync_set_connection (self, NULL);
  /* A computer that keeps no secrets has none to forget. */
  dex_await (stall_credentials_forget (connection), NULL);
  return TRUE;
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  GError *error = NULL;

  return sign_out (data, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

/**
 * stall_sync_sign_out:
 * @self: a sync
 * @even_unsent: whether the person has put what is unsent elsewhere
 *
 * Forgets the connection and its secret. The stall itself stays as it is.
 *
 * Returns: (transfer full): a future of a boolean; rejected with %STALL_SYNC_ERROR_UNSENT while
 *   something is unsent
 */
DexFuture *
stall_sync_sign_out (StallSync *self, gboolean even_unsent)
{
  Step *step;

  dex_return_error_if_fail (STALL_IS_SYNC (self));

  step = step_new (self, NULL, NULL);
  step->even_unsent = even_unsent;
  return stall_async (sign_out_fiber, step, step_free);
}

static DexFuture *
retry_fiber (gpointer data)
{
  Step *step = data;
  GError *error = NULL;

  if (!dex_await (stall_store_retry_refused (step->sync->store, step->secret), &error)
      || !stall_sync_count (step->sync, &error))
    return dex_future_new_for_error (error);
  stall_sync_wake (step->sync);
  return dex_future_new_true ();
}

/**
 * stall_sync_retry:
 * @self: a sync
 * @id: (nullable): a document that the platform refused; %NULL for all
 *
 * Offers it to the platform again.
 *
 * Returns: (transfer full): a future of a boolean, once that is on its way
 */
DexFuture *
stall_sync_retry (StallSync *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_SYNC (self));

  return stall_async (retry_fiber, step_new (self, NULL, id), step_free);
}

static DexFuture *
keep_here_fiber (gpointer data)
{
  Step *step = data;
  GError *error = NULL;

  if (!dex_await (stall_store_keep_refused (step->sync->store, step->secret), &error)
      || !stall_sync_count (step->sync, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

/**
 * stall_sync_keep_here:
 * @self: a sync
 * @id: (nullable): a document that the platform refused; %NULL for all
 *
 * The owner decides that this version stays on this computer only. It is offered again when it
 * changes.
 *
 * Returns: (transfer full): a future of a boolean, when that is on disk
 */
DexFuture *
stall_sync_keep_here (StallSync *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_SYNC (self));

  return stall_async (keep_here_fiber, step_new (self, NULL, id), step_free);
}
