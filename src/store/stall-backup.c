/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-error.h"
#include "stall-schema.h"
#include "stall-store-private.h"

/* A backup is one SQLite file: a copy of stall.db with one more table that holds the attachments.
 */

#define BACKUPS_KEPT 7
#define MAX_ATTACHMENT_BYTES (256 * 1024 * 1024)

static gboolean
sync_path (const char *path)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = descriptor >= 0 && fsync (descriptor) == 0;

  if (descriptor >= 0)
    close (descriptor);
  return good;
}

static gboolean
set_file_error (GError **error, const char *path, int code)
{
  g_set_error (error, STALL_ERROR, code == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("“%s” could not be written: %s"), path, g_strerror (code));
  return FALSE;
}

/* Attachments go in one by one, so memory holds one at a time. */
static gboolean
pack_attachments (StallDatabase *copy, const char *folder, GError **error)
{
  g_autoptr (GHashTable) names = stall_attachment_load_names (copy);
  GHashTableIter iter;
  gpointer sha256;

  if (!stall_database_run_script (
          copy,
          "CREATE TABLE attachment_content (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) "
          "STRICT; BEGIN;",
          error))
    return FALSE;
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, &sha256))
    {
      g_autofree char *path = stall_attachment_get_path (folder, sha256);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
      g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

      if (bytes != NULL
          && !stall_database_run (copy, error,
                                  "INSERT OR IGNORE INTO attachment_content VALUES (?, ?)", "sB",
                                  sha256, bytes))
        return FALSE;
    }
  return stall_database_run_script (copy, "COMMIT;", error);
}

static gboolean
copy_database (StallDatabase *database, const char *path, GError **error)
{
  return stall_database_run (database, error, "VACUUM INTO ?", "s", path);
}

/**
 * stall_backup_write:
 * @database: a connection to the stall
 * @folder: the stall's folder
 * @path: where the backup goes; replaced only when it is whole
 * @error: return location
 *
 * Writes the whole stall, pictures included, into one file.
 *
 * Returns: whether the backup is on disk
 */
gboolean
stall_backup_write (StallDatabase *database, const char *folder, const char *path, GError **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%d.new", path, (int) getpid ());
  g_autoptr (StallDatabase) copy = NULL;
  gboolean good;
  int file;

  /* What is wrong with its place is said of this file, not of the stall. */
  file = g_open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0)
    return set_file_error (error, path, errno);
  close (file);
  good = copy_database (database, temporary, error);
  if (good)
    {
      copy = stall_database_open (temporary, TRUE, FALSE, error);
      good = copy != NULL && pack_attachments (copy, folder, error);
      g_clear_pointer (&copy, stall_database_close);
    }
  if (good && !(sync_path (temporary) && g_rename (temporary, path) == 0))
    good = set_file_error (error, path, errno);
  if (!good)
    g_unlink (temporary);
  return good;
}

/* A person knows a file by its name; the folders before it only make the sentence long. */
static char *
dup_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_filename_display_name (name);
}

static gboolean
set_no_backup (GError **error, const char *path)
{
  g_autofree char *name = dup_name (path);

  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("“%s” is not a backup of a stall. Nothing was changed."), name);
  return FALSE;
}

