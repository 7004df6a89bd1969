/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-labels-dialog.h"

#include "stall-print.h"
#include "stall-spin-row.h"

#include <glib/gi18n-lib.h>

#define MAX_COPIES 999

struct _StallLabelsDialog
{
  AdwDialog parent;

  StallDesk *desk;
  GListModel *variants;
  GPtrArray *rows; /* AdwSpinRow, one a variant; unowned */

  GtkWidget *print_button;
  GtkWidget *save_row;
  GtkDrawingArea *preview;
  AdwComboRow *size_row;
  AdwSwitchRow *link_row;
  AdwPreferencesGroup *copies_group;
};

G_DEFINE_FINAL_TYPE (StallLabelsDialog, stall_labels_dialog, ADW_TYPE_DIALOG)

static void
label_free (gpointer data)
{
  stall_label_free (data);
}

static StallLabelSize
get_size (StallLabelsDialog *self)
{
  return (StallLabelSize) adw_combo_row_get_selected (self->size_row);
}

static GPtrArray *
new_labels (StallLabelsDialog *self)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (label_free);
  gboolean with_link = adw_switch_row_get_active (self->link_row);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (StallVariantRow) variant = g_list_model_get_item (self->variants, i);
      guint copies = (guint) adw_spin_row_get_value (g_ptr_array_index (self->rows, i));

      if (copies > 0)
        g_ptr_array_add (labels, stall_label_new (variant, with_link, copies));
    }
  return labels;
}

static void
draw_preview_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  StallLabelsDialog *self = STALL_LABELS_DIALOG (data);
  g_autoptr (GPtrArray) labels = new_labels (self);
  StallLabelSize size = get_size (self);
  double page_width, page_height, scale;

  if (labels->len == 0 || size >= STALL_N_LABEL_SIZES)
    return;
  /* One label of a sheet says enough. */
  stall_label_size_get_page (size, &page_width, &page_height);
  if (size == STALL_LABEL_A4_24)
    page_width /= 3, page_height /= 8;
  g_ptr_array_set_size (labels, 1);
  ((StallLabel *) g_ptr_array_index (labels, 0))->copies = 1;

  scale = MIN (width / page_width, height / page_height);
  cairo_translate (cr, (width - page_width * scale) / 2, (height - page_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, page_width, page_height);
  cairo_fill (cr);
  stall_labels_draw_page (labels, size, 0, cr);
}

static void
copies_cb (StallLabelsDialog *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    any |= adw_spin_row_get_value (g_ptr_array_index (self->rows, i)) > 0;
  gtk_widget_set_sensitive (self->print_button, any);
  gtk_widget_set_sensitive (self->save_row, any);
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

static void
size_cb (StallLabelsDialog *self, GParamSpec *pspec, AdwComboRow *row)
{
  if (!self->desk || get_size (self) >= STALL_N_LABEL_SIZES)
    return;
  g_settings_set_string (stall_desk_get_settings (self->desk), "label-size",
                         stall_label_size_to_string (get_size (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

static void
link_cb (StallLabelsDialog *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

static void
print_cb (StallLabelsDialog *self, GtkButton *button)
{
  g_autoptr (GPtrArray) labels = new_labels (self);

  stall_print_labels_now (self->desk, GTK_WIDGET (self), labels, get_size (self));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
save_cb (StallLabelsDialog *self, AdwButtonRow *row)
{
  g_autoptr (GPtrArray) labels = new_labels (self);

  stall_save_labels_now (self->desk, GTK_WIDGET (self), labels, get_size (self));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
stall_labels_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_LABELS_DIALOG);

  G_OBJECT_CLASS (stall_labels_dialog_parent_class)->dispose (object);
}

static void
stall_labels_dialog_finalize (GObject *object)
{
  StallLabelsDialog *self = STALL_LABELS_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->variants);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_labels_dialog_parent_class)->finalize (object);
}

static void
stall_labels_dialog_class_init (StallLabelsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_labels_dialog_dispose;
  object_class->finalize = stall_labels_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/print/stall-labels-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, print_button);
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, save_row);
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, StallLabelsDialog, copies_group);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
}

static void
stall_labels_dialog_init (StallLabelsDialog *self)
{
  g_autoptr (GtkStringList) sizes = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < STALL_N_LABEL_SIZES; i++)
    gtk_string_list_append (sizes, stall_label_size_get_label ((StallLabelSize) i));
  adw_combo_row_set_model (self->size_row, G_LIST_MODEL (sizes));
  gtk_drawing_area_set_draw_func (self->preview, draw_preview_cb, self, NULL);
}

static void
add_row (StallLabelsDialog *self, StallVariantRow *variant)
{
  GtkWidget *row = stall_spin_row_new (0, MAX_COPIES);
  const char *options = stall_variant_row_get_title (variant);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 stall_variant_row_get_product_title (variant));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               *options ? options : stall_variant_row_get_sku (variant));
  adw_spin_row_set_value (ADW_SPIN_ROW (row), 1);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (copies_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->copies_group, row);
  g_ptr_array_add (self->rows, row);
}

/**
 * stall_labels_dialog_new:
 * @desk: the desk
 * @variants: of #StallVariantRow, loaded
 *
 * Asks how many labels to print for each of @variants, and which size.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
stall_labels_dialog_new (StallDesk *desk, GListModel *variants)
{
  StallLabelsDialog *self;
  g_autofree char *size = NULL;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (variants), NULL);

  self = g_object_new (STALL_TYPE_LABELS_DIALOG, NULL);
  self->variants = g_object_ref (variants);
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariantRow) variant = g_list_model_get_item (variants, i);

      add_row (self, variant);
    }
  size = g_settings_get_string (stall_desk_get_settings (desk), "label-size");
  adw_combo_row_set_selected (self->size_row, stall_label_size_from_string (size));
  g_settings_bind (stall_desk_get_settings (desk), "label-link", self->link_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  self->desk = g_object_ref (desk);
  copies_cb (self);
  return ADW_DIALOG (self);
}
