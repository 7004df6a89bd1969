/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-picture-file.h"

#include "stall-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define CHUNK (64 * 1024)

static gboolean
check_pixels (gint64 width, gint64 height, GError **error)
{
  if (width > 0 && height > 0 && width * height <= STALL_PICTURE_MAX_PIXELS)
    return TRUE;
  g_set_error_literal (
      error, STALL_ERROR, STALL_ERROR_INVALID,
      _ ("This picture has more than 100 megapixels. Save a smaller copy of it and "
         "add that."));
  return FALSE;
}

/* What is known of a picture while it is read. */
typedef struct
{
  int height;
  int reached; /* the lowest row that was decoded */
  gboolean too_large;
} Reading;

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Reading *reading)
{
  reading->height = height;
  reading->too_large = !check_pixels (width, height, NULL);
}

/* A picture whose end is missing decodes without an error, but not down to its last row. */
static void
area_updated_cb (GdkPixbufLoader *loader, int x, int y, int width, int height, Reading *reading)
{
  reading->reached = MAX (reading->reached, y + height);
}

static gboolean
is_jpeg (const guchar *data, gsize size)
{
  return size > 2 && data[0] == 0xff && data[1] == 0xd8;
}

/* One that is told the format decodes the smallest file as it comes, not all at its end. */
static GdkPixbufLoader *
new_loader (const guchar *data, gsize size)
{
  GdkPixbufLoader *loader
      = is_jpeg (data, size) ? gdk_pixbuf_loader_new_with_type ("jpeg", NULL) : NULL;

  return loader != NULL ? loader : gdk_pixbuf_loader_new ();
}

/**
 * stall_picture_decode:
 * @bytes: what should be a picture
 * @content_type: (out): its MIME type
 * @error: return location; a message that says what to do
 *
 * Decodes a picture, without trusting its name.
 *
 * Returns: (transfer full) (nullable): all its pixels, not turned upright; %NULL when it cannot be
 * shown
 */
GdkPixbuf *
stall_picture_decode (GBytes *bytes, char **content_type, GError **error)
{
  g_auto (GStrv) types = NULL;
  GdkPixbufFormat *format;
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GdkPixbufLoader) loader = new_loader (data, size);
  Reading reading = { 0 };
  gboolean decoded = size > 0;
  int reached;

  g_return_val_if_fail (content_type != NULL, NULL);

  if (size > STALL_PICTURE_MAX_BYTES)
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_INVALID,
          _ ("This picture is larger than 50 MB. Save a smaller copy of it and add "
             "that."));
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &reading);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), &reading);
  for (gsize at = 0; at < size && decoded && !reading.too_large; at += CHUNK)
    decoded = gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, size - at), NULL);
  reached = reading.reached;
  decoded = gdk_pixbuf_loader_close (loader, NULL) && decoded;
  if (reading.too_large)
    {
      check_pixels (G_MAXINT, G_MAXINT, error);
      return NULL;
    }
  format = gdk_pixbuf_loader_get_format (loader);
  /* At the end the decoder of JPEG makes up what is missing, in grey. */
  if (!is_jpeg (data, size))
    reached = reading.reached;
  if (!decoded || format == NULL || reading.height == 0 || reached < reading.height)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This file is not a picture that can be read, or it is damaged. Use "
                              "PNG, JPEG or WebP."));
      return NULL;
    }
  types = gdk_pixbuf_format_get_mime_types (format);
  *content_type = g_strdup (types[0]);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* How long the longer edge of the whole picture has to be, so that the part is sharp. */
static int
get_edge (const StallPictureCut *cut, int width, int height)
{
  if (cut->crop.width == 0)
    return (int) MIN ((gint64) cut->side * MAX (width, height) / MIN (width, height), G_MAXINT);
  return (int) MIN ((gint64) cut->side * STALL_CROP_WHOLE
                        / CLAMP (MIN (cut->crop.width, cut->crop.height), 1, STALL_CROP_WHOLE),
                    G_MAXINT);
}

/* Where the part lies in a picture of this size, at least one pixel of it. */
static GdkRectangle
get_part (const StallPictureCut *cut, int width, int height)
{
  int square = MIN (width, height);
  GdkRectangle part = { (width - square) / 2, (height - square) / 2, square, square };

  if (cut->crop.width > 0)
    {
      part.x = CLAMP ((int) ((gint64) cut->crop.x * width / STALL_CROP_WHOLE), 0, width - 1);
      part.y = CLAMP ((int) ((gint64) cut->crop.y * height / STALL_CROP_WHOLE), 0, height - 1);
      part.width = (int) ((gint64) cut->crop.width * width / STALL_CROP_WHOLE);
      part.height = (int) ((gint64) cut->crop.height * height / STALL_CROP_WHOLE);
      part.width = CLAMP (part.width, 1, width - part.x);
      part.height = CLAMP (part.height, 1, height - part.y);
    }
  return part;
}

