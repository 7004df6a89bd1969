/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-cells.h"
#include "stall-import-private.h"

#include "stall-barcode.h"
#include "stall-csv-values.h"
#include "stall-error.h"
#include "stall-html-text.h"
#include "stall-money.h"
#include "stall-movement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The rows of a product mostly follow each other but need not, so the file is read twice: the first
 * pass counts the rows of each product, the second makes a product when its last row is there. */

#define MAX_VARIANTS 2000
#define MAX_PICTURES 250

typedef struct
{
  guint rows;
  guint read;
  guint first_line;
  gboolean has_product; /* FALSE: variations of something that is not in the file */
  gboolean failed;
  struct _Draft *draft;
} Entry;

/* A product whose rows are being read. */
typedef struct _Draft
{
  StallProduct *product;
  char *handle;
  char *option_names[STALL_N_OPTIONS];
  GPtrArray *pictures;
  GPtrArray *attributes; /* name, value, … */
  GPtrArray *movements;  /* StallMovement */
  guint n_known;         /* variants whose SKU the stall has */
} Draft;

typedef struct
{
  StallImportJob *job;
  StallCells cells;
  guint digits;
  GHashTable *keys;   /* handle, id or SKU of a product → Entry */
  GPtrArray *entries; /* owns them */
  GHashTable *skus;   /* SKU in ASCII capitals → line */
} Reading;

static void
draft_free (Draft *draft)
{
  g_object_unref (draft->product);
  g_free (draft->handle);
  for (guint i = 0; i < STALL_N_OPTIONS; i++)
    g_free (draft->option_names[i]);
  g_ptr_array_unref (draft->pictures);
  g_ptr_array_unref (draft->attributes);
  g_ptr_array_unref (draft->movements);
  g_free (draft);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->draft, draft_free);
  g_free (entry);
}

static const char *
get (Reading *self, StallCsvReader *reader, StallCell cell)
{
  return stall_cells_get (&self->cells, reader, cell);
}

static Entry *
find_or_add (Reading *self, const char *key)
{
  Entry *entry = g_hash_table_lookup (self->keys, key);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->keys, g_strdup (key), entry);
    }
  return entry;
}

/* WooCommerce names a product by “id:12” or by its SKU, and its variations may come first. */
static Entry *
find_woocommerce_entry (Reading *self, StallCsvReader *reader)
{
  const char *sku = get (self, reader, STALL_CELL_SKU), *id = get (self, reader, STALL_CELL_ID);
  const char *parent = get (self, reader, STALL_CELL_PARENT);
  g_autofree char *by_id = *id != '\0' ? g_strconcat ("id:", id, NULL) : NULL;
  Entry *entry = NULL;

  if (!stall_cells_is_product (&self->cells, reader))
    return *parent != '\0' ? find_or_add (self, parent) : NULL;
  if (by_id != NULL)
    entry = g_hash_table_lookup (self->keys, by_id);
  if (entry == NULL && *sku != '\0')
    entry = g_hash_table_lookup (self->keys, sku);
  if (entry == NULL && by_id == NULL && *sku == '\0'
      && *get (self, reader, STALL_CELL_TITLE) == '\0')
    return NULL;
  if (entry == NULL)
    entry = find_or_add (self, by_id != NULL  ? by_id
                               : *sku != '\0' ? sku
                                              : get (self, reader, STALL_CELL_TITLE));
  if (*sku != '\0' && !g_hash_table_contains (self->keys, sku))
    g_hash_table_insert (self->keys, g_strdup (sku), entry);
  return entry;
}

/* NULL: nothing says which product the row belongs to. */
static Entry *
find_entry (Reading *self, StallCsvReader *reader)
{
  const char *handle;

  if (self->cells.woocommerce)
    return find_woocommerce_entry (self, reader);
  handle = get (self, reader, STALL_CELL_HANDLE);
  if (*handle == '\0')
    handle = get (self, reader, STALL_CELL_TITLE);
  return *handle != '\0' ? find_or_add (self, handle) : NULL;
}

