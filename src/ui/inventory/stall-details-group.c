/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-details-group.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-field.h"
#include "stall-product-words.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallDetailsGroup
{
  AdwPreferencesGroup parent_instance;

  StallProductEditor *editor;
  GtkEditable *origin_row;
  GtkEditable *maker_row;
  GPtrArray *attribute_rows; /* not owned: children, named by their attribute */
  GtkWidget *add_row;
  char *pending; /* an attribute that was named and has no value yet */
};

G_DEFINE_FINAL_TYPE (StallDetailsGroup, stall_details_group, ADW_TYPE_PREFERENCES_GROUP)

static StallProduct *
get_product (StallDetailsGroup *self)
{
  return self->editor != NULL ? stall_product_editor_get_product (self->editor) : NULL;
}

static const char *
get_name (gpointer row)
{
  return g_object_get_data (row, "stall-attribute");
}

/* Sets one attribute, adds it, or takes it away with a %NULL @value. */
static void
set_attribute (StallDetailsGroup *self, const char *name, const char *value)
{
  g_auto (GStrv) before = stall_product_dup_attributes (get_product (self));
  g_autoptr (GStrvBuilder) after = g_strv_builder_new ();
  g_auto (GStrv) pairs = NULL;
  gboolean found = FALSE;

  for (guint i = 0; before[i] != NULL; i += 2)
    {
      gboolean this_one = g_str_equal (before[i], name);

      found = found || this_one;
      if (!this_one || value != NULL)
        g_strv_builder_add_many (after, before[i], this_one ? value : before[i + 1], NULL);
    }
  if (!found && value != NULL)
    g_strv_builder_add_many (after, name, value, NULL);
  pairs = g_strv_builder_end (after);
  stall_product_set_attributes (get_product (self), (const char *const *) pairs);
}

static void attributes_changed_cb (StallDetailsGroup *self);

static void
remove_cb (StallDetailsGroup *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);

  if (get_product (self) == NULL)
    return;
  if (g_strcmp0 (self->pending, get_name (row)) == 0)
    {
      g_clear_pointer (&self->pending, g_free);
      attributes_changed_cb (self);
    }
  set_attribute (self, get_name (row), NULL);
  stall_product_editor_touch (self->editor);
}

static GtkWidget *
new_attribute_row (StallDetailsGroup *self, const char *name)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), stall_product_words_attribute (name));
  g_object_set_data_full (G_OBJECT (row), "stall-attribute", g_strdup (name), g_free);
  gtk_widget_set_tooltip_text (button, _ ("Remove Attribute"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  stall_field_watch (GTK_EDITABLE (row), G_CALLBACK (stall_details_group_commit), self);
  return row;
}

static gboolean
same_names (StallDetailsGroup *self, const char *const *attributes)
{
  if (self->attribute_rows->len != g_strv_length ((char **) attributes) / 2)
    return FALSE;
  for (guint i = 0; i < self->attribute_rows->len; i++)
    if (!g_str_equal (get_name (g_ptr_array_index (self->attribute_rows, i)), attributes[2 * i]))
      return FALSE;
  return TRUE;
}

static void
show_attributes (StallDetailsGroup *self, const char *const *attributes)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  if (!same_names (self, attributes))
    {
      for (guint i = 0; i < self->attribute_rows->len; i++)
        adw_preferences_group_remove (group, g_ptr_array_index (self->attribute_rows, i));
      g_ptr_array_set_size (self->attribute_rows, 0);
      adw_preferences_group_remove (group, self->add_row);
      for (guint i = 0; attributes[i] != NULL; i += 2)
        {
          GtkWidget *row = new_attribute_row (self, attributes[i]);

          adw_preferences_group_add (group, row);
          g_ptr_array_add (self->attribute_rows, row);
        }
      adw_preferences_group_add (group, self->add_row);
    }
  for (guint i = 0; i < self->attribute_rows->len; i++)
    stall_field_set (GTK_EDITABLE (g_ptr_array_index (self->attribute_rows, i)),
                     attributes[2 * i + 1]);
}

/* The product's attributes, and the one that waits for its value. */
static GStrv
dup_attributes (StallDetailsGroup *self)
{
  g_auto (GStrv) stored = stall_product_dup_attributes (get_product (self));
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  gboolean found = self->pending == NULL;

  g_strv_builder_addv (shown, (const char **) stored);
  for (guint i = 0; stored[i] != NULL && !found; i += 2)
    found = g_str_equal (stored[i], self->pending);
  if (found)
    g_clear_pointer (&self->pending, g_free);
  else
    g_strv_builder_add_many (shown, self->pending, "", NULL);
  return g_strv_builder_end (shown);
}

static void
show_product (StallDetailsGroup *self)
{
  StallProduct *product = get_product (self);
  g_auto (GStrv) attributes = NULL;

  if (product == NULL)
    return;
  attributes = dup_attributes (self);
  stall_field_set (self->origin_row, stall_product_get_origin (product));
  stall_field_set (self->maker_row, stall_product_get_maker (product));
  show_attributes (self, (const char *const *) attributes);
}

