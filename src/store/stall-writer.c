/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-writer.h"

#include <glib/gi18n-lib.h>

#include "stall-change-set-private.h"
#include "stall-documents.h"
#include "stall-error.h"
#include "stall-merge.h"
#include "stall-projector.h"
#include "stall-schema.h"
#include "stall-writer-private.h"

/* Of what was saved while somebody typed on, the last few versions keep their body: an editor that
 * was opened meanwhile may still save on top of one of them. */
#define KEPT_WHILE_TYPING 4

/* Fewer steps than this are always taken one by one. */
#define MANY_STEPS 5000

/* What `state` of a change set says. */
typedef enum
{
  STATE_DONE,
  STATE_UNDONE,
  STATE_FORGOTTEN, /* undone, and something else was done since */
} State;

static GBytes *
body_of_root (JsonObject *root)
{
  gsize length;
  char *text = stall_json_to_string (root, &length);

  return g_bytes_new_take (text, length);
}

/* What a three-way merge of three bodies gives; ours wins where both changed the same field. NULL
 * when one of them cannot be read: then there is nothing to merge by, and both sides must stay. */
static GBytes *
merge_bodies (GBytes *base, GBytes *ours, GBytes *theirs)
{
  g_autoptr (JsonObject) base_root = NULL;
  g_autoptr (JsonObject) our_root = NULL;
  g_autoptr (JsonObject) their_root = NULL;
  g_autoptr (JsonObject) merged = NULL;

  base_root
      = stall_json_parse_object (g_bytes_get_data (base, NULL), g_bytes_get_size (base), NULL);
  our_root = stall_json_parse_object (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours), NULL);
  their_root
      = stall_json_parse_object (g_bytes_get_data (theirs, NULL), g_bytes_get_size (theirs), NULL);
  if (base_root == NULL || our_root == NULL || their_root == NULL)
    return NULL;
  merged = stall_merge (base_root, our_root, their_root, NULL);
  return body_of_root (merged);
}

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

/* An edit of an older version is merged into the present one. NULL: it cannot be; @base is the
 * version that was edited, 0 when it is not known here. */
static StallDocument *
rebase (StallWriter *self, StallDocument *document, const StallDocumentState *state, gint64 *base)
{
  const char *name = stall_document_get_revision (document);
  g_autoptr (GBytes) base_body = NULL;
  g_autoptr (GBytes) current = NULL;
  g_autoptr (GBytes) merged = NULL;

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
  merged = merge_bodies (base_body, stall_document_get_body (document), current);
  if (merged == NULL)
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
  return current != NULL && g_bytes_equal (current, stall_document_get_body (document));
}

static gboolean
open_change_set (StallWriter *self, const char *label, GError **error)
{
  if (self->change_set != 0)
    return TRUE;
  if (!stall_database_run (self->database, error, "UPDATE change_set SET state = ? WHERE state = ?",
                           "ii", (gint64) STATE_FORGOTTEN, (gint64) STATE_UNDONE)
      || !stall_database_run (self->database, error,
                              "INSERT INTO change_set VALUES (NULL, ?, ?, ?)", "sii", label,
                              stall_time_now (), (gint64) STATE_DONE))
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
                                  "ii", continued, (gint64) STATE_DONE))
    return TRUE;
  self->change_set = continued;
  self->goes_on = TRUE;
  self->outcome->receipt->change_set = continued;
  return stall_database_run (self->database, error, "UPDATE change_set SET at = ? WHERE number = ?",
                             "ii", stall_time_now (), continued)
         && stall_database_run (self->database, error,
                                "UPDATE change_set SET state = ? WHERE state = ?", "ii",
                                (gint64) STATE_FORGOTTEN, (gint64) STATE_UNDONE);
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
  g_autoptr (StallDocument) winner = NULL;
  gint64 revision;

  revision = stall_documents_write_beside (self->database, &self->counters, &state, base, document,
                                           error);
  if (revision == 0 || !remember (self, changes, &before, state.number, revision, error))
    return FALSE;
  count (self->outcome->receipt, document, &before);
  winner = stall_documents_load_number (self->database, state.number, error);
  return winner != NULL && stall_writer_project (self, state.number, winner, FALSE, error);
}

