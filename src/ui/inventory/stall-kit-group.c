/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-kit-group.h"

#include "stall-async.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-spin-row.h"
#include "stall-variant-picker.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define MAX_PIECES 999

struct _StallKitGroup
{
  AdwPreferencesGroup parent_instance;

  StallProductEditor *editor;
  GPtrArray *rows; /* not owned: children, one for each part */
  GtkWidget *add_row;
  guint stamp; /* of what the titles are being read for */
  gboolean quiet;
};

typedef struct
{
  GWeakRef group;
  StallDesk *desk;
  GStrv ids;
  guint stamp;
} Titles;

G_DEFINE_FINAL_TYPE (StallKitGroup, stall_kit_group, ADW_TYPE_PREFERENCES_GROUP)

static StallProduct *
get_product (StallKitGroup *self)
{
  return self->editor != NULL ? stall_product_editor_get_product (self->editor) : NULL;
}

static void
keep (StallKitGroup *self, GPtrArray *parts)
{
  stall_product_set_kit (get_product (self), parts);
  stall_product_editor_touch (self->editor);
}

static void
titles_free (Titles *titles)
{
  g_weak_ref_clear (&titles->group);
  g_object_unref (titles->desk);
  g_strfreev (titles->ids);
  g_free (titles);
}

static void
show_title (StallKitGroup *self, const Titles *titles, StallVariantRow *variant)
{
  for (guint i = 0; titles->ids[i] != NULL && i < self->rows->len; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *available = NULL;
      g_autofree char *subtitle = NULL;
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (!g_str_equal (titles->ids[i], stall_variant_row_get_id (variant)))
        continue;
      title = stall_product_words_variant (stall_variant_row_get_product_title (variant),
                                           stall_variant_row_get_title (variant));
      available = stall_product_words_n_available (stall_variant_row_get_available (variant));
      subtitle = stall_product_words_join (stall_variant_row_get_sku (variant), available);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      /* Else its number would be called after the button beside it, too. */
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
    }
}

static DexFuture *
titles_fiber (gpointer data)
{
  Titles *titles = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) variants
      = dex_await_object (stall_store_variant_rows (stall_desk_get_store (titles->desk),
                                                    (const char *const *) titles->ids),
                          &error);
  g_autoptr (StallKitGroup) self = g_weak_ref_get (&titles->group);

  if (variants == NULL)
    stall_desk_report (titles->desk, error);
  else if (self != NULL && self->editor != NULL && self->stamp == titles->stamp)
    for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
      {
        g_autoptr (StallVariantRow) variant = g_list_model_get_item (variants, i);

        show_title (self, titles, variant);
      }
  return dex_future_new_true ();
}

static void
quantity_cb (AdwSpinRow *row, GParamSpec *pspec, StallKitGroup *self)
{
  g_autoptr (GPtrArray) parts = NULL;
  guint index;

  if (self->quiet || get_product (self) == NULL || !g_ptr_array_find (self->rows, row, &index))
    return;
  parts = stall_product_dup_kit (get_product (self));
  if (index >= parts->len)
    return;
  ((StallKitPart *) g_ptr_array_index (parts, index))->quantity
      = (int) adw_spin_row_get_value (row);
  self->quiet = TRUE; /* the row shows it already */
  keep (self, parts);
  self->quiet = FALSE;
}

static void
remove_cb (StallKitGroup *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_SPIN_ROW);
  g_autoptr (GPtrArray) parts = NULL;
  guint index;

  if (get_product (self) == NULL || !g_ptr_array_find (self->rows, row, &index))
    return;
  parts = stall_product_dup_kit (get_product (self));
  if (index < parts->len)
    g_ptr_array_remove_index (parts, index);
  keep (self, parts);
}

static GtkWidget *
new_row (StallKitGroup *self, StallKitPart *part)
{
  GtkWidget *row = stall_spin_row_new (1, MAX_PIECES);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "…");
  adw_spin_row_set_value (ADW_SPIN_ROW (row), part->quantity);
  gtk_widget_set_tooltip_text (button, _ ("Remove Part"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (quantity_cb), self, G_CONNECT_DEFAULT);
  return row;
}

