/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-writer.h"

#include <glib/gi18n-lib.h>

#include "stall-error.h"
#include "stall-revision-tree.h"
#include "stall-schema.h"
#include "stall-settlement.h"
#include "stall-writer-private.h"

/* Fewer steps than this are always taken one by one. */
#define MANY_STEPS 5000

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

/* Where the version that a step leads to stands. */
typedef enum
{
  ON_WINNER,
  ON_ITS_LEAF, /* another version won over what the change set wrote */
  BESIDE       /* it cannot be merged with what was written since */
} Place;

static gboolean
is_leaf (StallDatabase *database, gint64 revision)
{
  gint64 found = 0;

  stall_database_get_int (database, &found, NULL,
                          "SELECT 1 FROM revision WHERE number = ? AND leaf AND NOT deleted", "i",
                          revision);
  return found != 0;
}

/* The content a step leads to: the old one, or, when somebody edited since, the old one with those
 * edits. What was done again after another version won over it stands beside that. */
static GBytes *
content_of_step (StallWriter *self,
                 const Step *step,
                 gint64 winner,
                 gboolean undo,
                 gboolean *deleted,
                 Place *place,
                 GError **error)
{
  g_autoptr (GBytes) target = NULL;
  g_autoptr (GBytes) base = NULL;
  g_autoptr (GBytes) current = NULL;
  GBytes *merged = NULL;
  gboolean current_deleted = FALSE, conflict = FALSE;

  *place = ON_WINNER;
  *deleted = step->to == 0;
  target = step->to != 0 ? stall_documents_get_body (self->database, step->to, deleted, error)
                         : g_bytes_new_static ("{}", 2);
  if (target == NULL || step->from == winner)
    return g_steal_pointer (&target);
  if (is_leaf (self->database, step->from))
    {
      *place = ON_ITS_LEAF;
      return g_steal_pointer (&target);
    }
  current = stall_documents_get_body (self->database, winner, &current_deleted, error);
  if (current == NULL)
    return NULL;
  if (*deleted || current_deleted || step->from == 0)
    return g_steal_pointer (&target);
  base = stall_documents_get_body (self->database, step->from, NULL, NULL);
  if (base != NULL)
    merged = stall_writer_merge (base, current, target, &conflict);
  if (merged == NULL
      || (conflict && !undo
          && stall_revision_tree_find_common (self->database, step->from, winner, NULL)
                 != step->from))
    *place = BESIDE;
  if (*place == ON_WINNER)
    return merged;
  g_clear_pointer (&merged, g_bytes_unref);
  return g_steal_pointer (&target);
}

/* What the winning version says when an edit beside it is taken back; NULL: that cannot be merged.
 */
static StallDocument *
merge_into_winner (StallWriter *self,
                   const StallLeaf *winner,
                   const StallLeaf *leaf,
                   StallDocument *next)
{
  gint64 common
      = stall_revision_tree_find_common (self->database, winner->number, leaf->number, NULL);
  g_autoptr (GBytes) base = NULL;
  g_autoptr (GBytes) current = NULL;
  g_autoptr (GBytes) merged = NULL;
  gboolean conflict = FALSE;

  if (common != 0)
    base = stall_documents_get_body (self->database, common, NULL, NULL);
  current = stall_documents_get_body (self->database, winner->number, NULL, NULL);
  if (stall_document_get_deleted (next) && current != NULL)
    merged = g_bytes_ref (current);
  else if (base != NULL && current != NULL)
    merged = stall_writer_merge (base, current, stall_document_get_body (next), &conflict);
  if (merged == NULL || conflict)
    return NULL;
  return stall_document_new_revision (
      stall_document_get_id (next),
      stall_writer_says_the_same (self->database, merged, current) ? current : merged, NULL, FALSE);
}

static gint64
write_leaf (StallWriter *self,
            const StallLeaf *winner,
            const StallLeaf *leaf,
            StallDocumentState *state,
            StallDocument *next,
            GError **error)
{
  g_autoptr (StallDocument) merged = merge_into_winner (self, winner, leaf, next);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) current
      = stall_documents_get_body (self->database, winner->number, NULL, NULL);
  g_autoptr (StallDocument) tombstone
      = stall_document_new_revision (stall_document_get_id (next), nothing, NULL, TRUE);

  if (merged != NULL && !g_bytes_equal (stall_document_get_body (merged), current)
      && stall_documents_write (self->database, &self->counters, state, merged, error) == 0)
    return 0;
  return stall_revision_tree_add (self->database, &self->counters, state, leaf,
                                  merged != NULL ? tombstone : next, error);
}

/* Takes an edit back where it stands, beside the version that won. What is left of it joins the
 * winner; where that cannot be, it stays beside it. */
static gint64
write_on_leaf (StallWriter *self,
               gint64 leaf_number,
               StallDocumentState *state,
               StallDocument *next,
               GError **error)
{
  g_autoptr (GPtrArray) leaves
      = stall_revision_tree_list_leaves (self->database, state->number, error);
  gint64 revision = 0;

  for (guint i = 1; leaves != NULL && i < leaves->len && revision == 0; i++)
    {
      const StallLeaf *leaf = leaves->pdata[i];

      if (leaf->number == leaf_number)
        revision = write_leaf (self, leaves->pdata[0], leaf, state, next, error);
    }
  if (revision == 0 || !stall_revision_tree_choose_winner (self->database, state, error)
      || !stall_database_run (self->database, error,
                              "UPDATE document SET sequence = ?, unsent = 1 WHERE number = ?", "ii",
                              self->counters.next_sequence++, state->number))
    return 0;
  return revision;
}

