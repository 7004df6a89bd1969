/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-replica.h"

#include "stall-json.h"
#include "stall-store-private.h"

/* What refused.code says of a document that the owner keeps only here. */
#define KEPT "kept"

/* What a job on a store's thread was asked for. Fields that a job does not need stay zero. */
typedef struct
{
  GPtrArray *items;
  char *name;
  char *text;
  gint64 after;
  guint limit;
  gsize bytes;
} Request;

static Request *
request_new (GPtrArray *items, const char *name, const char *text)
{
  Request *request = g_new0 (Request, 1);

  request->items = items != NULL ? g_ptr_array_ref (items) : NULL;
  request->name = g_strdup (name);
  request->text = g_strdup (text);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->items, g_ptr_array_unref);
  g_free (request->name);
  g_free (request->text);
  g_free (request);
}

static DexFuture *
settled (gboolean good, GError *error)
{
  return good ? dex_future_new_true () : dex_future_new_for_error (error);
}

static DexFuture *
future_of_array (GPtrArray *array, GError *error)
{
  return array != NULL ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, array)
                       : dex_future_new_for_error (error);
}

static DexFuture *
find_missing_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (GPtrArray) missing
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_revision_name_free);
  GError *error = NULL;

  for (guint i = 0; i < request->items->len && error == NULL; i++)
    {
      const StallRevisionName *name = g_ptr_array_index (request->items, i);
      gint64 generation, known = 0;
      const char *hash;

      if (!stall_revision_parse (name->revision, &generation, &hash))
        continue;
      stall_database_get_int (database, &known, &error,
                              "SELECT 1 FROM revision WHERE document = (SELECT number FROM "
                              "document WHERE id = ?) AND generation = ? AND hash = ?",
                              "SiS", name->id, generation, hash);
      if (known == 0)
        g_ptr_array_add (missing, stall_revision_name_new (name->id, name->revision));
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return future_of_array (g_steal_pointer (&missing), NULL);
}

/**
 * stall_store_find_missing:
 * @self: a store
 * @names: (element-type StallRevisionName): revisions that a peer has
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of those that are not here, in the same
 *   order; names that are no revision's are left out
 */
DexFuture *
stall_store_find_missing (StallStore *self, GPtrArray *names)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (names != NULL);

  return stall_store_read (self, STALL_READER_REST, find_missing_job,
                           request_new (names, NULL, NULL), request_free, NULL);
}

static DexFuture *
list_unsent_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;

  return future_of_array (
      stall_outbox_list (database, request->after, request->limit, request->bytes, &error), error);
}

/**
 * stall_store_list_unsent:
 * @self: a store
 * @after: the number of the last document that was listed; 0 to begin
 * @limit: so many documents at most
 * @bytes: after so many bytes of content no further document is added
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallOutgoing; empty at the end
 */
DexFuture *
stall_store_list_unsent (StallStore *self, gint64 after, guint limit, gsize bytes)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (self));

  request = request_new (NULL, NULL, NULL);
  request->after = after;
  request->limit = limit;
  request->bytes = bytes;
  return stall_store_read (self, STALL_READER_REST, list_unsent_job, request, request_free, NULL);
}

static DexFuture *
count_unsent_job (StallDatabase *database, gpointer data)
{
  gint64 count = 0;
  GError *error = NULL;

  stall_database_get_int (database, &count, &error, "SELECT count(*) FROM document WHERE unsent",
                          "");
  return error != NULL ? dex_future_new_for_error (error) : dex_future_new_for_int64 (count);
}

/**
 * stall_store_count_unsent:
 * @self: a store
 *
 * Returns: (transfer full): a future of how many documents the platform has not acknowledged
 */
DexFuture *
stall_store_count_unsent (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, count_unsent_job, NULL, NULL, NULL);
}

static DexFuture *
settle_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  gboolean good
      = stall_outbox_settle (database, request->items, request->name, request->text, &error);

  return settled (good, error);
}

/**
 * stall_store_settle:
 * @self: a store
 * @verdicts: (element-type StallVerdict): what the platform said
 * @checkpoint: (nullable): the id of a checkpoint
 * @checkpoint_body: (nullable): what it says from now on
 *
 * Stores the platform's answers, in one transaction.
 *
 * Returns: (transfer full): a future that resolves when they are on disk
 */
