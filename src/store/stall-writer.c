/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-writer.h"

#include <glib/gi18n-lib.h>

#include "stall-change-set-private.h"
#include "stall-documents.h"
#include "stall-error.h"
#include "stall-revision-tree.h"
#include "stall-settlement.h"
#include "stall-writer-private.h"

/* Of what was saved while somebody typed on, the last few versions keep their body: an editor that
 * was opened meanwhile may still save on top of one of them. */
#define KEPT_WHILE_TYPING 4

/* The number of a revision by its name; 0 when it is not known. */
static gint64
find_revision (StallDatabase *database, gint64 document, const char *name)
{
  gint64 number = 0;

  stall_database_get_int (
      database, &number, NULL,
      "SELECT number FROM revision WHERE document = ? AND generation || '-' || hash = ?", "is",
      document, name);
  return number;
}

/* Whether the winning version holds something that came from a peer since @revision was written: it
 * came itself, or stands on what came, or was merged with it, which a deleted version tells. */
static gboolean
came_from_elsewhere (StallDatabase *database, const StallDocumentState *state, gint64 revision)
{
  gint64 found = 0;

  stall_database_get_int (
      database, &found, NULL,
      "SELECT 1 FROM revision r WHERE r.document = ?1 AND r.number > ?2 AND ((r.leaf AND "
      "r.deleted) "
      "OR ((r.number = ?3 OR NOT r.leaf) AND EXISTS (SELECT 1 FROM received e WHERE e.revision = "
      "r.number))) LIMIT 1",
      "iii", state->number, revision, state->winner);
  return found != 0;
}

/* An edit of an older version is merged into the present one. Of a field that was edited here in
 * the meantime, too, the last edit stands; what somebody else wrote is not written over. NULL: it
 * cannot be merged; @base is the version that was edited, 0 when it is not known here. */
static StallDocument *
rebase (StallWriter *self, StallDocument *document, const StallDocumentState *state, gint64 *base)
{
  const char *name = stall_document_get_revision (document);
  g_autoptr (GBytes) base_body = NULL;
  g_autoptr (GBytes) current = NULL;
  g_autoptr (GBytes) merged = NULL;
  gboolean conflict = FALSE;

  *base = name != NULL ? find_revision (self->database, state->number, name) : 0;
  /* What was deleted meanwhile has no members to merge with: the edit brings it back whole. */
  if (name == NULL || state->number == 0 || *base == state->winner || state->deleted
      || stall_document_get_deleted (document)
      || stall_kind_is_immutable (stall_document_get_kind (document)))
    return g_object_ref (document);
  if (*base != 0)
    base_body = stall_documents_get_body (self->database, *base, NULL, NULL);
  current = stall_documents_get_body (self->database, state->winner, NULL, NULL);
  if (base_body == NULL || current == NULL)
    return NULL;
  merged = stall_writer_merge (base_body, stall_document_get_body (document), current, &conflict);
  if (merged == NULL
      || (conflict && stall_kind_merges_by_field (stall_document_get_kind (document))
          && came_from_elsewhere (self->database, state, *base)))
    return NULL;
  return stall_document_new_revision (stall_document_get_id (document), merged, NULL, FALSE);
}

static gboolean
is_nothing_new (StallWriter *self, StallDocument *document, const StallDocumentState *state)
{
  g_autoptr (GBytes) current = NULL;

  if (stall_document_get_deleted (document))
    return state->number == 0 || state->deleted;
  if (state->number == 0 || state->deleted)
    return FALSE;
  if (stall_kind_is_immutable (stall_document_get_kind (document)))
    return TRUE;
  current = stall_documents_get_body (self->database, state->winner, NULL, NULL);
  return current != NULL
         && stall_writer_says_the_same (self->database, current,
                                        stall_document_get_body (document));
}

static gboolean
open_change_set (StallWriter *self, const char *label, GError **error)
{
  if (self->change_set != 0)
    return TRUE;
  if (!stall_database_run (self->database, error, "UPDATE change_set SET state = ? WHERE state = ?",
                           "ii", (gint64) STALL_CHANGE_SET_FORGOTTEN,
                           (gint64) STALL_CHANGE_SET_UNDONE)
      || !stall_database_run (self->database, error,
                              "INSERT INTO change_set VALUES (NULL, ?, ?, ?)", "sii", label,
                              stall_time_now (), (gint64) STALL_CHANGE_SET_DONE))
    return FALSE;
  self->change_set = sqlite3_last_insert_rowid (stall_database_get_handle (self->database));
  self->outcome->receipt->change_set = self->change_set;
  return TRUE;
}

