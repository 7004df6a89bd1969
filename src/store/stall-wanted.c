/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-async.h"
#include "stall-replica.h"
#include "stall-store-private.h"

/* Attachments that documents of a peer speak of. They come after the text, once by digest. */

void
stall_wanted_free (StallWanted *self)
{
  g_free (self->digest);
  g_free (self->id);
  g_free (self->revision);
  g_free (self->name);
  g_free (self);
}

/**
 * stall_new_file_free:
 * @self: (transfer full): a file
 *
 * Frees it; what lies at its path is taken away unless the stall kept it.
 */
void
stall_new_file_free (StallNewFile *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->digest);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

static DexFuture *
list_wanted_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_wanted_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT w.digest, d.id, w.name, w.length, r.generation || '-' || r.hash, "
      " (SELECT total (CASE a.type WHEN 'object' THEN a.value ->> 'length' END) "
      "  FROM json_each (r.body, '$._attachments') a) "
      "FROM wanted w JOIN document d ON d.number = w.document "
      "LEFT JOIN revision r ON r.number = "
      " (SELECT s.number FROM revision s WHERE s.document = w.document AND s.leaf "
      "  AND NOT s.deleted AND instr (s.body, w.digest) ORDER BY s.generation DESC LIMIT 1) "
      "ORDER BY w.document LIMIT ?",
      "i", (gint64) GPOINTER_TO_UINT (data));

  while (stall_database_step (database, row, &error))
    {
      StallWanted *wanted = g_new0 (StallWanted, 1);

      wanted->digest = g_strdup (stall_column_text (row, 0));
      wanted->id = g_strdup (stall_column_text (row, 1));
      wanted->name = g_strdup (stall_column_text (row, 2));
      wanted->length = sqlite3_column_int64 (row, 3);
      wanted->revision = g_strdup ((const char *) sqlite3_column_text (row, 4));
      wanted->all_lengths = MAX (wanted->length, sqlite3_column_int64 (row, 5));
      g_ptr_array_add (list, wanted);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&list));
}

/**
 * stall_store_list_wanted:
 * @self: a store
 * @limit: so many at most
 *
 * Those of one document follow each other.
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallWanted
 */
DexFuture *
stall_store_list_wanted (StallStore *self, guint limit)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, list_wanted_job, GUINT_TO_POINTER (limit), NULL,
                           NULL);
}

/* Files on their way in, and what they need on both sides. */
typedef struct
{
  gatomicrefcount count;
  StallStore *store; /* only while a fiber holds it, never in a job */
  char *folder;
  GPtrArray *files; /* of StallNewFile */
} Adoption;

static gpointer
adoption_ref (Adoption *adoption)
{
  g_atomic_ref_count_inc (&adoption->count);
  return adoption;
}

static void
adoption_unref (gpointer data)
{
  Adoption *adoption = data;

  if (!g_atomic_ref_count_dec (&adoption->count))
    return;
  g_clear_object (&adoption->store);
  g_free (adoption->folder);
  g_ptr_array_unref (adoption->files);
  g_free (adoption);
}

static gboolean
fail_to_keep (GError **error)
{
  int problem = errno;

  g_set_error (error, STALL_ERROR, problem == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("The picture could not be kept: %s"), g_strerror (problem));
  return FALSE;
}

/* Some file systems know no flushing of a folder. */
static gboolean
flush (const char *path, GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = file >= 0 && (fsync (file) == 0 || errno == EINVAL || fail_to_keep (error));

  if (file < 0)
    return fail_to_keep (error);
  close (file);
  return good;
}

static gboolean
move_in (const char *folder, StallNewFile *file, GError **error)
{
  g_autofree char *target = stall_attachment_get_path (folder, file->sha256);
  g_autofree char *shelf = g_path_get_dirname (target);

  if (g_mkdir_with_parents (shelf, 0700) != 0 || g_rename (file->path, target) != 0)
    return fail_to_keep (error);
  g_clear_pointer (&file->path, g_free);
  return TRUE;
}

/* All content goes to the disk, then all names: they left one folder, and what that says last is
 * written after what it said before. */
