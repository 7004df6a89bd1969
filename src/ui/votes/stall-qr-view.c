/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-qr-view.h"

#include "stall-qr-code.h"

#include <glib/gi18n-lib.h>

/* Light modules on every side, as ISO/IEC 18004 asks. */
#define QUIET 4
#define DEFAULT_SIZE 320
#define RADIUS 12

struct _StallQrView
{
  GtkWidget parent_instance;

  char *text;
  int size;
  GBytes *modules; /* width × width, or NULL */
  guint width;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallQrView, stall_qr_view, GTK_TYPE_WIDGET)

static void
draw_modules (StallQrView *self, GtkSnapshot *snapshot, float left, float top, float module)
{
  static const GdkRGBA dark = { 0, 0, 0, 1 };
  const guint8 *modules = g_bytes_get_data (self->modules, NULL);

  /* Neighbours in a row are drawn as one. */
  for (guint y = 0; y < self->width; y++)
    for (guint x = 0, end; x < self->width; x = end)
      {
        guint8 value = modules[y * self->width + x];

        for (end = x + 1; end < self->width && modules[y * self->width + end] == value;)
          end++;
        if (value != 0)
          gtk_snapshot_append_color (snapshot, &dark,
                                     &GRAPHENE_RECT_INIT (left + (float) x * module,
                                                          top + (float) y * module,
                                                          (float) (end - x) * module, module));
      }
}

static void
stall_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA light = { 1, 1, 1, 1 };
  StallQrView *self = STALL_QR_VIEW (widget);
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  float left = (float) (gtk_widget_get_width (widget) - side) / 2;
  float top = (float) (gtk_widget_get_height (widget) - side) / 2;
  GskRoundedRect shape;
  int module, rest;

  if (self->modules == NULL)
    return;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT (left, top, (float) side, (float) side), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &light, &shape.bounds);
  /* Whole pixels, so that no module is wider than another. */
  module = MAX (side / (int) (self->width + 2 * QUIET), 1);
  rest = (side - module * (int) self->width) / 2;
  draw_modules (self, snapshot, (float) ((int) left + rest), (float) ((int) top + rest),
                (float) module);
  gtk_snapshot_pop (snapshot);
}

static GtkSizeRequestMode
stall_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
stall_qr_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = STALL_QR_VIEW (widget)->size;
}

static void
stall_qr_view_finalize (GObject *object)
{
  StallQrView *self = STALL_QR_VIEW (object);

  g_free (self->text);
  g_clear_pointer (&self->modules, g_bytes_unref);

  G_OBJECT_CLASS (stall_qr_view_parent_class)->finalize (object);
}

static void
stall_qr_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallQrView *self = STALL_QR_VIEW (object);

  if (id == PROP_TEXT)
    g_value_set_string (value, self->text);
  else if (id == PROP_SIZE)
    g_value_set_int (value, self->size);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_qr_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallQrView *self = STALL_QR_VIEW (object);

  if (id == PROP_TEXT)
    stall_qr_view_set_text (self, g_value_get_string (value));
  else if (id == PROP_SIZE)
    stall_qr_view_set_size (self, g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_qr_view_class_init (StallQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = stall_qr_view_finalize;
  object_class->get_property = stall_qr_view_get_property;
  object_class->set_property = stall_qr_view_set_property;
  widget_class->snapshot = stall_qr_view_snapshot;
  widget_class->measure = stall_qr_view_measure;
  widget_class->get_request_mode = stall_qr_view_get_request_mode;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 4096, DEFAULT_SIZE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
stall_qr_view_init (StallQrView *self)
{
  self->size = DEFAULT_SIZE;
}

/**
 * stall_qr_view_get_text:
 * @self: a QR code
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
stall_qr_view_get_text (StallQrView *self)
{
  g_return_val_if_fail (STALL_IS_QR_VIEW (self), NULL);

  return self->text;
}

/**
 * stall_qr_view_set_text:
 * @self: a QR code
 * @text: (nullable): what it says; nothing is drawn without, or when it is too long for a code
 */
void
stall_qr_view_set_text (StallQrView *self, const char *text)
{
  g_autofree char *label = NULL;

  g_return_if_fail (STALL_IS_QR_VIEW (self));

  if (!g_set_str (&self->text, text))
    return;
  g_clear_pointer (&self->modules, g_bytes_unref);
  if (text != NULL)
    self->modules = stall_qr_code_encode (text, &self->width, NULL);
  /* Translators: %s is an address, such as http://[address]/… */
  label = g_strdup_printf (_ ("QR code of %s"), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * stall_qr_view_set_size:
 * @self: a QR code
 * @size: px of a side, the quiet zone in it
 */
void
stall_qr_view_set_size (StallQrView *self, int size)
{
  g_return_if_fail (STALL_IS_QR_VIEW (self));

  if (self->size == size)
    return;
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}
