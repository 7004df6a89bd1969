/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-variant-picker.h"

#include "stall-format.h"
#include "stall-list-trouble.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"
#include "stall-variant.h"

#include <glib/gi18n-lib.h>

#define PICTURE 40

struct _StallVariantPicker
{
  AdwDialog parent_instance;

  StallDesk *desk;
  StallQueryModel *model;
  StallQuery *query;
  gboolean pick_first; /* as soon as what was searched for is found */

  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListView *list_view;
};

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallVariantPicker, stall_variant_picker, ADW_TYPE_DIALOG)

static void
show_variant (StallVariantRow *row, GtkListItem *item)
{
  GtkWidget *thumbnail = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *lines = gtk_widget_get_next_sibling (thumbnail);
  GtkWidget *first = gtk_widget_get_first_child (lines);
  gboolean loaded = stall_row_get_loaded (STALL_ROW (row));
  g_autofree char *title = NULL;
  g_autofree char *available = NULL;
  g_autofree char *price = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *detail = NULL;

  if (loaded)
    {
      title = stall_product_words_variant (stall_variant_row_get_product_title (row),
                                           stall_variant_row_get_title (row));
      available = stall_product_words_n_available (stall_variant_row_get_available (row));
      if (stall_variant_row_get_price (row) != STALL_PRICE_NONE)
        price = stall_format_money (stall_variant_row_get_price (row),
                                    stall_variant_row_get_currency (row));
      terms = stall_product_words_join (price, available);
      detail = stall_product_words_join (terms, stall_variant_row_get_sku (row));
    }
  stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail),
                              loaded ? stall_variant_row_get_cover (row) : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (first), title);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_next_sibling (first)), detail);
  gtk_list_item_set_accessible_label (item, title != NULL ? title : "");
}

static GtkWidget *
new_text (const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "hexpand", TRUE,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, css_class);
  return text;
}

static void
setup_cb (StallVariantPicker *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *detail = new_text ("caption");

  gtk_widget_add_css_class (detail, "dimmed");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), new_text ("heading"));
  gtk_box_append (GTK_BOX (lines), detail);
  gtk_box_append (GTK_BOX (box), stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (StallVariantPicker *self, GtkListItem *item)
{
  StallVariantRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (show_variant), item, G_CONNECT_DEFAULT);
  show_variant (row, item);
}

static void
unbind_cb (StallVariantPicker *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_variant, item);
}

static void
activate_cb (StallVariantPicker *self, guint position)
{
  g_autoptr (StallVariantRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row == NULL || !stall_row_get_loaded (STALL_ROW (row)))
    return;
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, row);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
search_changed_cb (StallVariantPicker *self)
{
  self->pick_first = FALSE;
  if (g_set_str (&self->query->search, gtk_editable_get_text (GTK_EDITABLE (self->search_entry))))
    stall_query_model_set_query (self->model, self->query);
}

static void search_activate_cb (StallVariantPicker *self);

static void
first_changed_cb (StallVariantPicker *self)
{
  if (self->pick_first)
    search_activate_cb (self);
}

/* Enter may come before what was searched for is found, and must not pick what is still shown. */
static void
search_activate_cb (StallVariantPicker *self)
{
  g_autoptr (StallVariantRow) first = g_list_model_get_item (G_LIST_MODEL (self->model), 0);

  self->pick_first = stall_query_model_get_loading (self->model)
                     || (first != NULL && !stall_row_get_loaded (STALL_ROW (first)));
  if (!self->pick_first)
    activate_cb (self, 0);
  else if (first != NULL)
    g_signal_connect_object (first, "changed", G_CALLBACK (first_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
close_cb (StallVariantPicker *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
show_state (StallVariantPicker *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n > 0 || !stall_query_model_get_loading (self->model))
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  if (self->pick_first)
    search_activate_cb (self);
}

static void
stall_variant_picker_dispose (GObject *object)
{
  StallVariantPicker *self = STALL_VARIANT_PICKER (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_VARIANT_PICKER);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);

  G_OBJECT_CLASS (stall_variant_picker_parent_class)->dispose (object);
}

static void
stall_variant_picker_class_init (StallVariantPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_variant_picker_dispose;

  /**
   * StallVariantPicker::picked:
   * @row: the variant
   *
   * A variant was chosen.
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked", STALL_TYPE_VARIANT_PICKER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, STALL_TYPE_VARIANT_ROW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-variant-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, StallVariantPicker, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallVariantPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, StallVariantPicker, list_view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
}

static void
stall_variant_picker_init (StallVariantPicker *self)
{
  self->query = stall_query_new (STALL_LIST_VARIANTS);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_variant_picker_new:
 * @desk: what every page is handed
 * @title: what the variant is for
 *
 * Returns: (transfer floating): a dialog that lets a person choose a variant
 */
AdwDialog *
stall_variant_picker_new (StallDesk *desk, const char *title)
{
  StallVariantPicker *self;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_VARIANT_PICKER, "title", title, NULL);
  self->desk = g_object_ref (desk);
  self->model = stall_query_model_new (stall_desk_get_store (desk));
  stall_list_trouble_watch (self->stack, self->model);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  stall_query_model_set_query (self->model, self->query);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_state (self);
  return ADW_DIALOG (self);
}
