/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-card.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define PICTURE 48

struct _StallProductCard
{
  GtkButton parent_instance;

  char *product;
  StallQueryModel *rows;
  StallProductRow *row;

  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *price;
  GtkWidget *available;
};

G_DEFINE_FINAL_TYPE (StallProductCard, stall_product_card, GTK_TYPE_BUTTON)

static void
show_texts (StallProductCard *self, const char *title, const char *price, const char *available)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->price), price);
  gtk_label_set_text (GTK_LABEL (self->available), available);
  gtk_widget_set_visible (self->price, *price != '\0');
  gtk_widget_set_visible (self->available, *available != '\0');
}

static void
show_row (StallProductCard *self)
{
  StallProductRow *row = self->row;
  g_autofree char *price = NULL;
  g_autofree char *available = NULL;
  gboolean missing = FALSE;

  if (row == NULL)
    {
      gboolean gone = !stall_query_model_get_loading (self->rows);

      stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture), NULL);
      show_texts (self, gone ? _ ("This product is gone") : "", "", "");
      gtk_widget_set_sensitive (GTK_WIDGET (self), !gone);
      return;
    }
  if (!stall_row_get_loaded (STALL_ROW (row)))
    return;
  price = stall_format_price_range (stall_product_row_get_price_min (row),
                                    stall_product_row_get_price_max (row),
                                    stall_product_row_get_currency (row));
  available = stall_product_words_available (stall_product_row_get_available (row),
                                             stall_product_row_get_stage (row));
  missing = stall_product_words_is_missing (stall_product_row_get_available (row),
                                            stall_product_row_get_stage (row));
  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture), stall_product_row_get_cover (row));
  show_texts (self, stall_product_words_title (stall_product_row_get_title (row)), price,
              available);
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (missing)
    gtk_widget_add_css_class (self->available, "error");
  else
    gtk_widget_remove_css_class (self->available, "error");
}

static void
rows_changed_cb (StallProductCard *self)
{
  g_autoptr (StallProductRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), 0);

  if (row != self->row)
    {
      if (self->row != NULL)
        g_signal_handlers_disconnect_by_func (self->row, show_row, self);
      g_set_object (&self->row, row);
      if (row != NULL)
        g_signal_connect_object (row, "changed", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
    }
  show_row (self);
}

static void
stall_product_card_dispose (GObject *object)
{
  StallProductCard *self = STALL_PRODUCT_CARD (object);

  g_clear_object (&self->row);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->product, g_free);

  G_OBJECT_CLASS (stall_product_card_parent_class)->dispose (object);
}

static void
stall_product_card_class_init (StallProductCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_product_card_dispose;
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
stall_product_card_init (StallProductCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->picture = stall_thumbnail_new (NULL, PICTURE);
  self->title = new_label ("heading");
  self->price = new_label ("caption");
  self->available = new_label ("caption");
  gtk_widget_set_hexpand (self->price, FALSE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (facts), self->price);
  gtk_box_append (GTK_BOX (facts), self->available);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), facts);
  gtk_box_append (GTK_BOX (box), self->picture);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "product-card");
}

/**
 * stall_product_card_new:
 * @store: the stall
 * @product_id: "product:…", whether it exists or not
 *
 * Returns: (transfer floating): a card that follows the product
 */
GtkWidget *
stall_product_card_new (StallStore *store, const char *product_id)
{
  StallProductCard *self;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

  g_return_val_if_fail (STALL_IS_STORE (store), NULL);
  g_return_val_if_fail (product_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_PRODUCT_CARD, NULL);
  self->product = g_strdup (product_id);
  stall_thumbnail_set_store (STALL_THUMBNAIL (self->picture), store);
  query->product = g_strdup (product_id);
  self->rows = stall_query_model_new (store);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "notify::loading", G_CALLBACK (rows_changed_cb), self,
                           G_CONNECT_SWAPPED);
  stall_query_model_set_query (self->rows, query);
  return GTK_WIDGET (self);
}

/**
 * stall_product_card_get_product:
 * @self: a card
 *
 * Returns: (transfer none): the id it was made with
 */
const char *
stall_product_card_get_product (StallProductCard *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_CARD (self), NULL);

  return self->product;
}
