/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-versions.h"

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-documents.h"
#include "stall-store-private.h"

struct _StallDocumentVersion
{
  GObject parent_instance;

  char *revision;
  char *label;
  StallTime at;
  gboolean current;
};

G_DEFINE_FINAL_TYPE (StallDocumentVersion, stall_document_version, G_TYPE_OBJECT)

static void
stall_document_version_finalize (GObject *object)
{
  StallDocumentVersion *self = STALL_DOCUMENT_VERSION (object);

  g_free (self->revision);
  g_free (self->label);

  G_OBJECT_CLASS (stall_document_version_parent_class)->finalize (object);
}

static void
stall_document_version_class_init (StallDocumentVersionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_document_version_finalize;
}

static void
stall_document_version_init (StallDocumentVersion *self)
{
  self->at = STALL_TIME_NONE;
}

/**
 * stall_document_version_get_revision:
 * @self: a version
 *
 * Returns: its revision id
 */
const char *
stall_document_version_get_revision (StallDocumentVersion *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT_VERSION (self), NULL);

  return self->revision;
}

/**
 * stall_document_version_get_at:
 * @self: a version
 *
 * Returns: when it was saved here, or %STALL_TIME_NONE
 */
StallTime
stall_document_version_get_at (StallDocumentVersion *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT_VERSION (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_document_version_get_label:
 * @self: a version
 *
 * Returns: what was done, as it stands beside Undo; "" when it was made elsewhere
 */
const char *
stall_document_version_get_label (StallDocumentVersion *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT_VERSION (self), NULL);

  return self->label;
}

/**
 * stall_document_version_get_current:
 * @self: a version
 *
 * Returns: whether it is what the document says now
 */
gboolean
stall_document_version_get_current (StallDocumentVersion *self)
{
  g_return_val_if_fail (STALL_IS_DOCUMENT_VERSION (self), FALSE);

  return self->current;
}

/* The chain from the winning revision back. What was saved in between while somebody typed on is
 * the end of no step and not listed; what has no step at all came from elsewhere and is. */
static const char versions_sql[]
    = "WITH RECURSIVE chain (number, generation, hash, parent, deleted, kept) AS ("
      "  SELECT r.number, r.generation, r.hash, r.parent, r.deleted, r.body IS NOT NULL "
      "  FROM document d JOIN revision r ON r.number = d.winner WHERE d.id = ?1"
      "  UNION ALL SELECT r.number, r.generation, r.hash, r.parent, r.deleted, r.body IS NOT NULL "
      "  FROM chain c JOIN revision r ON r.number = c.parent),"
      " step (revision, label, at) AS ("
      "  SELECT c.after, s.label, s.at FROM change c JOIN change_set s ON s.number = c.change_set "
      "  WHERE c.document = (SELECT number FROM document WHERE id = ?1))"
      "SELECT c.generation || '-' || c.hash, s.at, s.label FROM chain c "
      "LEFT JOIN step s ON s.revision = c.number "
      "WHERE c.kept AND NOT c.deleted AND (s.revision IS NOT NULL OR c.number = "
      "(SELECT winner FROM document WHERE id = ?1) OR NOT EXISTS (SELECT 1 FROM step)) "
      "GROUP BY c.number ORDER BY c.generation DESC";

static DexFuture *
versions_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GListStore) list = g_list_store_new (STALL_TYPE_DOCUMENT_VERSION);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (database, &error, versions_sql, "s", data);

  while (stall_database_step (database, row, &error))
    {
      g_autoptr (StallDocumentVersion) version = g_object_new (STALL_TYPE_DOCUMENT_VERSION, NULL);

      version->revision = g_strdup (stall_column_text (row, 0));
      version->at = stall_column_time (row, 1);
      version->label = g_strdup (stall_column_text (row, 2));
      version->current = g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
      g_list_store_append (list, version);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (g_steal_pointer (&list));
}

/**
 * stall_store_versions:
 * @store: a store
 * @id: a document id
 *
 * Returns: (transfer full): a future of a #GListModel of #StallDocumentVersion, newest first
 */
DexFuture *
stall_store_versions (StallStore *store, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (id != NULL);

  return stall_store_read (store, STALL_READER_REST, versions_job, g_strdup (id), g_free, NULL);
}

typedef struct
{
  StallStore *store; /* only while a fiber holds it */
  char *id;
  char *revision;
  char *label;
} Request;

static Request *
request_new (const char *id, const char *revision)
{
  Request *request = g_new0 (Request, 1);

  request->id = g_strdup (id);
  request->revision = g_strdup (revision);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->store);
  g_free (request->id);
  g_free (request->revision);
  g_free (request->label);
  g_free (request);
}

static DexFuture *
load_version_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;
  gint64 number = 0;
  gboolean deleted = FALSE;

  stall_database_get_int (database, &number, &error,
                          "SELECT number FROM revision WHERE document = (SELECT number FROM "
                          "document WHERE id = ?) AND generation || '-' || hash = ?",
                          "ss", request->id, request->revision);
  if (error == NULL)
    body = stall_documents_get_body (database, number, &deleted, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (
      stall_document_new_revision (request->id, body, request->revision, deleted));
}

/**
 * stall_store_load_version:
 * @store: a store
 * @id: a document id
 * @revision: a revision of it
 *
 * Returns: (transfer full): a future of the #StallDocument as it was; #STALL_ERROR_NOT_FOUND when
 * it is no longer kept
 */
DexFuture *
stall_store_load_version (StallStore *store, const char *id, const char *revision)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (id != NULL && revision != NULL);

  return stall_store_read (store, STALL_READER_ROWS, load_version_job, request_new (id, revision),
                           request_free, NULL);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (StallDocument) former = NULL;
  g_autoptr (StallDocument) present = NULL;
  g_autoptr (StallDocument) next = NULL;
  g_autoptr (StallChangeSet) changes = stall_change_set_new (request->label);
  GError *error = NULL;

  former = dex_await_object (
      stall_store_load_version (request->store, request->id, request->revision), &error);
  if (former == NULL)
    return dex_future_new_for_error (error);
  present = dex_await_object (stall_store_load (request->store, request->id), NULL);
  next = stall_document_new_revision (
      request->id, stall_document_get_body (former),
      present != NULL ? stall_document_get_revision (present) : NULL, FALSE);
  stall_change_set_put (changes, next);
  return stall_store_apply (request->store, changes);
}

/**
 * stall_store_restore_version:
 * @store: a store
 * @id: a document id
 * @revision: a revision of it
 * @label: what a person reads beside Undo
 *
 * Makes an earlier version the present one. It is a new version; what was written since stays in
 * the history.
 *
 * Returns: (transfer full): a future of a #StallReceipt
 */
DexFuture *
stall_store_restore_version (StallStore *store,
                             const char *id,
                             const char *revision,
                             const char *label)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (id != NULL && revision != NULL && label != NULL);

  request = request_new (id, revision);
  request->store = g_object_ref (store);
  request->label = g_strdup (label);
  return stall_async (restore_fiber, request, request_free);
}
