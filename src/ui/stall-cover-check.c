/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-cover-check.h"

#include "stall-async.h"
#include "stall-picture-file.h"
#include "stall-picture-pixels.h"
#include "stall-product-figures.h"

#define DELAY 1500 /* ms: after the first frame, and after a burst of changes */
#define SIDE 96    /* px that are looked at */

struct _StallCoverCheck
{
  GObject parent_instance;

  StallStore *store;
  guint source;
  gboolean looking;
  gboolean again;
};

G_DEFINE_FINAL_TYPE (StallCoverCheck, stall_cover_check, G_TYPE_OBJECT)

/* On a thread. What cannot be decoded is no picture before anything. */
static DexFuture *
look_job (gpointer path)
{
  const StallPictureCut cut
      = { .side = SIDE, .crop = { 0, 0, STALL_CROP_WHOLE, STALL_CROP_WHOLE } };
  g_autoptr (GdkTexture) texture = stall_picture_load (path, NULL, &cut, NULL);
  g_autoptr (GdkTextureDownloader) downloader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  if (texture == NULL)
    return dex_future_new_for_boolean (FALSE);
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  return dex_future_new_for_boolean (stall_pixels_have_white_border (
      g_bytes_get_data (bytes, NULL), gdk_texture_get_width (texture),
      gdk_texture_get_height (texture), (int) stride, 4));
}

static gboolean
look_at (StallStore *store, const char *digest)
{
  g_autofree char *path = stall_store_get_attachment_path (store, digest);
  gboolean white;

  if (path == NULL)
    return TRUE; /* not here yet */
  white = dex_await_boolean (stall_run_in_thread (look_job, g_steal_pointer (&path), g_free), NULL);
  return dex_await (stall_store_keep_white_border (store, digest, white), NULL);
}

static void start_soon (StallCoverCheck *self);

/* A stall that is being closed refuses, and the next start goes on. */
static DexFuture *
look_fiber (gpointer data)
{
  StallCoverCheck *self = data;
  g_auto (GStrv) digests = dex_await_boxed (stall_store_pictures_to_look_at (self->store), NULL);

  for (guint i = 0; digests != NULL && digests[i] != NULL; i++)
    if (!look_at (self->store, digests[i]))
      break;
  self->looking = FALSE;
  if (self->again)
    start_soon (self);
  return dex_future_new_true ();
}

static void
start_cb (gpointer data)
{
  StallCoverCheck *self = data;

  self->source = 0;
  self->again = FALSE;
  self->looking = TRUE;
  stall_spawn (look_fiber, g_object_ref (self), g_object_unref);
}

static void
start_soon (StallCoverCheck *self)
{
  self->again = TRUE;
  if (self->source == 0 && !self->looking)
    self->source = g_timeout_add_once (DELAY, start_cb, self);
}

static void
store_changed_cb (StallCoverCheck *self, guint kinds)
{
  if (kinds & (1u << STALL_KIND_PRODUCT))
    start_soon (self);
}

static void
stall_cover_check_dispose (GObject *object)
{
  StallCoverCheck *self = STALL_COVER_CHECK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (stall_cover_check_parent_class)->dispose (object);
}

static void
stall_cover_check_class_init (StallCoverCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_cover_check_dispose;
}

static void
stall_cover_check_init (StallCoverCheck *self)
{
}

/**
 * stall_cover_check_new:
 * @store: a stall
 *
 * Begins to look soon, and again after every change of products.
 *
 * Returns: (transfer full): a check that lasts as long as it is held
 */
StallCoverCheck *
stall_cover_check_new (StallStore *store)
{
  StallCoverCheck *self;

  g_return_val_if_fail (STALL_IS_STORE (store), NULL);

  self = g_object_new (STALL_TYPE_COVER_CHECK, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  start_soon (self);
  return self;
}
