/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-settlement.h"

#include "stall-revision-tree.h"

/* The leaf that is called @name and not deleted, among @leaves behind the winner. */
static const StallLeaf *
find_loser (GPtrArray *leaves, const char *name)
{
  for (guint i = 1; i < leaves->len; i++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, i);
      g_autofree char *leaf_name
          = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", leaf->generation, leaf->hash);

      if (!leaf->deleted && g_str_equal (leaf_name, name))
        return leaf;
    }
  return NULL;
}

static const StallLeaf *
find_leaf (GPtrArray *leaves, gint64 number)
{
  for (guint i = 0; i < leaves->len; i++)
    if (((StallLeaf *) g_ptr_array_index (leaves, i))->number == number)
      return g_ptr_array_index (leaves, i);
  return NULL;
}

/**
 * stall_settlement_check:
 * @database: a connection
 * @document: a document's number
 * @losers: revision ids
 * @error: return location
 *
 * Returns: whether each is a version beside the winning one still; %FALSE with @error set on
 *   failure only
 */
gboolean
stall_settlement_check (StallDatabase *database,
                        gint64 document,
                        const char *const *losers,
                        GError **error)
{
  g_autoptr (GPtrArray) leaves = stall_revision_tree_list_leaves (database, document, error);

  for (guint i = 0; leaves != NULL && losers[i] != NULL; i++)
    if (find_loser (leaves, losers[i]) == NULL)
      return FALSE;
  return leaves != NULL;
}

static gboolean
bury (StallDatabase *database,
      StallDocumentCounters *counters,
      const StallDocumentState *state,
      const StallLeaf *leaf,
      GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  g_autofree char *id = stall_database_get_text (
      database, error, "SELECT id FROM document WHERE number = ?", "i", state->number);
  g_autoptr (StallDocument) tombstone
      = id != NULL ? stall_document_new_revision (id, nothing, NULL, TRUE) : NULL;

  return tombstone != NULL
         && stall_revision_tree_add (database, counters, state, leaf, tombstone, error) != 0;
}

/**
 * stall_settlement_write:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: (inout): the document, whose new winner is written
 * @change_set: in which it is settled
 * @losers: revision ids of what goes, all of which are there
 * @error: return location
 *
 * Deletes the versions that lost, here and, once it is sent, on the platform.
 *
 * Returns: whether it went well
 */
gboolean
stall_settlement_write (StallDatabase *database,
                        StallDocumentCounters *counters,
                        StallDocumentState *state,
                        gint64 change_set,
                        const char *const *losers,
                        GError **error)
{
  g_autoptr (GPtrArray) leaves = stall_revision_tree_list_leaves (database, state->number, error);

  for (guint i = 0; leaves != NULL && losers[i] != NULL; i++)
    {
      const StallLeaf *leaf = find_loser (leaves, losers[i]);

      g_return_val_if_fail (leaf != NULL, FALSE);
      if (!bury (database, counters, state, leaf, error)
          || !stall_database_run (database, error, "INSERT INTO settled VALUES (?, ?, ?)", "iii",
                                  change_set, state->number, leaf->number))
        return FALSE;
    }
  return leaves != NULL && stall_revision_tree_choose_winner (database, state, error);
}

/* The version as it was, beside its own deletion. What the platform has heard already cannot be
 * unsaid: this is a new version of the same content. */
static gint64
bring_back (StallDatabase *database,
            StallDocumentCounters *counters,
            StallDocumentState *state,
            gint64 loser,
            GError **error)
{
  g_autoptr (GBytes) body = stall_documents_get_body (database, loser, NULL, error);
  g_autofree char *id = stall_database_get_text (
      database, error, "SELECT id FROM document WHERE number = ?", "i", state->number);
  g_autoptr (StallDocument) document
      = body != NULL && id != NULL ? stall_document_new (id, body) : NULL;

  if (document == NULL)
    return 0;
  return stall_documents_write_beside (database, counters, state, loser, document, error);
}

static GArray *
list_losers (StallDatabase *database, gint64 change_set, gint64 document, GError **error)
{
  g_autoptr (GArray) losers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT loser FROM settled WHERE change_set = ? AND document = ?", "ii",
      change_set, document);

  while (stall_database_step (database, row, &failed))
    {
      gint64 loser = sqlite3_column_int64 (row, 0);

      g_array_append_val (losers, loser);
    }
  if (failed == NULL)
    return g_steal_pointer (&losers);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static gboolean
turn_one (StallDatabase *database,
          StallDocumentCounters *counters,
          StallDocumentState *state,
          gint64 change_set,
          gint64 loser,
          gboolean undo,
          GError **error)
{
  g_autoptr (GPtrArray) leaves = NULL;
  const StallLeaf *leaf;
  gint64 back;

  if (undo)
    {
      back = bring_back (database, counters, state, loser, error);
      return back != 0
             && stall_database_run (database, error,
                                    "UPDATE settled SET loser = ? WHERE change_set = ? AND "
                                    "document = ? AND loser = ?",
                                    "iiii", back, change_set, state->number, loser);
    }
  leaves = stall_revision_tree_list_leaves (database, state->number, error);
  if (leaves == NULL)
    return FALSE;
  leaf = find_leaf (leaves, loser);
  /* What somebody wrote on it meanwhile stays. */
  return leaf == NULL || leaf->deleted || leaf->number == state->winner
         || (bury (database, counters, state, leaf, error)
             && stall_revision_tree_choose_winner (database, state, error));
}

/**
 * stall_settlement_turn:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: (inout): a document of the change set
 * @change_set: that is taken back or done again
 * @undo: which of them
 * @error: return location
 *
 * Brings back what lost when a conflict was settled, or lets it go again. Where the change set
 * settled nothing it does nothing.
 *
 * Returns: whether it went well
 */
gboolean
stall_settlement_turn (StallDatabase *database,
                       StallDocumentCounters *counters,
                       StallDocumentState *state,
                       gint64 change_set,
                       gboolean undo,
                       GError **error)
{
  g_autoptr (GArray) losers = list_losers (database, change_set, state->number, error);

  for (guint i = 0; losers != NULL && i < losers->len; i++)
    if (!turn_one (database, counters, state, change_set, g_array_index (losers, gint64, i), undo,
                   error))
      return FALSE;
  return losers != NULL;
}