static gboolean
put (StallWriter *self, StallChangeSet *changes, StallDocument *wanted, GError **error)
{
  StallDocumentState state, before;
  g_autoptr (StallDocument) document = NULL;
  gint64 base, revision;

  if (!stall_documents_look_up (self->database, stall_document_get_id (wanted), &state, error))
    return FALSE;
  document = rebase (self, wanted, &state, &base);
  if (document == NULL)
    return put_beside (self, changes, wanted, state, base, error);
  if (is_nothing_new (self, document, &state))
    {
      self->outcome->receipt->skipped++;
      return TRUE;
    }
  before = state;
  revision = stall_documents_write (self->database, &self->counters, &state, document, error);
  if (revision == 0 || !remember (self, changes, &before, state.number, revision, error))
    return FALSE;
  if (self->goes_on && !thin_out (self, state.number, before.winner, error))
    return FALSE;
  count (self->outcome->receipt, document, &before);
  return stall_writer_project (self, state.number, document, before.number == 0 || before.deleted,
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

/* One document of a change set, to be taken back or done again. */
typedef struct
{
  gint64 document;
  gint64 from; /* the revision the change set left, which is expected to win still */
  gint64 to;   /* the revision whose content comes back; 0: there was no document */
} Step;

static GArray *
list_steps (StallDatabase *database, gint64 change_set, gboolean undo, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT document, before, after FROM change WHERE change_set = ? ORDER BY document DESC", "i",
      change_set);

  while (stall_database_step (database, row, &failed))
    {
      Step step = { .document = sqlite3_column_int64 (row, 0) };
      gint64 before = sqlite3_column_int64 (row, 1), after = sqlite3_column_int64 (row, 2);

      step.from = undo ? after : before;
      step.to = undo ? before : after;
      g_array_append_val (steps, step);
    }
  if (failed == NULL)
    return g_steal_pointer (&steps);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* The content a step leads to: the old one, or, when somebody edited since, the old one with those
 * edits. Where the two cannot be merged, @beside is set: the old one stands beside the edits. */
static GBytes *
content_of_step (StallWriter *self,
                 const Step *step,
                 gint64 winner,
                 gboolean *deleted,
                 gboolean *beside,
                 GError **error)
{
  g_autoptr (GBytes) target = NULL;
  g_autoptr (GBytes) base = NULL;
  g_autoptr (GBytes) current = NULL;
  GBytes *merged = NULL;
  gboolean current_deleted = FALSE;

  *beside = FALSE;
  *deleted = step->to == 0;
  target = step->to != 0 ? stall_documents_get_body (self->database, step->to, deleted, error)
                         : g_bytes_new_static ("{}", 2);
  if (target == NULL || step->from == winner)
    return g_steal_pointer (&target);
  current = stall_documents_get_body (self->database, winner, &current_deleted, error);
  if (current == NULL)
    return NULL;
  if (*deleted || current_deleted || step->from == 0)
    return g_steal_pointer (&target);
  base = stall_documents_get_body (self->database, step->from, NULL, NULL);
  if (base != NULL)
    merged = merge_bodies (base, current, target);
  *beside = merged == NULL;
  return merged != NULL ? merged : g_steal_pointer (&target);
}

/* What somebody deleted since stays deleted; a fact that is there again already, by another way, is
 * left as it is. */
static gboolean
is_overtaken (StallWriter *self, const Step *step, const StallDocumentState *state, StallKind kind)
{
  gint64 was_deleted = TRUE;

  if (!state->deleted)
    return stall_kind_is_immutable (kind);
  stall_database_get_int (self->database, &was_deleted, NULL,
                          "SELECT deleted FROM revision WHERE number = ?", "i", step->from);
  return !was_deleted;
}

static gboolean
take_step (StallWriter *self, gint64 change_set, const Step *step, gboolean undo, GError **error)
{
  g_autoptr (StallDocument) present
      = stall_documents_load_number (self->database, step->document, error);
  g_autoptr (StallDocument) next = NULL;
  g_autoptr (GBytes) body = NULL;
  StallDocumentState state;
  gint64 winner, revision;
  gboolean deleted, beside;
  const char *id;

  if (present == NULL)
    return FALSE;
  id = stall_document_get_id (present);
  if (!stall_documents_look_up (self->database, id, &state, error))
    return FALSE;
  winner = state.winner;
  body = content_of_step (self, step, winner, &deleted, &beside, error);
  if (body == NULL)
    return FALSE;
  if (!deleted && is_overtaken (self, step, &state, stall_kind_of_id (id)))
    return TRUE;
  next = stall_document_new_revision (id, body, NULL, deleted);
  revision = beside ? stall_documents_write_beside (self->database, &self->counters, &state,
                                                    step->from, next, error)
                    : stall_documents_write (self->database, &self->counters, &state, next, error);
  if (revision == 0)
    return FALSE;
  if (beside)
    {
      g_object_unref (next);
      next = stall_documents_load_number (self->database, step->document, error);
      if (next == NULL)
        return FALSE;
    }
  if (deleted)
    self->outcome->receipt->deleted++;
  else
    self->outcome->receipt->changed++;
  /* What undo wrote is what redo starts from, and what undo found, later edits and all, is where it
   * leads back to; and the other way round. */
  if (!stall_database_run (
          self->database, error,
          undo ? "UPDATE change SET before = ?, after = ? WHERE change_set = ? AND document = ?"
               : "UPDATE change SET after = ?, before = ? WHERE change_set = ? AND document = ?",
          "iiii", revision, winner, change_set, step->document))
    return FALSE;
  self->outcome->kinds |= 1u << stall_document_get_kind (next);
  return self->rebuilds
         || stall_writer_project (self, step->document, next, stall_document_get_deleted (present),
                                  error);
}

/* Taking back most of a stall (an import) row by row costs more than making what is left anew. */
static gboolean
is_most_of_the_stall (StallDatabase *database, guint n_steps)
{
  gint64 n_documents = 0;

  if (n_steps < MANY_STEPS)
    return FALSE;
  stall_database_get_int (database, &n_documents, NULL, "SELECT count(*) FROM document", "");
  return n_steps > n_documents / 2;
}

static gboolean
rebuild (StallDatabase *database, GError **error)
{
  return stall_schema_drop_projections (database, error)
         && stall_schema_create_projections (database, error)
         && stall_projector_rebuild (database, stall_time_now (), NULL, NULL, error);
}

static gboolean
take_back (StallDatabase *database,
           gint64 change_set,
           gboolean undo,
           StallOutcome *outcome,
           GError **error)
{
  g_auto (StallWriter) self = { 0 };
  g_autoptr (GArray) steps = NULL;
  gboolean good;

  *outcome = (StallOutcome) { .receipt = g_new0 (StallReceipt, 1) };
  outcome->receipt->change_set = change_set;
  outcome->receipt->label = stall_database_get_text (
      database, NULL, "SELECT label FROM change_set WHERE number = ?", "i", change_set);
  steps = list_steps (database, change_set, undo, error);
  good = steps != NULL && stall_writer_begin (&self, database, outcome, error);
  self.rebuilds = good && is_most_of_the_stall (database, steps->len);
  for (guint i = 0; good && i < steps->len; i++)
    good = take_step (&self, change_set, &g_array_index (steps, Step, i), undo, error);
  good = good
         && stall_database_run (database, error, "UPDATE change_set SET state = ? WHERE number = ?",
                                "ii", (gint64) (undo ? STATE_UNDONE : STATE_DONE), change_set)
         && (!self.rebuilds || rebuild (database, error));
  if (self.projector != NULL && stall_writer_end (&self, good, error))
    return TRUE;
  g_clear_pointer (&outcome->receipt, stall_receipt_free);
  return FALSE;
}

/* Whether a change set can be taken back or done again: not one with a poll that has opened,
 * because what the audience has seen stays as it saw it. */
#define CAN_TURN                                                                  \
  "NOT EXISTS (SELECT 1 FROM poll WHERE opens_at <= unixepoch ('subsec') * 1000 " \
  "AND EXISTS (SELECT 1 FROM change WHERE change.change_set = change_set.number " \
  "AND change.document = poll.number))"

/**
 * stall_writer_undo:
 * @database: the writing connection
 * @change_set: its number; 0: the last one that was done
 * @outcome: (out caller-allocates): what it did
 * @error: return location, not %NULL
 *
 * Takes a change set back. What was edited since stays.
 *
 * Returns: %FALSE when nothing was written
 */
gboolean
stall_writer_undo (StallDatabase *database,
                   gint64 change_set,
                   StallOutcome *outcome,
                   GError **error)
{
  gint64 found = 0;

  if (change_set == 0)
    stall_database_get_int (database, &found, NULL,
                            "SELECT number FROM change_set WHERE state = 0 AND " CAN_TURN
                            " ORDER BY number DESC LIMIT 1",
                            "");
  else
    stall_database_get_int (
        database, &found, NULL,
        "SELECT number FROM change_set WHERE state = 0 AND number = ? AND " CAN_TURN, "i",
        change_set);
  if (found == 0)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
                           _ ("There is nothing to undo."));
      return FALSE;
    }
  return take_back (database, found, TRUE, outcome, error);
}

