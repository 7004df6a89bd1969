/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-fitting-dialog.h"

#include "stall-spin-row.h"

struct _StallFittingDialog
{
  AdwDialog parent_instance;

  StallProductEditor *editor;
  int index; /* -1: a new one */

  GtkEditable *name_row;
  GtkEditable *size_row;
  AdwSpinRow *height_row;
  AdwSpinRow *weight_row;
  GtkEditable *remark_row;
  GtkWidget *remove_row;
};

G_DEFINE_FINAL_TYPE (StallFittingDialog, stall_fitting_dialog, ADW_TYPE_DIALOG)

static GPtrArray *
dup_fittings (StallFittingDialog *self)
{
  return stall_product_dup_fittings (stall_product_editor_get_product (self->editor));
}

static void
keep (StallFittingDialog *self, GPtrArray *fittings)
{
  stall_product_set_fittings (stall_product_editor_get_product (self->editor), fittings);
  stall_product_editor_touch (self->editor);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
done_cb (StallFittingDialog *self)
{
  g_autoptr (GPtrArray) fittings = dup_fittings (self);
  StallFitting *fitting;

  if (self->index < 0 || (guint) self->index >= fittings->len)
    {
      fitting = g_new0 (StallFitting, 1);
      g_ptr_array_add (fittings, fitting);
    }
  else
    fitting = g_ptr_array_index (fittings, self->index);
  g_set_str (&fitting->name, gtk_editable_get_text (self->name_row));
  g_set_str (&fitting->size, gtk_editable_get_text (self->size_row));
  g_set_str (&fitting->remark, gtk_editable_get_text (self->remark_row));
  fitting->height = (int) adw_spin_row_get_value (self->height_row);
  fitting->weight = (int) adw_spin_row_get_value (self->weight_row);
  keep (self, fittings);
}

static void
remove_cb (StallFittingDialog *self)
{
  g_autoptr (GPtrArray) fittings = dup_fittings (self);

  if ((guint) self->index < fittings->len)
    g_ptr_array_remove_index (fittings, (guint) self->index);
  keep (self, fittings);
}

static void
show_fitting (StallFittingDialog *self)
{
  g_autoptr (GPtrArray) fittings = dup_fittings (self);
  StallFitting *fitting;

  gtk_widget_set_visible (self->remove_row, self->index >= 0);
  if (self->index < 0 || (guint) self->index >= fittings->len)
    return;
  fitting = g_ptr_array_index (fittings, self->index);
  gtk_editable_set_text (self->name_row, fitting->name);
  gtk_editable_set_text (self->size_row, fitting->size);
  gtk_editable_set_text (self->remark_row, fitting->remark);
  adw_spin_row_set_value (self->height_row, fitting->height);
  adw_spin_row_set_value (self->weight_row, fitting->weight);
}

static void
stall_fitting_dialog_dispose (GObject *object)
{
  StallFittingDialog *self = STALL_FITTING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_FITTING_DIALOG);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (stall_fitting_dialog_parent_class)->dispose (object);
}

static void
stall_fitting_dialog_class_init (StallFittingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_fitting_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-fitting-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, height_row);
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, weight_row);
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, remark_row);
  gtk_widget_class_bind_template_child (widget_class, StallFittingDialog, remove_row);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
stall_fitting_dialog_init (StallFittingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->height_row);
  stall_spin_follow_typing (self->weight_row);
}

/**
 * stall_fitting_dialog_new:
 * @editor: whose product was tried on
 * @index: which entry of its fit record; -1 for a new one
 *
 * Returns: (transfer floating): a dialog that keeps the entry when it is done
 */
AdwDialog *
stall_fitting_dialog_new (StallProductEditor *editor, int index)
{
  StallFittingDialog *self;

  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (editor), NULL);
  g_return_val_if_fail (stall_product_editor_get_product (editor) != NULL, NULL);

  self = g_object_new (STALL_TYPE_FITTING_DIALOG, NULL);
  self->editor = g_object_ref (editor);
  self->index = index;
  show_fitting (self);
  return ADW_DIALOG (self);
}
