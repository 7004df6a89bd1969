/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-figure-button.h"

struct _StallFigureButton
{
  GtkButton parent_instance;

  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *change;
  GtkLabel *comparison;
};

G_DEFINE_FINAL_TYPE (StallFigureButton, stall_figure_button, GTK_TYPE_BUTTON)

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkLabel *
add_label (GtkWidget *box, const char *const *styles)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_css_classes (label, (const char **) styles);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
stall_figure_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_text (STALL_FIGURE_BUTTON (object)->title));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_figure_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    gtk_label_set_text (STALL_FIGURE_BUTTON (object)->title, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_figure_button_class_init (StallFigureButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stall_figure_button_get_property;
  object_class->set_property = stall_figure_button_set_property;

  properties[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_figure_button_init (StallFigureButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = add_label (box, (const char *const[]) { "caption-heading", "dimmed", NULL });
  self->value = add_label (box, (const char *const[]) { "figure", "numeric", NULL });
  self->change = add_label (foot, (const char *const[]) { "caption-heading", "numeric", NULL });
  self->comparison = add_label (foot, (const char *const[]) { "caption", "dimmed", NULL });
  gtk_label_set_ellipsize (self->change, PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (box), foot);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "figure-button");
}

/**
 * stall_figure_button_set_figure:
 * @self: a button
 * @value: how much, written out
 * @change: the change, written out
 * @comparison: against what
 *
 * Shows a figure.
 */
void
stall_figure_button_set_figure (StallFigureButton *self,
                                const char *value,
                                const char *change,
                                const char *comparison)
{
  g_return_if_fail (STALL_IS_FIGURE_BUTTON (self));

  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->change, change);
  gtk_label_set_text (self->comparison, comparison);
}
