/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-writer-private.h"

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

void
stall_writer_clear (StallWriter *self)
{
  g_clear_pointer (&self->projector, stall_projector_free);
}
