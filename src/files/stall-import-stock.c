/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"

#include "stall-csv-values.h"
#include "stall-error.h"
#include "stall-money.h"
#include "stall-order-event.h"

#include <glib/gi18n-lib.h>

/* Our own sheet says what was there when it was written, so only the difference is applied and
 * sales made meanwhile stay. Shopify's file says what is there, which is a count. */

typedef enum
{
  COLUMN_VARIANT,
  COLUMN_PRODUCT,
  COLUMN_HANDLE,
  COLUMN_OPTION1,
  COLUMN_OPTION2,
  COLUMN_OPTION3,
  COLUMN_SKU,
  COLUMN_BARCODE,
  COLUMN_PLACE,
  COLUMN_EXPORTED,
  COLUMN_EXPORTED_AT,
  COLUMN_QUANTITY,
  COLUMN_PRICE,
  COLUMN_COST,
} Column;
#define N_COLUMNS 14

static const struct
{
  const char *own;
  const char *shopify;
} names[N_COLUMNS] = {
  [COLUMN_VARIANT] = { "Variant ID", NULL },
  [COLUMN_PRODUCT] = { "Product", "Title" },
  [COLUMN_HANDLE] = { NULL, "Handle" },
  [COLUMN_OPTION1] = { NULL, "Option1 Value" },
  [COLUMN_OPTION2] = { NULL, "Option2 Value" },
  [COLUMN_OPTION3] = { NULL, "Option3 Value" },
  [COLUMN_SKU] = { "SKU", "SKU" },
  [COLUMN_BARCODE] = { "Barcode", NULL },
  [COLUMN_PLACE] = { "Place", "Location" },
  [COLUMN_EXPORTED] = { "Exported quantity", NULL },
  [COLUMN_EXPORTED_AT] = { "Exported at", NULL },
  [COLUMN_QUANTITY] = { "Quantity", NULL },
  [COLUMN_PRICE] = { "Price", NULL },
  [COLUMN_COST] = { "Cost", NULL },
};

/* Where Shopify's inventory files of several years keep what is there; the first one filled in
 * counts. */
static const char *const shopify_quantities[] = {
  "On hand (new)", "On hand (current)", "On hand", "Available", "Available (not editable)",
};

typedef struct
{
  StallImportJob *job;
  gboolean shopify;
  guint columns[N_COLUMNS];
  guint quantities[G_N_ELEMENTS (shopify_quantities)];
  guint digits;
  gboolean several_places;
  GHashTable *seen; /* variant and place → line */
  char *stamp;      /* tells one Shopify file from another */
} Reading;

static void
find_columns (Reading *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      const char *name = self->shopify ? names[i].shopify : names[i].own;

      self->columns[i] = name != NULL ? stall_import_job_find_column (self->job, name) : G_MAXUINT;
    }
  for (guint i = 0; i < G_N_ELEMENTS (shopify_quantities); i++)
    self->quantities[i] = stall_import_job_find_column (self->job, shopify_quantities[i]);
}

static const char *
get (Reading *self, StallCsvReader *reader, Column column)
{
  return stall_csv_reader_get_text (reader, self->columns[column]);
}

static const StallCatalogVariant *
find_variant (Reading *self, StallCsvReader *reader)
{
  StallCatalog *catalog = self->job->catalog;
  const StallCatalogVariant *variant
      = stall_catalog_find_variant (catalog, get (self, reader, COLUMN_VARIANT));
  g_autofree char *sku = g_ascii_strup (get (self, reader, COLUMN_SKU), -1);

  if (variant == NULL && self->shopify)
    {
      g_autofree char *name = g_strjoin (
          "\n", get (self, reader, COLUMN_HANDLE), get (self, reader, COLUMN_OPTION1),
          get (self, reader, COLUMN_OPTION2), get (self, reader, COLUMN_OPTION3), NULL);
      g_autofree char *id = stall_uuid_derive ("handle-variant", name);

      variant = stall_catalog_find_variant (catalog, id);
    }
  if (variant == NULL && *sku != '\0')
    variant = stall_catalog_find_sku (catalog, sku);
  if (variant == NULL)
    variant = stall_catalog_find_barcode (catalog, get (self, reader, COLUMN_BARCODE));
  return variant;
}