static void
show_kit (StallKitGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  StallProduct *product = get_product (self);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  Titles *titles;

  if (product == NULL)
    return;
  parts = stall_product_dup_kit (product);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  adw_preferences_group_remove (group, self->add_row);
  for (guint i = 0; i < parts->len; i++)
    {
      StallKitPart *part = g_ptr_array_index (parts, i);
      GtkWidget *row = new_row (self, part);

      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
      g_strv_builder_add (ids, part->variant);
    }
  adw_preferences_group_add (group, self->add_row);
  self->stamp++;
  if (parts->len == 0)
    return;
  titles = g_new0 (Titles, 1);
  g_weak_ref_init (&titles->group, self);
  titles->desk = g_object_ref (stall_product_editor_get_desk (self->editor));
  titles->ids = g_strv_builder_end (ids);
  titles->stamp = self->stamp;
  stall_spawn (titles_fiber, titles, (GDestroyNotify) titles_free);
}

/* A row must not go while its own button is being clicked. */
static gboolean
show_kit_idle (gpointer data)
{
  show_kit (data);
  return G_SOURCE_REMOVE;
}

static void
kit_changed_cb (StallKitGroup *self)
{
  if (!self->quiet)
    g_idle_add_full (G_PRIORITY_DEFAULT, show_kit_idle, g_object_ref (self), g_object_unref);
}

static void
product_changed_cb (StallKitGroup *self)
{
  StallProduct *product = get_product (self);

  if (product != NULL)
    g_signal_connect_object (product, "notify::kit", G_CALLBACK (kit_changed_cb), self,
                             G_CONNECT_SWAPPED);
  show_kit (self);
}

static void
picked_cb (StallKitGroup *self, StallVariantRow *variant)
{
  g_autoptr (GPtrArray) parts = NULL;
  StallKitPart *part;

  if (get_product (self) == NULL)
    return;
  if (stall_product_find_variant (get_product (self), stall_variant_row_get_id (variant)) != NULL)
    {
      stall_desk_say (stall_product_editor_get_desk (self->editor),
                      _ ("A kit cannot be a part of itself"));
      return;
    }
  parts = stall_product_dup_kit (get_product (self));
  part = g_new0 (StallKitPart, 1);
  part->variant = g_strdup (stall_variant_row_get_id (variant));
  part->quantity = 1;
  g_ptr_array_add (parts, part);
  keep (self, parts);
}

static void
add_cb (StallKitGroup *self)
{
  AdwDialog *picker;

  if (get_product (self) == NULL)
    return;
  picker = stall_variant_picker_new (stall_product_editor_get_desk (self->editor), _ ("Add Part"));
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (picker, GTK_WIDGET (self));
}

static void
stall_kit_group_dispose (GObject *object)
{
  StallKitGroup *self = STALL_KIT_GROUP (object);

  g_clear_object (&self->editor);
  g_clear_object (&self->add_row);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_kit_group_parent_class)->dispose (object);
}

static void
stall_kit_group_class_init (StallKitGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_kit_group_dispose;
}

static void
stall_kit_group_init (StallKitGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, C_ ("product", "Kit"));
  adw_preferences_group_set_description (
      group, _ ("With parts, this product is a kit: there are as many as its parts allow."));
  self->add_row = g_object_ref_sink (adw_button_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _ ("Add Part…"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add_row), "list-add-symbolic");
  g_signal_connect_object (self->add_row, "activated", G_CALLBACK (add_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->add_row);
}

/**
 * stall_kit_group_set_editor:
 * @self: a group
 * @editor: whose product's parts are shown
 */
void
stall_kit_group_set_editor (StallKitGroup *self, StallProductEditor *editor)
{
  g_return_if_fail (STALL_IS_KIT_GROUP (self));
  g_return_if_fail (self->editor == NULL && STALL_IS_PRODUCT_EDITOR (editor));

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  product_changed_cb (self);
}
