/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-writer-private.h"

#include "stall-json.h"
#include "stall-merge.h"

/**
 * stall_writer_begin:
 * @self: (out caller-allocates): a writer, zeroed
 * @database: the writing connection
 * @outcome: is told what changed
 * @error: return location
 *
 * Begins a transaction.
 *
 * Returns: whether it began; call stall_writer_end() in any case
 */
gboolean
stall_writer_begin (StallWriter *self,
                    StallDatabase *database,
                    StallOutcome *outcome,
                    GError **error)
{
  StallTime now = stall_time_now ();
  gboolean new_day = FALSE;

  self->database = database;
  self->outcome = outcome;
  self->projector = stall_projector_new (database, now);
  if (!stall_database_run_script (database, "BEGIN IMMEDIATE;", error)
      || !stall_projector_refresh_recent (database, now, &new_day, error))
    return FALSE;
  if (new_day)
    outcome->kinds |= 1u << STALL_KIND_PRODUCT;
  return stall_documents_load_counters (database, &self->counters, error);
}

/**
 * stall_writer_end:
 * @self: a writer that began
 * @good: whether all went well so far
 * @error: (inout): return location; set already when @good is %FALSE
 *
 * Commits, or rolls back and says why; the reason that came first is the one that counts.
 *
 * Returns: whether it is on disk
 */
gboolean
stall_writer_end (StallWriter *self, gboolean good, GError **error)
{
  if (good && stall_projector_finish (self->projector, error)
      && !stall_database_set_error_if_cancelled (self->database, error)
      && stall_database_run_script (self->database, "COMMIT;", error))
    return TRUE;
  if (!sqlite3_get_autocommit (stall_database_get_handle (self->database)))
    stall_database_run_script (self->database, "ROLLBACK;", NULL);
  g_assert (error == NULL || *error != NULL);
  return FALSE;
}

/**
 * stall_writer_project:
 * @self: a writer inside its transaction
 * @number: a document's number
 * @document: its winning revision
 * @is_new: no rows speak of it yet
 * @error: return location
 *
 * Brings the projections up to what a document says now.
 *
 * Returns: whether they could be written
 */
gboolean
stall_writer_project (StallWriter *self,
                      gint64 number,
                      StallDocument *document,
                      gboolean is_new,
                      GError **error)
{
  self->outcome->kinds |= 1u << stall_document_get_kind (document);
  return stall_projector_add (self->projector, number, document, is_new, error);
}

/**
 * stall_writer_stamp:
 * @self: a writer inside its transaction
 * @document: what an edit made of a document
 *
 * Notes in `changed` when and on which device it was edited, for whoever compares two versions of
 * it. The rest of its text stays as it is.
 *
 * Returns: (transfer full): the document with that; as it was where there is nothing to compare
 */
StallDocument *
stall_writer_stamp (StallWriter *self, StallDocument *document)
{
  g_autoptr (GBytes) body = NULL;
  g_autofree char *device = NULL;
  char *text;
  char at[32];

  if (stall_document_get_deleted (document)
      || !stall_kind_merges_by_field (stall_document_get_kind (document)))
    return g_object_ref (document);
  stall_time_write (stall_time_now (), at);
  text = stall_database_get_text (
      self->database, NULL,
      "SELECT json_set (?1, '$.changed', json_object ('at', ?2, 'device', (SELECT value FROM meta "
      "WHERE name = 'device'), 'name', (SELECT value FROM meta WHERE name = 'device_name')))",
      "bS", stall_document_get_body (document), at);
  if (text == NULL)
    return g_object_ref (document);
  body = g_bytes_new_take (text, strlen (text));
  return stall_document_new_revision (stall_document_get_id (document), body,
                                      stall_document_get_revision (document), FALSE);
}

/**
 * stall_writer_merge:
 * @base: the body that both sides come from
 * @ours: of this side; stands where both changed the same field
 * @theirs: of the other
 * @conflict: (out): whether both changed the same field differently
 *
 * Returns: (transfer full) (nullable): the merged body; %NULL when one of them cannot be read: then
 *   there is nothing to merge by, and both sides must stay
 */
GBytes *
stall_writer_merge (GBytes *base, GBytes *ours, GBytes *theirs, gboolean *conflict)
{
  g_autoptr (JsonObject) base_root = NULL;
  g_autoptr (JsonObject) our_root = NULL;
  g_autoptr (JsonObject) their_root = NULL;
  g_autoptr (JsonObject) merged = NULL;
  g_auto (GStrv) conflicts = NULL;
  gsize length;
  char *text;

  base_root
      = stall_json_parse_object (g_bytes_get_data (base, NULL), g_bytes_get_size (base), NULL);
  our_root = stall_json_parse_object (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours), NULL);
  their_root
      = stall_json_parse_object (g_bytes_get_data (theirs, NULL), g_bytes_get_size (theirs), NULL);
  if (base_root == NULL || our_root == NULL || their_root == NULL)
    return NULL;
  merged = stall_merge (base_root, our_root, their_root, &conflicts);
  *conflict = conflicts[0] != NULL;
  text = stall_json_to_string (merged, &length);
  return g_bytes_new_take (text, length);
}

/**
 * stall_writer_says_the_same:
 * @database: a connection
 * @a: a body
 * @b: another
 *
 * Returns: whether they say the same, whenever it was written
 */
gboolean
stall_writer_says_the_same (StallDatabase *database, GBytes *a, GBytes *b)
{
  gint64 same = 0;

  if (g_bytes_equal (a, b))
    return TRUE;
  stall_database_get_int (database, &same, NULL,
                          "SELECT json_remove (?, '$.changed') = json_remove (?, '$.changed')",
                          "bb", a, b);
  return same != 0;
}

void
stall_writer_clear (StallWriter *self)
{
  g_clear_pointer (&self->projector, stall_projector_free);
}