static const char *
get_place (Reading *self, StallCsvReader *reader)
{
  const char *place = get (self, reader, COLUMN_PLACE);

  /* The one location of a small Shopify shop is the workshop, whatever it is called there. */
  if (*place == '\0' || (self->shopify && !self->several_places))
    return STALL_PLACE_WORKSHOP;
  return place;
}

static gboolean
read_quantity (Reading *self, StallCsvReader *reader, const char *text, int *quantity)
{
  if (stall_csv_parse_quantity (text, FALSE, quantity))
    return TRUE;
  stall_import_job_fail (self->job, stall_csv_reader_get_line (reader),
                         _ ("“%s” is not a number of pieces. Write a whole number."), text);
  return FALSE;
}

static gboolean
read_price (Reading *self, StallCsvReader *reader, Column column, gint64 now, gint64 *amount)
{
  const char *text = get (self, reader, column);
  gboolean rounded;

  *amount = STALL_PRICE_NONE;
  if (*text == '\0')
    return TRUE;
  if (!stall_import_job_parse_price (self->job, text, self->digits, amount, &rounded))
    {
      stall_import_job_fail (self->job, stall_csv_reader_get_line (reader),
                             _ ("“%s” is not a price. Write it like %s."), text, "1234.50");
      return FALSE;
    }
  if (*amount == now)
    *amount = STALL_PRICE_NONE;
  return TRUE;
}

static void
add_sample (Reading *self, StallCsvReader *reader, const char *value)
{
  g_autofree char *detail = NULL;

  if (!stall_import_report_wants_samples (self->job->report))
    return;
  detail = g_strdup (get (self, reader, COLUMN_SKU));
  stall_import_report_add_sample (self->job->report, get (self, reader, COLUMN_PRODUCT), detail,
                                  value);
}

static void
apply_difference (Reading *self,
                  StallCsvReader *reader,
                  const StallCatalogVariant *variant,
                  int exported,
                  int quantity)
{
  const char *place = get_place (self, reader);
  g_autofree char *name = g_strdup_printf ("%s\n%s\n%s\n%d", variant->id, place,
                                           get (self, reader, COLUMN_EXPORTED_AT), exported);
  g_autofree char *id = stall_id_derive (STALL_KIND_MOVEMENT, "stock-sheet", name);
  g_autofree char *change = g_strdup_printf ("%d → %d", exported, quantity);
  g_autoptr (StallMovement) movement = NULL;

  if (quantity == exported)
    return;
  movement = stall_movement_new (variant->id, place, quantity - exported, STALL_REASON_CORRECTION,
                                 self->job->now);
  stall_movement_set_id (movement, id);
  stall_import_job_put_movement (self->job, movement, stall_csv_reader_get_line (reader));
  add_sample (self, reader, change);
}

static void
apply_prices (Reading *self,
              StallCsvReader *reader,
              const StallCatalogVariant *variant,
              gint64 price,
              gint64 cost)
{
  StallPriceEdit *edit;

  if (price == STALL_PRICE_NONE && cost == STALL_PRICE_NONE)
    return;
  edit = g_new0 (StallPriceEdit, 1);
  edit->product = g_strdup (variant->product);
  edit->variant = g_strdup (variant->id);
  edit->price = price;
  edit->cost = cost;
  g_ptr_array_add (self->job->edits, edit);
  self->job->counts->variants++;
  if (price != STALL_PRICE_NONE)
    {
      g_autofree char *text = stall_money_format (price, self->job->currency);

      add_sample (self, reader, text);
    }
}

