/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-tile.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-thumbnail.h"

struct _StallProductTile
{
  GtkBox parent_instance;

  StallProductRow *row;

  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *price;
  GtkWidget *available;
};

G_DEFINE_FINAL_TYPE (StallProductTile, stall_product_tile, GTK_TYPE_BOX)

static void
show_row (StallProductTile *self)
{
  StallProductRow *row = self->row;
  gboolean loaded = row != NULL && stall_row_get_loaded (STALL_ROW (row));
  int left = loaded ? stall_product_row_get_available (row) : 0;
  StallStage stage = loaded ? stall_product_row_get_stage (row) : STALL_STAGE_IDEA;
  g_autofree char *price = NULL;
  g_autofree char *available = NULL;

  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture),
                              loaded ? stall_product_row_get_cover (row) : NULL);
  if (loaded)
    {
      price = stall_format_price_range (stall_product_row_get_price_min (row),
                                        stall_product_row_get_price_max (row),
                                        stall_product_row_get_currency (row));
      available = stall_product_words_available (left, stage);
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (self->title),
                            loaded ? stall_product_words_title (stall_product_row_get_title (row))
                                   : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->price), price);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->available), available);
  if (stall_product_words_is_missing (left, stage))
    gtk_widget_add_css_class (self->available, "error");
  else
    gtk_widget_remove_css_class (self->available, "error");
  if (loaded && stall_product_row_get_available (row) > 0
      && stall_product_row_get_n_low (row) == stall_product_row_get_n_variants (row))
    gtk_widget_add_css_class (self->available, "warning");
  else
    gtk_widget_remove_css_class (self->available, "warning");
}

static GtkWidget *
new_text (const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "hexpand", TRUE,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, css_class);
  gtk_widget_add_css_class (text, "numeric");
  return text;
}

static void
stall_product_tile_dispose (GObject *object)
{
  stall_product_tile_set_row (STALL_PRODUCT_TILE (object), NULL);

  G_OBJECT_CLASS (stall_product_tile_parent_class)->dispose (object);
}

static void
stall_product_tile_class_init (StallProductTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_product_tile_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "producttile");
}

static void
stall_product_tile_init (StallProductTile *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->picture = stall_thumbnail_new (NULL, 0);
  self->title = new_text ("heading");
  self->price = new_text ("caption");
  self->available = new_text ("caption");
  gtk_widget_set_margin_bottom (self->picture, 6);
  gtk_box_append (GTK_BOX (self), self->picture);
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), self->price);
  gtk_box_append (GTK_BOX (self), self->available);
}

/**
 * stall_product_tile_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a tile without a product
 */
GtkWidget *
stall_product_tile_new (StallStore *store)
{
  StallProductTile *self = g_object_new (STALL_TYPE_PRODUCT_TILE, NULL);

  stall_thumbnail_set_store (STALL_THUMBNAIL (self->picture), store);
  return GTK_WIDGET (self);
}

/**
 * stall_product_tile_set_row:
 * @self: a tile
 * @row: (nullable): what it shows from now on
 */
void
stall_product_tile_set_row (StallProductTile *self, StallProductRow *row)
{
  g_return_if_fail (STALL_IS_PRODUCT_TILE (self));

  if (self->row == row)
    return;
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, show_row, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    g_signal_connect_object (row, "changed", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    show_row (self);
}