static void
survey_row (Reading *self, StallCsvReader *reader)
{
  guint line = stall_csv_reader_get_line (reader);
  Entry *entry = find_entry (self, reader);

  self->job->counts->lines++;
  if (entry == NULL)
    {
      stall_import_job_fail (self->job, line,
                             self->cells.woocommerce ? _ ("The line has neither ID, SKU nor name.")
                                                     : _ ("The handle is missing."));
      return;
    }
  entry->rows++;
  entry->failed |= !stall_import_job_check_width (self->job, reader);
  entry->has_product |= stall_cells_is_product (&self->cells, reader);
  if (entry->first_line == 0)
    entry->first_line = line;
}

static gboolean
survey (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 0, 2, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  stall_cells_init (&self->cells, self->job);
  while (stall_import_job_next (self->job, reader, &local_error))
    survey_row (self, reader);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
fail (Reading *self, Entry *entry, guint line, char *message)
{
  stall_import_job_fail (self->job, line, "%s", message);
  g_free (message);
  entry->failed = TRUE;
}

/* An empty cell is no price. */
static gboolean
read_price (Reading *self, Entry *entry, StallCsvReader *reader, StallCell cell, gint64 *amount)
{
  const char *text = get (self, reader, cell);
  guint line = stall_csv_reader_get_line (reader);
  gboolean rounded;

  *amount = STALL_PRICE_NONE;
  if (*text == '\0')
    return TRUE;
  if (!stall_import_job_parse_price (self->job, text, self->digits, amount, &rounded))
    {
      fail (self, entry, line,
            g_strdup_printf (_ ("“%s” is not a price. Write it like %s."), text, "1234.50"));
      return FALSE;
    }
  if (rounded)
    {
      g_autofree char *read = stall_money_format (*amount, self->job->currency);

      stall_import_job_warn (
          self->job, line,
          _ ("The price “%s” has more decimals than the currency. It is read as %s."), text, read);
    }
  return TRUE;
}

static void
add_attribute (Draft *draft, const char *name, const char *value)
{
  if (*value == '\0')
    return;
  for (guint i = 0; i + 1 < draft->attributes->len; i += 2)
    if (g_str_equal (g_ptr_array_index (draft->attributes, i), name))
      return;
  g_ptr_array_add (draft->attributes, g_strdup (name));
  g_ptr_array_add (draft->attributes, g_strdup (value));
}

static void
set_tags (StallProduct *product, const char *text)
{
  g_auto (GStrv) tags = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) clean = NULL;

  for (guint i = 0; tags[i] != NULL; i++)
    if (*g_strstrip (tags[i]) != '\0')
      g_strv_builder_add (builder, tags[i]);
  clean = g_strv_builder_end (builder);
  stall_product_set_tags (product, (const char *const *) clean);
}

static void
read_product (Reading *self, Draft *draft, StallCsvReader *reader)
{
  const char *body = get (self, reader, STALL_CELL_BODY);
  g_autoptr (GString) html = NULL;
  g_autofree char *story = NULL;

  html = g_string_new (*body != '\0' ? body : get (self, reader, STALL_CELL_SHORT_BODY));
  if (self->cells.woocommerce)
    g_string_replace (html, "\\n", "\n", 0);
  story = stall_html_to_text (html->str);
  stall_product_set_story (draft->product, story);
  if (*get (self, reader, STALL_CELL_TITLE) != '\0')
    stall_product_set_title (draft->product, get (self, reader, STALL_CELL_TITLE));
  stall_product_set_maker (draft->product, get (self, reader, STALL_CELL_VENDOR));
  stall_product_set_stage (draft->product, stall_cells_get_stage (&self->cells, reader));
  set_tags (draft->product, get (self, reader, STALL_CELL_TAGS));
  add_attribute (draft, STALL_ATTRIBUTE_TYPE, get (self, reader, STALL_CELL_TYPE));
  /* WooCommerce puts what a simple product is made of where a variation has its options. */
  for (guint i = 0; self->cells.woocommerce && i < STALL_N_OPTIONS; i++)
    {
      const char *name = get (self, reader, STALL_CELL_OPTION1_NAME + 2 * i);

      if (*name != '\0' && stall_cells_is_variant (&self->cells, reader))
        add_attribute (draft, name, get (self, reader, STALL_CELL_OPTION1_VALUE + 2 * i));
    }
}

