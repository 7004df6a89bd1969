/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-thumbnail.h"

#include "stall-async.h"
#include "stall-thumbnail-cache.h"

#include <math.h>

/* Few sizes are kept, so that the cache folder does not fill with one file for every width. */
#define SMALL_SIDE 128
#define LARGE_SIDE 384
/* A whole picture is shown as wide as text is. */
#define WHOLE_SIDE 1280
#define MINIMUM_SIZE 128
#define NATURAL_SIZE 160
#define MAX_RADIUS 12

struct _StallThumbnail
{
  GtkWidget parent_instance;

  StallStore *store;
  StallThumbnailCache *cache;
  char *digest;
  int size;
  double ratio;
  StallCrop crop; /* of no width: the middle */

  GdkTexture *texture;
  gboolean asked; /* for this digest, and not answered */
  StallPictureCut cut;
  guint stamp; /* raised with every digest, so that a recycled row never shows the former picture */
};

typedef struct
{
  GWeakRef thumbnail;
  StallThumbnailCache *cache;
  char *digest;
  StallPictureCut cut;
  guint stamp;
} Wait;

enum
{
  PROP_0,
  PROP_STORE,
  PROP_DIGEST,
  PROP_SIZE,
  PROP_RATIO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallThumbnail, stall_thumbnail, GTK_TYPE_WIDGET)

static void
wait_free (Wait *wait)
{
  g_weak_ref_clear (&wait->thumbnail);
  g_object_unref (wait->cache);
  g_free (wait->digest);
  g_free (wait);
}

static void ask_for_picture (StallThumbnail *self);

static void
take_texture (StallThumbnail *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  if (self->ratio == 0)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  g_autoptr (StallThumbnail) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = dex_await_object (
      stall_thumbnail_cache_load (wait->cache, wait->digest, &wait->cut), &error);

  self = g_weak_ref_get (&wait->thumbnail);
  if (self == NULL || self->stamp != wait->stamp)
    return dex_future_new_true ();
  self->asked = FALSE;
  /* Another row gave this picture up just before this one asked for it: ask again. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ask_for_picture (self);
  /* A missing or damaged picture keeps the placeholder; there is nothing a list could say. */
  if (texture != NULL)
    {
      take_texture (self, texture);
    }
  return dex_future_new_true ();
}

static void
drop_picture (StallThumbnail *self)
{
  self->stamp++;
  if (self->asked)
    stall_thumbnail_cache_forget (self->cache, self->digest, &self->cut);
  self->asked = FALSE;
  g_clear_object (&self->texture);
}

static StallPictureCut
get_cut (StallThumbnail *self)
{
  int side = self->size > 0 ? self->size : NATURAL_SIZE;
  StallPictureCut cut = { .crop = self->crop };

  if (self->ratio > 0)
    side = (int) (side / MIN (self->ratio, 1));
  else if (self->size == 0)
    side = WHOLE_SIDE;
  side *= gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cut.side = side <= SMALL_SIDE ? SMALL_SIDE : side <= LARGE_SIDE ? LARGE_SIDE : WHOLE_SIDE;
  if (cut.crop.width == 0 && self->ratio != 1)
    cut.crop = (StallCrop) { 0, 0, STALL_CROP_WHOLE, STALL_CROP_WHOLE };
  return cut;
}

