/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-revision-tree.h"

#include <string.h>

static void
leaf_free (gpointer data)
{
  StallLeaf *leaf = data;

  g_free (leaf->hash);
  g_free (leaf);
}

/* The winner first: not deleted before deleted, the longer history, the greater hash. */
static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const StallLeaf *left = *(StallLeaf *const *) a, *right = *(StallLeaf *const *) b;

  if (left->deleted != right->deleted)
    return left->deleted ? 1 : -1;
  if (left->generation != right->generation)
    return left->generation < right->generation ? 1 : -1;
  return stall_revision_compare_hashes (right->hash, left->hash);
}

/**
 * stall_revision_tree_list_leaves:
 * @database: a connection
 * @document: a document's number
 * @error: return location
 *
 * Returns: (transfer full) (element-type StallLeaf) (nullable): its leaves, deleted ones too, the
 *   winner first
 */
GPtrArray *
stall_revision_tree_list_leaves (StallDatabase *database, gint64 document, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func (leaf_free);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT number, generation, parent, hash, deleted FROM revision WHERE document = ? AND leaf",
      "i", document);

  while (stall_database_step (database, row, &failed))
    {
      StallLeaf *leaf = g_new0 (StallLeaf, 1);

      leaf->number = sqlite3_column_int64 (row, 0);
      leaf->generation = sqlite3_column_int64 (row, 1);
      leaf->parent = sqlite3_column_int64 (row, 2);
      leaf->hash = g_strdup (stall_column_text (row, 3));
      leaf->deleted = sqlite3_column_int (row, 4);
      g_ptr_array_add (leaves, leaf);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  g_ptr_array_sort (leaves, compare_leaves);
  return g_steal_pointer (&leaves);
}

/**
 * stall_revision_tree_find:
 * @database: a connection
 * @document: a document's number
 * @generation: a revision's
 * @hash: and the rest of its id
 * @error: return location
 *
 * Returns: the revision's number; 0 when it is not known, or with @error set on failure
 */
gint64
stall_revision_tree_find (StallDatabase *database,
                          gint64 document,
                          gint64 generation,
                          const char *hash,
                          GError **error)
{
  gint64 number = 0;

  stall_database_get_int (
      database, &number, error,
      "SELECT number FROM revision WHERE document = ? AND generation = ? AND hash = ?", "iiS",
      document, generation, hash);
  return number;
}

/**
 * stall_revision_tree_find_common:
 * @database: a connection
 * @a: a revision's number
 * @b: another of the same document
 * @error: return location
 *
 * Returns: the newest revision that both come from; 0 when there is none, or with @error set
 */
gint64
stall_revision_tree_find_common (StallDatabase *database, gint64 a, gint64 b, GError **error)
{
  gint64 number = 0;

  stall_database_get_int (
      database, &number, error,
      "WITH RECURSIVE "
      "a (number, parent, generation) AS ("
      "  SELECT number, parent, generation FROM revision WHERE number = ?1"
      "  UNION ALL SELECT r.number, r.parent, r.generation FROM a JOIN revision r "
      "  ON r.number = a.parent),"
      "b (number, parent) AS ("
      "  SELECT number, parent FROM revision WHERE number = ?2"
      "  UNION ALL SELECT r.number, r.parent FROM b JOIN revision r ON r.number = b.parent) "
      "SELECT number FROM a WHERE number IN (SELECT number FROM b) ORDER BY generation DESC "
      "LIMIT 1",
      "ii", a, b);
  return number;
}

/**
 * stall_revision_tree_load_history:
 * @database: a connection
 * @revision: a revision's number
 * @error: return location
 *
 * Returns: (transfer full) (nullable): hashes from the revision's own back, at most
 *   %STALL_PEER_MAX_HISTORY
 */
