/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-database.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <unistd.h>

#include "stall-error.h"

struct _StallDatabase
{
  sqlite3 *handle;
  GHashTable *statements;
  GCancellable *cancellable;
  GThread *thread;
};

/* A large change set touches the same pages again and again, so the writer may keep many; readers
 * share the system's own cache through a map, as large as SQLite allows, and keep few. */
#define USUAL_CACHE "PRAGMA cache_size = -65536;"
#define LARGE_CACHE "PRAGMA cache_size = -262144;"
static const char writer_pragmas[]
    = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;" USUAL_CACHE;
static const char reader_pragmas[]
    = "PRAGMA cache_size = -512; PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY;";

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static int
progress_cb (gpointer data)
{
  StallDatabase *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/**
 * stall_database_fail:
 * @self: a connection whose last call failed
 * @error: return location
 *
 * Turns SQLite's last result into an error a person can act on.
 *
 * Returns: %FALSE, always
 */
gboolean
stall_database_fail (StallDatabase *self, GError **error)
{
  int code = sqlite3_errcode (self->handle);
  const char *message = sqlite3_errmsg (self->handle);

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
      break;
    case SQLITE_FULL:
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_FULL,
          _ ("The disk is full. Nothing was changed. Free some space and try again."));
      break;
    case SQLITE_IOERR:
      g_set_error (
          error, STALL_ERROR, STALL_ERROR_FULL,
          _ ("The disk could not be written to or read (%s). Nothing was changed. Check that "
             "it is not full and still connected."),
          message);
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_READ_ONLY,
                           _ ("The stall’s folder cannot be written to. Nothing was changed. Allow "
                              "writing to it or choose another folder."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_DAMAGED,
          _ ("The stall’s file is damaged. Nothing was written to it. Restore the last "
             "backup."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_BUSY,
          _ ("Another program is using the stall’s file. Close it and try again."));
      break;
    default:
      g_set_error (error, STALL_ERROR, STALL_ERROR_FAILED, _ ("The stall’s file said: %s"),
                   message);
      break;
    }
  return FALSE;
}

/**
 * stall_database_make_uri:
 * @path: a file that is to be read only
 *
 * SQLite keeps helper files beside a file in use, even to read it. Where the folder cannot be
 * written to, and nothing is left to be taken over from a log, the file is read as one that never
 * changes.
 *
 * Returns: (transfer full): the name to open it by
 */
char *
stall_database_make_uri (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *log = g_strconcat (full, "-wal", NULL);
  g_autofree char *escaped
      = g_uri_escape_string (full, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, FALSE);
  gboolean changes = g_access (folder, W_OK) == 0 || g_file_test (log, G_FILE_TEST_EXISTS);

  return g_strconcat ("file:", escaped, changes ? "?mode=ro" : "?mode=ro&immutable=1", NULL);
}

/**
 * stall_database_open:
 * @path: the file
 * @writable: whether it may be written to
 * @create: whether it may be made
 * @error: return location
 *
 * Opens a connection with Stall's settings: write-ahead log, full sync, foreign keys.
 *
 * Returns: (transfer full) (nullable): the connection
 */