static void
add_picture (Reading *self, Draft *draft, const char *link, const char *alt)
{
  StallPicture *picture;

  if (*link == '\0' || draft->pictures->len >= MAX_PICTURES)
    return;
  for (guint i = 0; i < draft->pictures->len; i++)
    if (g_strcmp0 (((StallPicture *) g_ptr_array_index (draft->pictures, i))->link, link) == 0)
      return;
  picture = g_new0 (StallPicture, 1);
  picture->name = g_strdup_printf ("picture-%u", draft->pictures->len + 1);
  picture->slot = draft->pictures->len == 0 ? STALL_SLOT_COVER : STALL_SLOT_DETAIL;
  picture->alt = g_strdup (alt);
  picture->link = g_strdup (link);
  g_ptr_array_add (draft->pictures, picture);
}

static void
read_pictures (Reading *self, Draft *draft, StallCsvReader *reader)
{
  const char *cell = get (self, reader, STALL_CELL_PICTURE);
  g_auto (GStrv) links = NULL;

  if (!self->cells.woocommerce)
    {
      add_picture (self, draft, cell, get (self, reader, STALL_CELL_PICTURE_ALT));
      return;
    }
  links = g_strsplit (cell, ", ", MAX_PICTURES);
  for (guint i = 0; links[i] != NULL; i++)
    add_picture (self, draft, g_strstrip (links[i]), "");
}

static void
set_options (Reading *self, Draft *draft, StallVariant *variant, StallCsvReader *reader)
{
  if (self->cells.woocommerce && stall_cells_is_product (&self->cells, reader))
    return;
  for (guint i = 0; i < STALL_N_OPTIONS; i++)
    {
      const char *name = get (self, reader, STALL_CELL_OPTION1_NAME + 2 * i);
      const char *value = get (self, reader, STALL_CELL_OPTION1_VALUE + 2 * i);

      if (*name != '\0')
        g_set_str (&draft->option_names[i], name);
      if (*value == '\0' || g_ascii_strcasecmp (value, "Default Title") == 0)
        continue;
      stall_variant_set_option (
          variant, draft->option_names[i] != NULL ? draft->option_names[i] : _ ("Option"), value);
    }
}

/* A SKU belongs to one variant; the second one goes without and is told. */
static void
set_sku (Reading *self, Draft *draft, StallVariant *variant, StallCsvReader *reader)
{
  const char *sku = get (self, reader, STALL_CELL_SKU);
  g_autofree char *key = g_ascii_strup (sku, -1);
  guint line = stall_csv_reader_get_line (reader), first;

  if (*sku == '\0')
    return;
  first = GPOINTER_TO_UINT (g_hash_table_lookup (self->skus, key));
  if (first != 0)
    {
      stall_import_job_warn (
          self->job, line,
          _ ("The SKU “%s” is already on line %u. This variant is imported without one."), sku,
          first);
      return;
    }
  draft->n_known += stall_catalog_find_sku (self->job->catalog, key) != NULL;
  g_hash_table_insert (self->skus, g_steal_pointer (&key), GUINT_TO_POINTER (line));
  stall_variant_set_sku (variant, sku);
}

static void
set_barcode (Reading *self, StallVariant *variant, StallCsvReader *reader)
{
  const char *barcode = get (self, reader, STALL_CELL_BARCODE);
  g_autoptr (GError) error = NULL;

  if (*barcode == '\0')
    return;
  if (stall_barcode_check (barcode, &error))
    stall_variant_set_barcode (variant, barcode);
  else
    stall_import_job_warn (self->job, stall_csv_reader_get_line (reader),
                           _ ("The barcode “%s” is left out: %s"), barcode, error->message);
}

/* The same variant gets the same id wherever it is imported. */
static StallVariant *
make_variant (Reading *self, Draft *draft, StallCsvReader *reader)
{
  const char *own = get (self, reader, STALL_CELL_VARIANT_ID);
  g_autofree char *name
      = g_strjoin ("\n", draft->handle, get (self, reader, STALL_CELL_OPTION1_VALUE),
                   get (self, reader, STALL_CELL_OPTION2_VALUE),
                   get (self, reader, STALL_CELL_OPTION3_VALUE), NULL);
  g_autofree char *id = NULL;

  if (g_uuid_string_is_valid (own))
    return stall_variant_new_with_id (own);
  id = stall_uuid_derive ("handle-variant", name);
  return stall_variant_new_with_id (id);
}