/* Opens what may be any file at all: what is wrong with it is not wrong with the stall. */
static StallDatabase *
open_backup (const char *path, GError **error)
{
  g_autoptr (GError) failed = NULL;
  StallDatabase *backup = NULL;

  if (g_access (path, R_OK) != 0)
    {
      int code = errno;
      g_autofree char *name = dup_name (path);

      g_set_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND, _ ("“%s” cannot be read: %s"), name,
                   g_strerror (code));
      return NULL;
    }
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    backup = stall_database_open (path, FALSE, FALSE, &failed);
  if (failed != NULL && !g_error_matches (failed, STALL_ERROR, STALL_ERROR_DAMAGED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (backup == NULL)
    set_no_backup (error, path);
  return backup;
}

static gboolean
check_backup (StallDatabase *backup, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *verdict = NULL;
  g_autoptr (GError) failed = NULL;

  if (!stall_schema_check_header (backup, &failed))
    {
      if (!g_error_matches (failed, STALL_ERROR, STALL_ERROR_NEWER))
        return set_no_backup (error, path);
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  verdict = stall_database_get_text (backup, NULL, "PRAGMA quick_check (1)", "");
  if (g_strcmp0 (verdict, "ok") == 0)
    {
      if (stall_schema_check_tables (backup, &failed))
        return TRUE;
      if (failed == NULL)
        return set_no_backup (error, path);
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  name = dup_name (path);
  g_set_error (error, STALL_ERROR, STALL_ERROR_DAMAGED,
               _ ("The backup “%s” is damaged. Nothing was changed. Choose an older one."), name);
  return FALSE;
}

static gboolean
unpack_attachments (StallDatabase *backup, const char *folder, GError **error)
{
  gint64 has_content = 0;
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row;

  if (!stall_database_get_int (backup, &has_content, NULL,
                               "SELECT 1 FROM sqlite_schema WHERE name = 'attachment_content'", ""))
    return TRUE;
  row = stall_database_query (backup, &failed,
                              "SELECT content FROM attachment_content WHERE length (content) <= ?",
                              "i", (gint64) MAX_ATTACHMENT_BYTES);
  while (failed == NULL && stall_database_step (backup, row, &failed))
    {
      g_autoptr (GBytes) bytes = stall_column_bytes (row, 0);
      g_autofree char *sha256 = NULL;
      g_autofree char *digest = NULL;

      /* the name is computed anew, never taken from the file */
      digest = stall_attachment_write (backup, folder, bytes, &sha256, &failed);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A name that nothing has yet: what was kept in the same second is not replaced. */
static char *
new_name (const char *folder, const char *label, GDateTime *when)
{
  g_autofree char *time = g_date_time_format (when, "%Y-%m-%d %H-%M-%S");

  for (guint i = 1;; i++)
    {
      g_autofree char *again = i > 1 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *name = g_strdup_printf ("%s%s %s.stall", time, again, label);
      g_autofree char *path = g_build_filename (folder, "backups", name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
make_backup_folder (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "backups", NULL);

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  return set_file_error (error, path, errno);
}

/* What a database consists of; the file itself goes last, so that a log never lies beside a file it
 * does not belong to. */
static const char *const database_ends[] = { "-wal", "-shm", "" };

/* Renames a database with its helper files; what was renamed before one failed is put back. */
static gboolean
move_database (const char *from, const char *to, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (database_ends); i++)
    {
      g_autofree char *old = g_strconcat (from, database_ends[i], NULL);
      g_autofree char *new = g_strconcat (to, database_ends[i], NULL);

      if (g_rename (old, new) == 0 || errno == ENOENT)
        continue;
      set_file_error (error, new, errno);
      while (i-- > 0)
        {
          g_autofree char *back = g_strconcat (from, database_ends[i], NULL);
          g_autofree char *moved = g_strconcat (to, database_ends[i], NULL);

          g_rename (moved, back);
        }
      return FALSE;
    }
  return TRUE;
}

static char *
get_restored_path (const char *folder)
{
  return g_build_filename (folder, STALL_STORE_FILE ".restored", NULL);
}

/**
 * stall_backup_is_restored:
 * @folder: a stall's folder
 *
 * Returns: whether a backup lies there whole that did not take the stall's place yet
 */
gboolean
stall_backup_is_restored (const char *folder)
{
  g_autofree char *fresh = get_restored_path (folder);

  return g_file_test (fresh, G_FILE_TEST_IS_REGULAR);
}

/**
 * stall_backup_finish_restore:
 * @folder: the stall's folder, whose lock is held
 * @error: return location
 *
 * Puts the restored file, if there is one, in the place of the present one, which is kept beside
 * the backups, whole or damaged. A restore that was cut off between its renames is taken up where
 * it was: the kept file is named by the time of the restored one, so what is left of it goes to
 * where the rest already is.
 *
 * Returns: %FALSE on failure; the present file is where it was then, and the restored one is gone
 */
gboolean
stall_backup_finish_restore (const char *folder, GError **error)
{
  g_autofree char *target = g_build_filename (folder, STALL_STORE_FILE, NULL);
  g_autofree char *fresh = get_restored_path (folder);
  g_autofree char *kept = NULL;
  g_autoptr (GDateTime) when = NULL;
  GStatBuf status;

  if (g_stat (fresh, &status) != 0)
    return TRUE;
  when = g_date_time_new_from_unix_local (status.st_mtime);
  kept = new_name (folder, "before-restore", when);
  if (!move_database (target, kept, error))
    {
      g_unlink (fresh);
      return FALSE;
    }
  if (g_rename (fresh, target) == 0)
    return sync_path (folder) || set_file_error (error, folder, errno);
  set_file_error (error, target, errno);
  move_database (kept, target, NULL);
  g_unlink (fresh);
  return FALSE;
}

/**
 * stall_backup_restore:
 * @folder: the stall's folder, which nobody has open
 * @path: a backup
 * @error: return location
 *
 * Puts a backup in the place of the stall. The present one is kept under backups/.
 *
 * Returns: whether the stall is now what the backup was
 */
gboolean
stall_backup_restore (const char *folder, const char *path, GError **error)
{
  g_autofree char *fresh = get_restored_path (folder);
  g_autofree char *temporary = g_strconcat (fresh, ".new", NULL);
  g_autoptr (StallDatabase) backup = NULL;
  g_autoptr (StallDatabase) copy = NULL;
  gboolean good;

  backup = open_backup (path, error);
  if (backup == NULL || !check_backup (backup, path, error) || !make_backup_folder (folder, error)
      || !stall_backup_finish_restore (folder, error))
    return FALSE;
  g_unlink (temporary);
  good = copy_database (backup, temporary, error);
  if (good)
    {
      copy = stall_database_open (temporary, TRUE, FALSE, error);
      /* Without their stamp the projections are made anew when the stall is opened, whatever they
       * say. */
      good = copy != NULL && unpack_attachments (copy, folder, error)
             && stall_database_run_script (copy,
                                           "DELETE FROM meta WHERE name = 'projections';"
                                           "DROP TABLE IF EXISTS attachment_content; VACUUM;",
                                           error);
      g_clear_pointer (&copy, stall_database_close);
    }
  /* From this rename on the restore is finished by whoever opens the stall next. */
  if (good && !(sync_path (temporary) && g_rename (temporary, fresh) == 0 && sync_path (folder)))
    good = set_file_error (error, fresh, errno);
  if (good)
    return stall_backup_finish_restore (folder, error);
  g_unlink (temporary);
  g_unlink (fresh);
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return -g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/**
 * stall_store_list_backups:
 * @folder: the stall's folder
 *
 * Returns: (transfer full): full paths of its backups, newest first
 */
GStrv
stall_store_list_backups (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".stall"))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

/* Its name says when it was made, as a copy of it may not. */
static StallTime
read_name (const char *path, StallTime otherwise)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GDateTime) at = NULL;
  int year, month, day, hour, minute, second;

  if (sscanf (name, "%4d-%2d-%2d %2d-%2d-%2d ", &year, &month, &day, &hour, &minute, &second) == 6)
    at = g_date_time_new_local (year, month, day, hour, minute, second);
  return at != NULL ? g_date_time_to_unix (at) * STALL_SECOND : otherwise;
}

static gboolean
is_daily (const char *path)
{
  return g_str_has_suffix (path, " daily.stall");
}

/**
 * stall_store_describe_backup:
 * @path: a backup
 * @backup: (out): what is known of it without opening it
 *
 * Returns: %FALSE when there is no such file
 */
gboolean
stall_store_describe_backup (const char *path, StallBackupFile *backup)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return FALSE;
  backup->size = (guint64) status.st_size;
  backup->at = (StallTime) status.st_mtime * STALL_SECOND;
  backup->origin = STALL_BACKUP_BY_HAND;
  if (is_daily (path))
    backup->origin = STALL_BACKUP_DAILY;
  else if (g_str_has_suffix (path, " before-restore.stall"))
    backup->origin = STALL_BACKUP_BEFORE_RESTORE;
  if (backup->origin != STALL_BACKUP_BY_HAND)
    backup->at = read_name (path, backup->at);
  return TRUE;
}

/**
 * stall_store_find_last_backup:
 * @folder: the stall's folder
 *
 * Returns: (transfer full) (nullable): full path of its newest automatic backup; not of what was
 *   put away to restore another one, which may be as damaged as it was then
 */
char *
stall_store_find_last_backup (const char *folder)
{
  g_auto (GStrv) paths = stall_store_list_backups (folder);

  for (guint i = 0; paths[i] != NULL; i++)
    if (is_daily (paths[i]))
      return g_strdup (paths[i]);
  return NULL;
}

static void
forget_old (const char *folder)
{
  g_auto (GStrv) paths = stall_store_list_backups (folder);
  guint daily = 0;

  for (guint i = 0; paths[i] != NULL; i++)
    if (is_daily (paths[i]) && ++daily > BACKUPS_KEPT)
      g_unlink (paths[i]);
}

/* A backup that a power cut ended is no backup, and as large as one. The stall is locked: nobody
 * else is writing it. */
static void
forget_cut_off (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, " daily.stall.new") != NULL)
      {
        g_autofree char *left = g_build_filename (path, name, NULL);

        g_unlink (left);
      }
}

/**
 * stall_backup_daily:
 * @database: a connection to the stall
 * @folder: the stall's folder
 * @made: (out): whether one was made; %FALSE when there was one of today
 * @error: return location
 *
 * Makes the first backup of the day and forgets all daily ones but the last seven. Pictures stay in
 * their folder, where they are kept by content and never overwritten.
 *
 * Returns: %FALSE on failure
 */
gboolean
stall_backup_daily (StallDatabase *database, const char *folder, gboolean *made, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *path = new_name (folder, "daily", now);
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_auto (GStrv) before = stall_store_list_backups (folder);

  *made = FALSE;
  for (guint i = 0; before[i] != NULL; i++)
    {
      g_autofree char *other = g_path_get_basename (before[i]);

      if (is_daily (other) && strncmp (other, name, strlen ("2026-11-22")) == 0)
        return TRUE;
    }
  if (!make_backup_folder (folder, error))
    return FALSE;
  forget_cut_off (folder);
  *made = copy_database (database, temporary, error);
  if (*made && !(sync_path (temporary) && g_rename (temporary, path) == 0))
    *made = set_file_error (error, path, errno);
  if (!*made)
    {
      g_unlink (temporary);
      return FALSE;
    }
  forget_old (folder);
  return TRUE;
}
