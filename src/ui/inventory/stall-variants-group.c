/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-variants-group.h"

#include "stall-async.h"
#include "stall-matrix-dialog.h"
#include "stall-query-model.h"
#include "stall-variant-expander.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define STOCK_KINDS                                                                    \
  ((1u << STALL_KIND_PRODUCT) | (1u << STALL_KIND_MOVEMENT) | (1u << STALL_KIND_ORDER) \
   | (1u << STALL_KIND_EVENT))

struct _StallVariantsGroup
{
  AdwPreferencesGroup parent_instance;

  StallProductEditor *editor;
  StallProduct *product; /* whose variants the rows are */
  GPtrArray *expanders;  /* not owned: children */
  gboolean reading_stock;
  gboolean stock_is_old;
};

G_DEFINE_FINAL_TYPE (StallVariantsGroup, stall_variants_group, ADW_TYPE_PREFERENCES_GROUP)

static StallVariantExpander *
find_expander (StallVariantsGroup *self, const char *variant_id)
{
  for (guint i = 0; i < self->expanders->len; i++)
    {
      StallVariantExpander *expander = g_ptr_array_index (self->expanders, i);

      if (g_strcmp0 (stall_variant_expander_get_variant_id (expander), variant_id) == 0)
        return expander;
    }
  return NULL;
}

/* --- stock --- */

static GStrv
dup_variant_ids (StallVariantsGroup *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->expanders->len; i++)
    g_strv_builder_add (
        ids, stall_variant_expander_get_variant_id (g_ptr_array_index (self->expanders, i)));
  return g_strv_builder_end (ids);
}

static void
show_stock (StallVariantsGroup *self, GListModel *rows)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, i);
      StallVariantExpander *expander = find_expander (self, stall_variant_row_get_id (row));

      if (expander != NULL)
        stall_variant_expander_set_stock (expander, row);
    }
}

static DexFuture *
stock_fiber (gpointer data)
{
  g_autoptr (StallVariantsGroup) self = g_weak_ref_get (data);

  while (self != NULL && self->editor != NULL && self->stock_is_old)
    {
      g_autoptr (StallDesk) desk = g_object_ref (stall_product_editor_get_desk (self->editor));
      g_auto (GStrv) ids = dup_variant_ids (self);
      g_autoptr (GListModel) rows = NULL;
      g_autoptr (GError) error = NULL;

      self->stock_is_old = FALSE;
      g_clear_object (&self);
      rows = dex_await_object (
          stall_store_variant_rows (stall_desk_get_store (desk), (const char *const *) ids),
          &error);
      self = g_weak_ref_get (data);
      if (rows == NULL)
        stall_desk_report (desk, error);
      else if (self != NULL && self->editor != NULL)
        show_stock (self, rows);
    }
  if (self != NULL)
    self->reading_stock = FALSE;
  return dex_future_new_true ();
}

static void
read_stock (StallVariantsGroup *self)
{
  self->stock_is_old = TRUE;
  if (self->reading_stock)
    return;
  self->reading_stock = TRUE;
  stall_spawn (stock_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallVariantsGroup *self, guint kinds)
{
  if (kinds & STOCK_KINDS)
    read_stock (self);
}

/* --- variants --- */

static gboolean
same_variants (StallVariantsGroup *self, GListModel *variants)
{
  if (self->expanders->len != g_list_model_get_n_items (variants))
    return FALSE;
  for (guint i = 0; i < self->expanders->len; i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);

      if (g_strcmp0 (stall_variant_expander_get_variant_id (g_ptr_array_index (self->expanders, i)),
                     stall_variant_get_id (variant))
          != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show_variants (StallVariantsGroup *self)
{
  GListModel *variants;

  if (self->editor == NULL || self->product == NULL)
    return;
  variants = stall_product_get_variants (self->product);
  if (same_variants (self, variants))
    {
      for (guint i = 0; i < self->expanders->len; i++)
        stall_variant_expander_refresh (g_ptr_array_index (self->expanders, i));
      return;
    }
  for (guint i = 0; i < self->expanders->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  g_ptr_array_index (self->expanders, i));
  g_ptr_array_set_size (self->expanders, 0);
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);
      GtkWidget *expander
          = stall_variant_expander_new (self->editor, stall_variant_get_id (variant));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), expander);
      g_ptr_array_add (self->expanders, expander);
    }
  read_stock (self);
}

/* The row whose button was clicked may be among those that go: first let the click end. */
static gboolean
show_variants_idle (gpointer data)
{
  show_variants (data);
  return G_SOURCE_REMOVE;
}

static void
variants_changed_cb (StallVariantsGroup *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, show_variants_idle, g_object_ref (self), g_object_unref);
}

static void
product_changed_cb (StallVariantsGroup *self)
{
  if (self->product != NULL)
    g_signal_handlers_disconnect_by_func (stall_product_get_variants (self->product),
                                          variants_changed_cb, self);
  g_set_object (&self->product, stall_product_editor_get_product (self->editor));
  if (self->product == NULL)
    return;
  g_signal_connect_object (stall_product_get_variants (self->product), "items-changed",
                           G_CALLBACK (variants_changed_cb), self, G_CONNECT_SWAPPED);
  show_variants (self);
}

static void
add_cb (StallVariantsGroup *self)
{
  stall_variants_group_commit (self);
  if (self->product != NULL)
    adw_dialog_present (stall_matrix_dialog_new (self->editor), GTK_WIDGET (self));
}

static void
stall_variants_group_dispose (GObject *object)
{
  StallVariantsGroup *self = STALL_VARIANTS_GROUP (object);

  g_clear_object (&self->editor);
  g_clear_object (&self->product);
  g_ptr_array_set_size (self->expanders, 0);

  G_OBJECT_CLASS (stall_variants_group_parent_class)->dispose (object);
}

static void
stall_variants_group_finalize (GObject *object)
{
  g_ptr_array_unref (STALL_VARIANTS_GROUP (object)->expanders);

  G_OBJECT_CLASS (stall_variants_group_parent_class)->finalize (object);
}

static void
stall_variants_group_class_init (StallVariantsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_variants_group_dispose;
  object_class->finalize = stall_variants_group_finalize;
}

static void
stall_variants_group_init (StallVariantsGroup *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add Variants…"));

  self->expanders = g_ptr_array_new ();
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Variants"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);
}

/**
 * stall_variants_group_set_editor:
 * @self: a group
 * @editor: whose product's variants are shown
 */
void
stall_variants_group_set_editor (StallVariantsGroup *self, StallProductEditor *editor)
{
  g_return_if_fail (STALL_IS_VARIANTS_GROUP (self));
  g_return_if_fail (self->editor == NULL && STALL_IS_PRODUCT_EDITOR (editor));

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stall_desk_get_store (stall_product_editor_get_desk (editor)), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  product_changed_cb (self);
}

/**
 * stall_variants_group_commit:
 * @self: a group
 *
 * Takes what was typed in any of the variants.
 */
void
stall_variants_group_commit (StallVariantsGroup *self)
{
  g_return_if_fail (STALL_IS_VARIANTS_GROUP (self));

  for (guint i = 0; i < self->expanders->len; i++)
    stall_variant_expander_commit (g_ptr_array_index (self->expanders, i));
}
