/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-checkpoint.h"

#include <string.h>

#include "stall-json.h"
#include "stall-kind.h"
#include "stall-replica.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"

/* Goes up when an older checkpoint can no longer be understood. */
#define VERSION 1

struct _StallCheckpoint
{
  char *id;
  char *session;
  JsonObject *record;
  JsonNode *common;
  char *there; /* the revision of the peer's record, or NULL */
  gint64 told_at;
  gboolean untold;
  gboolean in_step;
};

/**
 * stall_checkpoint_make_id:
 * @store: one side
 * @remote: the other side
 * @direction: "pull" or "push"
 *
 * The same stall, installation, user and address always give the same id, whatever the password.
 *
 * Returns: (transfer full): the id of a replication
 */
char *
stall_checkpoint_make_id (StallStore *store, StallRemote *remote, const char *direction)
{
  const char *user = stall_remote_get_user (remote);
  g_autofree char *text
      = g_strjoin ("\n", direction, stall_store_get_device (store),
                   stall_remote_get_address (remote), user != NULL ? user : "", NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);

  return g_strdup_printf ("stall-%s-%s", direction, hash);
}

/* Sessions of a record, the newest first. */
static JsonObject *
nth_session (JsonObject *record, guint n)
{
  JsonArray *history = stall_json_get_array (record, "history");
  JsonNode *node = history != NULL && n < json_array_get_length (history)
                       ? json_array_get_element (history, n)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
count_sessions (JsonObject *record)
{
  JsonArray *history = stall_json_get_array (record, "history");

  return history != NULL ? json_array_get_length (history) : 0;
}

/* The place of the newest session that both sides know. */
static JsonNode *
find_common (JsonObject *here, JsonObject *there, gboolean *is_newest)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < count_sessions (there); i++)
    {
      const char *session = stall_json_get_string (nth_session (there, i), "session_id", NULL);

      if (session != NULL)
        g_hash_table_add (known, (gpointer) session);
    }
  for (guint i = 0; i < count_sessions (here); i++)
    {
      JsonObject *entry = nth_session (here, i);
      const char *session = stall_json_get_string (entry, "session_id", NULL);

      if (session != NULL && g_hash_table_contains (known, session)
          && json_object_has_member (entry, "recorded_seq"))
        {
          *is_newest = i == 0;
          return json_object_dup_member (entry, "recorded_seq");
        }
    }
  return NULL;
}

/**
 * stall_checkpoint_new:
 * @id: of the replication
 * @here: (nullable): what is recorded here
 * @there: (nullable): what the peer has recorded
 *
 * Returns: (transfer full): the checkpoint, at the last place both sides agree on
 */
StallCheckpoint *
stall_checkpoint_new (const char *id, JsonObject *here, JsonObject *there)
{
  StallCheckpoint *self = g_new0 (StallCheckpoint, 1);

  self->id = g_strdup (id);
  self->session = stall_uuid_new ();
  self->record = here != NULL ? json_object_ref (here) : json_object_new ();
  self->there = g_strdup (stall_json_get_string (there, "_rev", NULL));
  self->told_at = g_get_monotonic_time ();
  if (here != NULL && there != NULL
      && stall_json_get_int (here, "replication_id_version", 0) == VERSION
      && stall_json_get_int (there, "replication_id_version", 0) == VERSION)
    self->common = find_common (here, there, &self->in_step);
  return self;
}

void
stall_checkpoint_free (StallCheckpoint *self)
{
  g_free (self->id);
  g_free (self->session);
  g_free (self->there);
  json_object_unref (self->record);
  g_clear_pointer (&self->common, json_node_unref);
  g_free (self);
}

const char *
stall_checkpoint_get_id (StallCheckpoint *self)
{
  return self->id;
}

/**
 * stall_checkpoint_get_common:
 * @self: a checkpoint
 *
 * Returns: (transfer none) (nullable): where to go on from; %NULL: from the beginning
 */
JsonNode *
stall_checkpoint_get_common (StallCheckpoint *self)
{
  return self->common;
}

/**
 * stall_checkpoint_is_in_step:
 * @self: a checkpoint
 *
 * Returns: whether the place both sides know is the last one that is recorded here
 */
gboolean
stall_checkpoint_is_in_step (StallCheckpoint *self)
{
  return self->in_step;
}

/**
 * stall_checkpoint_start_over:
 * @self: a checkpoint
 *
 * Forgets where it was: the peer does not know that place.
 */
void
stall_checkpoint_start_over (StallCheckpoint *self)
{
  g_clear_pointer (&self->common, json_node_unref);
}

/**
 * stall_checkpoint_advance:
 * @self: a checkpoint
 * @sequence: how far the replication is
 *
 * Returns: (transfer full): what is to be stored here in the same transaction as the data
 */
