/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "stall-time.h"

G_BEGIN_DECLS

/* One SQLite connection, used by one thread. Statements are kept by the address of their SQL, so
 * the text given to run and query must be a literal; stall_database_prepare() is for SQL made on
 * the way.
 *
 * `types` says what follows, a letter a parameter: i gint64, t gint64 or NULL when STALL_TIME_NONE,
 * s string or NULL (copied), S string that lives until the step (not copied), b GBytes as text (not
 * copied), B GBytes as blob (not copied), d double. */
typedef struct _StallDatabase StallDatabase;

char *stall_database_make_uri (const char *path);
StallDatabase *
stall_database_open (const char *path, gboolean writable, gboolean create, GError **error);
void stall_database_release (StallDatabase *self);
void stall_database_set_large (StallDatabase *self, gboolean large);
void stall_database_trim (StallDatabase *self);
void stall_database_close (StallDatabase *self);
sqlite3 *stall_database_get_handle (StallDatabase *self);
void stall_database_set_cancellable (StallDatabase *self, GCancellable *cancellable);
gboolean stall_database_set_error_if_cancelled (StallDatabase *self, GError **error);

gboolean
stall_database_run (StallDatabase *self, GError **error, const char *sql, const char *types, ...);
gboolean stall_database_run_script (StallDatabase *self, const char *sql, GError **error);
sqlite3_stmt *
stall_database_query (StallDatabase *self, GError **error, const char *sql, const char *types, ...);
sqlite3_stmt *stall_database_prepare (StallDatabase *self, const char *sql, GError **error);
gboolean stall_database_step (StallDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean stall_database_finish (StallDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean stall_database_get_int (StallDatabase *self,
                                 gint64 *value,
                                 GError **error,
                                 const char *sql,
                                 const char *types,
                                 ...);
char *stall_database_get_text (StallDatabase *self,
                               GError **error,
                               const char *sql,
                               const char *types,
                               ...);
gboolean stall_database_fail (StallDatabase *self, GError **error);

const char *stall_column_text (sqlite3_stmt *statement, int column);
GBytes *stall_column_bytes (sqlite3_stmt *statement, int column);
StallTime stall_column_time (sqlite3_stmt *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallDatabase, stall_database_close)

G_END_DECLS
