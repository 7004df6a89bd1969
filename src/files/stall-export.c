/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-export.h"

#include "stall-async.h"
#include "stall-csv-writer.h"
#include "stall-figures.h"
#include "stall-html-text.h"
#include "stall-import-cells.h"
#include "stall-order-state.h"
#include "stall-query-model.h"

#include <string.h>

/* Documents are loaded one by one and orders in pages, so that a large stall is never in memory as
 * a whole; what products are called is small. */
#define PAGE 32

typedef struct
{
  StallStore *store;
  StallQuery *query;
  GStrv product_ids; /* NULL: all */
  GFile *file;
  GCancellable *cancellable;
  StallCsvWriter *writer;
  gint64 n_rows;
} Export;

static Export *
export_new (StallStore *store, const StallQuery *query, GFile *file, GCancellable *cancellable)
{
  Export *self = g_new0 (Export, 1);

  self->store = g_object_ref (store);
  self->query = query != NULL ? stall_query_copy (query) : NULL;
  self->file = g_object_ref (file);
  g_set_object (&self->cancellable, cancellable);
  return self;
}

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_object (&self->writer);
  g_clear_pointer (&self->query, stall_query_free);
  g_clear_pointer (&self->product_ids, g_strfreev);
  g_clear_object (&self->cancellable);
  g_object_unref (self->store);
  g_object_unref (self->file);
  g_free (self);
}

static gboolean
end_row (Export *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->n_rows++;
  return stall_csv_writer_end_row (self->writer, error);
}

static DexFuture *
finish (Export *self, GError *error)
{
  if (error == NULL && stall_csv_writer_finish (self->writer, &error))
    return dex_future_new_for_int64 (self->n_rows);
  return dex_future_new_for_error (error);
}

static GStrv
list_ids (Export *self, StallList list, GError **error)
{
  g_autoptr (StallQuery) query
      = self->query != NULL ? stall_query_copy (self->query) : stall_query_new (list);

  query->list = list;
  return dex_await_boxed (stall_store_query_ids (self->store, query), error);
}

/* --- products --- */

/* What a product file of ours holds, in the order of Shopify's template. */
static const StallCell product_cells[] = {
  STALL_CELL_HANDLE,        STALL_CELL_TITLE,         STALL_CELL_BODY,
  STALL_CELL_VENDOR,        STALL_CELL_TYPE,          STALL_CELL_TAGS,
  STALL_CELL_PUBLISHED,     STALL_CELL_OPTION1_NAME,  STALL_CELL_OPTION1_VALUE,
  STALL_CELL_OPTION2_NAME,  STALL_CELL_OPTION2_VALUE, STALL_CELL_OPTION3_NAME,
  STALL_CELL_OPTION3_VALUE, STALL_CELL_SKU,           STALL_CELL_QUANTITY,
  STALL_CELL_PRICE,         STALL_CELL_COMPARE_AT,    STALL_CELL_BARCODE,
  STALL_CELL_PICTURE,       STALL_CELL_PICTURE_ALT,   STALL_CELL_COST,
  STALL_CELL_STATUS,        STALL_CELL_PRODUCT_ID,    STALL_CELL_VARIANT_ID,
  STALL_CELL_STAGE,
};

/* One row being put together. */
typedef struct
{
  Export *export;
  StallProduct *product;
  char *handle;
  char *type;
  char *compare_at;
  GPtrArray *pictures; /* StallPicture with a link */
  GHashTable *on_hand; /* variant id → pieces */
} ProductRows;

