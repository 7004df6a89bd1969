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

typedef struct
{
  StallStore *store; /* only while a fiber holds it, never in a job */
  char *folder;
  char *digest;
  char *path;
  char *sha256;
  gint64 length;
} Adoption;

static void
adoption_free (gpointer data)
{
  Adoption *adoption = data;

  g_clear_object (&adoption->store);
  g_free (adoption->folder);
  g_free (adoption->digest);
  g_free (adoption->path);
  g_free (adoption->sha256);
  g_free (adoption);
}

static DexFuture *
list_wanted_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_wanted_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT w.digest, d.id, w.name, w.length, "
      " (SELECT r.generation || '-' || r.hash FROM revision r WHERE r.document = w.document "
      "  AND r.leaf AND NOT r.deleted AND instr (r.body, w.digest) ORDER BY r.generation DESC "
      "  LIMIT 1) "
      "FROM wanted w JOIN document d ON d.number = w.document LIMIT ?",
      "i", (gint64) GPOINTER_TO_UINT (data));

  while (stall_database_step (database, row, &error))
    {
      StallWanted *wanted = g_new0 (StallWanted, 1);

      wanted->digest = g_strdup (stall_column_text (row, 0));
      wanted->id = g_strdup (stall_column_text (row, 1));
      wanted->name = g_strdup (stall_column_text (row, 2));
      wanted->length = sqlite3_column_int64 (row, 3);
      wanted->revision = g_strdup ((const char *) sqlite3_column_text (row, 4));
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
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallWanted
 */
DexFuture *
stall_store_list_wanted (StallStore *self, guint limit)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, list_wanted_job, GUINT_TO_POINTER (limit), NULL,
                           NULL);
}

/* On disk before the table says that it is. */
static gboolean
move_in (const Adoption *adoption, GError **error)
{
  g_autofree char *target = stall_attachment_get_path (adoption->folder, adoption->sha256);
  g_autofree char *shelf = g_path_get_dirname (target);
  int file = g_open (adoption->path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = file >= 0 && fsync (file) == 0 && g_mkdir_with_parents (shelf, 0700) == 0
                  && g_rename (adoption->path, target) == 0;
  int problem = errno;

  if (file >= 0)
    close (file);
  if (good)
    return TRUE;
  g_set_error (error, STALL_ERROR, problem == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("The picture could not be kept: %s"), g_strerror (problem));
  return FALSE;
}

static DexFuture *
adopt_job (StallDatabase *database, gpointer data)
{
  Adoption *adoption = data;
  GError *error = NULL;

  if (move_in (adoption, &error)
      && stall_database_run (database, &error, "INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)",
                             "ssi", adoption->digest, adoption->sha256, adoption->length)
      && stall_database_run (database, &error, "DELETE FROM wanted WHERE digest = ?", "s",
                             adoption->digest))
    return dex_future_new_true ();
  return dex_future_new_for_error (error);
}

static Adoption *
adoption_copy (const Adoption *other)
{
  Adoption *copy = g_new0 (Adoption, 1);

  copy->folder = g_strdup (other->folder);
  copy->digest = g_strdup (other->digest);
  copy->path = g_strdup (other->path);
  copy->sha256 = g_strdup (other->sha256);
  copy->length = other->length;
  return copy;
}

static DexFuture *
adopt_fiber (gpointer data)
{
  Adoption *adoption = data;
  GError *error = NULL;

  if (!dex_await (
          stall_store_write (adoption->store, adopt_job, adoption_copy (adoption), adoption_free),
          &error))
    return dex_future_new_for_error (error);
  stall_store_note_file (adoption->store, adoption->digest, adoption->sha256);
  return dex_future_new_true ();
}

/**
 * stall_store_adopt_file:
 * @self: a store
 * @digest: the wire digest that documents name it by
 * @path: a file in the stall's folder, which is moved
 * @sha256: of its content
 * @length: its bytes
 *
 * Returns: (transfer full): a future that resolves when the content is on disk and can be found
 */
DexFuture *
stall_store_adopt_file (StallStore *self,
                        const char *digest,
                        const char *path,
                        const char *sha256,
                        gint64 length)
{
  Adoption *adoption;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (digest != NULL && path != NULL && sha256 != NULL);

  adoption = g_new0 (Adoption, 1);
  adoption->store = g_object_ref (self);
  adoption->folder = g_strdup (stall_store_get_folder (self));
  adoption->digest = g_strdup (digest);
  adoption->path = g_strdup (path);
  adoption->sha256 = g_strdup (sha256);
  adoption->length = length;
  return stall_async (adopt_fiber, adoption, adoption_free);
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
