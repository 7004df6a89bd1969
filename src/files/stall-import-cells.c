/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-cells.h"

#include "stall-csv-values.h"

#include <string.h>

/* The names each shop gives its columns. */
static const struct
{
  const char *shopify_old; /* until 2024, and what we write */
  const char *shopify_new;
  const char *woocommerce;
} names[STALL_N_CELLS] = {
  [STALL_CELL_HANDLE] = { "Handle", "URL handle", NULL },
  [STALL_CELL_TITLE] = { "Title", "Title", "Name" },
  [STALL_CELL_BODY] = { "Body (HTML)", "Description", "Description" },
  [STALL_CELL_VENDOR] = { "Vendor", "Vendor", "Brands" },
  [STALL_CELL_TYPE] = { "Type", "Type", "Categories" },
  [STALL_CELL_TAGS] = { "Tags", "Tags", "Tags" },
  [STALL_CELL_PUBLISHED] = { "Published", "Published on online store", "Published" },
  [STALL_CELL_STATUS] = { "Status", "Status", NULL },
  [STALL_CELL_OPTION1_NAME] = { "Option1 Name", "Option1 name", "Attribute 1 name" },
  [STALL_CELL_OPTION1_VALUE] = { "Option1 Value", "Option1 value", "Attribute 1 value(s)" },
  [STALL_CELL_OPTION2_NAME] = { "Option2 Name", "Option2 name", "Attribute 2 name" },
  [STALL_CELL_OPTION2_VALUE] = { "Option2 Value", "Option2 value", "Attribute 2 value(s)" },
  [STALL_CELL_OPTION3_NAME] = { "Option3 Name", "Option3 name", "Attribute 3 name" },
  [STALL_CELL_OPTION3_VALUE] = { "Option3 Value", "Option3 value", "Attribute 3 value(s)" },
  [STALL_CELL_SKU] = { "Variant SKU", "SKU", "SKU" },
  [STALL_CELL_BARCODE] = { "Variant Barcode", "Barcode", "GTIN, UPC, EAN, or ISBN" },
  [STALL_CELL_PRICE] = { "Variant Price", "Price", "Regular price" },
  [STALL_CELL_COMPARE_AT] = { "Variant Compare At Price", "Compare-at price", NULL },
  [STALL_CELL_COST] = { "Cost per item", "Cost per item", NULL },
  [STALL_CELL_QUANTITY] = { "Variant Inventory Qty", "Inventory quantity", "Stock" },
  [STALL_CELL_PICTURE] = { "Image Src", "Product image URL", "Images" },
  [STALL_CELL_PICTURE_ALT] = { "Image Alt Text", "Image alt text", NULL },
  [STALL_CELL_PRODUCT_ID] = { "Stall ID", "Stall ID", NULL },
  [STALL_CELL_VARIANT_ID] = { "Stall variant ID", "Stall variant ID", NULL },
  [STALL_CELL_STAGE] = { "Stall stage", "Stall stage", NULL },
  [STALL_CELL_ID] = { NULL, NULL, "ID" },
  [STALL_CELL_KIND] = { NULL, NULL, "Type" },
  [STALL_CELL_PARENT] = { NULL, NULL, "Parent" },
  [STALL_CELL_SHORT_BODY] = { NULL, NULL, "Short description" },
  [STALL_CELL_SALE_PRICE] = { NULL, NULL, "Sale price" },
};

void
stall_cells_init (StallCells *self, StallImportJob *job)
{
  self->woocommerce = job->dialect == STALL_DIALECT_WOOCOMMERCE;
  for (guint i = 0; i < STALL_N_CELLS; i++)
    {
      const char *name = self->woocommerce                           ? names[i].woocommerce
                         : job->dialect == STALL_DIALECT_SHOPIFY_NEW ? names[i].shopify_new
                                                                     : names[i].shopify_old;

      self->columns[i] = name != NULL ? stall_import_job_find_column (job, name) : G_MAXUINT;
    }
}

const char *
stall_cells_get (const StallCells *self, StallCsvReader *reader, StallCell cell)
{
  return stall_csv_reader_get_text (reader, self->columns[cell]);
}

const char *
stall_cells_get_export_name (StallCell cell)
{
  return names[cell].shopify_old;
}

static gboolean
woo_kind_is (const StallCells *self, StallCsvReader *reader, const char *kind)
{
  /* “simple, downloadable, virtual” */
  return g_ascii_strncasecmp (stall_cells_get (self, reader, STALL_CELL_KIND), kind, strlen (kind))
         == 0;
}

/* Whether the row is something that is sold. Shopify's other rows only add a picture; WooCommerce's
 * “variable” ones hold what their variations share. */
gboolean
stall_cells_is_variant (const StallCells *self, StallCsvReader *reader)
{
  if (self->woocommerce)
    return !woo_kind_is (self, reader, "variable");
  return *stall_cells_get (self, reader, STALL_CELL_OPTION1_VALUE) != '\0'
         || *stall_cells_get (self, reader, STALL_CELL_PRICE) != '\0'
         || *stall_cells_get (self, reader, STALL_CELL_SKU) != '\0';
}

/* Whether the row says what the product is, not only one of its variants. */
gboolean
stall_cells_is_product (const StallCells *self, StallCsvReader *reader)
{
  if (self->woocommerce)
    return !woo_kind_is (self, reader, "variation");
  return *stall_cells_get (self, reader, STALL_CELL_TITLE) != '\0';
}

StallStage
stall_cells_get_stage (const StallCells *self, StallCsvReader *reader)
{
  const char *own = stall_cells_get (self, reader, STALL_CELL_STAGE);
  const char *status = stall_cells_get (self, reader, STALL_CELL_STATUS);

  if (*own != '\0')
    return stall_stage_from_string (own);
  if (g_ascii_strcasecmp (status, "archived") == 0)
    return STALL_STAGE_DROPPED;
  if (g_ascii_strcasecmp (status, "active") == 0)
    return STALL_STAGE_ON_SALE;
  if (*status != '\0')
    return STALL_STAGE_SAMPLE;
  return stall_csv_parse_boolean (stall_cells_get (self, reader, STALL_CELL_PUBLISHED))
             ? STALL_STAGE_ON_SALE
             : STALL_STAGE_SAMPLE;
}
