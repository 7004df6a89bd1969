/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-async.h"
#include "stall-lock.h"
#include "stall-schema.h"
#include "stall-store-private.h"

static DexFuture *
check_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  GStrv differences = stall_check_run (database, data, &error);

  return differences != NULL ? dex_future_new_take_boxed (G_TYPE_STRV, differences)
                             : dex_future_new_for_error (error);
}

/**
 * stall_store_check:
 * @self: a store
 *
 * Checks the file, every saved body, every picture, and the projections against a rebuild. Writes
 * nothing.
 *
 * Returns: (transfer full): a future of a #GStrv of what differs; empty when all is well
 */
DexFuture *
stall_store_check (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, check_job,
                           g_strdup (stall_store_get_folder (self)), g_free, NULL);
}

typedef struct
{
  char *folder;
  char *path;
} Backup;

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  g_free (backup->folder);
  g_free (backup->path);
  g_free (backup);
}

static DexFuture *
backup_job (StallDatabase *database, gpointer data)
{
  Backup *backup = data;
  GError *error = NULL;

  return stall_backup_write (database, backup->folder, backup->path, &error)
             ? dex_future_new_true ()
             : dex_future_new_for_error (error);
}

/**
 * stall_store_backup:
 * @self: a store
 * @path: the backup's file; replaced only when the new one is whole
 *
 * Writes the whole stall, pictures included, into one file. Work goes on meanwhile.
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
stall_store_backup (StallStore *self, const char *path)
{
  Backup *backup;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (path != NULL);

  backup = g_new0 (Backup, 1);
  backup->folder = g_strdup (stall_store_get_folder (self));
  backup->path = g_strdup (path);
  return stall_store_read (self, STALL_READER_REST, backup_job, backup, backup_free, NULL);
}

static DexFuture *
backup_daily_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  gboolean made = FALSE;

  if (!stall_backup_daily (database, data, &made, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (made);
}

/**
 * stall_store_backup_daily:
 * @self: a store
 *
 * Makes the first backup of the day under backups/ and keeps the last seven.
 *
 * Returns: (transfer full): a future of whether one was made
 */
DexFuture *
stall_store_backup_daily (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, backup_daily_job,
                           g_strdup (stall_store_get_folder (self)), g_free, NULL);
}

static DexFuture *
restore_work (gpointer data)
{
  char **paths = data;
  GError *error = NULL;
  int lock;
  gboolean good;

  if (g_mkdir_with_parents (paths[0], 0700) != 0)
    return stall_store_reject (STALL_ERROR_READ_ONLY,
                               _ ("The stall’s folder could not be made. Choose another one."));
  lock = stall_lock_take (paths[0], &error);
  good = lock >= 0 && stall_backup_restore (paths[0], paths[1], &error);
  stall_lock_release (lock);
  return good ? dex_future_new_true () : dex_future_new_for_error (error);
}

/**
 * stall_store_restore:
 * @folder: the stall's folder, which nobody has open
 * @path: a backup
 *
 * Puts a backup in the place of the stall. The present one is kept under backups/.
 *
 * Returns: (transfer full): a future of %TRUE; #STALL_ERROR_BUSY, #STALL_ERROR_INVALID,
 * #STALL_ERROR_DAMAGED
 */
DexFuture *
stall_store_restore (const char *folder, const char *path)
{
  const char *const both[] = { folder, path, NULL };
  GStrv paths = g_strdupv ((GStrv) both);

  return stall_run_in_thread (restore_work, paths, (GDestroyNotify) g_strfreev);
}

/**
 * stall_store_discard:
 * @folder: of a stall that nobody has open
 *
 * Deletes a stall that was only made for a moment, with all that is in its folder. A link is
 * deleted, not followed.
 */
void
stall_store_discard (const char *folder)
{
  g_autoptr (GDir) entries = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);

  entries = g_dir_open (folder, 0, NULL);
  if (entries == NULL)
    return;
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        stall_store_discard (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static DexFuture *
load_device_name_job (StallDatabase *database, gpointer data)
{
  char *name = stall_schema_get_meta (database, "device_name");

  return dex_future_new_take_string (name != NULL ? name : g_strdup (""));
}

/**
 * stall_store_load_device_name:
 * @self: a store
 *
 * Returns: (transfer full): a future of what the owner's other devices call this one, a string
 */
DexFuture *
stall_store_load_device_name (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_ROWS, load_device_name_job, NULL, NULL, NULL);
}

static DexFuture *
name_device_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;

  return stall_schema_set_meta (database, "device_name", data, &error)
             ? dex_future_new_true ()
             : dex_future_new_for_error (error);
}

/**
 * stall_store_name_device:
 * @self: a store
 * @name: what to call this device: “Fair laptop”
 *
 * Every change that is made here from now on carries it, for whoever compares two versions.
 *
 * Returns: (transfer full): a future that resolves when it is on disk
 */
DexFuture *
stall_store_name_device (StallStore *self, const char *name)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (name != NULL);

  return stall_store_write (self, name_device_job, g_strdup (name), g_free);
}