DexFuture *
stall_store_settle (StallStore *self,
                    GPtrArray *verdicts,
                    const char *checkpoint,
                    const char *checkpoint_body)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (verdicts != NULL);

  return stall_store_write (self, settle_job, request_new (verdicts, checkpoint, checkpoint_body),
                            request_free);
}

static DexFuture *
mark_unsent_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  gboolean good = stall_outbox_mark_unsent (database, ((Request *) data)->after, &error);

  return settled (good, error);
}

/**
 * stall_store_mark_unsent:
 * @self: a store
 * @after: a sequence; 0: all documents
 *
 * Says that the platform is not known to have what changed after @after.
 *
 * Returns: (transfer full): a future that resolves when it is on disk
 */
DexFuture *
stall_store_mark_unsent (StallStore *self, gint64 after)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (self));

  request = request_new (NULL, NULL, NULL);
  request->after = after;
  return stall_store_write (self, mark_unsent_job, request, request_free);
}

static DexFuture *
load_checkpoint_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  char *body = stall_database_get_text (
      database, &error, "SELECT body FROM checkpoint WHERE id = ?", "s", request->name);

  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_string (body != NULL ? body : g_strdup (""));
}

/**
 * stall_store_load_checkpoint:
 * @self: a store
 * @checkpoint: its id
 *
 * Returns: (transfer full): a future of its text; "" when there is none
 */
DexFuture *
stall_store_load_checkpoint (StallStore *self, const char *checkpoint)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (checkpoint != NULL);

  return stall_store_read (self, STALL_READER_REST, load_checkpoint_job,
                           request_new (NULL, checkpoint, NULL), request_free, NULL);
}

static DexFuture *
get_sequence_job (StallDatabase *database, gpointer data)
{
  gint64 sequence = 0;
  GError *error = NULL;

  stall_database_get_int (database, &sequence, &error, "SELECT max(sequence) FROM document", "");
  return error != NULL ? dex_future_new_for_error (error) : dex_future_new_for_int64 (sequence);
}

/**
 * stall_store_get_sequence:
 * @self: a store
 *
 * Returns: (transfer full): a future of the sequence of the newest change, 0 in an empty stall
 */
DexFuture *
stall_store_get_sequence (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, get_sequence_job, NULL, NULL, NULL);
}

void
stall_refusal_free (StallRefusal *self)
{
  g_free (self->id);
  g_free (self->code);
  g_free (self->reason);
  g_free (self);
}

static DexFuture *
list_refused_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_refusal_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT d.id, f.code, f.reason, f.at FROM refused f JOIN document d ON d.number = f.document "
      "AND d.sequence = f.sequence WHERE d.unsent ORDER BY f.at, d.number",
      "");

  while (stall_database_step (database, row, &error))
    {
      StallRefusal *refusal = g_new0 (StallRefusal, 1);

      refusal->id = g_strdup (stall_column_text (row, 0));
      refusal->code = g_strdup (stall_column_text (row, 1));
      refusal->reason = g_strdup (stall_column_text (row, 2));
      refusal->at = sqlite3_column_int64 (row, 3);
      g_ptr_array_add (list, refusal);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return future_of_array (g_steal_pointer (&list), NULL);
}

/**
 * stall_store_list_refused:
 * @self: a store
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallRefusal, the oldest first
 */
DexFuture *
stall_store_list_refused (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, list_refused_job, NULL, NULL, NULL);
}

static DexFuture *
retry_refused_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  gboolean good = stall_database_run (
      database, &error,
      "DELETE FROM refused WHERE ?1 IS NULL OR document = (SELECT number FROM document WHERE id = "
      "?1)",
      "s", request->name);

  return settled (good, error);
}

/**
 * stall_store_retry_refused:
 * @self: a store
 * @id: (nullable): a document id, or %NULL for all
 *
 * Lets what the platform refused be offered to it again.
 *
 * Returns: (transfer full): a future that resolves when it is on disk
 */
DexFuture *
stall_store_retry_refused (StallStore *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_write (self, retry_refused_job, request_new (NULL, id, NULL), request_free);
}

gboolean
stall_refusal_is_kept (const StallRefusal *self)
{
  return g_str_equal (self->code, KEPT);
}

