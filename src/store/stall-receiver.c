/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-receiver.h"

#include <string.h>

#include "stall-json.h"
#include "stall-revision-tree.h"
#include "stall-writer-private.h"

/* A document that a batch speaks of. */
typedef struct
{
  StallDocumentState before;
  StallDocumentState state;
  StallDocument *last; /* the revision that came last */
  guint n_new;         /* revisions that were not known */
} Touched;

static void
touched_free (gpointer data)
{
  Touched *touched = data;

  g_clear_object (&touched->last);
  g_free (touched);
}

/* The first revision of a document that is not here yet. Its winner is the one that comes now. */
static gboolean
begin_document (StallWriter *self, Touched *touched, StallPeerRevision *revision, GError **error)
{
  gint64 length = MIN ((gint64) g_strv_length (revision->history), revision->generation);
  gint64 winner = self->counters.next_revision + MIN (length, STALL_PEER_MAX_HISTORY) - 1;

  if (!stall_database_run (self->database, error,
                           "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, 0, ?, 0)", "Siiii",
                           stall_document_get_id (revision->document),
                           (gint64) stall_document_get_kind (revision->document),
                           (gint64) stall_document_get_deleted (revision->document), winner,
                           self->counters.next_sequence++))
    return FALSE;
  touched->state.number = sqlite3_last_insert_rowid (stall_database_get_handle (self->database));
  return TRUE;
}

/**
 * stall_receiver_checksum:
 * @body: of a revision that was made elsewhere
 *
 * A flipped byte in it shows by this: the revision's id does not tell.
 *
 * Returns: the checksum that is kept beside it
 */
