/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-pictures.h"

#include "stall-async.h"
#include "stall-small-picture.h"

#include <glib/gstdio.h>

/* More than the options of a poll and the covers they had before. */
#define MAX_KEPT 32

struct _StallVotePictures
{
  GObject parent_instance;

  StallStore *store;
  GHashTable *pictures; /* digest → DexFuture of GBytes, under way or made */
};

typedef struct
{
  StallVotePictures *pictures;
  char *digest;
  char *path;
  char *small_path;
  DexPromise *promise;
} Load;

G_DEFINE_FINAL_TYPE (StallVotePictures, stall_vote_pictures, G_TYPE_OBJECT)

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->pictures);
  g_free (load->digest);
  g_free (load->path);
  g_free (load->small_path);
  dex_unref (load->promise);
  g_free (load);
}

static GBytes *
read_small (const char *small_path)
{
  char *data;
  gsize size;

  if (!g_file_get_contents (small_path, &data, &size, NULL))
    return NULL;
  if (size > 0 && size <= STALL_SMALL_PICTURE_MAX_BYTES)
    return g_bytes_new_take (data, size);
  g_free (data);
  return NULL;
}

/* Only a cache: that it cannot be written is no error. */
static void
keep_small (const char *small_path, GBytes *bytes)
{
  g_autofree char *folder = g_path_get_dirname (small_path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (small_path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                              NULL);
}

/* One at a time: a large picture takes a few hundred megabytes while it is decoded. */
static GBytes *
make (Load *load, GError **error)
{
  static GMutex decoding;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&decoding);
  GBytes *bytes = stall_small_picture_make (load->path, error);

  if (bytes != NULL)
    keep_small (load->small_path, bytes);
  return bytes;
}

static gpointer
make_thread (gpointer data)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = read_small (load->small_path);

  if (bytes == NULL)
    bytes = make (load, &error);
  if (bytes != NULL)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_BYTES);
      g_value_take_boxed (&value, bytes);
      dex_promise_resolve (load->promise, &value);
    }
  else
    dex_promise_reject (load->promise, g_steal_pointer (&error));
  return NULL;
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  GThread *thread = g_thread_new ("picture", make_thread, load);
  GError *error = NULL;
  GBytes *bytes = dex_await_boxed (DEX_FUTURE (dex_ref (load->promise)), &error);

  /* It has resolved, so there is nothing left to wait for. */
  g_thread_join (thread);
  if (bytes != NULL)
    return dex_future_new_take_boxed (G_TYPE_BYTES, bytes);
  /* A picture that has yet to come is looked for again. */
  g_hash_table_remove (load->pictures->pictures, load->digest);
  return dex_future_new_for_error (error);
}

static void
stall_vote_pictures_finalize (GObject *object)
{
  StallVotePictures *self = STALL_VOTE_PICTURES (object);

  g_object_unref (self->store);
  g_hash_table_unref (self->pictures);

  G_OBJECT_CLASS (stall_vote_pictures_parent_class)->finalize (object);
}

static void
stall_vote_pictures_class_init (StallVotePicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_vote_pictures_finalize;
}

static void
stall_vote_pictures_init (StallVotePictures *self)
{
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
}

/**
 * stall_vote_pictures_new:
 * @store: whose pictures
 *
 * Returns: (transfer full): pictures, none of which is made yet
 */
StallVotePictures *
stall_vote_pictures_new (StallStore *store)
{
  StallVotePictures *self;

  g_return_val_if_fail (STALL_IS_STORE (store), NULL);

  self = g_object_new (STALL_TYPE_VOTE_PICTURES, NULL);
  self->store = g_object_ref (store);
  return self;
}

static Load *
load_new (StallVotePictures *self, const char *digest, const char *path)
{
  Load *load = g_new0 (Load, 1);
  /* The digest is Base64 and names a file: no slashes. */
  g_autofree char *name = g_strdelimit (g_strconcat (digest, ".jpg", NULL), "/", '_');

  load->pictures = g_object_ref (self);
  load->digest = g_strdup (digest);
  load->path = g_strdup (path);
  load->small_path = g_build_filename (g_get_user_cache_dir (), "stall", "audience", name, NULL);
  load->promise = dex_promise_new ();
  return load;
}

/**
 * stall_vote_pictures_load:
 * @self: pictures
 * @digest: of an attachment
 *
 * Returns: (transfer full): a future of #GBytes, a JPEG; rejected when the attachment is not here
 * or is no picture
 */
DexFuture *
stall_vote_pictures_load (StallVotePictures *self, const char *digest)
{
  g_autofree char *path = NULL;
  DexFuture *future;

  dex_return_error_if_fail (STALL_IS_VOTE_PICTURES (self));
  dex_return_error_if_fail (digest != NULL);

  future = g_hash_table_lookup (self->pictures, digest);
  if (future != NULL)
    return dex_ref (future);
  path = stall_store_get_attachment_path (self->store, digest);
  if (path == NULL)
    return dex_future_new_reject (STALL_ERROR, STALL_ERROR_NOT_FOUND,
                                  "The picture is not here yet");
  if (g_hash_table_size (self->pictures) >= MAX_KEPT)
    g_hash_table_remove_all (self->pictures);
  future = stall_async (load_fiber, load_new (self, digest, path), load_free);
  g_hash_table_insert (self->pictures, g_strdup (digest), future);
  return dex_ref (future);
}
