/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-chips.h"

#include <glib/gi18n-lib.h>

struct _StallChips
{
  AdwBin parent;

  AdwWrapBox *box;
};

G_DEFINE_FINAL_TYPE (StallChips, stall_chips, ADW_TYPE_BIN)

enum
{
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (GtkButton *chip, gpointer data)
{
  /* The handler usually clears all chips, this one with them. */
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (chip), "chip-id"));

  g_signal_emit (data, signals[SIGNAL_REMOVED], 0, id);
}

static void
stall_chips_class_init (StallChipsClass *klass)
{
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
stall_chips_init (StallChips *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stall_chips_clear:
 * @self: a #StallChips
 *
 * Takes all chips away, without saying so.
 */
void
stall_chips_clear (StallChips *self)
{
  GtkWidget *chip;

  g_return_if_fail (STALL_IS_CHIPS (self));

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    adw_wrap_box_remove (self->box, chip);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stall_chips_add:
 * @self: a #StallChips
 * @id: what the chip stands for, handed to `removed`
 * @label: what a person reads
 *
 * Adds a chip at the end.
 */
void
stall_chips_add (StallChips *self, const char *id, const char *label)
{
  GtkWidget *chip, *content, *text, *icon;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (STALL_IS_CHIPS (self));
  g_return_if_fail (id && label);

  text = gtk_label_new (label);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  icon = gtk_image_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (icon, "dimmed");
  content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (content), text);
  gtk_box_append (GTK_BOX (content), icon);

  chip = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "chip");
  tooltip = g_strdup_printf (_ ("Remove “%s”"), label);
  gtk_widget_set_tooltip_text (chip, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_object_set_data_full (G_OBJECT (chip), "chip-id", g_strdup (id), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_DEFAULT);

  adw_wrap_box_append (self->box, chip);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