/**
 * stall_writer_redo:
 * @database: the writing connection
 * @outcome: (out caller-allocates): what it did
 * @error: return location, not %NULL
 *
 * Does again what was undone last.
 *
 * Returns: %FALSE when nothing was written
 */
gboolean
stall_writer_redo (StallDatabase *database, StallOutcome *outcome, GError **error)
{
  gint64 found = 0;

  stall_database_get_int (
      database, &found, NULL,
      "SELECT number FROM change_set WHERE state = 1 AND " CAN_TURN " ORDER BY number LIMIT 1", "");
  if (found == 0)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
                           _ ("There is nothing to redo."));
      return FALSE;
    }
  return take_back (database, found, FALSE, outcome, error);
}

/**
 * stall_writer_get_labels:
 * @database: a connection
 * @undo_label: (out) (transfer full): what undo would take back, or %NULL
 * @redo_label: (out) (transfer full): what redo would do again, or %NULL
 */
void
stall_writer_get_labels (StallDatabase *database, char **undo_label, char **redo_label)
{
  *undo_label = stall_database_get_text (
      database, NULL,
      "SELECT label FROM change_set WHERE state = 0 AND " CAN_TURN " ORDER BY number DESC LIMIT 1",
      "");
  *redo_label = stall_database_get_text (
      database, NULL,
      "SELECT label FROM change_set WHERE state = 1 AND " CAN_TURN " ORDER BY number LIMIT 1", "");
}