char *
stall_checkpoint_advance (StallCheckpoint *self, JsonNode *sequence)
{
  JsonArray *history = json_array_new ();
  JsonObject *entry = json_object_new ();
  guint n = count_sessions (self->record);

  json_object_set_string_member (entry, "session_id", self->session);
  json_object_set_member (entry, "recorded_seq", json_node_copy (sequence));
  json_array_add_object_element (history, entry);
  for (guint i = 0; i < n && json_array_get_length (history) < STALL_SYNC_HISTORY; i++)
    {
      JsonObject *older = nth_session (self->record, i);

      if (older != NULL
          && g_strcmp0 (stall_json_get_string (older, "session_id", NULL), self->session) != 0)
        json_array_add_object_element (history, json_object_ref (older));
    }
  json_object_unref (self->record);
  self->record = json_object_new ();
  json_object_set_int_member (self->record, "replication_id_version", VERSION);
  json_object_set_string_member (self->record, "session_id", self->session);
  json_object_set_member (self->record, "source_last_seq", json_node_copy (sequence));
  json_object_set_array_member (self->record, "history", history);
  self->untold = TRUE;
  return stall_json_to_string (self->record, NULL);
}

/**
 * stall_checkpoint_is_due:
 * @self: a checkpoint
 *
 * Returns: whether it is time to tell the peer
 */
gboolean
stall_checkpoint_is_due (StallCheckpoint *self)
{
  return self->untold && g_get_monotonic_time () - self->told_at > STALL_SYNC_CHECKPOINT_EVERY;
}

static JsonObject *
load_there (StallRemote *remote, const char *id, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strconcat ("_local/", id, NULL);
  StallRemoteRequest request = { .path = path, .cancellable = cancellable };

  return dex_await_boxed (stall_remote_send_for_object (remote, &request), error);
}

/**
 * stall_checkpoint_load:
 * @store: one side
 * @remote: the other side
 * @direction: "pull" or "push"
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Reads what both sides have recorded.
 *
 * Returns: (transfer full) (nullable): the checkpoint
 */
StallCheckpoint *
stall_checkpoint_load (StallStore *store,
                       StallRemote *remote,
                       const char *direction,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *id = stall_checkpoint_make_id (store, remote, direction);
  g_autofree char *text = dex_await_string (stall_store_load_checkpoint (store, id), error);
  g_autoptr (JsonObject) here = NULL;
  g_autoptr (JsonObject) there = NULL;
  g_autoptr (GError) failed = NULL;

  if (text == NULL)
    return NULL;
  if (*text != '\0')
    here = stall_json_parse_object (text, -1, NULL);
  there = load_there (remote, id, cancellable, &failed);
  if (there == NULL && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  return stall_checkpoint_new (id, here, there);
}

static JsonObject *
put_there (StallCheckpoint *self, StallRemote *remote, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strconcat ("_local/", self->id, NULL);
  g_autoptr (JsonObject) record = stall_json_copy_object (self->record);
  g_autoptr (GBytes) body = NULL;
  gsize length;
  char *text;

  if (self->there != NULL)
    json_object_set_string_member (record, "_rev", self->there);
  text = stall_json_to_string (record, &length);
  body = g_bytes_new_take (text, length);
  return dex_await_boxed (
      stall_remote_send_for_object (remote, &(StallRemoteRequest) { .method = "PUT",
                                                                    .path = path,
                                                                    .body = body,
                                                                    .cancellable = cancellable }),
      error);
}

/**
 * stall_checkpoint_tell:
 * @self: a checkpoint whose last place is on disk here
 * @remote: the other side
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Tells the peer how far it is. A peer that lets nobody write such things is left alone: then the
 * next time begins from the last place it knew.
 *
 * Returns: whether it went well
 */
gboolean
stall_checkpoint_tell (StallCheckpoint *self,
                       StallRemote *remote,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) failed = NULL;

  if (!self->untold)
    return TRUE;
  answer = put_there (self, remote, cancellable, &failed);
  if (g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_CONFLICT))
    {
      g_autoptr (JsonObject) there = NULL;

      /* An answer of ours was lost, and the record is there already. */
      g_clear_error (&failed);
      there = load_there (remote, self->id, cancellable, &failed);
      g_set_str (&self->there, stall_json_get_string (there, "_rev", NULL));
      if (there != NULL)
        answer = put_there (self, remote, cancellable, &failed);
    }
  if (answer == NULL && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_FORBIDDEN))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (answer != NULL)
    g_set_str (&self->there, stall_json_get_string (answer, "rev", NULL));
  self->untold = FALSE;
  self->told_at = g_get_monotonic_time ();
  g_free (self->session);
  self->session = stall_uuid_new ();
  return TRUE;
}
