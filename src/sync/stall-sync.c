/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-private.h"

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-conflict.h"
#include "stall-credentials.h"
#include "stall-replica.h"
#include "stall-sync-limits.h"

/* A sleep shorter than this is none. */
#define NAP (5 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (StallSync, stall_sync, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_STATE,
  PROP_ERROR,
  PROP_N_UNSENT,
  PROP_N_STUCK,
  PROP_N_CONFLICTS,
  PROP_CONNECTION,
  PROP_PICTURES_WAIT,
  PROP_PROGRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- what a person is told --- */

static StallSyncState
find_state (StallSync *self)
{
  if (self->connection == NULL)
    return STALL_SYNC_NOT_CONNECTED;
  if (self->phase == PHASE_RUNNING || (self->phase != PHASE_HELD && !self->counted))
    return STALL_SYNC_SYNCING;
  if (self->phase == PHASE_HELD)
    return stall_sync_error_is_transient (self->error) ? STALL_SYNC_OFFLINE : STALL_SYNC_NEEDS_YOU;
  if (self->n_stuck > 0 || self->n_conflicts > 0)
    return STALL_SYNC_NEEDS_YOU;
  return self->n_unsent > 0 ? STALL_SYNC_UNSENT : STALL_SYNC_ALL_SENT;
}

