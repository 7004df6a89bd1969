/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-crop-view.h"

#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CORNER 24    /* px around the corner that resizes */
#define SMALLEST 500 /* of STALL_CROP_WHOLE: a frame can still be seen and dragged */
#define STEP 200     /* of STALL_CROP_WHOLE, a key */

struct _StallCropView
{
  GtkWidget parent_instance;

  GtkWidget *picture;
  StallCrop crop;
  gboolean chosen; /* by a person; else it is the middle */
  StallCrop grabbed;
  gboolean resizing;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallCropView, stall_crop_view, GTK_TYPE_WIDGET)

static graphene_rect_t
get_frame (StallCropView *self)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) / STALL_CROP_WHOLE;
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)) / STALL_CROP_WHOLE;

  return GRAPHENE_RECT_INIT ((float) self->crop.x * width, (float) self->crop.y * height,
                             (float) self->crop.width * width, (float) self->crop.height * height);
}

/* The widget has the shape of the picture, so its pixels do for the picture's. */
static void
fit (StallCropView *self)
{
  stall_crop_fit (&self->crop, gtk_widget_get_width (GTK_WIDGET (self)),
                  gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
say_changed (StallCropView *self)
{
  self->chosen = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- dragging --- */

static void
drag_begin_cb (StallCropView *self, double x, double y)
{
  graphene_rect_t frame = get_frame (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grabbed = self->crop;
  self->resizing = x > frame.origin.x + frame.size.width - CORNER
                   && y > frame.origin.y + frame.size.height - CORNER;
}

static void
drag_update_cb (StallCropView *self, double offset_x, double offset_y)
{
  int dx = (int) (offset_x * STALL_CROP_WHOLE / MAX (1, gtk_widget_get_width (GTK_WIDGET (self))));
  int dy = (int) (offset_y * STALL_CROP_WHOLE / MAX (1, gtk_widget_get_height (GTK_WIDGET (self))));

  self->crop = self->grabbed;
  if (self->resizing)
    self->crop.width
        = CLAMP (self->grabbed.width + dx, SMALLEST, STALL_CROP_WHOLE - self->grabbed.x);
  else
    {
      self->crop.x += dx;
      self->crop.y += dy;
    }
  fit (self);
}

static void
drag_end_cb (StallCropView *self, double offset_x, double offset_y)
{
  if (memcmp (&self->crop, &self->grabbed, sizeof self->crop) != 0)
    say_changed (self);
}

/* --- keys --- */

static gboolean
move_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  StallCropView *self = STALL_CROP_VIEW (widget);
  StallCrop before = self->crop;
  int dx, dy, grow;

  g_variant_get (args, "(iii)", &dx, &dy, &grow);
  self->crop.x += dx * STEP - grow * STEP / 2;
  self->crop.y += dy * STEP - grow * STEP / 2;
  self->crop.width = CLAMP (self->crop.width + grow * STEP, SMALLEST, STALL_CROP_WHOLE);
  fit (self);
  if (memcmp (&self->crop, &before, sizeof before) != 0)
    say_changed (self);
  return GDK_EVENT_STOP;
}

/* --- the widget --- */

static void
stall_crop_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallCropView *self = STALL_CROP_VIEW (widget);

  gtk_widget_allocate (self->picture, width, height, baseline, NULL);
  if (!self->chosen)
    stall_crop_init (&self->crop, width, height);
}

static void
stall_crop_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  gtk_widget_measure (STALL_CROP_VIEW (widget)->picture, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
stall_crop_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
append_shade (GtkSnapshot *snapshot, float x, float y, float width, float height)
{
  const GdkRGBA shade = { 0, 0, 0, 0.55f };

  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
append_line (GtkSnapshot *snapshot, const graphene_rect_t *rect, float width, const GdkRGBA *colour)
{
  gtk_snapshot_append_border (
      snapshot,
      &GSK_ROUNDED_RECT_INIT (rect->origin.x, rect->origin.y, rect->size.width, rect->size.height),
      (float[4]) { width, width, width, width },
      (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

static void
stall_crop_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallCropView *self = STALL_CROP_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  graphene_rect_t frame = get_frame (self);
  float right = frame.origin.x + frame.size.width, bottom = frame.origin.y + frame.size.height;
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 0.8f };

  gtk_widget_snapshot_child (widget, self->picture, snapshot);
  append_shade (snapshot, 0, 0, width, frame.origin.y);
  append_shade (snapshot, 0, bottom, width, height - bottom);
  append_shade (snapshot, 0, frame.origin.y, frame.origin.x, frame.size.height);
  append_shade (snapshot, right, frame.origin.y, width - right, frame.size.height);
  /* White between black is seen on a picture of any colour, and on the page around it. */
  append_line (snapshot, &frame, 4, &black);
  gtk_snapshot_append_color (snapshot, &black,
                             &GRAPHENE_RECT_INIT (right - 14, bottom - 14, 14, 14));
  graphene_rect_inset (&frame, 1, 1);
  append_line (snapshot, &frame, 2, &white);
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (right - 13, bottom - 13, 12, 12));
}

static void
stall_crop_view_dispose (GObject *object)
{
  g_clear_pointer (&STALL_CROP_VIEW (object)->picture, gtk_widget_unparent);

  G_OBJECT_CLASS (stall_crop_view_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int dx, dy, grow;
  } keys[] = {
    { GDK_KEY_Left, -1, 0, 0 },    { GDK_KEY_Right, 1, 0, 0 },    { GDK_KEY_Up, 0, -1, 0 },
    { GDK_KEY_Down, 0, 1, 0 },     { GDK_KEY_plus, 0, 0, 1 },     { GDK_KEY_equal, 0, 0, 1 },
    { GDK_KEY_KP_Add, 0, 0, 1 },   { GDK_KEY_minus, 0, 0, -1 },   { GDK_KEY_KP_Subtract, 0, 0, -1 },
    { GDK_KEY_KP_Left, -1, 0, 0 }, { GDK_KEY_KP_Right, 1, 0, 0 }, { GDK_KEY_KP_Up, 0, -1, 0 },
    { GDK_KEY_KP_Down, 0, 1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_NO_MODIFIER_MASK, move_key_cb,
                                  "(iii)", keys[i].dx, keys[i].dy, keys[i].grow);
}

static void
stall_crop_view_class_init (StallCropViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_crop_view_dispose;
  widget_class->size_allocate = stall_crop_view_size_allocate;
  widget_class->measure = stall_crop_view_measure;
  widget_class->get_request_mode = stall_crop_view_get_request_mode;
  widget_class->snapshot = stall_crop_view_snapshot;

  /**
   * StallCropView::changed:
   *
   * A person moved or resized the frame.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STALL_TYPE_CROP_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "cropview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
stall_crop_view_init (StallCropView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->picture = stall_thumbnail_new (NULL, 0);
  g_object_set (self->picture, "ratio", 0.0, NULL);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Part shown in the feed"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _ ("Arrow keys move it, plus and minus make it larger and smaller"), -1);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * stall_crop_view_set_store:
 * @self: a view
 * @store: whose pictures are shown
 */
void
stall_crop_view_set_store (StallCropView *self, StallStore *store)
{
  g_return_if_fail (STALL_IS_CROP_VIEW (self));

  stall_thumbnail_set_store (STALL_THUMBNAIL (self->picture), store);
}

/**
 * stall_crop_view_show:
 * @self: a view
 * @digest: (nullable): the picture
 * @crop: (nullable): the part; %NULL: the largest in the middle
 */
void
stall_crop_view_show (StallCropView *self, const char *digest, const StallCrop *crop)
{
  g_return_if_fail (STALL_IS_CROP_VIEW (self));

  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture), digest);
  self->chosen = crop != NULL;
  if (crop != NULL)
    self->crop = *crop;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * stall_crop_view_get_crop:
 * @self: a view
 *
 * Returns: (transfer none): the part that is framed
 */
const StallCrop *
stall_crop_view_get_crop (StallCropView *self)
{
  g_return_val_if_fail (STALL_IS_CROP_VIEW (self), NULL);

  return &self->crop;
}