/* Takes up an earlier change set where it is still the last thing that was done. */
static gboolean
take_up (StallWriter *self, gint64 continued, GError **error)
{
  gint64 last;

  if (continued == 0
      || !stall_database_get_int (self->database, &last, NULL,
                                  "SELECT number FROM change_set WHERE number = ? AND state = ? "
                                  "AND number = (SELECT max(number) FROM change_set)",
                                  "ii", continued, (gint64) STALL_CHANGE_SET_DONE))
    return TRUE;
  self->change_set = continued;
  self->goes_on = TRUE;
  self->outcome->receipt->change_set = continued;
  return stall_database_run (self->database, error, "UPDATE change_set SET at = ? WHERE number = ?",
                             "ii", stall_time_now (), continued)
         && stall_database_run (
             self->database, error, "UPDATE change_set SET state = ? WHERE state = ?", "ii",
             (gint64) STALL_CHANGE_SET_FORGOTTEN, (gint64) STALL_CHANGE_SET_UNDONE);
}

/* Lets go of a body between where the change set began and @revision, which it left a while ago;
 * not of one that another device may have edited meanwhile, because that is what merges go by. */
static gboolean
thin_out (StallWriter *self, gint64 document, gint64 revision, GError **error)
{
  gint64 began = 0;

  stall_database_get_int (self->database, &began, NULL,
                          "SELECT before FROM change WHERE change_set = ? AND document = ?", "ii",
                          self->change_set, document);
  for (guint i = 0; i < KEPT_WHILE_TYPING && revision != began && revision != 0; i++)
    if (!stall_database_get_int (self->database, &revision, NULL,
                                 "SELECT parent FROM revision WHERE number = ?", "i", revision))
      return TRUE;
  return revision == began || revision == 0
         || stall_database_run (self->database, error,
                                "UPDATE revision SET body = NULL WHERE number = ?1 AND NOT leaf "
                                "AND NOT EXISTS (SELECT 1 FROM received WHERE revision = ?1) "
                                "AND NOT EXISTS (SELECT 1 FROM sent WHERE document = ?2 AND "
                                "revision = ?1)",
                                "ii", revision, document);
}

static void
count (StallReceipt *receipt, StallDocument *document, const StallDocumentState *before)
{
  if (stall_document_get_deleted (document))
    receipt->deleted++;
  else if (before->number == 0 || before->deleted)
    receipt->added++;
  else
    receipt->changed++;
}

/* Keeps what undo needs. */
static gboolean
remember (StallWriter *self,
          StallChangeSet *changes,
          const StallDocumentState *before,
          gint64 number,
          gint64 revision,
          GError **error)
{
  return !stall_change_set_get_undoable (changes)
         || (open_change_set (self, stall_change_set_get_label (changes), error)
             && stall_database_run (self->database, error,
                                    "INSERT INTO change VALUES (?1, ?2, ?3, ?4) "
                                    "ON CONFLICT DO UPDATE SET after = excluded.after",
                                    "iiti", self->change_set, number,
                                    before->winner != 0 ? before->winner : STALL_TIME_NONE,
                                    revision));
}

/* A version of this device's own that stands beside the winning one already and comes from @base:
 * who types on after a conflict goes on there. */
static gint64
find_own_version (StallWriter *self, const StallDocumentState *state, gint64 base)
{
  g_autoptr (GPtrArray) leaves
      = stall_revision_tree_list_leaves (self->database, state->number, NULL);

  for (guint i = 1; leaves != NULL && base != 0 && i < leaves->len; i++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, i);
      gint64 received = 0;

      stall_database_get_int (self->database, &received, NULL,
                              "SELECT 1 FROM received WHERE revision = ?", "i", leaf->number);
      if (!leaf->deleted && received == 0 && leaf->number != base
          && stall_revision_tree_find_common (self->database, leaf->number, base, NULL) == base)
        return leaf->number;
    }
  return 0;
}

/* Whether a version beside the winning one says the same already. */
static gboolean
stands_beside (StallWriter *self, StallDocument *document, gint64 number)
{
  g_autoptr (GPtrArray) leaves = stall_revision_tree_list_leaves (self->database, number, NULL);

  for (guint i = 1; leaves != NULL && i < leaves->len; i++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (GBytes) body = stall_documents_get_body (self->database, leaf->number, NULL, NULL);

      if (!leaf->deleted && body != NULL
          && stall_writer_says_the_same (self->database, body, stall_document_get_body (document)))
        return TRUE;
    }
  return FALSE;
}

/* The same edit as one of that version. */
static StallDocument *
move_to_own_version (StallWriter *self, StallDocument *document, gint64 own, gint64 base)
{
  g_autoptr (GBytes) base_body = stall_documents_get_body (self->database, base, NULL, NULL);
  g_autoptr (GBytes) body = stall_documents_get_body (self->database, own, NULL, NULL);
  g_autoptr (GBytes) merged = NULL;
  gboolean conflict;

  if (base_body != NULL && body != NULL)
    merged = stall_writer_merge (base_body, stall_document_get_body (document), body, &conflict);
  if (merged == NULL)
    return NULL;
  return stall_document_new_revision (stall_document_get_id (document), merged, NULL, FALSE);
}

