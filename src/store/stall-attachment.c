/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-error.h"
#include "stall-store-private.h"

/* Content is kept by its SHA-256; documents and the wire name it by its MD5, as CouchDB does. The
 * table `attachment` leads from one to the other. */

static char *
wire_digest_of (GBytes *bytes)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 md5[16];
  gsize size = sizeof md5;
  g_autofree char *text = NULL;

  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, md5, &size);
  text = g_base64_encode (md5, size);
  return g_strconcat ("md5-", text, NULL);
}

/**
 * stall_attachment_get_path:
 * @folder: the stall's folder
 * @sha256: 64 hexadecimal digits
 *
 * Returns: (transfer full): where its file is, or would be
 */
char *
stall_attachment_get_path (const char *folder, const char *sha256)
{
  g_autofree char *shelf = g_strndup (sha256, 2);

  return g_build_filename (folder, "attachments", shelf, sha256, NULL);
}

static gboolean
is_kept (const char *path, GBytes *bytes)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) kept = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  return kept != NULL && g_bytes_equal (kept, bytes);
}

static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *shelf = g_path_get_dirname (path);
  g_autoptr (GError) failed = NULL;

  if (is_kept (path, bytes))
    return TRUE;
  if (g_mkdir_with_parents (shelf, 0700) == 0
      && g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &failed))
    return TRUE;
  g_set_error (error, STALL_ERROR,
               g_error_matches (failed, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? STALL_ERROR_FULL
                                                                          : STALL_ERROR_READ_ONLY,
               _ ("The picture could not be kept: %s"),
               failed != NULL ? failed->message : g_strerror (errno));
  return FALSE;
}

/**
 * stall_attachment_write:
 * @database: the writing connection, or any whose table `attachment` is to know of it
 * @folder: the stall's folder
 * @bytes: the content
 * @sha256: (out) (transfer full): its name in the folder
 * @error: return location
 *
 * Keeps content, on disk before this returns; the same content twice is one file.
 *
 * Returns: (transfer full) (nullable): the wire digest, "md5-…"
 */
char *
stall_attachment_write (StallDatabase *database,
                        const char *folder,
                        GBytes *bytes,
                        char **sha256,
                        GError **error)
{
  g_autofree char *digest = wire_digest_of (bytes);
  g_autofree char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = stall_attachment_get_path (folder, name);

  if (!write_file (path, bytes, error)
      || !stall_database_run (database, error, "INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)",
                              "ssi", digest, name, (gint64) g_bytes_get_size (bytes)))
    return NULL;
  *sha256 = g_steal_pointer (&name);
  return g_steal_pointer (&digest);
}

/**
 * stall_attachment_load_names:
 * @database: a connection
 *
 * A name that is none, and could lead out of the folder, is left out.
 *
 * Returns: (transfer full): wire digest → SHA-256 of everything kept
 */
GHashTable *
stall_attachment_load_names (StallDatabase *database)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *row
      = stall_database_query (database, NULL,
                              "SELECT digest, sha256 FROM attachment WHERE length (sha256) = 64 "
                              "AND sha256 NOT GLOB '*[^0-9a-f]*'",
                              "");

  while (stall_database_step (database, row, NULL))
    g_hash_table_insert (names, g_strdup (stall_column_text (row, 0)),
                         g_strdup (stall_column_text (row, 1)));
  return names;
}