static GdkPixbuf *
decode_part (const char *path, const StallPictureCut *cut, GError **error)
{
  g_autoptr (GdkPixbuf) loaded = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  g_autoptr (GdkPixbuf) pixels = NULL;
  GdkRectangle part;
  int width = 0, height = 0, edge;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, "Not a picture");
      return NULL;
    }
  if (!check_pixels (width, height, error))
    return NULL;
  edge = get_edge (cut, width, height);
  if (MAX (width, height) <= edge)
    loaded = gdk_pixbuf_new_from_file (path, error);
  else
    loaded = gdk_pixbuf_new_from_file_at_scale (path, width >= height ? edge : -1,
                                                width >= height ? -1 : edge, TRUE, error);
  if (loaded == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (loaded);
  part = get_part (cut, gdk_pixbuf_get_width (upright), gdk_pixbuf_get_height (upright));
  pixels = gdk_pixbuf_new_subpixbuf (upright, part.x, part.y, part.width, part.height);
  /* A copy lets go of what was cropped away. */
  return gdk_pixbuf_copy (pixels);
}

static GdkTexture *
texture_for (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 bytes, gdk_pixbuf_get_rowstride (pixbuf));
}

static void
keep_small (GdkPixbuf *pixbuf, const char *small_path)
{
  g_autofree char *folder = g_path_get_dirname (small_path);
  g_autofree char *png = NULL;
  gsize size;

  /* Only a cache: that it cannot be written is no error. */
  if (g_mkdir_with_parents (folder, 0700) == 0
      && gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", NULL, NULL))
    g_file_set_contents_full (small_path, png, size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/**
 * stall_picture_load:
 * @path: the picture
 * @small_path: (nullable): where its small copy is, or is kept; %NULL: none is kept
 * @cut: the part, and its size
 * @error: return location
 *
 * Gives a part of a picture, scaled down, from its small copy if there is one.
 *
 * Returns: (transfer full) (nullable): the texture; %NULL with @error set
 */
GdkTexture *
stall_picture_load (const char *path,
                    const char *small_path,
                    const StallPictureCut *cut,
                    GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf
      = small_path != NULL ? gdk_pixbuf_new_from_file (small_path, NULL) : NULL;

  if (pixbuf != NULL)
    return texture_for (pixbuf);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_NOT_FOUND,
                           "The picture is not here yet");
      return NULL;
    }
  pixbuf = decode_part (path, cut, error);
  if (pixbuf == NULL)
    return NULL;
  if (small_path != NULL)
    keep_small (pixbuf, small_path);
  return texture_for (pixbuf);
}

/**
 * stall_picture_read:
 * @file: a file that a person chose
 * @error: return location
 *
 * Reads a file of at most %STALL_PICTURE_MAX_BYTES. Called in a fiber.
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL with @error set
 */
GBytes *
stall_picture_read (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info = dex_await_object (
      dex_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT),
      error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This is a folder. Open it and choose the pictures in it."));
      return NULL;
    }
  if (g_file_info_get_size (info) > STALL_PICTURE_MAX_BYTES)
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_INVALID,
          _ ("This picture is larger than 50 MB. Save a smaller copy of it and add "
             "that."));
      return NULL;
    }
  return dex_await_boxed (dex_file_load_contents_bytes (file), error);
}

typedef struct
{
  char *path;
  gint64 made; /* seconds */
} KeptFile;

static void
kept_file_clear (gpointer data)
{
  g_free (((KeptFile *) data)->path);
}

static int
compare_kept_files (gconstpointer a, gconstpointer b)
{
  const KeptFile *one = a, *other = b;

  return one->made != other->made ? (one->made < other->made ? -1 : 1)
                                  : strcmp (one->path, other->path);
}

/**
 * stall_picture_keep_newest:
 * @folder: of small pictures; need not exist
 * @most: how many may stay
 *
 * Deletes the oldest files of a folder that has too many. A small picture that is missed is made
 * again.
 */
void
stall_picture_keep_newest (const char *folder, guint most)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (KeptFile));
  const char *name;

  g_array_set_clear_func (files, kept_file_clear);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      KeptFile file = { g_build_filename (folder, name, NULL), 0 };

      g_array_append_val (files, file);
    }
  if (files->len <= most)
    return;
  for (guint i = 0; i < files->len; i++)
    {
      KeptFile *file = &g_array_index (files, KeptFile, i);
      GStatBuf status;

      if (g_stat (file->path, &status) == 0)
        file->made = status.st_mtime;
    }
  g_array_sort (files, compare_kept_files);
  for (guint i = 0; i < files->len - most; i++)
    g_unlink (g_array_index (files, KeptFile, i).path);
}