/* The handle only holds the rows together; the ids say which product it is. */
static char *
make_handle (StallProduct *product)
{
  g_autofree char *ascii = g_str_to_ascii (stall_product_get_title (product), "C");
  GString *handle = g_string_new (NULL);
  const char *id = stall_product_get_id (product);

  for (const char *at = ascii; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (handle, g_ascii_tolower (*at));
    else if (handle->len > 0 && handle->str[handle->len - 1] != '-')
      g_string_append_c (handle, '-');
  if (handle->len > 0 && handle->str[handle->len - 1] != '-')
    g_string_append_c (handle, '-');
  /* Two products may share a title, and a Chinese one leaves nothing. */
  g_string_append (handle, id + MAX (strlen (id), 12) - 12);
  return g_string_free_and_steal (handle);
}

/* Whether it is a one-off that is there no more. */
static gboolean
is_sold_one_off (ProductRows *self)
{
  GListModel *variants = stall_product_get_variants (self->product);
  int on_hand = 0;

  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);

      on_hand
          += GPOINTER_TO_INT (g_hash_table_lookup (self->on_hand, stall_variant_get_id (variant)));
    }
  return stall_product_get_one_off (self->product) && on_hand <= 0;
}

static const char *
get_status (ProductRows *self)
{
  switch (stall_product_get_stage (self->product))
    {
    case STALL_STAGE_ON_SALE:
    case STALL_STAGE_REORDERED:
      return is_sold_one_off (self) ? "archived" : "active";
    case STALL_STAGE_DROPPED:
      return "archived";
    default:
      return "draft";
    }
}

static char *
dup_product_cell (ProductRows *self, StallCell cell)
{
  g_auto (GStrv) tags = NULL;

  switch (cell)
    {
    case STALL_CELL_TITLE:
      return g_strdup (stall_product_get_title (self->product));
    case STALL_CELL_BODY:
      return stall_html_from_text (stall_product_get_story (self->product));
    case STALL_CELL_VENDOR:
      return g_strdup (stall_product_get_maker (self->product));
    case STALL_CELL_TYPE:
      return g_strdup (self->type);
    case STALL_CELL_TAGS:
      tags = stall_product_dup_tags (self->product);
      return g_strjoinv (", ", tags);
    case STALL_CELL_PUBLISHED:
      return g_strdup (g_str_equal (get_status (self), "active") ? "true" : "false");
    case STALL_CELL_STATUS:
      return g_strdup (get_status (self));
    case STALL_CELL_STAGE:
      return g_strdup (stall_stage_to_string (stall_product_get_stage (self->product)));
    default:
      return NULL;
    }
}

static char *
dup_option (StallVariant *variant, guint index, gboolean value)
{
  g_auto (GStrv) options = stall_variant_dup_options (variant);
  guint n_options = g_strv_length (options) / 2;

  if (index < n_options)
    return g_strdup (options[2 * index + (value ? 1 : 0)]);
  if (index == 0)
    return g_strdup (value ? "Default Title" : "Title");
  return NULL;
}

static void
write_variant_cell (ProductRows *self, StallVariant *variant, StallCell cell)
{
  StallCsvWriter *writer = self->export->writer;
  g_autofree char *option = NULL;

  switch (cell)
    {
    case STALL_CELL_OPTION1_NAME ... STALL_CELL_OPTION3_VALUE:
      option = dup_option (variant, (cell - STALL_CELL_OPTION1_NAME) / 2,
                           (cell - STALL_CELL_OPTION1_NAME) % 2);
      stall_csv_writer_text (writer, option);
      break;
    case STALL_CELL_SKU:
      stall_csv_writer_text (writer, stall_variant_get_sku (variant));
      break;
    case STALL_CELL_BARCODE:
      stall_csv_writer_text (writer, stall_variant_get_barcode (variant));
      break;
    case STALL_CELL_PRICE:
      stall_csv_writer_price (writer, stall_variant_get_price (variant),
                              stall_variant_get_currency (variant));
      break;
    case STALL_CELL_COST:
      stall_csv_writer_price (writer, stall_variant_get_cost (variant),
                              stall_variant_get_currency (variant));
      break;
    case STALL_CELL_COMPARE_AT:
      stall_csv_writer_text (writer, self->compare_at);
      break;
    case STALL_CELL_QUANTITY:
      stall_csv_writer_int (writer, GPOINTER_TO_INT (g_hash_table_lookup (
                                        self->on_hand, stall_variant_get_id (variant))));
      break;
    case STALL_CELL_VARIANT_ID:
      stall_csv_writer_text (writer, stall_variant_get_id (variant));
      break;
    default:
      stall_csv_writer_text (writer, NULL);
    }
}

