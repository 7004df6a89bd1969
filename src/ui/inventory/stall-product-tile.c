/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-tile.h"

#include "stall-format.h"
#include "stall-product-words.h"

struct _StallProductTile
{
  StallTile parent_instance;
};

G_DEFINE_FINAL_TYPE (StallProductTile, stall_product_tile, STALL_TYPE_TILE)

static const char *
get_stock_style (StallProductRow *row)
{
  int available = stall_product_row_get_available (row);

  if (stall_product_words_needs_more (row))
    return "error";
  if (available > 0 && stall_product_row_get_n_low (row) == stall_product_row_get_n_variants (row))
    return "warning";
  return NULL;
}

static char *
stall_product_tile_show (StallTile *tile, StallRow *thing)
{
  StallProductRow *row = STALL_PRODUCT_ROW (thing);
  const char *title = stall_product_words_title (stall_product_row_get_title (row));
  g_autofree char *price = stall_format_price_range (stall_product_row_get_price_min (row),
                                                     stall_product_row_get_price_max (row),
                                                     stall_product_row_get_currency (row));
  g_autofree char *available = stall_product_words_available (stall_product_row_get_available (row),
                                                              stall_product_row_get_stage (row));

  stall_thumbnail_set_digest (stall_tile_get_picture (tile), stall_product_row_get_cover (row));
  stall_tile_set_title (tile, title);
  stall_tile_set_line (tile, 0, price, NULL);
  stall_tile_set_line (tile, 1, available, get_stock_style (row));
  return g_strdup (title);
}

static void
stall_product_tile_class_init (StallProductTileClass *klass)
{
  STALL_TILE_CLASS (klass)->show = stall_product_tile_show;
}

static void
stall_product_tile_init (StallProductTile *self)
{
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
  GtkWidget *self = g_object_new (STALL_TYPE_PRODUCT_TILE, NULL);

  stall_tile_set_store (STALL_TILE (self), store);
  return self;
}
