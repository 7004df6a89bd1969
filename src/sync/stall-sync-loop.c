/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-private.h"

#include <glib/gi18n-lib.h>
#include <time.h>

#include "stall-async.h"
#include "stall-credentials.h"
#include "stall-replica.h"
#include "stall-sync-limits.h"

/* One run of the loop over one server. */
typedef struct
{
  StallSync *sync;
  StallRemote *remote; /* NULL: not signed in yet */
  GCancellable *cancellable;
} Loop;

static void
loop_free (gpointer data)
{
  Loop *loop = data;

  g_object_unref (loop->sync);
  g_clear_object (&loop->remote);
  g_object_unref (loop->cancellable);
  g_free (loop);
}

void
stall_sync_wake (StallSync *self)
{
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

/* --- the network --- */

static gboolean
is_metered (StallSync *self)
{
  return self->monitor != NULL && g_network_monitor_get_network_metered (self->monitor);
}

/* What was held by the network may go now, and a held connection may be dead. */
void
stall_sync_try_again (StallSync *self)
{
  gboolean network
      = self->phase == PHASE_HELD
        && (stall_sync_error_is_transient (self->error)
            || g_error_matches (self->error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LOGIN_PAGE)
            || g_error_matches (self->error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_CERTIFICATE));

  if ((network && g_get_monotonic_time () >= self->not_before) || self->phase == PHASE_POLLING)
    stall_sync_wake (self);
}

static void
network_changed_cb (StallSync *self, gboolean available)
{
  if (available)
    stall_sync_try_again (self);
}

static void
metered_cb (StallSync *self)
{
  if (!is_metered (self) && self->pictures_wait)
    stall_sync_try_again (self);
}

static void
watch_network (StallSync *self)
{
  if (self->monitor != NULL)
    return;
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::network-metered", G_CALLBACK (metered_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The clock that goes on while the computer sleeps, against the one that does not. */
gint64
stall_sync_measure_sleep (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 - g_get_monotonic_time ();
}

/* --- the loop --- */

StallRemote *
stall_sync_open_remote (const StallConnection *connection, const char *secret, GError **error)
{
  StallRemote *remote = stall_remote_new (connection->address, connection->insecure, error);

  if (remote == NULL || secret == NULL)
    return remote;
  if (connection->sign_in == STALL_SIGN_IN_TOKEN)
    stall_remote_set_token (remote, secret);
  else
    stall_remote_set_password (remote, connection->user, secret);
  return remote;
}

/* With what the Secret Service keeps. */
static gboolean
sign_in (Loop *loop, GError **error)
{
  StallSync *self = loop->sync;
  g_autoptr (StallConnection) connection = stall_connection_copy (self->connection);
  g_autoptr (GError) failed = NULL;
  g_autofree char *secret = NULL;

  if (stall_connection_wants_secret (connection))
    {
      secret = dex_await_string (stall_credentials_find (connection, loop->cancellable), &failed);
      if (secret == NULL)
        g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN,
                             _ ("This computer keeps no passwords, so Stall asks you after each "
                                "start. Sign in to go on."));
      else if (*secret == '\0')
        g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN,
                             _ ("Sign in to the platform to go on."));
      if (secret == NULL || *secret == '\0')
        return FALSE;
    }
  loop->remote = stall_sync_open_remote (connection, secret, error);
  return loop->remote != NULL;
}

static void
progress_cb (const StallSyncReport *so_far, guint64 n_there, gpointer data)
{
  stall_sync_show_progress (data, so_far, n_there);
}

static gboolean
check_pictures (StallSync *self, gboolean left_out, GError **error)
{
  g_autoptr (GPtrArray) wanted = NULL;

  if (left_out)
    {
      wanted = dex_await_boxed (stall_store_list_wanted (self->store, 1), error);
      if (wanted == NULL)
        return FALSE;
    }
  else
    self->pictures_asked = FALSE;
  stall_sync_set_pictures_wait (self, wanted != NULL && wanted->len > 0);
  return TRUE;
}

