/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-documents.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "stall-error.h"
#include "stall-receiver.h"
#include "stall-revision-tree.h"

/**
 * stall_documents_load_counters:
 * @database: the writing connection, inside a transaction
 * @counters: (out): where the numbers go on
 * @error: return location
 *
 * Returns: whether they could be read
 */
gboolean
stall_documents_load_counters (StallDatabase *database,
                               StallDocumentCounters *counters,
                               GError **error)
{
  g_autoptr (GError) failed = NULL;

  counters->next_revision = counters->next_sequence = 0;
  stall_database_get_int (database, &counters->next_revision, &failed,
                          "SELECT max(number) FROM revision", "");
  if (failed == NULL)
    stall_database_get_int (database, &counters->next_sequence, &failed,
                            "SELECT max(sequence) FROM document", "");
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  counters->next_revision++;
  counters->next_sequence++;
  return TRUE;
}

/**
 * stall_documents_look_up:
 * @database: a connection
 * @id: a document id
 * @state: (out): what is known of it; number 0 when there is none
 * @error: return location
 *
 * Returns: %FALSE with @error set on failure only
 */
gboolean
stall_documents_look_up (StallDatabase *database,
                         const char *id,
                         StallDocumentState *state,
                         GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT number, winner, deleted FROM document WHERE id = ?", "S", id);

  *state = (StallDocumentState) { 0 };
  if (stall_database_step (database, row, &failed))
    {
      state->number = sqlite3_column_int64 (row, 0);
      state->winner = sqlite3_column_int64 (row, 1);
      state->deleted = sqlite3_column_int (row, 2);
      sqlite3_reset (row);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
read_revision_name (StallDatabase *database,
                    gint64 revision,
                    gint64 *generation,
                    char name[64],
                    GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT generation, hash FROM revision WHERE number = ?", "i", revision);

  if (stall_database_step (database, row, &failed))
    {
      *generation = sqlite3_column_int64 (row, 0);
      g_snprintf (name, 64, "%" G_GINT64_FORMAT "-%s", *generation, stall_column_text (row, 1));
      sqlite3_reset (row);
      return TRUE;
    }
  if (failed == NULL)
    failed = g_error_new_literal (STALL_ERROR, STALL_ERROR_DAMAGED,
                                  _ ("The stall’s file lacks a revision."));
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Who deletes a thing means all its versions: one that was left would come up in its place. */
static gboolean
delete_others (StallDatabase *database,
               StallDocumentCounters *counters,
               StallDocumentState *state,
               StallDocument *tombstone,
               GError **error)
{
  g_autoptr (GPtrArray) leaves = stall_revision_tree_list_leaves (database, state->number, error);
  guint n_alive = 0;

  if (leaves == NULL)
    return FALSE;
  for (; n_alive < leaves->len; n_alive++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, n_alive);

      if (leaf->deleted)
        break;
      if (stall_revision_tree_add (database, counters, state, leaf, tombstone, error) == 0)
        return FALSE;
    }
  return n_alive == 0 || stall_revision_tree_choose_winner (database, state, error);
}

/**
 * stall_documents_write:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: (inout): what is known of the document; told what is true afterwards
 * @document: what it is to be
 * @error: return location
 *
 * Adds a revision on top of the winning one, or the document itself.
 *
 * Returns: the revision's number, 0 on failure
 */
gint64
stall_documents_write (StallDatabase *database,
                       StallDocumentCounters *counters,
                       StallDocumentState *state,
                       StallDocument *document,
                       GError **error)
{
  gint64 revision = counters->next_revision++;
  gint64 sequence = counters->next_sequence++;
  gint64 generation = 0, parent = state->winner;
  gboolean deleted = stall_document_get_deleted (document);
  g_autofree char *made = NULL;
  const char *hash;
  char parent_name[64] = "";

  if (parent != 0
      && !(read_revision_name (database, parent, &generation, parent_name, error)
           && stall_database_run (database, error, "UPDATE revision SET leaf = 0 WHERE number = ?",
                                  "i", parent)))
    return 0;
  if (state->number == 0)
    {
      if (!stall_database_run (
              database, error, "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, 0, ?, 1)", "Siiii",
              stall_document_get_id (document), (gint64) stall_document_get_kind (document),
              (gint64) deleted, revision, sequence))
        return 0;
      state->number = sqlite3_last_insert_rowid (stall_database_get_handle (database));
    }
  else if (!stall_database_run (
               database, error,
               "UPDATE document SET winner = ?, deleted = ?, sequence = ?, unsent = 1 "
               "WHERE number = ?",
               "iiii", revision, (gint64) deleted, sequence, state->number))
    return 0;

  if (parent == 0)
    hash = stall_document_get_first_hash (document);
  else
    hash = made = stall_document_make_hash (document, parent_name);
  if (!stall_database_run (database, error, "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
                           "iiiStib", revision, state->number, generation + 1, hash,
                           parent != 0 ? parent : STALL_TIME_NONE, (gint64) deleted,
                           stall_document_get_body (document)))
    return 0;
  state->winner = revision;
  state->deleted = deleted;
  return !deleted || delete_others (database, counters, state, document, error) ? revision : 0;
}

/**
 * stall_documents_write_beside:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: (inout): what is known of the document, which exists; told what is true afterwards
 * @parent: the revision that was edited; 0 when it is not known here
 * @document: what it would be
 * @error: return location
 *
 * Adds a revision that could not be merged with the winning one: both stay, as a conflict.
 *
 * Returns: the revision's number, 0 on failure
 */
gint64
stall_documents_write_beside (StallDatabase *database,
                              StallDocumentCounters *counters,
                              StallDocumentState *state,
                              gint64 parent,
                              StallDocument *document,
                              GError **error)
{
  gint64 revision = counters->next_revision++;
  gint64 generation = 0, known = 0;
  g_autofree char *hash = NULL;
  char parent_name[64] = "";

  if (parent != 0
      && !(read_revision_name (database, parent, &generation, parent_name, error)
           && stall_database_run (database, error, "UPDATE revision SET leaf = 0 WHERE number = ?",
                                  "i", parent)))
    return 0;
  hash = stall_document_make_hash (document, parent_name);
  /* The same edit again is the same revision. */
  if (stall_database_get_int (
          database, &known, NULL,
          "SELECT number FROM revision WHERE document = ? AND generation = ? AND hash = ?", "iiS",
          state->number, generation + 1, hash))
    return known;
  if (!stall_database_run (
          database, error, "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, 1, ?)", "iiiStib",
          revision, state->number, generation + 1, hash, parent != 0 ? parent : STALL_TIME_NONE,
          (gint64) stall_document_get_deleted (document), stall_document_get_body (document))
      || !stall_revision_tree_choose_winner (database, state, error)
      || !stall_database_run (database, error,
                              "UPDATE document SET sequence = ?, unsent = 1 WHERE number = ?", "ii",
                              counters->next_sequence++, state->number))
    return 0;
  return revision;
}

/**
 * stall_documents_get_body:
 * @database: a connection
 * @revision: a revision's number
 * @deleted: (out) (optional): whether it deletes the document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its body
 */
GBytes *
stall_documents_get_body (StallDatabase *database,
                          gint64 revision,
                          gboolean *deleted,
                          GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT body, deleted FROM revision WHERE number = ?", "i", revision);
  GBytes *body = NULL;

  if (stall_database_step (database, row, &failed))
    {
      body = stall_column_bytes (row, 0);
      if (deleted != NULL)
        *deleted = sqlite3_column_int (row, 1);
      sqlite3_reset (row);
    }
  if (body == NULL && failed == NULL)
    failed = g_error_new_literal (STALL_ERROR, STALL_ERROR_NOT_FOUND,
                                  _ ("This version is no longer kept."));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return body;
}

/* A row of id, generation, hash, deleted, body. */
static StallDocument *
document_from_row (sqlite3_stmt *row)
{
  g_autofree char *revision
      = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", (gint64) sqlite3_column_int64 (row, 1),
                         stall_column_text (row, 2));
  g_autoptr (GBytes) body = stall_column_bytes (row, 4);

  if (body == NULL)
    body = g_bytes_new_static ("{}", 2);
  return stall_document_new_revision (stall_column_text (row, 0), body, revision,
                                      sqlite3_column_int (row, 3));
}

static StallDocument *
load_first (StallDatabase *database, sqlite3_stmt *row, GError **error)
{
  StallDocument *document = NULL;
  g_autoptr (GError) failed = NULL;

  if (stall_database_step (database, row, &failed))
    {
      document = document_from_row (row);
      sqlite3_reset (row);
    }
  else if (failed == NULL)
    failed = g_error_new_literal (STALL_ERROR, STALL_ERROR_NOT_FOUND,
                                  _ ("This is not in the stall any more."));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return document;
}

/**
 * stall_documents_load:
 * @database: a connection
 * @id: a document id
 * @error: return location
 *
 * Loads the winning revision of a document that is not deleted.
 *
 * Returns: (transfer full) (nullable): the document
 */
StallDocument *
stall_documents_load (StallDatabase *database, const char *id, GError **error)
{
  return load_first (database,
                     stall_database_query (
                         database, error,
                         "SELECT d.id, r.generation, r.hash, r.deleted, r.body FROM document d "
                         "JOIN revision r ON r.number = d.winner WHERE d.id = ? AND NOT d.deleted",
                         "s", id),
                     error);
}

/**
 * stall_documents_load_number:
 * @database: a connection
 * @number: a document's number
 * @error: return location
 *
 * Loads the winning revision of a document, deleted or not.
 *
 * Returns: (transfer full) (nullable): the document
 */
StallDocument *
stall_documents_load_number (StallDatabase *database, gint64 number, GError **error)
{
  return load_first (
      database,
      stall_database_query (database, error,
                            "SELECT d.id, r.generation, r.hash, r.deleted, r.body FROM document d "
                            "JOIN revision r ON r.number = d.winner WHERE d.number = ?",
                            "i", number),
      error);
}

/* The first text after all that begin with @prefix: its last byte, one higher. */
char *
stall_documents_prefix_end (const char *prefix)
{
  char *end = g_strdup (prefix);
  gsize length = strlen (end);

  g_return_val_if_fail (length > 0, end);
  end[length - 1]++;
  return end;
}

/**
 * stall_documents_list:
 * @database: a connection
 * @prefix: the beginning of ids, such as "event:…:"
 * @error: return location
 *
 * Loads all documents that are not deleted and whose id begins so, in the order of their ids.
 *
 * Returns: (transfer full) (element-type StallDocument) (nullable): the documents
 */
GPtrArray *
stall_documents_list (StallDatabase *database, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *end = stall_documents_prefix_end (prefix);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT d.id, r.generation, r.hash, r.deleted, r.body FROM document d "
      "JOIN revision r ON r.number = d.winner "
      "WHERE d.id >= ? AND d.id < ? AND NOT d.deleted ORDER BY d.id",
      "ss", prefix, end);

  while (stall_database_step (database, row, &failed))
    g_ptr_array_add (documents, document_from_row (row));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  return g_steal_pointer (&documents);
}

