/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-fit-group.h"

#include "stall-field.h"
#include "stall-fitting-dialog.h"
#include "stall-product-words.h"

#include <glib/gi18n-lib.h>

struct _StallFitGroup
{
  AdwPreferencesGroup parent_instance;

  StallProductEditor *editor;
  GtkEditable *base_size_row;
  GPtrArray *rows; /* not owned: children, one for each entry */
  GtkWidget *add_row;
};

G_DEFINE_FINAL_TYPE (StallFitGroup, stall_fit_group, ADW_TYPE_PREFERENCES_GROUP)

static StallProduct *
get_product (StallFitGroup *self)
{
  return self->editor != NULL ? stall_product_editor_get_product (self->editor) : NULL;
}

static void
open_cb (StallFitGroup *self, GtkWidget *row)
{
  guint index;

  if (get_product (self) != NULL && g_ptr_array_find (self->rows, row, &index))
    adw_dialog_present (stall_fitting_dialog_new (self->editor, (int) index), GTK_WIDGET (self));
}

static void
add_cb (StallFitGroup *self)
{
  if (get_product (self) != NULL)
    adw_dialog_present (stall_fitting_dialog_new (self->editor, -1), GTK_WIDGET (self));
}

static GtkWidget *
new_row (StallFitGroup *self, StallFitting *fitting)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *words = stall_product_words_fitting (fitting);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *fitting->name != '\0' ? fitting->name : _ ("Someone"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_product (StallFitGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  StallProduct *product = get_product (self);
  g_autoptr (GPtrArray) fittings = NULL;

  if (product == NULL)
    return;
  stall_field_set (self->base_size_row, stall_product_get_base_size (product));
  fittings = stall_product_dup_fittings (product);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  adw_preferences_group_remove (group, self->add_row);
  for (guint i = 0; i < fittings->len; i++)
    {
      GtkWidget *row = new_row (self, g_ptr_array_index (fittings, i));

      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_add (group, self->add_row);
}

static void
product_changed_cb (StallFitGroup *self)
{
  StallProduct *product = get_product (self);

  if (product != NULL)
    g_signal_connect_object (product, "notify::fittings", G_CALLBACK (show_product), self,
                             G_CONNECT_SWAPPED);
  show_product (self);
}

static void
stall_fit_group_dispose (GObject *object)
{
  StallFitGroup *self = STALL_FIT_GROUP (object);

  g_clear_object (&self->editor);
  g_clear_object (&self->add_row);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_fit_group_parent_class)->dispose (object);
}

static void
stall_fit_group_class_init (StallFitGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_fit_group_dispose;
}

static void
stall_fit_group_init (StallFitGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("Fit"));
  self->base_size_row = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->base_size_row), _ ("Base Size"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->base_size_row),
                               _ ("The size that all others are graded from"));
  stall_field_watch (self->base_size_row, G_CALLBACK (stall_fit_group_commit), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->base_size_row));
  self->add_row = g_object_ref_sink (adw_button_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _ ("Add Who Tried It On…"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add_row), "list-add-symbolic");
  g_signal_connect_object (self->add_row, "activated", G_CALLBACK (add_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->add_row);
}

/**
 * stall_fit_group_set_editor:
 * @self: a group
 * @editor: whose product's fit record is shown
 */
void
stall_fit_group_set_editor (StallFitGroup *self, StallProductEditor *editor)
{
  g_return_if_fail (STALL_IS_FIT_GROUP (self));
  g_return_if_fail (self->editor == NULL && STALL_IS_PRODUCT_EDITOR (editor));

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  product_changed_cb (self);
}

/**
 * stall_fit_group_commit:
 * @self: a group
 *
 * Takes what was typed into the editor's product.
 */
void
stall_fit_group_commit (StallFitGroup *self)
{
  StallProduct *product;

  g_return_if_fail (STALL_IS_FIT_GROUP (self));

  product = get_product (self);
  if (product == NULL || stall_field_get_edit (self->base_size_row) == NULL)
    return;
  stall_product_set_base_size (product, stall_field_get_edit (self->base_size_row));
  stall_field_accept (self->base_size_row, stall_product_get_base_size (product));
  stall_product_editor_touch (self->editor);
}
