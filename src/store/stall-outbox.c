/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-outbox.h"

#include <string.h>

#include "stall-json.h"
#include "stall-revision-tree.h"

void
stall_outgoing_free (StallOutgoing *self)
{
  g_free (self->id);
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self);
}

void
stall_verdict_free (StallVerdict *self)
{
  g_free (self->code);
  g_free (self->reason);
  g_free (self);
}

/* Documents that the platform refused wait until they change or a person says “try again”. */
#define TO_SEND                                                                       \
  "d.unsent AND NOT EXISTS (SELECT 1 FROM refused f WHERE f.document = d.number AND " \
  "f.sequence = d.sequence)"

static GPtrArray *
list_documents (StallDatabase *database, gint64 after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_outgoing_free);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT number, sequence, winner, id FROM document d WHERE number > ? AND " TO_SEND
      " ORDER BY number LIMIT ?",
      "ii", after, (gint64) limit);

  while (stall_database_step (database, row, &failed))
    {
      StallOutgoing *outgoing = g_new0 (StallOutgoing, 1);

      outgoing->number = sqlite3_column_int64 (row, 0);
      outgoing->sequence = sqlite3_column_int64 (row, 1);
      outgoing->winner = sqlite3_column_int64 (row, 2);
      outgoing->id = g_strdup (stall_column_text (row, 3));
      g_ptr_array_add (list, outgoing);
    }
  if (failed == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static gboolean
has_attachments (GBytes *body)
{
  static const char needle[] = "\"_attachments\"";
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  return text != NULL && memmem (text, size, needle, sizeof needle - 1) != NULL;
}

static void
add_digests (GHashTable *known, GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonObject) root = text != NULL ? stall_json_parse_object (text, size, NULL) : NULL;
  JsonObject *attachments = stall_json_get_object (root, "_attachments");
  JsonObjectIter iter;
  JsonNode *node;

  if (attachments == NULL)
    return;
  json_object_iter_init_ordered (&iter, attachments);
  while (json_object_iter_next_ordered (&iter, NULL, &node))
    {
      const char *digest = JSON_NODE_HOLDS_OBJECT (node)
                               ? stall_json_get_string (json_node_get_object (node), "digest", NULL)
                               : NULL;

      if (digest != NULL)
        g_hash_table_add (known, g_strdup (digest));
    }
}

/* The platform keeps the attachments of the revisions it sent and of the one it acknowledged. */
static gboolean
load_known (StallDatabase *database, StallOutgoing *outgoing, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT body FROM revision WHERE document = ?1 AND body IS NOT NULL AND (number IN (SELECT "
      "revision FROM sent WHERE document = ?1) OR EXISTS (SELECT 1 FROM received e WHERE "
      "e.revision = revision.number))",
      "i", outgoing->number);

  outgoing->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (stall_database_step (database, row, &failed))
    {
      g_autoptr (GBytes) body = stall_column_bytes (row, 0);

      add_digests (outgoing->known, body);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
load_leaves (StallDatabase *database, StallOutgoing *outgoing, gsize *bytes, GError **error)
{
  g_autoptr (GPtrArray) leaves
      = stall_revision_tree_list_leaves (database, outgoing->number, error);

  if (leaves == NULL)
    return FALSE;
  outgoing->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  for (guint i = 0; i < leaves->len; i++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (GBytes) body = stall_documents_get_body (database, leaf->number, NULL, error);
      GStrv history;

      if (body == NULL)
        return FALSE;
      history = stall_revision_tree_load_history (database, leaf->number, error);
      if (history == NULL)
        return FALSE;
      *bytes += g_bytes_get_size (body);
      if (outgoing->known == NULL && has_attachments (body)
          && !load_known (database, outgoing, error))
        return FALSE;
      g_ptr_array_add (outgoing->leaves, stall_peer_revision_new (outgoing->id, leaf->generation,
                                                                  history, leaf->deleted, body));
    }
  return TRUE;
}

/**
 * stall_outbox_list:
 * @database: a connection
 * @after: the number of the last document that was listed; 0 to begin
 * @limit: so many documents at most
 * @bytes: after so many bytes of content no further document is added
 * @error: return location
 *
 * Lists documents that are to be sent, with all their leaves.
 *
 * Returns: (transfer full) (element-type StallOutgoing) (nullable): the documents
 */
GPtrArray *
stall_outbox_list (StallDatabase *database, gint64 after, guint limit, gsize bytes, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  gsize used = 0;
  guint n = 0;

  /* Documents and their leaves must be of one moment. */
  if (!stall_database_run_script (database, "BEGIN;", error))
    return NULL;
  list = list_documents (database, after, limit, error);
  for (; list != NULL && n < list->len && used < bytes; n++)
    if (!load_leaves (database, g_ptr_array_index (list, n), &used, error))
      g_clear_pointer (&list, g_ptr_array_unref);
  stall_database_run_script (database, "COMMIT;", NULL);
  if (list != NULL)
    g_ptr_array_set_size (list, n);
  return g_steal_pointer (&list);
}

static gboolean
settle_one (StallDatabase *database, const StallVerdict *verdict, StallTime now, GError **error)
{
  if (verdict->code != NULL)
    return stall_database_run (
        database, error, "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?)", "iissi",
        verdict->number, verdict->sequence, verdict->code, verdict->reason, now);
  /* What changed meanwhile is unsent still. */
  return stall_database_run (database, error,
                             "UPDATE document SET unsent = 0 WHERE number = ? AND sequence = ?",
                             "ii", verdict->number, verdict->sequence)
         && stall_database_run (database, error, "INSERT OR REPLACE INTO sent VALUES (?, ?, ?)",
                                "iii", verdict->number, verdict->winner, now)
         && stall_database_run (database, error, "DELETE FROM refused WHERE document = ?", "i",
                                verdict->number);
}

/**
 * stall_outbox_settle:
 * @database: the writing connection
 * @verdicts: (element-type StallVerdict): what the platform said
 * @checkpoint: (nullable): the id of a checkpoint
 * @checkpoint_body: (nullable): what it says from now on
 * @error: return location
 *
 * Stores the platform's answers, in one transaction: what it has is unsent no longer, what it
 * refused is set aside with its words.
 *
 * Returns: whether it is on disk
 */
gboolean
stall_outbox_settle (StallDatabase *database,
                     GPtrArray *verdicts,
                     const char *checkpoint,
                     const char *checkpoint_body,
                     GError **error)
{
  StallTime now = stall_time_now ();
  gboolean good = stall_database_run_script (database, "BEGIN IMMEDIATE;", error);

  for (guint i = 0; good && i < verdicts->len; i++)
    good = settle_one (database, g_ptr_array_index (verdicts, i), now, error);
  good = good
         && (checkpoint == NULL
             || stall_database_run (database, error,
                                    "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", "ss",
                                    checkpoint, checkpoint_body))
         && stall_database_run_script (database, "COMMIT;", error);
  if (!sqlite3_get_autocommit (stall_database_get_handle (database)))
    stall_database_run_script (database, "ROLLBACK;", NULL);
  return good;
}

/**
 * stall_outbox_mark_unsent:
 * @database: the writing connection
 * @after: a sequence; 0: all documents
 * @error: return location
 *
 * The platform does not know any more what it acknowledged (another database, an older backup of
 * it): what changed after @after is to be offered again.
 *
 * Returns: whether it is on disk
 */
gboolean
stall_outbox_mark_unsent (StallDatabase *database, gint64 after, GError **error)
{
  return stall_database_run (database, error,
                             "UPDATE document SET unsent = 1 WHERE sequence > ? AND NOT unsent",
                             "i", after);
}