StallDatabase *
stall_database_open (const char *path, gboolean writable, gboolean create, GError **error)
{
  g_autoptr (StallDatabase) self = g_new0 (StallDatabase, 1);
  g_autofree char *name = writable ? g_strdup (path) : stall_database_make_uri (path);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI
              | (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY)
              | (create ? SQLITE_OPEN_CREATE : 0);

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  if (sqlite3_open_v2 (name, &self->handle, flags, NULL) != SQLITE_OK)
    {
      stall_database_fail (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, 5000);
  sqlite3_progress_handler (self->handle, 2000, progress_cb, self);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (!stall_database_run_script (self, writable ? writer_pragmas : reader_pragmas, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * stall_database_release:
 * @self: a connection
 *
 * Gives the connection to whichever thread uses it next.
 */
void
stall_database_release (StallDatabase *self)
{
  self->thread = NULL;
}

/**
 * stall_database_set_large:
 * @self: the writing connection
 * @large: whether a transaction that may be very large comes now
 *
 * Lets a transaction keep four times as many pages in memory. A page that has to leave before the
 * end and is changed again has its whole log read, summed and stamped once more at the commit.
 */
void
stall_database_set_large (StallDatabase *self, gboolean large)
{
  stall_database_run_script (self, large ? LARGE_CACHE : USUAL_CACHE, NULL);
}

/**
 * stall_database_trim:
 * @self: a connection
 *
 * Gives back the memory that a large transaction took, and the disk: its log is as long as what it
 * wrote, or would have written had it come to its end.
 */
void
stall_database_trim (StallDatabase *self)
{
  stall_database_run_script (self, "PRAGMA wal_checkpoint (TRUNCATE);", NULL);
  sqlite3_db_release_memory (self->handle);
#ifdef __GLIBC__
  /* What is free lies in thousands of pieces between others: left alone it would stay for good. */
  malloc_trim (0);
#endif
}

void
stall_database_close (StallDatabase *self)
{
  g_hash_table_unref (self->statements);
  g_clear_object (&self->cancellable);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

sqlite3 *
stall_database_get_handle (StallDatabase *self)
{
  return self->handle;
}

/**
 * stall_database_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): makes the statement under way end with %G_IO_ERROR_CANCELLED
 *
 * Sets what may interrupt the statements that follow.
 */
void
stall_database_set_cancellable (StallDatabase *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/**
 * stall_database_set_error_if_cancelled:
 * @self: a connection
 * @error: return location for a %G_IO_ERROR_CANCELLED
 *
 * Returns: whether what was set to interrupt its statements was cancelled
 */
gboolean
stall_database_set_error_if_cancelled (StallDatabase *self, GError **error)
{
  if (self->cancellable == NULL || !g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
  return TRUE;
}

/* A connection belongs to the first thread that uses it. */
static void
assert_thread (StallDatabase *self)
{
  if (self->thread == NULL)
    self->thread = g_thread_self ();
  g_assert (self->thread == g_thread_self ());
}

static void
bind (sqlite3_stmt *statement, const char *types, va_list arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      int at = i + 1;
      gint64 number;
      const char *text;
      GBytes *bytes;
      gsize size;

      switch (types[i])
        {
        case 'i':
          sqlite3_bind_int64 (statement, at, va_arg (arguments, gint64));
          break;
        case 't':
          number = va_arg (arguments, gint64);
          if (number == STALL_TIME_NONE)
            sqlite3_bind_null (statement, at);
          else
            sqlite3_bind_int64 (statement, at, number);
          break;
        case 'd':
          sqlite3_bind_double (statement, at, va_arg (arguments, double));
          break;
        case 's':
          text = va_arg (arguments, const char *);
          sqlite3_bind_text (statement, at, text, -1, SQLITE_TRANSIENT);
          break;
        case 'S':
          text = va_arg (arguments, const char *);
          sqlite3_bind_text (statement, at, text, -1, SQLITE_STATIC);
          break;
        case 'b':
        case 'B':
          bytes = va_arg (arguments, GBytes *);
          text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
          if (text == NULL)
            sqlite3_bind_null (statement, at);
          else if (types[i] == 'b')
            sqlite3_bind_text64 (statement, at, text, size, SQLITE_STATIC, SQLITE_UTF8);
          else
            sqlite3_bind_blob64 (statement, at, text, size, SQLITE_STATIC);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/**
 * stall_database_prepare:
 * @self: a connection
 * @sql: one statement, made on the way
 * @error: return location
 *
 * Prepares a statement that is not kept.
 *
 * Returns: (transfer full) (nullable): the statement; free with sqlite3_finalize()
 */
sqlite3_stmt *
stall_database_prepare (StallDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  assert_thread (self);
  if (sqlite3_prepare_v3 (self->handle, sql, -1, 0, &statement, NULL) != SQLITE_OK)
    stall_database_fail (self, error);
  return statement;
}

static sqlite3_stmt *
get_statement (StallDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  assert_thread (self);
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
    }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    {
      stall_database_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

static sqlite3_stmt *
query_valist (StallDatabase *self,
              GError **error,
              const char *sql,
              const char *types,
              va_list arguments)
{
  sqlite3_stmt *statement = get_statement (self, sql, error);

  if (statement != NULL)
    bind (statement, types, arguments);
  return statement;
}

/**
 * stall_database_query:
 * @self: a connection
 * @error: return location
 * @sql: a literal
 * @types: a letter a parameter
 * @...: the parameters
 *
 * Binds a kept statement, ready to step.
 *
 * Returns: (transfer none) (nullable): the statement
 */
sqlite3_stmt *
stall_database_query (StallDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  va_list arguments;
  sqlite3_stmt *statement;

  va_start (arguments, types);
  statement = query_valist (self, error, sql, types, arguments);
  va_end (arguments);
  return statement;
}

/**
 * stall_database_step:
 * @self: a connection
 * @statement: (nullable): a bound statement; %NULL when it could not be made
 * @error: (inout): return location; may be set already
 *
 * Goes to the next row. After the last row the statement is reset.
 *
 * Returns: %TRUE when there is a row; %FALSE at the end or, with @error set, on failure
 */
gboolean
stall_database_step (StallDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code;

  if (statement == NULL)
    return FALSE;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    stall_database_fail (self, error);
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * stall_database_finish:
 * @self: a connection
 * @statement: a bound statement
 * @error: return location
 *
 * Runs a statement to its end and resets it.
 *
 * Returns: whether it went well
 */
gboolean
stall_database_finish (StallDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code;

  do
    code = sqlite3_step (statement);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    stall_database_fail (self, error);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

/**
 * stall_database_run:
 * @self: a connection
 * @error: return location
 * @sql: a literal that gives no rows
 * @types: a letter a parameter
 * @...: the parameters
 *
 * Runs a kept statement to its end.
 *
 * Returns: whether it went well
 */
gboolean
stall_database_run (StallDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  va_list arguments;
  sqlite3_stmt *statement;

  va_start (arguments, types);
  statement = query_valist (self, error, sql, types, arguments);
  va_end (arguments);
  return statement != NULL && stall_database_finish (self, statement, error);
}

/**
 * stall_database_run_script:
 * @self: a connection
 * @sql: statements, divided by semicolons
 * @error: return location
 *
 * Runs statements that take no parameters and are not kept.
 *
 * Returns: whether all went well
 */
gboolean
stall_database_run_script (StallDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return stall_database_fail (self, error);
  return TRUE;
}

/**
 * stall_database_get_int:
 * @self: a connection
 * @value: (out): the first column of the first row; untouched when there is none or it is NULL
 * @error: return location
 * @sql: a literal
 * @types: a letter a parameter
 * @...: the parameters
 *
 * Reads one number.
 *
 * Returns: %TRUE when there was one; %FALSE when there was none or, with @error set, on failure
 */
gboolean
stall_database_get_int (StallDatabase *self,
                        gint64 *value,
                        GError **error,
                        const char *sql,
                        const char *types,
                        ...)
{
  va_list arguments;
  sqlite3_stmt *statement;
  gboolean found = FALSE;

  va_start (arguments, types);
  statement = query_valist (self, error, sql, types, arguments);
  va_end (arguments);
  if (stall_database_step (self, statement, error))
    {
      found = sqlite3_column_type (statement, 0) != SQLITE_NULL;
      if (found)
        *value = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
    }
  return found;
}

/**
 * stall_database_get_text:
 * @self: a connection
 * @error: return location
 * @sql: a literal
 * @types: a letter a parameter
 * @...: the parameters
 *
 * Reads one text.
 *
 * Returns: (transfer full) (nullable): the first column of the first row
 */
char *
stall_database_get_text (StallDatabase *self,
                         GError **error,
                         const char *sql,
                         const char *types,
                         ...)
{
  va_list arguments;
  sqlite3_stmt *statement;
  char *text = NULL;

  va_start (arguments, types);
  statement = query_valist (self, error, sql, types, arguments);
  va_end (arguments);
  if (stall_database_step (self, statement, error))
    {
      text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return text;
}

/* Text of a column, "" for NULL; lives until the next step. */
const char *
stall_column_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? text : "";
}

/* A copy of a column's bytes, NULL for NULL. */
GBytes *
stall_column_bytes (sqlite3_stmt *statement, int column)
{
  const void *data = sqlite3_column_blob (statement, column);

  if (data == NULL && sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

StallTime
stall_column_time (sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return STALL_TIME_NONE;
  return sqlite3_column_int64 (statement, column);
}