/* Row @index of a product: its first also says what the product is, and each may hold a picture. */
static gboolean
write_product_row (ProductRows *self, guint index, GError **error)
{
  g_autoptr (StallVariant) variant
      = g_list_model_get_item (stall_product_get_variants (self->product), index);
  StallPicture *picture
      = index < self->pictures->len ? g_ptr_array_index (self->pictures, index) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (product_cells); i++)
    {
      StallCell cell = product_cells[i];
      g_autofree char *text = index == 0 ? dup_product_cell (self, cell) : NULL;

      if (cell == STALL_CELL_HANDLE)
        stall_csv_writer_text (self->export->writer, self->handle);
      else if (cell == STALL_CELL_PRODUCT_ID)
        stall_csv_writer_text (self->export->writer, stall_product_get_id (self->product));
      else if (cell == STALL_CELL_PICTURE || cell == STALL_CELL_PICTURE_ALT)
        stall_csv_writer_text (self->export->writer, picture == NULL              ? NULL
                                                     : cell == STALL_CELL_PICTURE ? picture->link
                                                                                  : picture->alt);
      else if (variant != NULL && text == NULL)
        write_variant_cell (self, variant, cell);
      else
        stall_csv_writer_text (self->export->writer, text);
    }
  return end_row (self->export, error);
}

/* What every variant has in all places. In a fiber. */
static GHashTable *
load_on_hand (Export *self, GError **error)
{
  g_autoptr (GHashTable) on_hand = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_query_rows (self->store, query, 0), error);

  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, i);

      g_hash_table_insert (on_hand, g_strdup (stall_variant_row_get_id (row)),
                           GINT_TO_POINTER (stall_variant_row_get_on_hand (row)));
    }
  return rows != NULL ? g_steal_pointer (&on_hand) : NULL;
}

static char *
dup_attribute (StallProduct *product, const char *name)
{
  g_auto (GStrv) attributes = stall_product_dup_attributes (product);

  for (guint i = 0; attributes[i] != NULL && attributes[i + 1] != NULL; i += 2)
    if (g_str_equal (attributes[i], name))
      return g_strdup (attributes[i + 1]);
  return NULL;
}

