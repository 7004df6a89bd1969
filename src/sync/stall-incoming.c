/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-incoming.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-sync-error.h"

#define PREFIX "incoming-"

struct _StallIncoming
{
  int file;
  char *path;
  GChecksum *md5;
  GChecksum *sha256;
  gint64 length;
  gint64 most;
};

static gboolean
fail_to_write (GError **error)
{
  int problem = errno;

  g_set_error (error, STALL_ERROR, problem == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("The picture could not be kept: %s"), g_strerror (problem));
  return FALSE;
}

/**
 * stall_incoming_new:
 * @folder: the stall's folder
 * @most: bytes that it may have; 0: nobody said
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an empty file
 */
StallIncoming *
stall_incoming_new (const char *folder, gint64 most, GError **error)
{
  g_autoptr (StallIncoming) self = g_new0 (StallIncoming, 1);
  g_autofree char *shelves = g_build_filename (folder, "attachments", NULL);

  self->file = -1;
  self->most = most;
  self->md5 = g_checksum_new (G_CHECKSUM_MD5);
  self->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  self->path = g_build_filename (shelves, PREFIX "XXXXXX", NULL);
  if (g_mkdir_with_parents (shelves, 0700) == 0)
    self->file = g_mkstemp_full (self->path, O_WRONLY | O_CLOEXEC, 0600);
  if (self->file >= 0 || fail_to_write (error))
    return g_steal_pointer (&self);
  return NULL;
}

/**
 * stall_incoming_free:
 * @self: (transfer full): a file
 *
 * Frees it; what was not finished is taken away.
 */
void
stall_incoming_free (StallIncoming *self)
{
  if (self->file >= 0)
    close (self->file);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_checksum_free (self->md5);
  g_checksum_free (self->sha256);
  g_free (self);
}

/**
 * stall_incoming_append:
 * @self: a file
 * @bytes: what comes next
 * @size: its bytes
 * @error: return location
 *
 * Returns: %FALSE when it is more than it may be, or could not be written
 */
gboolean
stall_incoming_append (StallIncoming *self, const char *bytes, gsize size, GError **error)
{
  g_checksum_update (self->md5, (const guchar *) bytes, size);
  g_checksum_update (self->sha256, (const guchar *) bytes, size);
  self->length += size;
  /* What is not the picture must not fill the disk. */
  if (self->most > 0 && self->length > self->most)
    {
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE,
                           _ ("The platform’s answer is larger than the picture it is for."));
      return FALSE;
    }
  while (size > 0)
    {
      gssize written = write (self->file, bytes, size);

      if (written < 0 && errno != EINTR)
        return fail_to_write (error);
      bytes += MAX (written, 0);
      size -= MAX (written, 0);
    }
  return TRUE;
}

/* CouchDB names what it keeps compressed by the digest of that, so the length has to do then. */
static gboolean
is_what_was_wanted (StallIncoming *self, const StallWanted *wanted)
{
  guint8 md5[16];
  gsize size = sizeof md5;
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;

  g_checksum_get_digest (self->md5, md5, &size);
  text = g_base64_encode (md5, size);
  digest = g_strconcat ("md5-", text, NULL);
  return strcmp (digest, wanted->digest) == 0 || self->length == wanted->length;
}

/**
 * stall_incoming_finish:
 * @self: a file that is whole
 * @wanted: what it should be
 *
 * Returns: (transfer full) (nullable): what the stall can keep; %NULL: this is something else
 */
StallNewFile *
stall_incoming_finish (StallIncoming *self, const StallWanted *wanted)
{
  StallNewFile *file;

  if (!is_what_was_wanted (self, wanted))
    return NULL;
  file = g_new0 (StallNewFile, 1);
  file->digest = g_strdup (wanted->digest);
  file->path = g_steal_pointer (&self->path);
  file->sha256 = g_strdup (g_checksum_get_string (self->sha256));
  file->length = self->length;
  return file;
}

/**
 * stall_incoming_sweep:
 * @folder: the stall's folder
 *
 * Takes away what a program that was killed left behind. The stall is ours alone while it is open.
 */
void
stall_incoming_sweep (const char *folder)
{
  g_autofree char *shelves = g_build_filename (folder, "attachments", NULL);
  g_autoptr (GDir) dir = g_dir_open (shelves, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) || g_str_equal (name, "outgoing"))
      {
        g_autofree char *path = g_build_filename (shelves, name, NULL);

        g_unlink (path);
      }
}
