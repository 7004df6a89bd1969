/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-inscription.h"

#include <math.h>

struct _StallInscription
{
  GtkWidget parent_instance;

  char *text;
  float xalign;
  float yalign;
  guint nat_chars;
  PangoLayout *layout; /* NULL until drawn, and again when it would look different */
};

G_DEFINE_FINAL_TYPE (StallInscription, stall_inscription, GTK_TYPE_WIDGET)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- how large letters are --- */

/* In Pango units, but for the last. */
typedef struct
{
  int letter;
  int line;
  int drop; /* px that Chinese stands lower; -1: not measured yet */
} LetterSize;

typedef struct
{
  guint map_serial;
  gulong options;
  GHashTable *sizes; /* PangoFontDescription → LetterSize */
} LetterSizes;

/* A list has a few fonts and thousands of texts, and to measure a font Pango sets a sentence in it.
 */
static LetterSize *
get_letter_size (PangoContext *context)
{
  static LetterSizes known;
  PangoFontDescription *font = pango_context_get_font_description (context);
  const cairo_font_options_t *options = pango_cairo_context_get_font_options (context);
  guint serial = pango_font_map_get_serial (pango_context_get_font_map (context));
  gulong hash = options != NULL ? cairo_font_options_hash (options) : 0;
  LetterSize *size;
  PangoFontMetrics *metrics;

  if (known.sizes == NULL || known.map_serial != serial || known.options != hash)
    {
      g_clear_pointer (&known.sizes, g_hash_table_unref);
      known.sizes = g_hash_table_new_full ((GHashFunc) pango_font_description_hash,
                                           (GEqualFunc) pango_font_description_equal,
                                           (GDestroyNotify) pango_font_description_free, g_free);
      known.map_serial = serial;
      known.options = hash;
    }
  size = g_hash_table_lookup (known.sizes, font);
  if (size != NULL)
    return size;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  size = g_new0 (LetterSize, 1);
  size->letter = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                      pango_font_metrics_get_approximate_digit_width (metrics));
  size->line = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  size->drop = -1;
  pango_font_metrics_unref (metrics);
  g_hash_table_insert (known.sizes, pango_font_description_copy (font), size);
  return size;
}

static int
get_baseline (PangoContext *context, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  return PANGO_PIXELS (pango_layout_get_baseline (layout));
}

/* --- drawing --- */

/* What of the style is not in the font. */
static PangoAttrList *
new_attributes (GtkWidget *widget)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (gtk_widget_has_css_class (widget, "numeric"))
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum 1"));
  if (gtk_widget_has_css_class (widget, "status-stopped"))
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  return attributes;
}

static PangoAlignment
get_alignment (StallInscription *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->xalign == 0.5f)
    return PANGO_ALIGN_CENTER;
  return (self->xalign < 0.5f) != rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

static PangoLayout *
get_layout (StallInscription *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;
  attributes = new_attributes (GTK_WIDGET (self));
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (self->layout, get_alignment (self));
  return self->layout;
}

static void
stall_inscription_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallInscription *self = STALL_INSCRIPTION (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  PangoLayout *layout;
  PangoRectangle extents;
  GdkRGBA color;
  float y;

  if (self->text == NULL || *self->text == '\0' || width <= 0)
    return;
  layout = get_layout (self);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_height (layout, height * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  y = floorf ((float) (height - extents.height) * self->yalign);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, MAX (y, 0)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
stall_inscription_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  LetterSize *size = get_letter_size (gtk_widget_get_pango_context (widget));

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = PANGO_PIXELS_CEIL (size->line);
  else
    *natural = PANGO_PIXELS_CEIL ((int) STALL_INSCRIPTION (widget)->nat_chars * size->letter);
}

static void
stall_inscription_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (stall_inscription_parent_class)->css_changed (widget, change);
  g_clear_object (&STALL_INSCRIPTION (widget)->layout);
}

static void
stall_inscription_direction_changed (GtkWidget *widget, GtkTextDirection former)
{
  g_clear_object (&STALL_INSCRIPTION (widget)->layout);
  GTK_WIDGET_CLASS (stall_inscription_parent_class)->direction_changed (widget, former);
}

static void
stall_inscription_finalize (GObject *object)
{
  StallInscription *self = STALL_INSCRIPTION (object);

  g_clear_object (&self->layout);
  g_free (self->text);

  G_OBJECT_CLASS (stall_inscription_parent_class)->finalize (object);
}

static void
stall_inscription_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, STALL_INSCRIPTION (object)->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_inscription_class_init (StallInscriptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = stall_inscription_finalize;
  object_class->get_property = stall_inscription_get_property;
  widget_class->css_changed = stall_inscription_css_changed;
  widget_class->direction_changed = stall_inscription_direction_changed;
  widget_class->measure = stall_inscription_measure;
  widget_class->snapshot = stall_inscription_snapshot;

  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
stall_inscription_init (StallInscription *self)
{
  self->yalign = 0.5f;
}

/**
 * stall_inscription_new:
 * @xalign: where a text that is narrower than its place stands: 0 begin, 0.5 middle, 1 end
 * @nat_chars: letters that it would like to have room for; 0 leaves it to whoever places it
 * @css_classes: (array zero-terminated=1): of its style
 *
 * Returns: (transfer floating): an empty text
 */
GtkWidget *
stall_inscription_new (float xalign, guint nat_chars, const char *const *css_classes)
{
  StallInscription *self = g_object_new (STALL_TYPE_INSCRIPTION, "css-classes", css_classes, NULL);

  self->xalign = xalign;
  self->nat_chars = nat_chars;
  return GTK_WIDGET (self);
}

/**
 * stall_inscription_get_text:
 * @self: a text
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
stall_inscription_get_text (StallInscription *self)
{
  g_return_val_if_fail (STALL_IS_INSCRIPTION (self), NULL);

  return self->text;
}

/**
 * stall_inscription_set_text:
 * @self: a text
 * @text: (nullable): what it says from now on
 *
 * Its size stays as it is: a list that scrolls does not measure its rows anew.
 */
void
stall_inscription_set_text (StallInscription *self, const char *text)
{
  g_return_if_fail (STALL_IS_INSCRIPTION (self));

  if (!g_set_str (&self->text, text))
    return;
  if (self->layout != NULL)
    pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * stall_inscription_get_nat_chars:
 * @self: a text
 *
 * Returns: letters that it would like to have room for
 */
guint
stall_inscription_get_nat_chars (StallInscription *self)
{
  g_return_val_if_fail (STALL_IS_INSCRIPTION (self), 0);

  return self->nat_chars;
}

/**
 * stall_inscription_get_drop:
 * @self: a text that has a parent
 *
 * Fonts for Chinese have more room above than those for Latin letters.
 *
 * Returns: pixels that words in Chinese stand lower than others do
 */
int
stall_inscription_get_drop (StallInscription *self)
{
  PangoContext *context;
  LetterSize *size;

  g_return_val_if_fail (STALL_IS_INSCRIPTION (self), 0);

  context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  size = get_letter_size (context);
  if (size->drop < 0)
    size->drop = MAX (get_baseline (context, "永") - get_baseline (context, "x"), 0);
  return size->drop;
}

/**
 * stall_inscription_set_yalign:
 * @self: a text
 * @yalign: where it stands in a place that is higher than itself: 0 above, 0.5 middle, 1 below
 */
void
stall_inscription_set_yalign (StallInscription *self, float yalign)
{
  g_return_if_fail (STALL_IS_INSCRIPTION (self));

  self->yalign = yalign;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