static gboolean
write_product (Export *self, StallProduct *product, GHashTable *on_hand, GError **error)
{
  g_autofree char *handle = make_handle (product);
  g_autofree char *type = dup_attribute (product, STALL_ATTRIBUTE_TYPE);
  g_autofree char *compare_at = dup_attribute (product, STALL_ATTRIBUTE_COMPARE_AT);
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);
  guint n_rows = MAX (1, g_list_model_get_n_items (stall_product_get_variants (product)));
  ProductRows rows = {
    .export = self,
    .product = product,
    .handle = handle,
    .type = type,
    .compare_at = compare_at,
    .pictures = pictures,
    .on_hand = on_hand,
  };

  /* A picture of one's own is in the stall, not on the web. */
  for (guint i = pictures->len; i > 0; i--)
    if (((StallPicture *) g_ptr_array_index (pictures, i - 1))->link == NULL)
      g_ptr_array_remove_index (pictures, i - 1);
  for (guint i = 0; i < MAX (n_rows, pictures->len); i++)
    if (!write_product_row (&rows, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_product_header (Export *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (product_cells); i++)
    stall_csv_writer_text (self->writer, stall_cells_get_export_name (product_cells[i]));
  return stall_csv_writer_end_row (self->writer, error);
}

static DexFuture *
export_products_fiber (gpointer data)
{
  Export *self = data;
  GError *error = NULL;
  g_auto (GStrv) ids = self->product_ids != NULL ? g_steal_pointer (&self->product_ids)
                                                 : list_ids (self, STALL_LIST_PRODUCTS, &error);
  g_autoptr (GHashTable) on_hand = ids != NULL ? load_on_hand (self, &error) : NULL;

  if (on_hand == NULL || (self->writer = stall_csv_writer_new (self->file, &error)) == NULL
      || !write_product_header (self, &error))
    return dex_future_new_for_error (error);
  for (guint i = 0; ids[i] != NULL && error == NULL; i++)
    {
      g_autoptr (StallDocument) document
          = dex_await_object (stall_store_load (self->store, ids[i]), &error);
      g_autoptr (StallProduct) product
          = document != NULL ? stall_product_new_from_document (document, &error) : NULL;

      if (product != NULL)
        write_product (self, product, on_hand, &error);
    }
  return finish (self, error);
}

/**
 * stall_export_products:
 * @store: a stall
 * @product_ids: (nullable): which products; %NULL: all
 * @file: where to write
 * @cancellable: (nullable): ends it with nothing written
 *
 * Writes products with its variants in Shopify's dialect, with columns of our own that make an
 * import find the same products again. Pictures on the web keep their link; others stay in the
 * stall.
 *
 * Returns: (transfer full): a future of the rows written, an int64
 */
DexFuture *
stall_export_products (StallStore *store,
                       const char *const *product_ids,
                       GFile *file,
                       GCancellable *cancellable)
{
  Export *self;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (G_IS_FILE (file));

  self = export_new (store, NULL, file, cancellable);
  self->product_ids = g_strdupv ((char **) product_ids);
  return stall_async (export_products_fiber, self, export_free);
}

/* --- stock --- */

static const char *const stock_columns[]
    = { "Product",     "Options",  "SKU",   "Barcode", "Place",      "Exported quantity",
        "Exported at", "Quantity", "Price", "Cost",    "Variant ID", NULL };

static gboolean
write_stock_row (Export *self,
                 StallVariantRow *row,
                 const char *place,
                 int on_hand,
                 const char *now,
                 GError **error)
{
  const char *currency = stall_variant_row_get_currency (row);

  stall_csv_writer_text (self->writer, stall_variant_row_get_product_title (row));
  stall_csv_writer_text (self->writer, stall_variant_row_get_title (row));
  stall_csv_writer_text (self->writer, stall_variant_row_get_sku (row));
  stall_csv_writer_text (self->writer, stall_variant_row_get_barcode (row));
  stall_csv_writer_text (self->writer, place);
  stall_csv_writer_int (self->writer, on_hand);
  stall_csv_writer_text (self->writer, now);
  stall_csv_writer_int (self->writer, on_hand);
  stall_csv_writer_price (self->writer, stall_variant_row_get_price (row), currency);
  stall_csv_writer_price (self->writer, stall_variant_row_get_cost (row), currency);
  stall_csv_writer_text (self->writer, stall_variant_row_get_id (row));
  return end_row (self, error);
}

/* In a fiber. A variant that is nowhere has one row, so that it can be counted in. */
static gboolean
write_stock (Export *self, StallVariantRow *row, const char *now, GError **error)
{
  g_autoptr (GPtrArray) places = NULL;

  if (stall_variant_row_get_is_kit (row))
    return TRUE;
  places = dex_await_boxed (stall_store_place_stock (self->store, stall_variant_row_get_id (row)),
                            error);
  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      StallPlaceStock *stock = g_ptr_array_index (places, i);

      if (!write_stock_row (self, row, stock->place, stock->on_hand, now, error))
        return FALSE;
    }
  return places->len > 0 || write_stock_row (self, row, STALL_PLACE_WORKSHOP, 0, now, error);
}