static void
ask_for_picture (StallThumbnail *self)
{
  GdkTexture *texture;
  Wait *wait;

  if (self->digest == NULL || self->cache == NULL || self->texture != NULL || self->asked
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->cut = get_cut (self);
  texture = stall_thumbnail_cache_lookup (self->cache, self->digest, &self->cut);
  if (texture != NULL)
    {
      take_texture (self, texture);
      return;
    }
  wait = g_new0 (Wait, 1);
  g_weak_ref_init (&wait->thumbnail, self);
  wait->cache = g_object_ref (self->cache);
  wait->digest = g_strdup (self->digest);
  wait->cut = self->cut;
  wait->stamp = self->stamp;
  self->asked = TRUE;
  stall_spawn (wait_fiber, wait, (GDestroyNotify) wait_free);
}

/* Width ÷ height of what is drawn. A picture that is not there yet is taken for a postcard. */
static double
get_ratio (StallThumbnail *self)
{
  if (self->ratio > 0)
    return self->ratio;
  if (self->texture == NULL)
    return 3.0 / 2;
  return gdk_paintable_get_intrinsic_aspect_ratio (GDK_PAINTABLE (self->texture));
}

static GtkSizeRequestMode
stall_thumbnail_get_request_mode (GtkWidget *widget)
{
  return STALL_THUMBNAIL (widget)->size > 0 ? GTK_SIZE_REQUEST_CONSTANT_SIZE
                                            : GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
stall_thumbnail_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  StallThumbnail *self = STALL_THUMBNAIL (widget);
  double ratio = orientation == GTK_ORIENTATION_VERTICAL ? get_ratio (self) : 1;

  *minimum = self->size > 0 ? self->size : MINIMUM_SIZE;
  *natural = self->size > 0 ? self->size : NATURAL_SIZE;
  if (orientation == GTK_ORIENTATION_VERTICAL && self->size == 0 && for_size >= 0)
    *minimum = *natural = for_size;
  *minimum = (int) ceil (*minimum / ratio);
  *natural = (int) ceil (*natural / ratio);
}

static void
snapshot_placeholder (StallThumbnail *self, GtkSnapshot *snapshot, int width, int height)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  int side = CLAMP (MIN (width, height) * 2 / 5, 12, 48);
  GdkRGBA color;
  g_autoptr (GtkIconPaintable) icon
      = gtk_icon_theme_lookup_icon (theme, "image-x-generic-symbolic", NULL, side,
                                    gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                    gtk_widget_get_direction (GTK_WIDGET (self)), 0);

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.08f;
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, 0, width, height));
  color.alpha *= 4;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((width - side) / 2.f, (height - side) / 2.f));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, side, side,
                                            &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_texture (StallThumbnail *self, GtkSnapshot *snapshot, int width, int height)
{
  double texture_width = gdk_texture_get_width (self->texture);
  double texture_height = gdk_texture_get_height (self->texture);
  double scale = MAX (width / texture_width, height / texture_height);

  texture_width *= scale;
  texture_height *= scale;
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
                                      &GRAPHENE_RECT_INIT ((width - texture_width) / 2,
                                                           (height - texture_height) / 2,
                                                           texture_width, texture_height));
}

static void
stall_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallThumbnail *self = STALL_THUMBNAIL (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean square = gtk_widget_has_css_class (widget, "square");
  GskRoundedRect outline;

  if (width <= 0 || height <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height),
                                   square ? 0 : CLAMP (MIN (width, height) / 6, 2, MAX_RADIUS));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->texture != NULL)
    snapshot_texture (self, snapshot, width, height);
  else
    snapshot_placeholder (self, snapshot, width, height);
  gtk_snapshot_pop (snapshot);
}

static void
stall_thumbnail_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_thumbnail_parent_class)->map (widget);
  ask_for_picture (STALL_THUMBNAIL (widget));
}

static void
stall_thumbnail_unmap (GtkWidget *widget)
{
  /* Rows that a list keeps beyond its edges hold no picture. */
  drop_picture (STALL_THUMBNAIL (widget));
  GTK_WIDGET_CLASS (stall_thumbnail_parent_class)->unmap (widget);
}

static void
stall_thumbnail_dispose (GObject *object)
{
  StallThumbnail *self = STALL_THUMBNAIL (object);

  drop_picture (self);
  g_clear_object (&self->cache);
  g_clear_object (&self->store);
  g_clear_pointer (&self->digest, g_free);

  G_OBJECT_CLASS (stall_thumbnail_parent_class)->dispose (object);
}