static void
add_quantity (Reading *self, Entry *entry, StallVariant *variant, StallCsvReader *reader)
{
  const char *text = get (self, reader, STALL_CELL_QUANTITY);
  g_autofree char *id = NULL;
  StallMovement *movement;
  int quantity;

  if (*text == '\0')
    return;
  if (!stall_csv_parse_quantity (text, FALSE, &quantity))
    {
      fail (self, entry, stall_csv_reader_get_line (reader),
            g_strdup_printf (_ ("“%s” is not a number of pieces. Write a whole number."), text));
      return;
    }
  if (quantity == 0)
    return;
  id = stall_id_derive (STALL_KIND_MOVEMENT, "product-import", stall_variant_get_id (variant));
  movement = stall_movement_new (stall_variant_get_id (variant), STALL_PLACE_WORKSHOP, quantity,
                                 STALL_REASON_IMPORTED, self->job->now);
  stall_movement_set_id (movement, id);
  g_ptr_array_add (entry->draft->movements, movement);
}

static void
read_variant (Reading *self, Entry *entry, StallCsvReader *reader)
{
  Draft *draft = entry->draft;
  g_autoptr (StallVariant) variant = make_variant (self, draft, reader);
  guint line = stall_csv_reader_get_line (reader);
  gint64 price, compare_at, cost, sale;

  if (stall_product_find_variant (draft->product, stall_variant_get_id (variant)) != NULL)
    {
      fail (self, entry, line, g_strdup (_ ("A variant with the same options is already there.")));
      return;
    }
  if (g_list_model_get_n_items (stall_product_get_variants (draft->product)) >= MAX_VARIANTS)
    {
      fail (self, entry, line, g_strdup (_ ("A product cannot have more than 2,000 variants.")));
      return;
    }
  if (!read_price (self, entry, reader, STALL_CELL_PRICE, &price)
      || !read_price (self, entry, reader, STALL_CELL_COMPARE_AT, &compare_at)
      || !read_price (self, entry, reader, STALL_CELL_COST, &cost)
      || !read_price (self, entry, reader, STALL_CELL_SALE_PRICE, &sale))
    return;
  if (sale != STALL_PRICE_NONE)
    {
      compare_at = price;
      price = sale;
    }
  set_options (self, draft, variant, reader);
  set_sku (self, draft, variant, reader);
  set_barcode (self, variant, reader);
  if (price != STALL_PRICE_NONE)
    stall_variant_set_price (variant, price, self->job->currency);
  if (cost != STALL_PRICE_NONE)
    stall_variant_set_cost (variant, cost, self->job->currency);
  if (compare_at != STALL_PRICE_NONE)
    {
      g_autofree char *text = stall_money_format_plain (compare_at, self->job->currency);

      add_attribute (draft, STALL_ATTRIBUTE_COMPARE_AT, text);
    }
  add_quantity (self, entry, variant, reader);
  stall_product_add_variant (draft->product, variant);
}

static Draft *
begin_product (Reading *self, Entry *entry, StallCsvReader *reader)
{
  Draft *draft = g_new0 (Draft, 1);
  const char *own = get (self, reader, STALL_CELL_PRODUCT_ID);
  const char *handle = get (self, reader, STALL_CELL_HANDLE);
  g_autofree char *id = NULL;

  if (self->cells.woocommerce && stall_cells_is_product (&self->cells, reader))
    handle = *get (self, reader, STALL_CELL_SKU) != '\0' ? get (self, reader, STALL_CELL_SKU)
                                                         : get (self, reader, STALL_CELL_ID);
  else if (self->cells.woocommerce)
    handle = get (self, reader, STALL_CELL_PARENT);
  if (*handle == '\0')
    handle = get (self, reader, STALL_CELL_TITLE);
  if (stall_kind_of_id (own) == STALL_KIND_PRODUCT)
    id = g_strdup (own);
  else
    id = stall_id_derive (STALL_KIND_PRODUCT, self->cells.woocommerce ? "woocommerce" : "shopify",
                          handle);
  draft->product = stall_product_new ();
  draft->handle = g_strdup (handle);
  draft->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_picture_free);
  draft->attributes = g_ptr_array_new_with_free_func (g_free);
  draft->movements = g_ptr_array_new_with_free_func (g_object_unref);
  stall_product_set_id (draft->product, id);
  stall_product_set_title (draft->product, handle);
  return draft;
}