/* A row must not go while its own button is being clicked. */
static gboolean
show_product_idle (gpointer data)
{
  show_product (data);
  return G_SOURCE_REMOVE;
}

static void
attributes_changed_cb (StallDetailsGroup *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, show_product_idle, g_object_ref (self), g_object_unref);
}

static void
product_changed_cb (StallDetailsGroup *self)
{
  StallProduct *product = get_product (self);

  if (product != NULL)
    g_signal_connect_object (product, "notify::attributes", G_CALLBACK (attributes_changed_cb),
                             self, G_CONNECT_SWAPPED);
  show_product (self);
}

static DexFuture *
add_fiber (gpointer data)
{
  g_autoptr (StallDetailsGroup) self = g_weak_ref_get (data);
  g_autofree char *name = NULL;
  DexFuture *asked;

  if (self == NULL)
    return dex_future_new_true ();
  asked = stall_ask_name (GTK_WIDGET (self), _ ("New Attribute"),
                          _ ("What it is called: material, weight, how to wash it …"), _ ("_Add"));
  g_clear_object (&self);
  name = dex_await_string (asked, NULL);
  self = g_weak_ref_get (data);
  if (self == NULL || name == NULL || get_product (self) == NULL)
    return dex_future_new_true ();
  g_set_str (&self->pending, name);
  show_product (self);
  for (guint i = 0; i < self->attribute_rows->len; i++)
    if (g_str_equal (get_name (g_ptr_array_index (self->attribute_rows, i)), name))
      gtk_widget_grab_focus (g_ptr_array_index (self->attribute_rows, i));
  return dex_future_new_true ();
}

static void
add_cb (StallDetailsGroup *self)
{
  stall_spawn (add_fiber, stall_weak_new (self), stall_weak_free);
}

static void
stall_details_group_dispose (GObject *object)
{
  StallDetailsGroup *self = STALL_DETAILS_GROUP (object);

  g_clear_object (&self->editor);
  g_clear_pointer (&self->attribute_rows, g_ptr_array_unref);
  g_clear_object (&self->add_row);
  g_clear_pointer (&self->pending, g_free);

  G_OBJECT_CLASS (stall_details_group_parent_class)->dispose (object);
}

static void
stall_details_group_class_init (StallDetailsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_details_group_dispose;
}

static GtkEditable *
add_entry_row (StallDetailsGroup *self, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  stall_field_watch (GTK_EDITABLE (row), G_CALLBACK (stall_details_group_commit), self);
  return GTK_EDITABLE (row);
}

static void
stall_details_group_init (StallDetailsGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->attribute_rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("Details"));
  self->origin_row = add_entry_row (self, _ ("Origin"));
  self->maker_row = add_entry_row (self, _ ("Maker"));
  /* Owned here too: it moves behind every new attribute. */
  self->add_row = g_object_ref_sink (adw_button_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _ ("Add Attribute…"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add_row), "list-add-symbolic");
  g_signal_connect_object (self->add_row, "activated", G_CALLBACK (add_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->add_row);
}

/**
 * stall_details_group_set_editor:
 * @self: a group
 * @editor: whose product's details are shown
 */
void
stall_details_group_set_editor (StallDetailsGroup *self, StallProductEditor *editor)
{
  g_return_if_fail (STALL_IS_DETAILS_GROUP (self));
  g_return_if_fail (self->editor == NULL && STALL_IS_PRODUCT_EDITOR (editor));

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  product_changed_cb (self);
}

/**
 * stall_details_group_commit:
 * @self: a group
 *
 * Takes what was typed into the editor's product.
 */
void
stall_details_group_commit (StallDetailsGroup *self)
{
  StallProduct *product;

  g_return_if_fail (STALL_IS_DETAILS_GROUP (self));

  product = get_product (self);
  if (product == NULL)
    return;
  if (stall_field_get_edit (self->origin_row) != NULL)
    {
      stall_product_set_origin (product, stall_field_get_edit (self->origin_row));
      stall_field_accept (self->origin_row, stall_product_get_origin (product));
    }
  if (stall_field_get_edit (self->maker_row) != NULL)
    {
      stall_product_set_maker (product, stall_field_get_edit (self->maker_row));
      stall_field_accept (self->maker_row, stall_product_get_maker (product));
    }
  for (guint i = 0; i < self->attribute_rows->len; i++)
    {
      GtkEditable *row = GTK_EDITABLE (g_ptr_array_index (self->attribute_rows, i));
      g_autofree char *value = g_strdup (stall_field_get_edit (row));

      if (value == NULL)
        continue;
      set_attribute (self, get_name (row), value);
      stall_field_accept (row, value);
    }
  stall_product_editor_touch (self->editor);
}
