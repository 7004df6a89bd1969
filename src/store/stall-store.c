/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-store.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-async.h"
#include "stall-documents.h"
#include "stall-lock.h"
#include "stall-projector.h"
#include "stall-query-private.h"
#include "stall-replica.h"
#include "stall-schema.h"
#include "stall-store-private.h"
#include "stall-writer.h"

struct _StallStore
{
  GObject parent_instance;

  char *folder;
  char *device;
  char *undo_label;
  char *redo_label;
  GHashTable *attachments; /* wire digest → SHA-256 */
  StallThread *writer;     /* NULL: read-only */
  StallThread *readers[STALL_N_READERS];
  int lock;
  gboolean damaged; /* nothing is written to a damaged file */
};

enum
{
  PROP_0,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS,
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallStore, stall_store, G_TYPE_OBJECT)

/* What a store gives up when it is closed. It is taken from the store at once, so that nothing is
 * asked of a thread that ends. */
typedef struct
{
  StallThread *readers[STALL_N_READERS];
  StallThread *writer;
  int lock;
} Closing;

static Closing *
closing_new (StallStore *self)
{
  Closing *closing = g_new0 (Closing, 1);

  for (guint i = 0; i < STALL_N_READERS; i++)
    closing->readers[i] = g_steal_pointer (&self->readers[i]);
  closing->writer = g_steal_pointer (&self->writer);
  closing->lock = g_steal_fd (&self->lock);
  return closing;
}

static void
closing_finish (Closing *closing)
{
  for (guint i = 0; i < STALL_N_READERS; i++)
    g_clear_pointer (&closing->readers[i], stall_thread_free);
  g_clear_pointer (&closing->writer, stall_thread_free);
  stall_lock_release (closing->lock);
  g_free (closing);
}

static void
stall_store_finalize (GObject *object)
{
  StallStore *self = STALL_STORE (object);

  closing_finish (closing_new (self));
  g_clear_pointer (&self->attachments, g_hash_table_unref);
  g_free (self->folder);
  g_free (self->device);
  g_free (self->undo_label);
  g_free (self->redo_label);

  G_OBJECT_CLASS (stall_store_parent_class)->finalize (object);
}