/* An edit that cannot be merged stays beside the present version, for the owner to settle. */
static gboolean
put_beside (StallWriter *self,
            StallChangeSet *changes,
            StallDocument *document,
            StallDocumentState state,
            gint64 base,
            GError **error)
{
  StallDocumentState before = state;
  gint64 own = find_own_version (self, &state, base);
  g_autoptr (StallDocument) moved
      = own != 0 ? move_to_own_version (self, document, own, base) : NULL;
  g_autoptr (StallDocument) stamped = stall_writer_stamp (self, moved != NULL ? moved : document);
  g_autoptr (StallDocument) winner = NULL;
  gint64 revision;

  revision = stall_documents_write_beside (self->database, &self->counters, &state,
                                           moved != NULL ? own : base, stamped, error);
  if (revision == 0 || !remember (self, changes, &before, state.number, revision, error))
    return FALSE;
  count (self->outcome->receipt, document, &before);
  winner = stall_documents_load_number (self->database, state.number, error);
  return winner != NULL && stall_writer_project (self, state.number, winner, FALSE, error);
}

/* What the owner decided about versions that could not be merged: @losers go. */
static gboolean
check_decision (StallWriter *self,
                const char *const *losers,
                const StallDocumentState *state,
                gint64 base,
                GError **error)
{
  if (base == state->winner
      && stall_settlement_check (self->database, state->number, losers, error))
    return TRUE;
  if (error == NULL || *error == NULL)
    g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                         _ ("Another version came in meanwhile. Look at both again."));
  return FALSE;
}

static gboolean
put (StallWriter *self, StallChangeSet *changes, StallDocument *wanted, GError **error)
{
  const char *const *losers = stall_change_set_get_losers (changes, wanted);
  StallDocumentState state, before;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallDocument) stamped = NULL;
  gint64 base, revision;

  if (!stall_documents_look_up (self->database, stall_document_get_id (wanted), &state, error))
    return FALSE;
  document = rebase (self, wanted, &state, &base);
  if (losers != NULL && !check_decision (self, losers, &state, base, error))
    return FALSE;
  if (document == NULL && !stands_beside (self, wanted, state.number))
    return put_beside (self, changes, wanted, state, base, error);
  if (document == NULL || (losers == NULL && is_nothing_new (self, document, &state)))
    {
      self->outcome->receipt->skipped++;
      return TRUE;
    }
  before = state;
  stamped = state.number != 0 ? stall_writer_stamp (self, document) : g_object_ref (document);
  revision = stall_documents_write (self->database, &self->counters, &state, stamped, error);
  if (revision == 0 || !remember (self, changes, &before, state.number, revision, error)
      || (losers != NULL
          && !stall_settlement_write (self->database, &self->counters, &state, self->change_set,
                                      losers, error)))
    return FALSE;
  if (self->goes_on && !thin_out (self, state.number, before.winner, error))
    return FALSE;
  count (self->outcome->receipt, stamped, &before);
  return stall_writer_project (self, state.number, stamped, before.number == 0 || before.deleted,
                               error);
}

static gboolean
put_all (StallWriter *self, StallChangeSet *changes, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) failed = NULL;
      g_autoptr (GPtrArray) documents = stall_change_set_next (changes, &failed);

      if (documents == NULL && failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      if (documents == NULL)
        return error == NULL || *error == NULL;
      for (guint i = 0; i < documents->len; i++)
        if (!put (self, changes, g_ptr_array_index (documents, i), error))
          return FALSE;
    }
}

/**
 * stall_writer_apply:
 * @database: the writing connection
 * @changes: a change set
 * @outcome: (out caller-allocates): what it did
 * @error: return location, not %NULL
 *
 * Applies a change set in one transaction: new revisions, their projections and search rows, their
 * place in the local sequence, and what undo needs.
 *
 * Returns: %FALSE when nothing at all was written
 */
gboolean
stall_writer_apply (StallDatabase *database,
                    StallChangeSet *changes,
                    StallOutcome *outcome,
                    GError **error)
{
  g_auto (StallWriter) self = { 0 };
  gboolean good;

  *outcome = (StallOutcome) { .receipt = g_new0 (StallReceipt, 1) };
  outcome->receipt->label = g_strdup (stall_change_set_get_label (changes));
  good = stall_writer_begin (&self, database, outcome, error)
         && stall_change_set_rewind (changes, error)
         && take_up (&self, stall_change_set_get_continued (changes), error)
         && put_all (&self, changes, error);
  if (stall_writer_end (&self, good, error))
    return TRUE;
  g_clear_pointer (&outcome->receipt, stall_receipt_free);
  return FALSE;
}