static DexFuture *
keep_refused_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  gboolean good = stall_database_run (database, &error,
                                      "UPDATE refused SET code = '" KEPT
                                      "' WHERE ?1 IS NULL OR document = (SELECT number FROM "
                                      "document WHERE id = ?1)",
                                      "s", request->name);

  return settled (good, error);
}

/**
 * stall_store_keep_refused:
 * @self: a store
 * @id: (nullable): a document id, or %NULL for all
 *
 * Says that the owner leaves what the platform refused on this computer. A change of it is offered
 * to the platform again.
 *
 * Returns: (transfer full): a future that resolves when it is on disk
 */
DexFuture *
stall_store_keep_refused (StallStore *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_write (self, keep_refused_job, request_new (NULL, id, NULL), request_free);
}

void
stall_unsent_free (StallUnsent *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

/* What a thing without a name says begins like so. */
#define TITLE_LENGTH 60

static char *
shorten (const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, TITLE_LENGTH);

  return g_strconcat (start, "…", NULL);
}

/**
 * stall_replica_find_title:
 * @body: (nullable): of a document
 *
 * Returns: (transfer full) (nullable): its title, name, number or question
 */
char *
stall_replica_find_title (const char *body)
{
  static const char *const members[] = { "title", "name", "number", "question", "text" };
  g_autoptr (JsonObject) object
      = body != NULL ? stall_json_parse_object (body, strlen (body), NULL) : NULL;
  const char *title = NULL;

  for (gsize i = 0; object != NULL && title == NULL && i < G_N_ELEMENTS (members); i++)
    title = stall_json_get_string (object, members[i], NULL);
  if (title == NULL || *title == '\0')
    return NULL;
  return g_utf8_strlen (title, -1) > TITLE_LENGTH ? shorten (title) : g_strdup (title);
}

static DexFuture *
list_waiting_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_unsent_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      /* Changes have no index by document: only the newest change sets are looked through. */
      "SELECT d.id, r.body, (SELECT s.at FROM change_set s JOIN change c ON c.change_set = "
      "s.number "
      "AND c.document = d.number WHERE s.number > (SELECT max(number) - 500 FROM change_set) ORDER "
      "BY s.number DESC LIMIT 1) FROM document d JOIN revision r ON r.number = d.winner WHERE "
      "d.unsent AND NOT EXISTS (SELECT 1 FROM refused f WHERE f.document = d.number AND f.sequence "
      "= d.sequence) ORDER BY d.sequence DESC LIMIT ?",
      "i", (gint64) ((Request *) data)->limit);

  while (stall_database_step (database, row, &error))
    {
      StallUnsent *unsent = g_new0 (StallUnsent, 1);

      unsent->id = g_strdup (stall_column_text (row, 0));
      unsent->title = stall_replica_find_title (stall_column_text (row, 1));
      unsent->at = sqlite3_column_type (row, 2) == SQLITE_NULL ? STALL_TIME_NONE
                                                               : sqlite3_column_int64 (row, 2);
      g_ptr_array_add (list, unsent);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return future_of_array (g_steal_pointer (&list), NULL);
}

/**
 * stall_store_list_waiting:
 * @self: a store
 * @limit: so many at most
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallUnsent: what is to be sent, the
 *   newest change first
 */
DexFuture *
stall_store_list_waiting (StallStore *self, guint limit)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_STORE (self));

  request = request_new (NULL, NULL, NULL);
  request->limit = limit;
  return stall_store_read (self, STALL_READER_REST, list_waiting_job, request, request_free, NULL);
}

static DexFuture *
find_title_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  g_autofree char *body
      = stall_database_get_text (database, &error,
                                 "SELECT r.body FROM document d JOIN revision r ON r.number = "
                                 "d.winner WHERE d.id = ?",
                                 "s", ((Request *) data)->name);
  char *title;

  if (error != NULL)
    return dex_future_new_for_error (error);
  title = stall_replica_find_title (body);
  return dex_future_new_take_string (title != NULL ? title : g_strdup (""));
}

/**
 * stall_store_find_title:
 * @self: a store
 * @id: of a document
 *
 * Returns: (transfer full): a future of its title, name, number, question or first words
 */
DexFuture *
stall_store_find_title (StallStore *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (id != NULL);

  return stall_store_read (self, STALL_READER_REST, find_title_job, request_new (NULL, id, NULL),
                           request_free, NULL);
}