/**
 * stall_documents_check_hashes:
 * @database: a connection
 * @found: is told of every body that does not belong to its revision
 * @error: return location
 *
 * Hashes the bodies of the winning revisions anew, so that a flipped byte shows. One that another
 * peer named in its own way has a checksum of its own.
 *
 * Returns: %FALSE when the tables could not be read
 */
gboolean
stall_documents_check_hashes (StallDatabase *database, GStrvBuilder *found, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT d.id, r.generation, r.hash, r.deleted, r.body, p.generation, p.hash, e.checksum "
      "FROM document d JOIN revision r ON r.number = d.winner "
      "LEFT JOIN revision p ON p.number = r.parent "
      "LEFT JOIN received e ON e.revision = r.number WHERE r.body IS NOT NULL",
      "");

  while (stall_database_step (database, row, &failed))
    {
      g_autoptr (StallDocument) document = document_from_row (row);
      g_autofree char *hash = NULL;
      char parent[64] = "";
      gboolean received = sqlite3_column_type (row, 7) != SQLITE_NULL;

      if (sqlite3_column_type (row, 5) != SQLITE_NULL)
        g_snprintf (parent, sizeof parent, "%" G_GINT64_FORMAT "-%s",
                    (gint64) sqlite3_column_int64 (row, 5), stall_column_text (row, 6));
      hash = stall_document_make_hash (document, parent);
      if (received ? stall_receiver_checksum (stall_document_get_body (document))
                         != sqlite3_column_int64 (row, 7)
                   : strcmp (hash, stall_column_text (row, 2)) != 0)
        {
          g_autofree char *text = g_strdup_printf (_ ("the content of %s is not what was saved"),
                                                   stall_column_text (row, 0));

          g_strv_builder_take (found, g_utf8_make_valid (text, -1));
        }
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
