/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-import-private.h"
#include "stall-product.h"

G_BEGIN_DECLS

/* One row of a product file, whichever shop's. Names follow Shopify. */

typedef enum
{
  STALL_CELL_HANDLE,
  STALL_CELL_TITLE,
  STALL_CELL_BODY,
  STALL_CELL_VENDOR,
  STALL_CELL_TYPE,
  STALL_CELL_TAGS,
  STALL_CELL_PUBLISHED,
  STALL_CELL_STATUS,
  STALL_CELL_OPTION1_NAME,
  STALL_CELL_OPTION1_VALUE,
  STALL_CELL_OPTION2_NAME,
  STALL_CELL_OPTION2_VALUE,
  STALL_CELL_OPTION3_NAME,
  STALL_CELL_OPTION3_VALUE,
  STALL_CELL_SKU,
  STALL_CELL_BARCODE,
  STALL_CELL_PRICE,
  STALL_CELL_COMPARE_AT,
  STALL_CELL_COST,
  STALL_CELL_QUANTITY,
  STALL_CELL_PICTURE,
  STALL_CELL_PICTURE_ALT,
  STALL_CELL_PRODUCT_ID, /* ours, from our own export */
  STALL_CELL_VARIANT_ID,
  STALL_CELL_STAGE,
  /* WooCommerce only */
  STALL_CELL_ID,
  STALL_CELL_KIND,
  STALL_CELL_PARENT,
  STALL_CELL_SHORT_BODY,
  STALL_CELL_SALE_PRICE,
} StallCell;
#define STALL_N_CELLS 30
#define STALL_N_OPTIONS 3

/* Attributes of a product that keep what a shop knows of it; data, so in no language. */
#define STALL_ATTRIBUTE_TYPE "Type"
#define STALL_ATTRIBUTE_COMPARE_AT "Compare-at price"

typedef struct
{
  guint columns[STALL_N_CELLS]; /* index; G_MAXUINT: not there */
  gboolean woocommerce;
} StallCells;

void stall_cells_init (StallCells *self, StallImportJob *job);
const char *stall_cells_get (const StallCells *self, StallCsvReader *reader, StallCell cell);
/* What a product file written by us calls its columns; NULL: it has no such one. */
const char *stall_cells_get_export_name (StallCell cell);

gboolean stall_cells_is_variant (const StallCells *self, StallCsvReader *reader);
gboolean stall_cells_is_product (const StallCells *self, StallCsvReader *reader);
StallStage stall_cells_get_stage (const StallCells *self, StallCsvReader *reader);

G_END_DECLS