static gint64
write_step (StallWriter *self,
            const Step *step,
            Place place,
            StallDocumentState *state,
            StallDocument *next,
            GError **error)
{
  switch (place)
    {
    case ON_ITS_LEAF:
      return write_on_leaf (self, step->from, state, next, error);
    case BESIDE:
      return stall_documents_write_beside (self->database, &self->counters, state, step->from, next,
                                           error);
    case ON_WINNER:
    default:
      return stall_documents_write (self->database, &self->counters, state, next, error);
    }
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

/* What undo wrote is what redo starts from, and what undo found, later edits and all, is where it
 * leads back to; and the other way round. */
static gboolean
turn_step (StallWriter *self,
           gint64 change_set,
           gint64 document,
           gint64 written,
           gint64 found,
           gboolean undo,
           GError **error)
{
  return stall_database_run (
      self->database, error,
      undo ? "UPDATE change SET before = ?, after = ? WHERE change_set = ? AND document = ?"
           : "UPDATE change SET after = ?, before = ? WHERE change_set = ? AND document = ?",
      "iiii", written, found, change_set, document);
}

static gboolean
take_step (StallWriter *self, gint64 change_set, const Step *step, gboolean undo, GError **error)
{
  g_autoptr (StallDocument) present
      = stall_documents_load_number (self->database, step->document, error);
  g_autoptr (StallDocument) old = NULL;
  g_autoptr (StallDocument) next = NULL;
  g_autoptr (StallDocument) shown = NULL;
  g_autoptr (GBytes) body = NULL;
  StallDocumentState state;
  gint64 winner, revision;
  gboolean deleted;
  Place place;
  const char *id;

  if (present == NULL)
    return FALSE;
  id = stall_document_get_id (present);
  if (!stall_documents_look_up (self->database, id, &state, error))
    return FALSE;
  winner = state.winner;
  body = content_of_step (self, step, winner, undo, &deleted, &place, error);
  if (body == NULL)
    return FALSE;
  if (!deleted && is_overtaken (self, step, &state, stall_kind_of_id (id)))
    return TRUE;
  old = stall_document_new_revision (id, body, NULL, deleted);
  next = stall_writer_stamp (self, old);
  revision = write_step (self, step, place, &state, next, error);
  if (revision == 0
      || !stall_settlement_turn (self->database, &self->counters, &state, change_set, undo, error)
      || !turn_step (self, change_set, step->document, revision,
                     place == ON_ITS_LEAF ? step->from : winner, undo, error))
    return FALSE;
  if (deleted)
    self->outcome->receipt->deleted++;
  else
    self->outcome->receipt->changed++;
  shown = place == ON_WINNER ? g_object_ref (next)
                             : stall_documents_load_number (self->database, step->document, error);
  if (shown == NULL)
    return FALSE;
  self->outcome->kinds |= 1u << stall_document_get_kind (shown);
  return self->rebuilds
         || stall_writer_project (self, step->document, shown, stall_document_get_deleted (present),
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
         && stall_projector_rebuild (database, stall_time_now (), NULL, error);
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
         && stall_database_run (
             database, error, "UPDATE change_set SET state = ? WHERE number = ?", "ii",
             (gint64) (undo ? STALL_CHANGE_SET_UNDONE : STALL_CHANGE_SET_DONE), change_set)
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

/* Money that the platform has heard of stays written there: taking it back here would make two
 * accounts of one sale. */
static gboolean
has_sent_money (StallDatabase *database, gint64 change_set)
{
  gint64 found = 0;

  stall_database_get_int (
      database, &found, NULL,
      "SELECT 1 FROM change c JOIN sent s ON s.document = c.document JOIN document d ON d.number = "
      "c.document JOIN revision r ON r.number = d.winner LEFT JOIN revision b ON b.number = "
      "c.before "
      "WHERE c.change_set = ? AND (c.before IS NULL OR b.deleted) AND d.kind = ? AND NOT d.deleted "
      "AND json_extract (r.body, '$.step') IN ('paid', 'completed', 'refunded') LIMIT 1",
      "ii", change_set, (gint64) STALL_KIND_EVENT);
  return found != 0;
}

/* Says why, and lets undo go on to what was done before it. */
static gboolean
refuse_money (StallDatabase *database, gint64 change_set, GError **error)
{
  g_autofree char *label = stall_database_get_text (
      database, NULL, "SELECT label FROM change_set WHERE number = ?", "i", change_set);

  if (!stall_database_run (database, error, "UPDATE change_set SET state = ? WHERE number = ?",
                           "ii", (gint64) STALL_CHANGE_SET_FORGOTTEN, change_set))
    return FALSE;
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               /* Translators: %s is what was done, as in “Record payment of order 1042” */
               _ ("“%s” is on the platform, and money that was taken stays written. Record a "
                  "refund instead."),
               label);
  return FALSE;
}

/**
 * stall_writer_undo:
 * @database: the writing connection
 * @change_set: its number; 0: the last one that was done
 * @outcome: (out caller-allocates): what it did
 * @error: return location, not %NULL
 *
 * Takes a change set back. What was edited since stays; so does money that the platform knows of:
 * %STALL_ERROR_INVALID.
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
  if (has_sent_money (database, found))
    return refuse_money (database, found, error);
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