static gboolean
attempt (Loop *loop, GError **error)
{
  StallSync *self = loop->sync;
  StallReplicateOptions options = { .without_files = is_metered (self) && !self->pictures_asked,
                                    .progress = progress_cb,
                                    .progress_data = self };
  g_autoptr (StallSyncReport) report = NULL;

  dex_clear (&self->wake);
  self->wake = dex_promise_new ();
  self->so_far = (StallSyncReport) { 0 };
  self->n_there = 0;
  stall_sync_enter (self, PHASE_RUNNING, NULL);
  report = dex_await_boxed (
      stall_replicate_as (self->store, loop->remote, &options, loop->cancellable), error);
  if (report == NULL || !stall_sync_count (self, error)
      || !check_pictures (self, options.without_files, error))
    return FALSE;
  self->n_failures = 0;
  stall_sync_record (self, report, NULL);
  return TRUE;
}

/* Until the platform has something, or something is to be sent, or a person asks. */
static gboolean
wait_for_news (Loop *loop, GError **error)
{
  StallSync *self = loop->sync;
  g_autoptr (GCancellable) polling = g_cancellable_new ();
  g_autoptr (GError) failed = NULL;
  DexFuture *news = stall_replicate_wait (self->store, loop->remote, polling);
  gboolean good;

  stall_sync_enter (self, PHASE_POLLING, NULL);
  stall_sync_count_soon (self);
  good = dex_await (dex_future_first (dex_ref (news), dex_ref (self->wake),
                                      dex_cancellable_new_from_cancellable (loop->cancellable),
                                      NULL),
                    &failed);
  /* Nothing of it may run beside the next attempt. */
  g_cancellable_cancel (polling);
  dex_await (news, NULL);
  if (!good)
    g_propagate_error (error, g_steal_pointer (&failed));
  return good;
}

/* How long to wait before the same may go well by itself, ms; 0: only a person can help. */
static guint
find_delay (StallSync *self, const GError *error)
{
  guint delay = stall_sync_back_off (self->n_failures, g_random_double ());

  if (stall_sync_error_is_transient (error))
    return MAX (delay, 1000 * stall_sync_error_get_retry_after (error));
  if (g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LOGIN_PAGE)
      || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_CERTIFICATE))
    return MAX (delay, STALL_SYNC_LOGIN_BACK_OFF);
  return 0;
}

/* Takes @error over. */
static void
wait_out (Loop *loop, GError *error)
{
  StallSync *self = loop->sync;
  guint delay = find_delay (self, error);
  DexFuture *cancelled = dex_cancellable_new_from_cancellable (loop->cancellable);

  self->n_failures++;
  self->not_before = g_get_monotonic_time ()
                     + (gint64) stall_sync_error_get_retry_after (error) * G_USEC_PER_SEC;
  stall_sync_record (self, NULL, error);
  dex_clear (&self->wake);
  self->wake = dex_promise_new ();
  stall_sync_enter (self, PHASE_HELD, error);
  stall_sync_count_soon (self);
  if (delay > 0)
    dex_await (dex_future_first (dex_ref (self->wake), cancelled,
                                 dex_timeout_new_msec ((int) delay), NULL),
               NULL);
  else
    dex_await (dex_future_first (dex_ref (self->wake), cancelled, NULL), NULL);
}

static DexFuture *
loop_fiber (gpointer data)
{
  Loop *loop = data;

  while (!g_cancellable_is_cancelled (loop->cancellable))
    {
      g_autoptr (GError) error = NULL;

      if ((loop->remote != NULL || sign_in (loop, &error)) && attempt (loop, &error)
          && wait_for_news (loop, &error))
        continue;
      if (!g_cancellable_is_cancelled (loop->cancellable))
        wait_out (loop, g_steal_pointer (&error));
    }
  stall_sync_enter (loop->sync, PHASE_STOPPED, NULL);
  return dex_future_new_true ();
}

void
stall_sync_begin (StallSync *self, StallRemote *remote)
{
  Loop *loop = g_new0 (Loop, 1);

  g_assert (self->cancellable == NULL);
  watch_network (self);
  self->slept = stall_sync_measure_sleep ();
  self->n_failures = 0;
  self->not_before = 0;
  self->cancellable = g_cancellable_new ();
  loop->sync = g_object_ref (self);
  loop->remote = remote != NULL ? g_object_ref (remote) : NULL;
  loop->cancellable = g_object_ref (self->cancellable);
  dex_clear (&self->loop);
  self->loop = stall_async (loop_fiber, loop, loop_free);
}
