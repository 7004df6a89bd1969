/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "stall-async.h"
#include "stall-replica.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

/* Attachments come after the text, a few side by side, straight to disk. */

#define BATCH 200

/* A file while it comes in. */
typedef struct
{
  int file;
  char *path;
  GChecksum *md5;
  GChecksum *sha256;
  gint64 length;
  gint64 wanted; /* so long it should be; 0: nobody said */
} Incoming;

static void
incoming_clear (Incoming *self)
{
  if (self->file >= 0)
    close (self->file);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_clear_pointer (&self->md5, g_checksum_free);
  g_clear_pointer (&self->sha256, g_checksum_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Incoming, incoming_clear)

static gboolean
fail_to_write (GError **error)
{
  int problem = errno;

  g_set_error (error, STALL_ERROR, problem == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("The picture could not be kept: %s"), g_strerror (problem));
  return FALSE;
}

static gboolean
incoming_open (Incoming *self, StallStore *store, GError **error)
{
  g_autofree char *folder = g_build_filename (stall_store_get_folder (store), "attachments", NULL);

  self->path = g_build_filename (folder, "incoming-XXXXXX", NULL);
  self->md5 = g_checksum_new (G_CHECKSUM_MD5);
  self->sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->file = g_mkstemp_full (self->path, O_WRONLY | O_CLOEXEC, 0600);
  return self->file >= 0 || fail_to_write (error);
}

static gboolean
incoming_cb (const char *bytes, gsize size, gpointer data, GError **error)
{
  Incoming *self = data;

  g_checksum_update (self->md5, (const guchar *) bytes, size);
  g_checksum_update (self->sha256, (const guchar *) bytes, size);
  self->length += size;
  /* What is not the picture must not fill the disk. */
  if (self->wanted > 0 && self->length > self->wanted)
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
is_what_was_wanted (Incoming *self, const StallWanted *wanted)
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

static gboolean
fetch_file (StallAttempt *attempt, const StallWanted *wanted, GError **error)
{
  g_auto (Incoming) incoming = { .file = -1, .wanted = wanted->length };
  g_autofree char *id = stall_wire_escape_id (wanted->id);
  g_autofree char *name = g_uri_escape_string (wanted->name, NULL, FALSE);
  /* Always with the revision, or another one's picture may come. */
  g_autofree char *path = g_strconcat (id, "/", name, "?rev=", wanted->revision, NULL);
  StallRemoteRequest request = { .path = path,
                                 .any_type = TRUE,
                                 .sink = incoming_cb,
                                 .sink_data = &incoming,
                                 .cancellable = attempt->cancellable };
  g_autoptr (GError) failed = NULL;

  if (!incoming_open (&incoming, attempt->store, error))
    return FALSE;
  if (!dex_await (stall_remote_send (attempt->remote, &request), &failed))
    {
      /* The peer has let go of it; perhaps a newer version comes with the next pull. */
      if (g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE)
          || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE))
        {
          attempt->report.n_files_late++;
          return TRUE;
        }
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!is_what_was_wanted (&incoming, wanted))
    {
      attempt->report.n_files_late++;
      return TRUE;
    }
  attempt->report.n_files++;
  return dex_await (stall_store_adopt_file (attempt->store, wanted->digest, incoming.path,
                                            g_checksum_get_string (incoming.sha256),
                                            incoming.length),
                    error);
}

typedef struct
{
  StallAttempt *attempt; /* waits for all its fibers */
  GPtrArray *list;
  guint *next;
} Worker;

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  g_ptr_array_unref (worker->list);
  g_free (worker);
}

static DexFuture *
worker_fiber (gpointer data)
{
  Worker *worker = data;
  GError *error = NULL;

  while (*worker->next < worker->list->len)
    {
      const StallWanted *wanted = g_ptr_array_index (worker->list, (*worker->next)++);
      gboolean good
          = wanted->revision != NULL
                ? fetch_file (worker->attempt, wanted, &error)
                : dex_await (stall_store_drop_wanted (worker->attempt->store, wanted->digest),
                             &error);

      if (!good)
        {
          *worker->next = worker->list->len;
          return dex_future_new_for_error (error);
        }
    }
  return dex_future_new_true ();
}

static gboolean
fetch_list (StallAttempt *attempt, GPtrArray *list, GError **error)
{
  DexFuture *workers[STALL_SYNC_FILES];
  gboolean good = TRUE;
  guint next = 0;

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      Worker *worker = g_new0 (Worker, 1);

      worker->attempt = attempt;
      worker->list = g_ptr_array_ref (list);
      worker->next = &next;
      workers[i] = stall_async (worker_fiber, worker, worker_free);
    }
  /* Each is waited for: they share what lives here. */
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    good = dex_await (workers[i], good ? error : NULL) && good;
  return good;
}

/* What a program that was killed left behind. The stall is ours alone while it is open. */
static void
sweep (StallStore *store)
{
  g_autofree char *folder = g_build_filename (stall_store_get_folder (store), "attachments", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "incoming-") || g_str_equal (name, "outgoing"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }
}

/**
 * stall_pull_files:
 * @attempt: the attempt
 * @error: return location
 *
 * Fetches the attachments that documents speak of and the stall does not have, each once.
 *
 * Returns: whether it came to the end; what the peer does not have is asked for next time
 */
gboolean
stall_pull_files (StallAttempt *attempt, GError **error)
{
  sweep (attempt->store);
  for (;;)
    {
      guint64 before = attempt->report.n_files;
      g_autoptr (GPtrArray) list
          = dex_await_boxed (stall_store_list_wanted (attempt->store, BATCH), error);

      if (list == NULL)
        return FALSE;
      if (list->len == 0)
        return TRUE;
      attempt->report.n_files_late = 0;
      if (!fetch_list (attempt, list, error))
        return FALSE;
      if (attempt->report.n_files == before)
        return TRUE;
      stall_store_note_files (attempt->store);
    }
}