static void
stall_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallStore *self = STALL_STORE (object);

  switch (id)
    {
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_store_class_init (StallStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_store_finalize;
  object_class->get_property = stall_store_get_property;

  /**
   * StallStore:undo-label: (nullable)
   *
   * What undo would take back.
   */
  properties[PROP_UNDO_LABEL]
      = g_param_spec_string ("undo-label", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * StallStore:redo-label: (nullable)
   *
   * What redo would do again.
   */
  properties[PROP_REDO_LABEL]
      = g_param_spec_string ("redo-label", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * StallStore::changed:
   * @kinds: bits 1 << #StallKind of the kinds of document that changed
   *
   * Something changed, whoever did it.
   */
  signals[CHANGED] = g_signal_new ("changed", STALL_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * StallStore::failed:
   * @error: what the disk or the file said
   *
   * Something that a list shows could not be read.
   */
  signals[FAILED] = g_signal_new ("failed", STALL_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
stall_store_init (StallStore *self)
{
  self->lock = -1;
}

/* What the next undo and the next redo would take back and do again. */
void
stall_store_set_labels (StallStore *self, const char *undo_label, const char *redo_label)
{
  if (g_set_str (&self->undo_label, undo_label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
  if (g_set_str (&self->redo_label, redo_label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REDO_LABEL]);
}

/**
 * stall_store_note_failure:
 * @self: a store
 * @error: (nullable): why a list could not be read
 *
 * Lets the person know when the disk or the file failed; a read that was overtaken or came too late
 * is nothing. A damaged file is never written to again.
 */
void
stall_store_note_failure (StallStore *self, const GError *error)
{
  if (error == NULL
      || !(g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED)
           || g_error_matches (error, STALL_ERROR, STALL_ERROR_FULL)))
    return;
  self->damaged |= g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED);
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* From now on nothing is written. */
void
stall_store_note_damage (StallStore *self)
{
  self->damaged = TRUE;
}

/* A future that has failed already. */
DexFuture *
stall_store_reject (StallError code, const char *message)
{
  return dex_future_new_for_error (g_error_new_literal (STALL_ERROR, code, message));
}

/* --- opening --- */

typedef struct
{
  StallStore *store;
  StallStoreFlags flags;
  StallProgress *progress; /* or NULL */
} OpenRequest;

static void
open_request_free (gpointer data)
{
  OpenRequest *request = data;

  g_clear_object (&request->store);
  g_clear_object (&request->progress);
  g_free (request);
}

/* A new version of the projections, or another language to sort names by: made anew in one
 * transaction. */
static gboolean
renew_projections (StallDatabase *database, StallProgress *progress, GError **error)
{
  if (stall_schema_projections_are_current (database))
    return TRUE;
  if (progress != NULL)
    stall_progress_tell (progress, 0);
  if (stall_database_run_script (database, "BEGIN IMMEDIATE;", error)
      && stall_schema_drop_projections (database, error)
      && stall_schema_create_projections (database, error)
      && stall_projector_rebuild (database, stall_time_now (), progress, error)
      && stall_schema_stamp_projections (database, error)
      && stall_database_run_script (database, "COMMIT;", error))
    {
      if (progress != NULL)
        stall_progress_tell (progress, 1);
      return TRUE;
    }
  stall_database_run_script (database, "ROLLBACK;", NULL);
  return FALSE;
}

static gboolean
bring_up_to_date (StallDatabase *database, GError **error)
{
  gboolean changed;

  if (stall_database_run_script (database, "BEGIN IMMEDIATE;", error)
      && stall_projector_renew_names (database, error)
      && stall_projector_refresh_recent (database, stall_time_now (), &changed, error)
      && stall_database_run_script (database, "COMMIT;", error))
    return TRUE;
  stall_database_run_script (database, "ROLLBACK;", NULL);
  return FALSE;
}

static gboolean
read_facts (StallStore *self, StallDatabase *database)
{
  self->device = stall_schema_get_meta (database, "device");
  self->attachments = stall_attachment_load_names (database);
  stall_writer_get_labels (database, &self->undo_label, &self->redo_label);
  return TRUE;
}

static StallThread *
open_reader (const char *path, const char *name, GError **error)
{
  StallDatabase *database = stall_database_open (path, FALSE, FALSE, error);

  return database != NULL ? stall_thread_new (name, database) : NULL;
}

/* A new stall is made beside its place and renamed into it: who is cut off meanwhile finds none
 * there, instead of half a one. */
static gboolean
make_file (const char *path, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  g_autoptr (StallDatabase) database = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_unlink (fresh);
  database = stall_database_open (fresh, TRUE, TRUE, error);
  if (database == NULL || !stall_schema_create (database, error))
    return FALSE;
  g_clear_pointer (&database, stall_database_close);
  if (g_rename (fresh, path) == 0)
    return TRUE;
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_READ_ONLY,
                       _ ("The stall’s folder could not be made. Choose another one."));
  return FALSE;
}

static gboolean
open_writing (StallStore *self, const char *path, const OpenRequest *request, GError **error)
{
  gboolean create = (request->flags & STALL_STORE_CREATE) != 0;
  g_autoptr (StallDatabase) database = NULL;

  self->lock = stall_lock_take (self->folder, error);
  if (self->lock < 0 || (create && !make_file (path, error)))
    return FALSE;
  database = stall_database_open (path, TRUE, FALSE, error);
  if (database == NULL)
    return FALSE;
  stall_database_set_large (database, TRUE);
  if (!stall_schema_prepare (database, error)
      || !renew_projections (database, request->progress, error)
      || !bring_up_to_date (database, error) || !read_facts (self, database))
    return FALSE;
  stall_database_set_large (database, FALSE);
  stall_database_trim (database);
  stall_database_release (database);
  self->writer = stall_thread_new ("stall-writer", g_steal_pointer (&database));
  return TRUE;
}

static gboolean
open_reading (StallStore *self, const char *path, GError **error)
{
  g_autoptr (StallDatabase) database = stall_database_open (path, FALSE, FALSE, error);

  return database != NULL && stall_schema_check_header (database, error)
         && read_facts (self, database);
}

/* A restore that was cut off is finished before anybody looks at the stall. */
static gboolean
finish_restore (const char *folder, GError **error)
{
  gboolean finished;
  int lock;

  if (!stall_backup_is_restored (folder))
    return TRUE;
  lock = stall_lock_take (folder, error);
  finished = lock >= 0 && stall_backup_finish_restore (folder, error);
  stall_lock_release (lock);
  return finished;
}

static DexFuture *
open_work (gpointer data)
{
  static const char *const names[] = { "stall-lists", "stall-rows", "stall-rest" };
  OpenRequest *request = data;
  StallStore *self = request->store;
  g_autofree char *path = g_build_filename (self->folder, STALL_STORE_FILE, NULL);
  gboolean create = (request->flags & STALL_STORE_CREATE) != 0;
  GError *error = NULL;

  if (!finish_restore (self->folder, &error))
    return dex_future_new_for_error (error);
  if (!create && !g_file_test (path, G_FILE_TEST_EXISTS))
    return stall_store_reject (STALL_ERROR_NOT_FOUND, _ ("There is no stall in this folder."));
  if (create && g_mkdir_with_parents (self->folder, 0700) != 0)
    return stall_store_reject (STALL_ERROR_READ_ONLY,
                               _ ("The stall’s folder could not be made. Choose another one."));
  if ((request->flags & STALL_STORE_WRITE) != 0 ? open_writing (self, path, request, &error)
                                                : open_reading (self, path, &error))
    for (guint i = 0; i < STALL_N_READERS && error == NULL; i++)
      self->readers[i] = open_reader (path, names[i], &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (g_object_ref (self));
}

/**
 * stall_store_open:
 * @folder: the stall's folder
 * @flags: what may be done
 *
 * Opens a stall. Projections of an older version are made anew on the way.
 *
 * Returns: (transfer full): a future of a #StallStore. #STALL_ERROR_BUSY, #STALL_ERROR_NEWER,
 *   #STALL_ERROR_DAMAGED, #STALL_ERROR_READ_ONLY and #STALL_ERROR_NOT_FOUND say why not
 */
DexFuture *
stall_store_open (const char *folder, StallStoreFlags flags)
{
  return stall_store_open_with_progress (folder, flags, NULL);
}

/**
 * stall_store_open_with_progress:
 * @folder: the stall's folder
 * @flags: what may be done
 * @progress: (nullable) (transfer none): told how far projections are that are made anew; never
 *   begins where they need not be
 *
 * Opens a stall, as stall_store_open() does, for somebody who waits.
 *
 * Returns: (transfer full): a future of a #StallStore
 */
DexFuture *
stall_store_open_with_progress (const char *folder, StallStoreFlags flags, StallProgress *progress)
{
  OpenRequest *request;

  dex_return_error_if_fail (folder != NULL);

  request = g_new0 (OpenRequest, 1);
  g_set_object (&request->progress, progress);
  request->store = g_object_new (STALL_TYPE_STORE, NULL);
  request->store->folder = g_canonicalize_filename (folder, NULL);
  request->flags = flags;
  return stall_run_in_thread (open_work, request, open_request_free);
}

static DexFuture *
close_work (gpointer data)
{
  closing_finish (data);
  return dex_future_new_true ();
}

/**
 * stall_store_close:
 * @self: a store
 *
 * Finishes what is under way and gives the stall free for others. The store is of no use
 * afterwards.
 *
 * Returns: (transfer full): a future that resolves when the file is closed
 */
DexFuture *
stall_store_close (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_run_in_thread (close_work, closing_new (self), NULL);
}

/**
 * stall_store_exists:
 * @folder: a folder
 *
 * Returns: whether there is a stall in it
 */
gboolean
stall_store_exists (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, STALL_STORE_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || stall_backup_is_restored (folder);
}

const char *
stall_store_get_folder (StallStore *self)
{
  g_return_val_if_fail (STALL_IS_STORE (self), NULL);

  return self->folder;
}

/**
 * stall_store_get_device:
 * @self: a store
 *
 * Returns: the id of this installation, which every document made here carries
 */
const char *
stall_store_get_device (StallStore *self)
{
  g_return_val_if_fail (STALL_IS_STORE (self), NULL);

  return self->device;
}

gboolean
stall_store_get_writable (StallStore *self)
{
  g_return_val_if_fail (STALL_IS_STORE (self), FALSE);

  return self->writer != NULL && !self->damaged;
}

/* --- jobs --- */

DexFuture *
stall_store_read (StallStore *self,
                  StallReader reader,
                  StallJob job,
                  gpointer data,
                  GDestroyNotify destroy,
                  GCancellable *cancellable)
{
  if (self->readers[reader] == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return stall_store_reject (STALL_ERROR_FAILED, _ ("The stall is closed."));
    }
  return stall_thread_run (self->readers[reader], job, data, destroy, cancellable);
}

/* For what is no document: the vote box and what is this installation's own. Documents change
 * through stall_store_apply() alone. */
DexFuture *
stall_store_write (StallStore *self, StallJob job, gpointer data, GDestroyNotify destroy)
{
  if (self->writer != NULL && !self->damaged)
    return stall_thread_run (self->writer, job, data, destroy, NULL);
  if (destroy != NULL)
    destroy (data);
  if (self->damaged)
    return stall_store_reject (
        STALL_ERROR_DAMAGED,
        _ ("The stall’s file is damaged. Nothing was written to it. Restore the last "
           "backup."));
  return stall_store_reject (STALL_ERROR_READ_ONLY, _ ("The stall was opened for reading only."));
}

/* Says that things of these kinds are not as they were. */
void
stall_store_note_change (StallStore *self, guint kinds)
{
  g_signal_emit (self, signals[CHANGED], 0, kinds);
}

/* --- pictures --- */

/* Content is on disk and can be found by its wire digest from now on. */
void
stall_store_note_file (StallStore *self, const char *digest, const char *sha256)
{
  g_hash_table_insert (self->attachments, g_strdup (digest), g_strdup (sha256));
}

typedef struct
{
  StallStore *store; /* only while a fiber holds it, never in a job */
  char *folder;
  GBytes *bytes;
} Attaching;

static void
attaching_free (gpointer data)
{
  Attaching *attaching = data;

  g_clear_object (&attaching->store);
  g_bytes_unref (attaching->bytes);
  g_free (attaching->folder);
  g_free (attaching);
}

static Attaching *
attaching_new (StallStore *store, GBytes *bytes)
{
  Attaching *attaching = g_new0 (Attaching, 1);

  attaching->folder = g_strdup (store->folder);
  attaching->bytes = g_bytes_ref (bytes);
  return attaching;
}

static DexFuture *
attach_job (StallDatabase *database, gpointer data)
{
  Attaching *attaching = data;
  g_autofree char *sha256 = NULL;
  GError *error = NULL;
  char *digest
      = stall_attachment_write (database, attaching->folder, attaching->bytes, &sha256, &error);

  return digest != NULL ? dex_future_new_take_string (digest) : dex_future_new_for_error (error);
}

static DexFuture *
attach_fiber (gpointer data)
{
  Attaching *attaching = data;
  StallStore *store = attaching->store;
  g_autofree char *digest = NULL;
  g_autofree char *sha256 = NULL;
  GError *error = NULL;

  digest = dex_await_string (stall_store_write (store, attach_job,
                                                attaching_new (store, attaching->bytes),
                                                attaching_free),
                             &error);
  if (digest == NULL)
    return dex_future_new_for_error (error);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, attaching->bytes);
  stall_store_note_file (store, digest, sha256);
  return dex_future_new_for_string (digest);
}

/**
 * stall_store_attach:
 * @self: a store
 * @bytes: (transfer none): content, a picture say
 *
 * Keeps content in the stall's folder, on disk when the future resolves.
 *
 * Returns: (transfer full): a future of its wire digest, "md5-…", for a document's `_attachments`
 */
DexFuture *
stall_store_attach (StallStore *self, GBytes *bytes)
{
  Attaching *attaching;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (bytes != NULL);

  attaching = attaching_new (self, bytes);
  attaching->store = g_object_ref (self);
  return stall_async (attach_fiber, attaching, attaching_free);
}

/**
 * stall_store_get_attachment_path:
 * @self: a store
 * @digest: a wire digest
 *
 * Returns: (transfer full) (nullable): where its file is; %NULL when the stall does not have it
 */
char *
stall_store_get_attachment_path (StallStore *self, const char *digest)
{
  const char *sha256;

  g_return_val_if_fail (STALL_IS_STORE (self), NULL);

  sha256 = digest != NULL ? g_hash_table_lookup (self->attachments, digest) : NULL;
  return sha256 != NULL ? stall_attachment_get_path (self->folder, sha256) : NULL;
}