gint64
stall_receiver_checksum (GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 digest[16];
  gsize size = sizeof digest;
  gint64 number;

  g_checksum_update (checksum, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_checksum_get_digest (checksum, digest, &size);
  memcpy (&number, digest, sizeof number);
  return GINT64_FROM_LE (number);
}

/* Remembers which attachments are to be fetched; text does not wait for pictures. */
static gboolean
want_attachments (StallWriter *self, gint64 number, StallDocument *document, GError **error)
{
  static const char needle[] = "\"_attachments\"";
  gsize size;
  const char *text = g_bytes_get_data (stall_document_get_body (document), &size);
  JsonObject *attachments;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (text == NULL || stall_document_get_deleted (document)
      || memmem (text, size, needle, sizeof needle - 1) == NULL)
    return TRUE;
  attachments = stall_json_get_object (stall_document_get_root (document, NULL), "_attachments");
  if (attachments == NULL)
    return TRUE;
  json_object_iter_init_ordered (&iter, attachments);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      JsonObject *attachment = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *digest = stall_json_get_string (attachment, "digest", NULL);

      if (digest != NULL
          && !stall_database_run (self->database, error,
                                  "INSERT OR IGNORE INTO wanted SELECT ?1, ?2, ?3, ?4 WHERE NOT "
                                  "EXISTS (SELECT 1 FROM attachment WHERE digest = ?1)",
                                  "sisi", digest, number, name,
                                  stall_json_get_int (attachment, "length", 0)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
graft (StallWriter *self, GHashTable *touched_by_id, StallPeerRevision *revision, GError **error)
{
  const char *id = stall_document_get_id (revision->document);
  Touched *touched = g_hash_table_lookup (touched_by_id, id);
  GBytes *body = stall_document_get_body (revision->document);
  g_autoptr (GError) failed = NULL;
  gint64 number;

  if (touched == NULL)
    {
      touched = g_new0 (Touched, 1);
      g_hash_table_insert (touched_by_id, g_strdup (id), touched);
      if (!stall_documents_look_up (self->database, id, &touched->state, error))
        return FALSE;
      touched->before = touched->state;
    }
  if (touched->state.number == 0 && !begin_document (self, touched, revision, error))
    return FALSE;
  number = stall_revision_tree_graft (self->database, &self->counters, &touched->state, revision,
                                      &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (number == 0)
    {
      self->outcome->receipt->skipped++;
      return TRUE;
    }
  if (touched->state.winner == 0)
    {
      touched->state.winner = number;
      touched->state.deleted = stall_document_get_deleted (revision->document);
    }
  touched->n_new++;
  g_set_object (&touched->last, revision->document);
  return stall_database_run (self->database, error, "INSERT INTO received VALUES (?, ?)", "ii",
                             number, stall_receiver_checksum (body))
         && want_attachments (self, touched->state.number, revision->document, error);
}

static gboolean
choose_winner (StallWriter *self, Touched *touched, GError **error)
{
  gboolean merged = FALSE;

  if (touched->before.number == 0 && touched->n_new == 1)
    return TRUE;
  if (!stall_revision_tree_choose_winner (self->database, &touched->state, error)
      || !stall_leaf_merge (self->database, &self->counters, &touched->state,
                            stall_document_get_kind (touched->last), &merged, error))
    return FALSE;
  return stall_database_run (self->database, error,
                             "UPDATE document SET sequence = ?, unsent = unsent OR ? WHERE "
                             "number = ?",
                             "iii", self->counters.next_sequence++, (gint64) merged,
                             touched->state.number);
}

static void
count (StallReceipt *receipt, const Touched *touched)
{
  gboolean was_there = touched->before.number != 0 && !touched->before.deleted;

  if (!touched->state.deleted && !was_there)
    receipt->added++;
  else if (touched->state.deleted && was_there)
    receipt->deleted++;
  else
    receipt->changed++;
}

/* Whoever wins now is what the lists show. */
static gboolean
settle (StallWriter *self, Touched *touched, GError **error)
{
  g_autoptr (StallDocument) winner = NULL;
  gboolean is_new = touched->before.number == 0 || touched->before.deleted;

  if (touched->n_new == 0)
    return TRUE;
  if (!choose_winner (self, touched, error))
    return FALSE;
  count (self->outcome->receipt, touched);
  if (touched->state.winner == touched->before.winner)
    return TRUE;
  if (touched->before.number == 0 && touched->n_new == 1)
    winner = g_object_ref (touched->last);
  else
    winner = stall_documents_load_number (self->database, touched->state.number, error);
  if (winner == NULL)
    return FALSE;
  if (is_new && touched->state.deleted)
    {
      self->outcome->kinds |= 1u << stall_document_get_kind (winner);
      return TRUE;
    }
  return stall_writer_project (self, touched->state.number, winner, is_new, error);
}

static gboolean
receive_all (StallWriter *self, GPtrArray *revisions, GError **error)
{
  g_autoptr (GHashTable) touched
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, touched_free);

  for (guint i = 0; i < revisions->len; i++)
    if (!graft (self, touched, g_ptr_array_index (revisions, i), error))
      return FALSE;
  /* In the order they came, so that the same feed always makes the same tables. */
  for (guint i = 0; i < revisions->len; i++)
    {
      StallPeerRevision *revision = g_ptr_array_index (revisions, i);
      const char *id = stall_document_get_id (revision->document);
      Touched *one = g_hash_table_lookup (touched, id);

      if (one != NULL && (!settle (self, one, error) || !g_hash_table_remove (touched, id)))
        return FALSE;
    }
  return TRUE;
}

/**
 * stall_receiver_apply:
 * @database: the writing connection
 * @revisions: (element-type StallPeerRevision): what a peer sent
 * @checkpoint: (nullable): the id of a checkpoint
 * @checkpoint_body: (nullable): what it says once @revisions are here
 * @outcome: (out caller-allocates): what it did
 * @error: return location, not %NULL
 *
 * Takes a peer's revisions in as they are (no new ids): all leaves stay, the winner is the one
 * every peer chooses, and what can be merged by field is. Nothing a person did is undone or can no
 * longer be undone by it.
 *
 * Returns: %FALSE when nothing at all was written
 */
gboolean
stall_receiver_apply (StallDatabase *database,
                      GPtrArray *revisions,
                      const char *checkpoint,
                      const char *checkpoint_body,
                      StallOutcome *outcome,
                      GError **error)
{
  g_auto (StallWriter) self = { 0 };
  gboolean good;

  *outcome = (StallOutcome) { .receipt = g_new0 (StallReceipt, 1) };
  good = stall_writer_begin (&self, database, outcome, error)
         && receive_all (&self, revisions, error)
         && (checkpoint == NULL
             || stall_database_run (database, error,
                                    "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", "ss",
                                    checkpoint, checkpoint_body));
  if (stall_writer_end (&self, good, error))
    return TRUE;
  g_clear_pointer (&outcome->receipt, stall_receipt_free);
  return FALSE;
}