static DexFuture *
export_stock_fiber (gpointer data)
{
  Export *self = data;
  GError *error = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_query_rows (self->store, query, 0), &error);
  g_autofree char *now = stall_time_to_string (stall_time_now ());

  if (rows == NULL || (self->writer = stall_csv_writer_new (self->file, &error)) == NULL
      || !stall_csv_writer_row (self->writer, stock_columns, &error))
    return dex_future_new_for_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (rows) && error == NULL; i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, i);

      write_stock (self, row, now, &error);
    }
  return finish (self, error);
}

/**
 * stall_export_stock:
 * @store: a stall
 * @file: where to write
 * @cancellable: (nullable): ends it with nothing written
 *
 * Writes a stock sheet: what every variant has at every place, twice. The column “Quantity” is for
 * changing; importing the sheet applies its difference to “Exported quantity”.
 *
 * Returns: (transfer full): a future of the rows written, an int64
 */
DexFuture *
stall_export_stock (StallStore *store, GFile *file, GCancellable *cancellable)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (G_IS_FILE (file));
  return stall_async (export_stock_fiber, export_new (store, NULL, file, cancellable), export_free);
}

/* --- orders --- */

static const char *const order_columns[]
    = { "Order",      "Placed at",   "Status",          "Source",   "Customer", "Ship by",
        "SKU",        "Product",     "Personalisation", "Quantity", "Price",    "Charge",
        "Line total", "Order total", "Currency",        NULL };

/* What is the same on each row of an order. */
typedef struct
{
  Export *export;
  StallOrder *order;
  const char *status;
  char *placed_at;
  char *ship_by;
  GHashTable *titles; /* variant id → title */
} OrderRows;

/* Local time, as a spreadsheet reads it. */
static char *
format_time (StallTime time)
{
  g_autoptr (GDateTime) moment
      = time != STALL_TIME_NONE ? g_date_time_new_from_unix_local (time / STALL_SECOND) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S") : NULL;
}

static void
begin_order_row (OrderRows *self)
{
  StallCsvWriter *writer = self->export->writer;

  stall_csv_writer_text (writer, stall_order_get_number (self->order));
  stall_csv_writer_text (writer, self->placed_at);
  stall_csv_writer_text (writer, self->status);
  stall_csv_writer_text (writer, stall_source_to_string (stall_order_get_source (self->order)));
  stall_csv_writer_text (writer, stall_order_get_customer (self->order));
  stall_csv_writer_text (writer, self->ship_by);
}

static gboolean
end_order_row (OrderRows *self, gint64 line_total, GError **error)
{
  StallCsvWriter *writer = self->export->writer;
  const char *currency = stall_order_get_currency (self->order);

  stall_csv_writer_price (writer, line_total, currency);
  stall_csv_writer_price (writer, stall_order_get_total (self->order), currency);
  stall_csv_writer_text (writer, currency);
  return end_row (self->export, error);
}

static gboolean
write_order_line (OrderRows *self, const StallOrderLine *line, GError **error)
{
  StallCsvWriter *writer = self->export->writer;
  const char *title = line->title;

  if (title == NULL && line->variant != NULL)
    title = g_hash_table_lookup (self->titles, line->variant);
  begin_order_row (self);
  stall_csv_writer_text (writer, line->sku);
  stall_csv_writer_text (writer, title);
  stall_csv_writer_text (writer, line->personalisation);
  stall_csv_writer_int (writer, line->quantity);
  stall_csv_writer_price (writer, line->price, stall_order_get_currency (self->order));
  stall_csv_writer_text (writer, NULL);
  return end_order_row (self, line->price * line->quantity, error);
}

static gboolean
write_order_charge (OrderRows *self, const StallOrderCharge *charge, GError **error)
{
  static const char *const kinds[] = { "shipping", "discount", "fee", "tax", "adjustment" };
  StallCsvWriter *writer = self->export->writer;

  begin_order_row (self);
  stall_csv_writer_text (writer, charge->code);
  stall_csv_writer_text (writer, charge->title);
  for (guint i = 0; i < 3; i++)
    stall_csv_writer_text (writer, NULL);
  stall_csv_writer_text (writer, kinds[charge->kind]);
  return end_order_row (self, charge->amount, error);
}

