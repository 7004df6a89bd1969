/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-picture-copy.h"

#include "stall-kind.h"
#include "stall-picture-file.h"
#include "stall-picture-pixels.h"

#define QUALITY "90" /* of JPEG: no artefact that the market's own scaling would not make */

G_DEFINE_BOXED_TYPE (StallPictureCopy,
                     stall_picture_copy,
                     stall_picture_copy_copy,
                     stall_picture_copy_free)

static const struct
{
  const char *content_type;
  const char *suffix;
} formats[] = {
  { "image/jpeg", ".jpg" },
  { "image/png", ".png" },
  { "image/webp", ".webp" },
};

static StallPictureCopy *
new_copy (GBytes *bytes, const char *content_type)
{
  StallPictureCopy *self = g_new0 (StallPictureCopy, 1);

  self->bytes = g_bytes_ref (bytes);
  self->content_type = g_strdup (content_type);
  return self;
}

/**
 * stall_picture_copy_copy:
 * @self: a copy
 *
 * Returns: (transfer full): another of the same bytes
 */
StallPictureCopy *
stall_picture_copy_copy (const StallPictureCopy *self)
{
  return new_copy (self->bytes, self->content_type);
}

/**
 * stall_picture_copy_free:
 * @self: (nullable): a copy
 *
 * Frees it.
 */
void
stall_picture_copy_free (StallPictureCopy *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->content_type);
  g_free (self);
}

static gboolean
is_kept_format (const char *content_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].content_type, content_type))
      return TRUE;
  return FALSE;
}

static gboolean
is_upright (GdkPixbuf *pixbuf)
{
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");

  return orientation == NULL || g_str_equal (orientation, "1");
}

/* Scaled first, so that no more is turned than is kept. */
static GdkPixbuf *
make_fit (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkPixbuf) fit = NULL;
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  int width, height;

  stall_picture_fit (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), &width,
                     &height);
  fit = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  if (fit == NULL)
    return NULL;
  if (orientation != NULL)
    gdk_pixbuf_set_option (fit, "orientation", orientation);
  return gdk_pixbuf_apply_embedded_orientation (fit);
}

static StallPictureCopy *
encode (GdkPixbuf *pixbuf, const char *profile, GError **error)
{
  gboolean alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  /* The colour profile stays: without it a picture of a wide camera looks pale. */
  const char *keys[3] = { NULL }, *values[3] = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  guint n = 0;
  char *data;
  gsize size;

  if (!alpha)
    {
      keys[n] = "quality";
      values[n++] = QUALITY;
    }
  if (profile != NULL)
    {
      keys[n] = "icc-profile";
      values[n++] = profile;
    }
  if (!gdk_pixbuf_save_to_bufferv (pixbuf, &data, &size, alpha ? "png" : "jpeg", (char **) keys,
                                   (char **) values, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  return new_copy (bytes, alpha ? "image/png" : "image/jpeg");
}

/**
 * stall_picture_copy_new:
 * @bytes: what should be a picture
 * @as_it_is: whether the owner keeps pictures as they are: full size, with place and camera
 * @error: return location; a message that says what to do
 *
 * Makes the copy that is kept. One that is upright and small enough is not encoded again, only its
 * metadata is left out.
 *
 * Returns: (transfer full) (nullable): the copy; %NULL when it is no picture, a damaged one, or too
 * large
 */
StallPictureCopy *
stall_picture_copy_new (GBytes *bytes, gboolean as_it_is, GError **error)
{
  g_autofree char *content_type = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) fit = NULL;
  g_autoptr (GBytes) bare = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  pixbuf = stall_picture_decode (bytes, &content_type, error);
  if (pixbuf == NULL)
    return NULL;
  if (as_it_is && is_kept_format (content_type))
    return new_copy (bytes, content_type);
  if (is_kept_format (content_type) && is_upright (pixbuf)
      && MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf))
             <= STALL_PICTURE_LONG_EDGE)
    {
      bare = stall_picture_strip_metadata (bytes);
      return new_copy (bare, content_type);
    }
  fit = make_fit (pixbuf);
  if (fit == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
      return NULL;
    }
  return encode (fit, gdk_pixbuf_get_option (pixbuf, "icc-profile"), error);
}

typedef struct
{
  GBytes *bytes;
  GdkTexture *texture; /* instead of @bytes */
  gboolean as_it_is;
  DexPromise *promise;
} Work;

static gpointer
work_thread (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  StallPictureCopy *copy;

  if (work->texture != NULL)
    work->bytes = gdk_texture_save_to_png_bytes (work->texture);
  copy = stall_picture_copy_new (work->bytes, work->as_it_is, &error);
  if (copy != NULL)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, STALL_TYPE_PICTURE_COPY);
      g_value_take_boxed (&value, copy);
      dex_promise_resolve (work->promise, &value);
    }
  else
    dex_promise_reject (work->promise, g_steal_pointer (&error));
  g_bytes_unref (work->bytes);
  g_clear_object (&work->texture);
  dex_unref (work->promise);
  g_free (work);
  return NULL;
}

static DexFuture *
start_work (GBytes *bytes, GdkTexture *texture, gboolean as_it_is)
{
  DexPromise *promise = dex_promise_new ();
  Work *work = g_new0 (Work, 1);

  work->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  work->texture = texture != NULL ? g_object_ref (texture) : NULL;
  work->as_it_is = as_it_is;
  work->promise = dex_ref (promise);
  g_thread_unref (g_thread_new ("picture", work_thread, work));
  return DEX_FUTURE (promise);
}

/**
 * stall_picture_copy_take:
 * @source: a #GFile that a person chose or a #GdkTexture that was pasted or dropped
 * @settings: of the program, which say whether the owner keeps pictures as they are
 * @error: return location; a message that says what to do
 *
 * Does stall_picture_copy_new() beside the main thread. Called in a fiber.
 *
 * Returns: (transfer full) (nullable): the copy
 */
StallPictureCopy *
stall_picture_copy_take (GObject *source, GSettings *settings, GError **error)
{
  gboolean as_it_is = g_settings_get_boolean (settings, "pictures-as-they-are");
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (source) || GDK_IS_TEXTURE (source), NULL);

  if (GDK_IS_TEXTURE (source))
    return dex_await_boxed (start_work (NULL, GDK_TEXTURE (source), FALSE), error);
  bytes = stall_picture_read (G_FILE (source), error);
  return bytes != NULL ? dex_await_boxed (start_work (bytes, NULL, as_it_is), error) : NULL;
}

/**
 * stall_picture_copy_dup_name:
 * @self: a copy
 *
 * Returns: (transfer full): a name for it that nothing else has
 */
char *
stall_picture_copy_dup_name (const StallPictureCopy *self)
{
  g_autofree char *uuid = stall_uuid_new ();

  g_return_val_if_fail (self != NULL, NULL);

  return g_strconcat (uuid, stall_picture_copy_get_suffix (self), NULL);
}

/**
 * stall_picture_copy_get_suffix:
 * @self: a copy
 *
 * Returns: how the name of its file ends
 */
const char *
stall_picture_copy_get_suffix (const StallPictureCopy *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].content_type, self->content_type))
      return formats[i].suffix;
  return "";
}