static void
add_sample (Reading *self, Draft *draft)
{
  GListModel *variants = stall_product_get_variants (draft->product);
  guint n_variants = g_list_model_get_n_items (variants);
  g_autoptr (StallVariant) first = g_list_model_get_item (variants, 0);
  g_autofree char *value = NULL;
  g_autofree char *detail = NULL;

  if (first != NULL && stall_variant_get_price (first) != STALL_PRICE_NONE)
    value = stall_money_format (stall_variant_get_price (first), self->job->currency);
  detail = n_variants > 1
               ? g_strdup_printf (ngettext ("%u variant", "%u variants", n_variants), n_variants)
               : g_strdup (first != NULL && *stall_variant_get_sku (first) != '\0'
                               ? stall_variant_get_sku (first)
                               : draft->handle);
  stall_import_report_add_sample (self->job->report, stall_product_get_title (draft->product),
                                  detail, value != NULL ? value : "");
}

static void
put_product (Reading *self, Entry *entry)
{
  StallImportJob *job = self->job;
  Draft *draft = entry->draft;

  g_ptr_array_add (draft->attributes, NULL);
  stall_product_set_attributes (draft->product, (const char *const *) draft->attributes->pdata);
  stall_product_set_pictures (draft->product, draft->pictures);
  job->counts->products++;
  job->counts->variants += g_list_model_get_n_items (stall_product_get_variants (draft->product));
  job->counts->pictures += draft->pictures->len;
  if (stall_import_report_wants_samples (job->report))
    add_sample (self, draft);
  if (job->pipe != NULL)
    stall_import_job_put (job, stall_product_to_document (draft->product, job->device));
  for (guint i = 0; i < draft->movements->len; i++)
    stall_import_job_put_movement (job, g_ptr_array_index (draft->movements, i), entry->first_line);
}

/* All rows of a product are there. */
static void
finish_product (Reading *self, Entry *entry)
{
  Draft *draft = entry->draft;
  guint n_variants = g_list_model_get_n_items (stall_product_get_variants (draft->product));

  if (!entry->has_product)
    {
      stall_import_job_fail (
          self->job, entry->first_line,
          _ ("The product “%s” that these variations belong to is not in the file."),
          draft->handle);
    }
  else if (stall_catalog_has (self->job->catalog, stall_product_get_id (draft->product))
           || draft->n_known > 0)
    {
      self->job->counts->present++;
      if (draft->n_known > 0 && draft->n_known < n_variants)
        stall_import_job_warn (
            self->job, entry->first_line,
            _ ("“%s” is in the stall already and stays as it is. Its new variants are not added."),
            stall_product_get_title (draft->product));
    }
  else
    {
      put_product (self, entry);
    }
  g_clear_pointer (&entry->draft, draft_free);
}

static void
emit_row (Reading *self, StallCsvReader *reader)
{
  Entry *entry = find_entry (self, reader);

  if (entry == NULL)
    return;
  entry->read++;
  if (!entry->failed)
    {
      if (entry->draft == NULL)
        entry->draft = begin_product (self, entry, reader);
      if (stall_cells_is_product (&self->cells, reader))
        read_product (self, entry->draft, reader);
      read_pictures (self, entry->draft, reader);
      if (stall_cells_is_variant (&self->cells, reader)
          || (!self->cells.woocommerce && entry->read == 1))
        read_variant (self, entry, reader);
    }
  if (entry->read < entry->rows)
    return;
  if (entry->failed)
    g_clear_pointer (&entry->draft, draft_free);
  else
    finish_product (self, entry);
}

static gboolean
emit (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 1, 2, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  while (stall_import_job_next (self->job, reader, &local_error))
    {
      emit_row (self, reader);
      if (!stall_import_job_flush (self->job, FALSE, &local_error))
        break;
    }
  if (local_error == NULL)
    return stall_import_job_flush (self->job, TRUE, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Reads Shopify's and WooCommerce's products. */
gboolean
stall_import_products_read (StallImportJob *job, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) skus = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  Reading reading = {
    .job = job,
    .digits = CLAMP (stall_currency_get_digits (job->currency), 0, 4),
    .keys = keys,
    .entries = entries,
    .skus = skus,
  };

  return survey (&reading, error) && emit (&reading, error);
}