/* What every variant is called. In a fiber. */
static GHashTable *
load_titles (Export *self, GError **error)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_query_rows (self->store, query, 0), error);

  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, i);
      const char *product = stall_variant_row_get_product_title (row);
      const char *options = stall_variant_row_get_title (row);

      g_hash_table_insert (titles, g_strdup (stall_variant_row_get_id (row)),
                           *options != '\0' ? g_strdup_printf ("%s (%s)", product, options)
                                            : g_strdup (product));
    }
  return rows != NULL ? g_steal_pointer (&titles) : NULL;
}

/* In a fiber. */
static gboolean
write_order (Export *self, StallOrderRow *row, GHashTable *titles, GError **error)
{
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (self->store, stall_order_row_get_id (row)), error);
  g_autoptr (StallOrder) order
      = document != NULL ? stall_order_new_from_document (document, error) : NULL;
  g_autofree char *placed_at = NULL;
  g_autofree char *ship_by = NULL;
  OrderRows rows;

  if (order == NULL)
    return FALSE;
  placed_at = format_time (stall_order_get_placed_at (order));
  ship_by = format_time (stall_order_get_ship_by (order));
  rows = (OrderRows) {
    .export = self,
    .order = order,
    .status = stall_status_to_string (stall_order_row_get_status (row)),
    .placed_at = placed_at,
    .ship_by = ship_by,
    .titles = titles,
  };
  for (guint i = 0; i < stall_order_get_n_lines (order); i++)
    if (!write_order_line (&rows, stall_order_get_line (order, i), error))
      return FALSE;
  for (guint i = 0; i < stall_order_get_n_charges (order); i++)
    if (!write_order_charge (&rows, stall_order_get_charge (order, i), error))
      return FALSE;
  return TRUE;
}

/* In a fiber. */
static void
write_order_page (Export *self,
                  StallNumbers *numbers,
                  guint from,
                  GHashTable *titles,
                  GError **error)
{
  g_autoptr (GListModel) rows = dex_await_object (
      stall_store_query_page (self->store, self->query, numbers, from, PAGE), error);
  gboolean good = rows != NULL;

  for (guint i = 0; good && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      good = write_order (self, row, titles, error);
    }
}

static DexFuture *
export_orders_fiber (gpointer data)
{
  Export *self = data;
  GError *error = NULL;
  g_autoptr (GHashTable) titles = load_titles (self, &error);
  g_autoptr (StallNumbers) numbers = NULL;

  if (titles != NULL)
    numbers = dex_await_boxed (stall_store_query_numbers (self->store, self->query), &error);
  if (numbers == NULL || (self->writer = stall_csv_writer_new (self->file, &error)) == NULL
      || !stall_csv_writer_row (self->writer, order_columns, &error))
    return dex_future_new_for_error (error);
  for (guint from = 0; from < stall_numbers_get_length (numbers) && error == NULL; from += PAGE)
    write_order_page (self, numbers, from, titles, &error);
  return finish (self, error);
}

/**
 * stall_export_orders:
 * @store: a stall
 * @query: (nullable): which orders; %NULL: all
 * @file: where to write
 * @cancellable: (nullable): ends it with nothing written
 *
 * Writes one row for each line and each charge of the orders that the query finds.
 *
 * Returns: (transfer full): a future of the rows written, an int64
 */
DexFuture *
stall_export_orders (StallStore *store,
                     const StallQuery *query,
                     GFile *file,
                     GCancellable *cancellable)
{
  g_autoptr (StallQuery) all = stall_query_new (STALL_LIST_ORDERS);

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (query == NULL || query->list == STALL_LIST_ORDERS);
  dex_return_error_if_fail (G_IS_FILE (file));
  return stall_async (export_orders_fiber,
                      export_new (store, query != NULL ? query : all, file, cancellable),
                      export_free);
}