static void
update_state (StallSync *self)
{
  StallSyncState state = find_state (self);

  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Takes @error over. */
void
stall_sync_enter (StallSync *self, Phase phase, GError *error)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->phase = phase;
  if (self->error != error)
    {
      g_clear_error (&self->error);
      self->error = error;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
stall_sync_set_connection (StallSync *self, const StallConnection *connection)
{
  StallConnection *copy = connection != NULL ? stall_connection_copy (connection) : NULL;

  g_clear_pointer (&self->connection, stall_connection_free);
  self->connection = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
  update_state (self);
}

static void
set_number (StallSync *self, guint *number, guint value, guint property)
{
  if (*number == value)
    return;
  *number = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
stall_sync_set_pictures_wait (StallSync *self, gboolean wait)
{
  if (self->pictures_wait == wait)
    return;
  self->pictures_wait = wait;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURES_WAIT]);
}

void
stall_sync_show_progress (StallSync *self, const StallSyncReport *so_far, guint64 n_there)
{
  self->so_far = *so_far;
  self->n_there = n_there;
  stall_sync_count_soon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
stall_sync_record (StallSync *self, const StallSyncReport *report, const GError *error)
{
  StallTime now = stall_time_now ();
  StallSyncEntry *newest = stall_sync_log_get_newest (stall_sync_get_log (self));
  g_autoptr (StallSyncEntry) entry
      = stall_sync_entry_new (now, report, error != NULL ? error->message : NULL);

  if (report != NULL)
    self->last_time = now;
  /* That nothing had to be done is news only after trouble. */
  if (report == NULL || newest == NULL || stall_sync_entry_get_problem (newest) != NULL
      || report->n_pulled + report->n_pushed + report->n_refused + report->n_files
                 + report->n_missing
             > 0)
    stall_sync_log_add (self->log, entry);
}

/* --- how much is unsent --- */

gboolean
stall_sync_count (StallSync *self, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GPtrArray) refused = dex_await_boxed (stall_store_list_refused (self->store), &failed);
  g_autoptr (GPtrArray) conflicts = NULL;
  gint64 unsent = 0;
  guint n_stuck = 0, n_kept = 0;

  if (refused != NULL)
    conflicts = dex_await_boxed (stall_store_list_conflicts (self->store), &failed);
  if (conflicts != NULL)
    unsent = dex_await_int64 (stall_store_count_unsent (self->store), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  for (guint i = 0; i < refused->len; i++)
    {
      if (stall_refusal_is_kept (refused->pdata[i]))
        n_kept++;
      else
        n_stuck++;
    }
  g_object_freeze_notify (G_OBJECT (self));
  self->counted = TRUE;
  set_number (self, &self->n_unsent, (guint) MAX (unsent - n_kept, n_stuck), PROP_N_UNSENT);
  set_number (self, &self->n_stuck, n_stuck, PROP_N_STUCK);
  set_number (self, &self->n_conflicts, conflicts->len, PROP_N_CONFLICTS);
  update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
  return TRUE;
}

static void
change_cb (gpointer data)
{
  StallSync *self = data;

  self->change_source = 0;
  if (self->phase == PHASE_POLLING && self->n_unsent > self->n_stuck)
    stall_sync_wake (self);
}

/* A store that was closed meanwhile has nothing to count. */
static DexFuture *
count_fiber (gpointer data)
{
  StallSync *self = data;

  self->counting = TRUE;
  while (self->counts_are_old)
    {
      self->counts_are_old = FALSE;
      if (!stall_sync_count (self, NULL))
        break;
    }
  self->counting = FALSE;
  if (self->n_unsent > self->n_stuck && self->change_source == 0 && self->cancellable != NULL)
    self->change_source = g_timeout_add_once (STALL_SYNC_COALESCE, change_cb, self);
  return dex_future_new_true ();
}

void
stall_sync_count_soon (StallSync *self)
{
  self->counts_are_old = TRUE;
  if (!self->counting)
    stall_spawn (count_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallSync *self)
{
  if (self->connection != NULL)
    stall_sync_count_soon (self);
}

/* --- the object --- */

static void
stall_sync_constructed (GObject *object)
{
  StallSync *self = STALL_SYNC (object);

  G_OBJECT_CLASS (stall_sync_parent_class)->constructed (object);

  self->connection = stall_connection_load (stall_store_get_folder (self->store));
  self->state = find_state (self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
stall_sync_dispose (GObject *object)
{
  StallSync *self = STALL_SYNC (object);

  g_clear_handle_id (&self->change_source, g_source_remove);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (stall_sync_parent_class)->dispose (object);
}

static void
stall_sync_finalize (GObject *object)
{
  StallSync *self = STALL_SYNC (object);

  g_clear_object (&self->store);
  g_clear_object (&self->log);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->connection, stall_connection_free);
  g_clear_error (&self->error);
  dex_clear (&self->loop);
  dex_clear (&self->wake);

  G_OBJECT_CLASS (stall_sync_parent_class)->finalize (object);
}

static double
find_progress (StallSync *self)
{
  if (self->phase != PHASE_RUNNING || self->n_there == 0)
    return -1;
  return MIN (1, (double) self->so_far.n_pulled / (double) self->n_there);
}

static void
stall_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallSync *self = STALL_SYNC (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_N_UNSENT:
      g_value_set_uint (value, self->n_unsent);
      break;
    case PROP_N_STUCK:
      g_value_set_uint (value, self->n_stuck);
      break;
    case PROP_N_CONFLICTS:
      g_value_set_uint (value, self->n_conflicts);
      break;
    case PROP_CONNECTION:
      g_value_set_boxed (value, self->connection);
      break;
    case PROP_PICTURES_WAIT:
      g_value_set_boolean (value, self->pictures_wait);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, find_progress (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_sync_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallSync *self = STALL_SYNC (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_sync_class_init (StallSyncClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stall_sync_constructed;
  object_class->dispose = stall_sync_dispose;
  object_class->finalize = stall_sync_finalize;
  object_class->get_property = stall_sync_get_property;
  object_class->set_property = stall_sync_set_property;

  properties[PROP_STORE]
      = g_param_spec_object ("store", NULL, NULL, STALL_TYPE_STORE,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE]
      = g_param_spec_uint ("state", NULL, NULL, 0, STALL_SYNC_NEEDS_YOU, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_N_UNSENT] = g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_STUCK] = g_param_spec_uint ("n-stuck", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CONFLICTS]
      = g_param_spec_uint ("n-conflicts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CONNECTION]
      = g_param_spec_boxed ("connection", NULL, NULL, STALL_TYPE_CONNECTION, flags);
  properties[PROP_PICTURES_WAIT] = g_param_spec_boolean ("pictures-wait", NULL, NULL, FALSE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_sync_init (StallSync *self)
{
  self->last_time = STALL_TIME_NONE;
}

/**
 * stall_sync_new:
 * @store: an open store
 *
 * Makes the policy of a stall's sync. It does nothing yet, and nothing at all for a stall that is
 * not connected.
 *
 * Returns: (transfer full): a new object
 */
StallSync *
stall_sync_new (StallStore *store)
{
  return g_object_new (STALL_TYPE_SYNC, "store", store, NULL);
}

/**
 * stall_sync_start:
 * @self: a sync
 *
 * Begins to look after a stall that is connected, signed in as the Secret Service knows.
 */
void
stall_sync_start (StallSync *self)
{
  g_return_if_fail (STALL_IS_SYNC (self));

  if (self->connection == NULL || self->cancellable != NULL
      || !stall_store_get_writable (self->store))
    return;
  stall_sync_count_soon (self);
  stall_sync_begin (self, NULL);
}

/**
 * stall_sync_stop:
 * @self: a sync
 *
 * Ends the attempt that is under way; what it did stays.
 *
 * Returns: (transfer full): a future that resolves when nothing of it runs any more
 */
DexFuture *
stall_sync_stop (StallSync *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  dex_return_error_if_fail (STALL_IS_SYNC (self));

  cancellable = g_steal_pointer (&self->cancellable);
  if (cancellable == NULL)
    return self->loop != NULL ? dex_ref (self->loop) : dex_future_new_true ();
  g_cancellable_cancel (cancellable);
  return dex_ref (self->loop);
}

/* --- asking --- */

/**
 * stall_sync_now:
 * @self: a sync
 *
 * A person asks for an attempt, whatever it waits for.
 */
void
stall_sync_now (StallSync *self)
{
  g_return_if_fail (STALL_IS_SYNC (self));

  stall_sync_wake (self);
}

/**
 * stall_sync_fetch_pictures:
 * @self: a sync
 *
 * Fetches pictures once even if the connection costs money.
 */
void
stall_sync_fetch_pictures (StallSync *self)
{
  g_return_if_fail (STALL_IS_SYNC (self));

  self->pictures_asked = TRUE;
  stall_sync_wake (self);
}

/**
 * stall_sync_wake_up:
 * @self: a sync
 *
 * To be called when a person comes back: a computer that slept has a dead connection, and what was
 * waited for may be over.
 */
void
stall_sync_wake_up (StallSync *self)
{
  gint64 slept = stall_sync_measure_sleep ();

  g_return_if_fail (STALL_IS_SYNC (self));

  if (self->cancellable != NULL && slept - self->slept > NAP)
    stall_sync_try_again (self);
  self->slept = slept;
}

/* --- reading --- */

StallSyncState
stall_sync_get_state (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), STALL_SYNC_NOT_CONNECTED);

  return self->state;
}

/**
 * stall_sync_get_error:
 * @self: a sync
 *
 * Returns: (transfer none) (nullable): what it is held by, in words a person can act on
 */
const GError *
stall_sync_get_error (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), NULL);

  return self->error;
}

guint
stall_sync_get_n_unsent (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), 0);

  return self->n_unsent;
}

guint
stall_sync_get_n_stuck (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), 0);

  return self->n_stuck;
}

guint
stall_sync_get_n_conflicts (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), 0);

  return self->n_conflicts;
}