static DexFuture *
move_in_work (gpointer data)
{
  Adoption *adoption = data;
  g_autofree char *left = g_build_filename (adoption->folder, "attachments", NULL);
  GError *error = NULL;
  gboolean good = TRUE;

  for (guint i = 0; good && i < adoption->files->len; i++)
    good = flush (((StallNewFile *) adoption->files->pdata[i])->path, &error);
  for (guint i = 0; good && i < adoption->files->len; i++)
    good = move_in (adoption->folder, adoption->files->pdata[i], &error);
  return good && flush (left, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

static DexFuture *
note_files_job (StallDatabase *database, gpointer data)
{
  Adoption *adoption = data;
  GError *error = NULL;
  gboolean good = stall_database_run_script (database, "BEGIN IMMEDIATE;", &error);

  for (guint i = 0; good && i < adoption->files->len; i++)
    {
      StallNewFile *file = g_ptr_array_index (adoption->files, i);

      good = stall_database_run (database, &error,
                                 "INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)", "ssi",
                                 file->digest, file->sha256, file->length)
             && stall_database_run (database, &error, "DELETE FROM wanted WHERE digest = ?", "s",
                                    file->digest);
    }
  if (good && stall_database_run_script (database, "COMMIT;", &error))
    return dex_future_new_true ();
  stall_database_run_script (database, "ROLLBACK;", NULL);
  return dex_future_new_for_error (error);
}

static DexFuture *
adopt_fiber (gpointer data)
{
  Adoption *adoption = data;
  g_autoptr (StallStore) store = g_steal_pointer (&adoption->store);
  GError *error = NULL;

  /* On disk before the table says that they are. */
  if (!dex_await (stall_run_in_thread (move_in_work, adoption_ref (adoption), adoption_unref),
                  &error)
      || !dex_await (
          stall_store_write (store, note_files_job, adoption_ref (adoption), adoption_unref),
          &error))
    return dex_future_new_for_error (error);
  for (guint i = 0; i < adoption->files->len; i++)
    {
      StallNewFile *file = g_ptr_array_index (adoption->files, i);

      stall_store_note_file (store, file->digest, file->sha256);
    }
  return dex_future_new_true ();
}

/**
 * stall_store_adopt_files:
 * @self: a store
 * @files: (element-type StallNewFile): in the stall's folder; they are moved
 *
 * Returns: (transfer full): a future that resolves when all content is on disk and can be found
 */
DexFuture *
stall_store_adopt_files (StallStore *self, GPtrArray *files)
{
  Adoption *adoption;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (files != NULL);

  if (files->len == 0)
    return dex_future_new_true ();
  adoption = g_new0 (Adoption, 1);
  g_atomic_ref_count_init (&adoption->count);
  adoption->store = g_object_ref (self);
  adoption->folder = g_strdup (stall_store_get_folder (self));
  adoption->files = g_ptr_array_ref (files);
  return stall_async (adopt_fiber, adoption, adoption_unref);
}

static DexFuture *
drop_wanted_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;

  if (stall_database_run (database, &error, "DELETE FROM wanted WHERE digest = ?", "s",
                          (const char *) data))
    return dex_future_new_true ();
  return dex_future_new_for_error (error);
}

/**
 * stall_store_drop_wanted:
 * @self: a store
 * @digest: of an attachment that no version speaks of any more
 *
 * Returns: (transfer full): a future that resolves when it is no longer wanted
 */
DexFuture *
stall_store_drop_wanted (StallStore *self, const char *digest)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (digest != NULL);

  return stall_store_write (self, drop_wanted_job, g_strdup (digest), g_free);
}

/**
 * stall_store_note_files:
 * @self: a store
 *
 * Lets lists show the pictures that came in.
 */
void
stall_store_note_files (StallStore *self)
{
  g_return_if_fail (STALL_IS_STORE (self));

  stall_store_note_change (self, 1u << STALL_KIND_PRODUCT | 1u << STALL_KIND_NOTE
                                     | 1u << STALL_KIND_CONTEXT);
}