static void
stall_thumbnail_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallThumbnail *self = STALL_THUMBNAIL (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_DIGEST:
      g_value_set_string (value, self->digest);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    case PROP_RATIO:
      g_value_set_double (value, self->ratio);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_size (StallThumbnail *self, int size)
{
  if (self->size == size)
    return;
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

static void
set_ratio (StallThumbnail *self, double ratio)
{
  if (self->ratio == ratio)
    return;
  drop_picture (self);
  self->ratio = ratio;
  ask_for_picture (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATIO]);
}

static void
stall_thumbnail_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  StallThumbnail *self = STALL_THUMBNAIL (object);

  switch (prop_id)
    {
    case PROP_STORE:
      stall_thumbnail_set_store (self, g_value_get_object (value));
      break;
    case PROP_DIGEST:
      stall_thumbnail_set_digest (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      set_size (self, g_value_get_int (value));
      break;
    case PROP_RATIO:
      set_ratio (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_thumbnail_class_init (StallThumbnailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = stall_thumbnail_dispose;
  object_class->get_property = stall_thumbnail_get_property;
  object_class->set_property = stall_thumbnail_set_property;
  widget_class->get_request_mode = stall_thumbnail_get_request_mode;
  widget_class->measure = stall_thumbnail_measure;
  widget_class->snapshot = stall_thumbnail_snapshot;
  widget_class->map = stall_thumbnail_map;
  widget_class->unmap = stall_thumbnail_unmap;

  /**
   * StallThumbnail:store:
   *
   * The stall whose pictures are shown.
   */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, STALL_TYPE_STORE, flags);
  /**
   * StallThumbnail:digest: (nullable)
   *
   * The wire digest of the picture, or %NULL for the placeholder.
   */
  properties[PROP_DIGEST] = g_param_spec_string ("digest", NULL, NULL, NULL, flags);
  /**
   * StallThumbnail:size:
   *
   * Pixels of its width; 0 fills the width it gets.
   */
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 0, 4096, 0, flags);
  /**
   * StallThumbnail:ratio:
   *
   * Width ÷ height; 0 is as the picture is.
   */
  properties[PROP_RATIO] = g_param_spec_double ("ratio", NULL, NULL, 0, 10, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
stall_thumbnail_init (StallThumbnail *self)
{
  self->ratio = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * stall_thumbnail_new:
 * @store: (nullable): the stall whose pictures are shown
 * @size: pixels of its width; 0 fills the width it gets
 *
 * Returns: (transfer floating): a thumbnail that shows the placeholder
 */
GtkWidget *
stall_thumbnail_new (StallStore *store, int size)
{
  return g_object_new (STALL_TYPE_THUMBNAIL, "store", store, "size", size, NULL);
}

/**
 * stall_thumbnail_set_store:
 * @self: a thumbnail
 * @store: (nullable): the stall whose pictures are shown
 */
void
stall_thumbnail_set_store (StallThumbnail *self, StallStore *store)
{
  g_return_if_fail (STALL_IS_THUMBNAIL (self));
  g_return_if_fail (store == NULL || STALL_IS_STORE (store));

  if (self->store == store)
    return;
  drop_picture (self);
  g_set_object (&self->store, store);
  g_clear_object (&self->cache);
  if (store != NULL)
    self->cache = g_object_ref (stall_thumbnail_cache_for_store (store));
  ask_for_picture (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

/**
 * stall_thumbnail_set_digest:
 * @self: a thumbnail
 * @digest: (nullable): wire digest of the picture; %NULL for the placeholder
 *
 * Shows another picture, as soon as it is there.
 */
void
stall_thumbnail_set_digest (StallThumbnail *self, const char *digest)
{
  g_return_if_fail (STALL_IS_THUMBNAIL (self));

  if (g_strcmp0 (self->digest, digest) == 0)
    return;
  drop_picture (self);
  g_set_str (&self->digest, digest);
  ask_for_picture (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIGEST]);
}

/**
 * stall_thumbnail_set_crop:
 * @self: a thumbnail
 * @crop: (nullable): the part of the picture to show; %NULL: its middle
 */
void
stall_thumbnail_set_crop (StallThumbnail *self, const StallCrop *crop)
{
  const StallCrop middle = { 0 };

  g_return_if_fail (STALL_IS_THUMBNAIL (self));

  if (crop == NULL)
    crop = &middle;
  if (memcmp (&self->crop, crop, sizeof *crop) == 0)
    return;
  drop_picture (self);
  self->crop = *crop;
  ask_for_picture (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