GStrv
stall_revision_tree_load_history (StallDatabase *database, gint64 revision, GError **error)
{
  g_autoptr (GStrvBuilder) history = g_strv_builder_new ();
  g_autoptr (GError) failed = NULL;

  for (guint i = 0; revision != 0 && i < STALL_PEER_MAX_HISTORY; i++)
    {
      sqlite3_stmt *row = stall_database_query (
          database, &failed, "SELECT parent, hash FROM revision WHERE number = ?", "i", revision);

      if (!stall_database_step (database, row, &failed))
        break;
      revision = sqlite3_column_int64 (row, 0);
      g_strv_builder_add (history, stall_column_text (row, 1));
      sqlite3_reset (row);
    }
  if (failed == NULL)
    return g_strv_builder_end (history);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static gboolean
insert (StallDatabase *database,
        gint64 number,
        gint64 document,
        gint64 generation,
        const char *hash,
        gint64 parent,
        StallDocument *leaf, /* NULL: an ancestor that is known by its id only */
        GError **error)
{
  return stall_database_run (
      database, error, "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "iiiStiib", number,
      document, generation, hash, parent != 0 ? parent : STALL_TIME_NONE,
      (gint64) (leaf != NULL && stall_document_get_deleted (leaf)), (gint64) (leaf != NULL),
      leaf != NULL ? stall_document_get_body (leaf) : NULL);
}

/* How far back the newest ancestor stands that is known here already; -1: none is. */
static int
find_known_ancestor (StallDatabase *database,
                     gint64 document,
                     StallPeerRevision *revision,
                     gint64 *number,
                     GError **error)
{
  g_autoptr (GError) failed = NULL;

  for (int i = 0; revision->history[i] != NULL && revision->generation > i; i++)
    {
      *number = stall_revision_tree_find (database, document, revision->generation - i,
                                          revision->history[i], &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return -1;
        }
      if (*number != 0)
        return i;
    }
  return -1;
}

/**
 * stall_revision_tree_graft:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: what is known of the document, whose number is set
 * @revision: a revision of a peer
 * @error: return location
 *
 * Adds a revision with its history where the two join; where they do not, it is a root of its own.
 * Revisions that are known already stay as they are.
 *
 * Returns: the revision's number; 0 when it was known, or with @error set on failure
 */
gint64
stall_revision_tree_graft (StallDatabase *database,
                           StallDocumentCounters *counters,
                           StallDocumentState *state,
                           StallPeerRevision *revision,
                           GError **error)
{
  guint length = g_strv_length (revision->history);
  g_autoptr (GError) failed = NULL;
  gint64 parent = 0;
  int known = -1;

  if (state->winner != 0)
    known = find_known_ancestor (database, state->number, revision, &parent, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return 0;
    }
  if (known == 0)
    return 0;
  if (known > 0
      && !stall_database_run (database, error, "UPDATE revision SET leaf = 0 WHERE number = ?", "i",
                              parent))
    return 0;
  length = MIN (MIN (length, STALL_PEER_MAX_HISTORY), revision->generation);
  for (int i = (known > 0 ? known : (int) length) - 1; i >= 0; i--)
    {
      gint64 number = counters->next_revision++;

      if (!insert (database, number, state->number, revision->generation - i, revision->history[i],
                   parent, i == 0 ? revision->document : NULL, error))
        return 0;
      parent = number;
    }
  return parent;
}

/**
 * stall_revision_tree_add:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: what is known of the document
 * @parent: a leaf, which is none afterwards
 * @document: what follows on it
 * @error: return location
 *
 * Adds a revision on top of a leaf; the winner is chosen by the caller.
 *
 * Returns: the revision's number, 0 on failure
 */
gint64
stall_revision_tree_add (StallDatabase *database,
                         StallDocumentCounters *counters,
                         const StallDocumentState *state,
                         const StallLeaf *parent,
                         StallDocument *document,
                         GError **error)
{
  g_autofree char *parent_name
      = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", parent->generation, parent->hash);
  g_autofree char *hash = stall_document_make_hash (document, parent_name);
  gint64 number = counters->next_revision++;

  if (stall_database_run (database, error, "UPDATE revision SET leaf = 0 WHERE number = ?", "i",
                          parent->number)
      && insert (database, number, state->number, parent->generation + 1, hash, parent->number,
                 document, error))
    return number;
  return 0;
}

/**
 * stall_revision_tree_choose_winner:
 * @database: the writing connection, inside a transaction
 * @state: (inout): the document; told who won
 * @error: return location
 *
 * Chooses the winner among the leaves as every peer does.
 *
 * Returns: whether it went well
 */
gboolean
stall_revision_tree_choose_winner (StallDatabase *database,
                                   StallDocumentState *state,
                                   GError **error)
{
  g_autoptr (GPtrArray) leaves = stall_revision_tree_list_leaves (database, state->number, error);
  const StallLeaf *winner;
  gint64 n_alive = 0;

  if (leaves == NULL)
    return FALSE;
  g_return_val_if_fail (leaves->len > 0, FALSE);
  for (guint i = 0; i < leaves->len; i++)
    n_alive += !((StallLeaf *) g_ptr_array_index (leaves, i))->deleted;
  winner = g_ptr_array_index (leaves, 0);
  state->winner = winner->number;
  state->deleted = winner->deleted;
  return stall_database_run (database, error,
                             "UPDATE document SET winner = ?, deleted = ?, conflicts = ? "
                             "WHERE number = ?",
                             "iiii", state->winner, (gint64) state->deleted, MAX (n_alive - 1, 0),
                             state->number);
}
