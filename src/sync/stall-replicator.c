/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-replicator.h"

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-feed.h"
#include "stall-json.h"
#include "stall-replica.h"
#include "stall-sync-limits.h"

StallSyncReport *
stall_sync_report_copy (const StallSyncReport *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
stall_sync_report_free (StallSyncReport *self)
{
  g_free (self);
}

G_DEFINE_BOXED_TYPE (StallSyncReport,
                     stall_sync_report,
                     stall_sync_report_copy,
                     stall_sync_report_free)

static StallAttempt *
attempt_new (StallStore *store, StallRemote *remote, GCancellable *cancellable)
{
  StallAttempt *attempt = g_new0 (StallAttempt, 1);

  attempt->store = g_object_ref (store);
  attempt->remote = g_object_ref (remote);
  attempt->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return attempt;
}

static void
attempt_free (gpointer data)
{
  StallAttempt *attempt = data;

  g_object_unref (attempt->store);
  g_object_unref (attempt->remote);
  g_object_unref (attempt->cancellable);
  g_clear_pointer (&attempt->since, json_node_unref);
  g_free (attempt);
}

/**
 * stall_attempt_tell:
 * @attempt: an attempt that came some way
 *
 * Tells who looks how far it is.
 */
void
stall_attempt_tell (StallAttempt *attempt)
{
  if (attempt->progress != NULL)
    attempt->progress (&attempt->report, attempt->n_there, attempt->progress_data);
}

/* Whether a database of the right make answers. */
static gboolean
shake_hands (StallAttempt *attempt, GError **error)
{
  StallRemoteRequest request = { .path = "", .cancellable = attempt->cancellable };
  g_autoptr (JsonObject) answer
      = dex_await_boxed (stall_remote_send_for_object (attempt->remote, &request), error);

  if (answer == NULL)
    return FALSE;
  if (json_object_has_member (answer, "db_name") && json_object_has_member (answer, "update_seq"))
    {
      attempt->n_there = (guint64) MAX (stall_json_get_int (answer, "doc_count", 0), 0);
      return TRUE;
    }
  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB,
                       _ ("Something else than a platform answers at this address."));
  return FALSE;
}

/* A platform that does not remember what it acknowledged last gets offered again what changed
 * since. This comes before pulling, so that what is pulled is not offered. */
static gboolean
look_back (StallAttempt *attempt, StallCheckpoint *pushing, GError **error)
{
  JsonNode *common = stall_checkpoint_get_common (pushing);
  gint64 after = 0;

  if (stall_checkpoint_is_in_step (pushing))
    return TRUE;
  if (common != NULL && JSON_NODE_HOLDS_VALUE (common)
      && json_node_get_value_type (common) == G_TYPE_INT64)
    after = json_node_get_int (common);
  return dex_await (stall_store_mark_unsent (attempt->store, after), error);
}

static gboolean
replicate (StallAttempt *attempt, GError **error)
{
  g_autoptr (StallCheckpoint) pulling = NULL;
  g_autoptr (StallCheckpoint) pushing = NULL;

  if (!shake_hands (attempt, error))
    return FALSE;
  pulling = stall_checkpoint_load (attempt->store, attempt->remote, "pull", attempt->cancellable,
                                   error);
  if (pulling == NULL)
    return FALSE;
  pushing = stall_checkpoint_load (attempt->store, attempt->remote, "push", attempt->cancellable,
                                   error);
  if (pushing == NULL)
    return FALSE;
  /* They meet for the first time, or one of them was made anew. */
  if (stall_checkpoint_get_common (pulling) == NULL && !stall_guard_check (attempt, error))
    return FALSE;
  return look_back (attempt, pushing, error) && stall_pull_run (attempt, pulling, error)
         && stall_push_run (attempt, pushing, error)
         && (attempt->without_files || stall_pull_files (attempt, error));
}

static DexFuture *
replicate_fiber (gpointer data)
{
  StallAttempt *attempt = data;
  guint64 received = stall_remote_get_n_received (attempt->remote);
  guint64 sent = stall_remote_get_n_sent (attempt->remote);
  GError *error = NULL;

  if (!replicate (attempt, &error))
    return dex_future_new_for_error (error);
  attempt->report.n_received = stall_remote_get_n_received (attempt->remote) - received;
  attempt->report.n_sent = stall_remote_get_n_sent (attempt->remote) - sent;
  return dex_future_new_take_boxed (STALL_TYPE_SYNC_REPORT,
                                    stall_sync_report_copy (&attempt->report));
}

/**
 * stall_replicate:
 * @store: a store that is open for writing
 * @remote: its database on the platform
 * @cancellable: (nullable): ends the attempt; what was done so far stays
 *
 * Pulls, pushes, and fetches pictures, until both sides have the same or the platform refuses.
 *
 * Returns: (transfer full): a future of a #StallSyncReport
 */
