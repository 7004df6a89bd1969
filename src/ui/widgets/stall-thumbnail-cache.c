/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-thumbnail-cache.h"

#include "stall-async.h"

/* What memory may hold: enough for every row a list keeps alive, and never more than this many
 * bytes. */
#define MAX_TEXTURES 256
#define MAX_BYTES (16 * 1024 * 1024)
#define N_THREADS 2
/* Larger ones are read again: keeping them would take more than decoding does. */
#define MAX_KEPT_SIDE 512
#define MAX_KEPT 4096 /* files; the oldest go when a stall is closed */

/* One decode, shared by all who wait for the same picture. */
typedef struct
{
  gatomicrefcount references;
  char *path;
  char *small_path;
  StallPictureCut cut;
  guint serial;
  gint wanted; /* atomic: how many still wait; at 0 the work is not worth doing */
  DexPromise *promise;
  DexFuture *future; /* main thread only */
} Job;

typedef struct
{
  char *key;
  GdkTexture *texture;
} Entry;

struct _StallThumbnailCache
{
  GObject parent_instance;

  StallStore *store; /* not owned: the store owns the cache */
  GThreadPool *threads;
  GHashTable *jobs;    /* key → Job */
  GHashTable *entries; /* key → link of recent */
  GQueue recent;       /* Entry, the last used first */
  gsize bytes;
  guint serial;
};

typedef struct
{
  StallThumbnailCache *cache;
  Job *job;
  char *key;
} Load;

G_DEFINE_FINAL_TYPE (StallThumbnailCache, stall_thumbnail_cache, G_TYPE_OBJECT)

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

static void
job_unref (Job *job)
{
  if (!g_atomic_ref_count_dec (&job->references))
    return;
  g_free (job->path);
  g_free (job->small_path);
  dex_clear (&job->promise);
  g_free (job);
}

static void
load_free (Load *load)
{
  g_object_unref (load->cache);
  job_unref (load->job);
  g_free (load->key);
  g_free (load);
}

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->texture);
  g_free (entry->key);
  g_free (entry);
}

static char *
make_key (const char *digest, const StallPictureCut *cut)
{
  /* The digest is Base64 and names a file: no slashes. */
  g_autoptr (GString) key = g_string_new (digest);

  g_string_append_printf (key, "-%d", cut->side);
  if (cut->crop.width > 0)
    g_string_append_printf (key, "-%d-%d-%d-%d", cut->crop.x, cut->crop.y, cut->crop.width,
                            cut->crop.height);
  return g_strdelimit (g_strdup (key->str), "/", '_');
}

static gsize
texture_bytes (GdkTexture *texture)
{
  return (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture) * 4;
}

static void
remember (StallThumbnailCache *self, const char *key, GdkTexture *texture)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  g_queue_push_head (&self->recent, entry);
  g_hash_table_insert (self->entries, entry->key, self->recent.head);
  self->bytes += texture_bytes (texture);
  while (self->recent.length > MAX_TEXTURES || (self->bytes > MAX_BYTES && self->recent.length > 1))
    {
      Entry *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->entries, oldest->key);
      self->bytes -= texture_bytes (oldest->texture);
      entry_free (oldest);
    }
}

/* The last asked for is what a person looks at now: it comes first. */
static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *job_a = a;
  const Job *job_b = b;

  return job_a->serial > job_b->serial ? -1 : job_a->serial < job_b->serial;
}

static void
decode_job (gpointer data, gpointer pool_data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (g_atomic_int_get (&job->wanted) > 0)
    texture = stall_picture_load (job->path, job->small_path, &job->cut, &error);
  else
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits for it");
  if (texture != NULL)
    dex_promise_resolve_object (job->promise, g_steal_pointer (&texture));
  else
    dex_promise_reject (job->promise, g_steal_pointer (&error));
  job_unref (job);
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
      = dex_await_object (DEX_FUTURE (dex_ref (load->job->promise)), &error);

  g_hash_table_remove (load->cache->jobs, load->key);
  if (texture == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!g_hash_table_contains (load->cache->entries, load->key))
    remember (load->cache, load->key, texture);
  return dex_future_new_take_object (g_steal_pointer (&texture));
}

static void
job_clear_future (gpointer data)
{
  Job *job = data;

  dex_clear (&job->future);
  job_unref (job);
}

/* Of small pictures, which are kept for the next time. */
static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "stall", "thumbnails", NULL);
}