static void
read_own_row (Reading *self, StallCsvReader *reader, const StallCatalogVariant *variant)
{
  const char *text = get (self, reader, COLUMN_QUANTITY);
  int exported, quantity;
  gint64 price, cost;

  if (!read_quantity (self, reader, get (self, reader, COLUMN_EXPORTED), &exported)
      || !read_quantity (self, reader, *text != '\0' ? text : get (self, reader, COLUMN_EXPORTED),
                         &quantity)
      || !read_price (self, reader, COLUMN_PRICE, variant->price, &price)
      || !read_price (self, reader, COLUMN_COST, variant->cost, &cost))
    return;
  apply_difference (self, reader, variant, exported, quantity);
  apply_prices (self, reader, variant, price, cost);
}

static void
read_shopify_row (Reading *self, StallCsvReader *reader, const StallCatalogVariant *variant)
{
  const char *place = get_place (self, reader), *text = "";
  g_autofree char *name = g_strjoin ("\n", self->stamp, variant->id, place, NULL);
  g_autofree char *id = stall_id_derive (STALL_KIND_MOVEMENT, "shopify-inventory", name);
  g_autoptr (StallMovement) count = NULL;
  int quantity;

  for (guint i = 0; *text == '\0' && i < G_N_ELEMENTS (shopify_quantities); i++)
    text = stall_csv_reader_get_text (reader, self->quantities[i]);
  if (*text == '\0' || g_ascii_strcasecmp (text, "not stocked") == 0)
    return;
  if (!read_quantity (self, reader, text, &quantity))
    return;
  count = stall_movement_new_count (variant->id, place, quantity, self->job->now);
  stall_movement_set_id (count, id);
  stall_import_job_put_movement (self->job, count, stall_csv_reader_get_line (reader));
  add_sample (self, reader, text);
}

static void
read_row (Reading *self, StallCsvReader *reader)
{
  const StallCatalogVariant *variant = find_variant (self, reader);
  guint line = stall_csv_reader_get_line (reader), first;
  g_autofree char *key = NULL;

  self->job->counts->lines++;
  if (!stall_import_job_check_width (self->job, reader))
    return;
  if (variant == NULL)
    {
      stall_import_job_fail (
          self->job, line, _ ("“%s” is not in the inventory. Import its product first."),
          *get (self, reader, COLUMN_SKU) != '\0' ? get (self, reader, COLUMN_SKU)
                                                  : get (self, reader, COLUMN_PRODUCT));
      return;
    }
  key = g_strjoin ("\n", variant->id, get_place (self, reader), NULL);
  first = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));
  if (first != 0)
    {
      stall_import_job_fail (self->job, line,
                             _ ("The stock of this variant is already on line %u."), first);
      return;
    }
  g_hash_table_insert (self->seen, g_steal_pointer (&key), GUINT_TO_POINTER (line));
  if (self->shopify)
    read_shopify_row (self, reader, variant);
  else
    read_own_row (self, reader, variant);
}

/* Whether Shopify's file speaks of more than one location. */
static gboolean
survey_places (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 0, 2, error);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *first = NULL;

  if (reader == NULL)
    return FALSE;
  find_columns (self);
  while (stall_import_job_next (self->job, reader, &local_error))
    {
      const char *place = get (self, reader, COLUMN_PLACE);

      if (first == NULL && *place != '\0')
        first = g_strdup (place);
      self->several_places |= *place != '\0' && !g_str_equal (first, place);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_rows (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 1, 2, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  while (stall_import_job_next (self->job, reader, &local_error))
    read_row (self, reader);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A count of the same number next month is another count; the same file twice is not. */
static char *
make_stamp (GFile *file)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) modified
      = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;

  if (modified == NULL)
    return stall_uuid_new ();
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GOFFSET_FORMAT, g_date_time_to_unix (modified),
                          g_file_info_get_size (info));
}

/* Reads our stock sheet, or Shopify's inventory. */
gboolean
stall_import_stock_read (StallImportJob *job, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *stamp = make_stamp (job->file);
  Reading reading = {
    .job = job,
    .shopify = job->dialect == STALL_DIALECT_SHOPIFY_INVENTORY,
    .digits = CLAMP (stall_currency_get_digits (job->currency), 0, 4),
    .seen = seen,
    .stamp = stamp,
  };

  return survey_places (&reading, error) && read_rows (&reading, error);
}