const StallConnection *
stall_sync_get_connection (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), NULL);

  return self->connection;
}

gboolean
stall_sync_get_pictures_wait (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), FALSE);

  return self->pictures_wait;
}

/**
 * stall_sync_get_so_far:
 * @self: a sync
 * @n_there: (out): how many documents the platform has; 0: not known yet
 *
 * Returns: (transfer none) (nullable): how far the attempt is that is under way
 */
const StallSyncReport *
stall_sync_get_so_far (StallSync *self, guint64 *n_there)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), NULL);

  *n_there = self->n_there;
  return self->phase == PHASE_RUNNING ? &self->so_far : NULL;
}

/**
 * stall_sync_get_last_time:
 * @self: a sync
 *
 * Returns: when a sync last came to its end; %STALL_TIME_NONE: never
 */
StallTime
stall_sync_get_last_time (StallSync *self)
{
  GListModel *log;

  g_return_val_if_fail (STALL_IS_SYNC (self), STALL_TIME_NONE);

  log = G_LIST_MODEL (stall_sync_get_log (self));
  for (guint i = 0; self->last_time == STALL_TIME_NONE && i < g_list_model_get_n_items (log); i++)
    {
      g_autoptr (StallSyncEntry) entry = g_list_model_get_item (log, i);

      if (stall_sync_entry_get_problem (entry) == NULL)
        self->last_time = stall_sync_entry_get_time (entry);
    }
  return self->last_time;
}

/**
 * stall_sync_get_log:
 * @self: a sync
 *
 * Returns: (transfer none): the last syncs
 */
StallSyncLog *
stall_sync_get_log (StallSync *self)
{
  g_return_val_if_fail (STALL_IS_SYNC (self), NULL);

  if (self->log == NULL)
    self->log = stall_sync_log_new (stall_store_get_folder (self->store));
  return self->log;
}

/**
 * stall_sync_back_off:
 * @n_failures: how often it went wrong in a row before
 * @chance: between 0 and 1
 *
 * Returns: how long to wait before the next attempt, ms
 */
guint
stall_sync_back_off (guint n_failures, double chance)
{
  guint whole = n_failures < 16 ? MIN (STALL_SYNC_BACK_OFF << n_failures, STALL_SYNC_MAX_BACK_OFF)
                                : STALL_SYNC_MAX_BACK_OFF;

  return whole / 2 + (guint) (chance * (whole / 2));
}