static void
stall_thumbnail_cache_finalize (GObject *object)
{
  StallThumbnailCache *self = STALL_THUMBNAIL_CACHE (object);
  g_autofree char *folder = dup_folder ();

  /* A load under way holds the cache, so there is none. */
  g_thread_pool_free (self->threads, FALSE, TRUE);
  stall_picture_keep_newest (folder, MAX_KEPT);
  g_queue_clear_full (&self->recent, (GDestroyNotify) entry_free);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->jobs);

  G_OBJECT_CLASS (stall_thumbnail_cache_parent_class)->finalize (object);
}

static void
stall_thumbnail_cache_class_init (StallThumbnailCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_thumbnail_cache_finalize;
}

static void
stall_thumbnail_cache_init (StallThumbnailCache *self)
{
  self->threads = g_thread_pool_new (decode_job, NULL, N_THREADS, FALSE, NULL);
  g_thread_pool_set_sort_function (self->threads, compare_jobs, NULL);
  self->entries = g_hash_table_new (g_str_hash, g_str_equal);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, job_clear_future);
}

/**
 * stall_thumbnail_cache_for_store:
 * @store: the stall
 *
 * Returns: (transfer none): the cache of @store, made when first asked for
 */
StallThumbnailCache *
stall_thumbnail_cache_for_store (StallStore *store)
{
  StallThumbnailCache *self;

  g_return_val_if_fail (STALL_IS_STORE (store), NULL);

  self = g_object_get_data (G_OBJECT (store), "stall-thumbnail-cache");
  if (self == NULL)
    {
      self = g_object_new (STALL_TYPE_THUMBNAIL_CACHE, NULL);
      self->store = store;
      g_object_set_data_full (G_OBJECT (store), "stall-thumbnail-cache", self, g_object_unref);
    }
  return self;
}

/**
 * stall_thumbnail_cache_lookup:
 * @self: the cache
 * @digest: of the picture
 * @cut: the part of it, and its size
 *
 * Returns: (transfer none) (nullable): the texture if it is in memory
 */
GdkTexture *
stall_thumbnail_cache_lookup (StallThumbnailCache *self,
                              const char *digest,
                              const StallPictureCut *cut)
{
  g_autofree char *key = make_key (digest, cut);
  GList *link = g_hash_table_lookup (self->entries, key);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return ((Entry *) link->data)->texture;
}

/**
 * stall_thumbnail_cache_load:
 * @self: the cache
 * @digest: of the picture
 * @cut: the part of it, and its size
 *
 * Decodes a picture on a thread. Who loses interest says so with stall_thumbnail_cache_forget();
 * when nobody is left the future may be rejected with %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): a future of a #GdkTexture; rejected when the picture is missing,
 * damaged or too large
 */
DexFuture *
stall_thumbnail_cache_load (StallThumbnailCache *self,
                            const char *digest,
                            const StallPictureCut *cut)
{
  g_autofree char *key = NULL;
  Job *job;

  dex_return_error_if_fail (STALL_IS_THUMBNAIL_CACHE (self));
  dex_return_error_if_fail (digest != NULL && cut != NULL && cut->side > 0);

  key = make_key (digest, cut);
  job = g_hash_table_lookup (self->jobs, key);
  if (job == NULL)
    {
      g_autofree char *name = g_strconcat (key, ".png", NULL);
      Load *load = g_new0 (Load, 1);

      job = g_new0 (Job, 1);
      g_atomic_ref_count_init (&job->references);
      job->path = stall_store_get_attachment_path (self->store, digest);
      if (cut->side <= MAX_KEPT_SIDE)
        {
          g_autofree char *folder = dup_folder ();

          job->small_path = g_build_filename (folder, name, NULL);
        }
      job->cut = *cut;
      job->serial = ++self->serial;
      job->wanted = 1;
      job->promise = dex_promise_new ();
      g_hash_table_insert (self->jobs, g_strdup (key), job);
      load->cache = g_object_ref (self);
      load->job = job_ref (job);
      load->key = g_steal_pointer (&key);
      job->future = stall_async (load_fiber, load, (GDestroyNotify) load_free);
      g_thread_pool_push (self->threads, job_ref (job), NULL);
    }
  else
    g_atomic_int_inc (&job->wanted);
  return dex_ref (job->future);
}

/**
 * stall_thumbnail_cache_forget:
 * @self: the cache
 * @digest: of the picture
 * @cut: the part of it, and its size
 *
 * Takes back one stall_thumbnail_cache_load() whose picture is no longer needed.
 */
void
stall_thumbnail_cache_forget (StallThumbnailCache *self,
                              const char *digest,
                              const StallPictureCut *cut)
{
  g_autofree char *key = make_key (digest, cut);
  Job *job = g_hash_table_lookup (self->jobs, key);

  if (job != NULL)
    g_atomic_int_add (&job->wanted, -1);
}