DexFuture *
stall_replicate (StallStore *store, StallRemote *remote, GCancellable *cancellable)
{
  return stall_replicate_as (store, remote, &(StallReplicateOptions) { 0 }, cancellable);
}

/**
 * stall_replicate_as:
 * @store: a store that is open for writing
 * @remote: its database on the platform
 * @options: what is left out, and who looks on
 * @cancellable: (nullable): ends the attempt; what was done so far stays
 *
 * Does what stall_replicate() does, with options.
 *
 * Returns: (transfer full): a future of a #StallSyncReport
 */
DexFuture *
stall_replicate_as (StallStore *store,
                    StallRemote *remote,
                    const StallReplicateOptions *options,
                    GCancellable *cancellable)
{
  StallAttempt *attempt;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (STALL_IS_REMOTE (remote));

  attempt = attempt_new (store, remote, cancellable);
  attempt->without_files = options->without_files;
  attempt->progress = options->progress;
  attempt->progress_data = options->progress_data;
  return stall_async (replicate_fiber, attempt, attempt_free);
}

static DexFuture *
greet_fiber (gpointer data)
{
  StallAttempt *attempt = data;
  GError *error = NULL;

  if (!shake_hands (attempt, &error) || !stall_guard_check (attempt, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_int64 ((gint64) attempt->n_there);
}

/**
 * stall_replicate_greet:
 * @store: a store
 * @remote: what may be its database on the platform
 * @cancellable: (nullable): stops asking
 *
 * Tries whether a database answers that this person may use and that is of this stall.
 *
 * Returns: (transfer full): a future of how many documents it has, int64
 */
DexFuture *
stall_replicate_greet (StallStore *store, StallRemote *remote, GCancellable *cancellable)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (STALL_IS_REMOTE (remote));

  return stall_async (greet_fiber, attempt_new (store, remote, cancellable), attempt_free);
}

/* Whether any row names a revision that is not here; what we pushed ourselves comes by as well. */
static gboolean
brings_news (StallAttempt *attempt, StallPage *page, gboolean *news, GError **error)
{
  g_autoptr (GPtrArray) rows = dex_await_boxed (stall_page_read_rows (page), error);
  g_autoptr (GPtrArray) names
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_revision_name_free);
  g_autoptr (GPtrArray) missing = NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const StallChangeRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->revisions->len; j++)
        if (!g_str_has_prefix (row->id, "_design/"))
          g_ptr_array_add (names, stall_revision_name_new (row->id, row->revisions->pdata[j]));
    }
  missing = dex_await_boxed (stall_store_find_missing (attempt->store, names), error);
  *news = missing != NULL && missing->len > 0;
  return missing != NULL;
}

static DexFuture *
wait_fiber (gpointer data)
{
  StallAttempt *attempt = data;
  GError *error = NULL;
  g_autoptr (StallCheckpoint) pulling = stall_checkpoint_load (
      attempt->store, attempt->remote, "pull", attempt->cancellable, &error);

  if (pulling == NULL)
    return dex_future_new_for_error (error);
  if (stall_checkpoint_get_common (pulling) == NULL)
    return dex_future_new_true ();
  attempt->since = json_node_copy (stall_checkpoint_get_common (pulling));
  for (;;)
    {
      g_autofree char *path = stall_feed_make_path (attempt->since, STALL_SYNC_PAGE, FALSE, TRUE);
      g_autoptr (StallPage) page = NULL;
      gboolean news = FALSE;

      page = dex_await_object (
          stall_page_fetch (attempt->remote,
                            &(StallRemoteRequest) { .path = path,
                                                    .timeout = STALL_SYNC_FEED_TIMEOUT,
                                                    .cancellable = attempt->cancellable }),
          &error);
      if (page == NULL || !brings_news (attempt, page, &news, &error))
        return dex_future_new_for_error (error);
      if (news)
        return dex_future_new_true ();
      g_clear_pointer (&attempt->since, json_node_unref);
      if (stall_page_get_last_sequence (page) == NULL)
        return dex_future_new_true ();
      attempt->since = json_node_copy (stall_page_get_last_sequence (page));
    }
}

/**
 * stall_replicate_wait:
 * @store: a store that stall_replicate() has brought up to date
 * @remote: its database on the platform
 * @cancellable: (nullable): stops waiting
 *
 * Holds one connection until the platform has something that is not here.
 *
 * Returns: (transfer full): a future that resolves when stall_replicate() has something to pull
 */
DexFuture *
stall_replicate_wait (StallStore *store, StallRemote *remote, GCancellable *cancellable)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (STALL_IS_REMOTE (remote));

  return stall_async (wait_fiber, attempt_new (store, remote, cancellable), attempt_free);
}
