/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-catalog.h"

#include "stall-async.h"

struct _StallCatalog
{
  gatomicrefcount references;
  GHashTable *variants;  /* id → StallCatalogVariant, owned */
  GHashTable *skus;      /* SKU in ASCII capitals → the same */
  GHashTable *barcodes;  /* barcode → the same */
  GHashTable *documents; /* ids of products and orders */
};

G_DEFINE_BOXED_TYPE (StallCatalog, stall_catalog, stall_catalog_ref, stall_catalog_unref)

typedef struct
{
  StallStore *store;
  gboolean with_orders;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->store);
  g_free (load);
}

static void
variant_free (gpointer data)
{
  StallCatalogVariant *variant = data;

  g_free (variant->id);
  g_free (variant->product);
  g_free (variant);
}

static StallCatalog *
catalog_new (void)
{
  StallCatalog *self = g_new0 (StallCatalog, 1);

  g_atomic_ref_count_init (&self->references);
  self->variants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, variant_free);
  self->skus = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->barcodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

StallCatalog *
stall_catalog_ref (StallCatalog *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
stall_catalog_unref (StallCatalog *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->skus);
  g_hash_table_unref (self->barcodes);
  g_hash_table_unref (self->variants);
  g_hash_table_unref (self->documents);
  g_free (self);
}

static void
add_variant (StallCatalog *self, StallVariantRow *row)
{
  StallCatalogVariant *variant = g_new0 (StallCatalogVariant, 1);
  g_autofree char *sku = g_ascii_strup (stall_variant_row_get_sku (row), -1);
  const char *barcode = stall_variant_row_get_barcode (row);

  variant->id = g_strdup (stall_variant_row_get_id (row));
  variant->product = g_strdup (stall_variant_row_get_product_id (row));
  variant->price = stall_variant_row_get_price (row);
  variant->cost = stall_variant_row_get_cost (row);
  g_hash_table_replace (self->variants, variant->id, variant);
  if (*g_strstrip (sku) != '\0')
    g_hash_table_insert (self->skus, g_steal_pointer (&sku), variant);
  if (barcode != NULL && *barcode != '\0')
    g_hash_table_insert (self->barcodes, g_strdup (barcode), variant);
}

static gboolean
load_ids (StallCatalog *self, StallStore *store, StallList list, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (list);
  g_autofree char **ids = dex_await_boxed (stall_store_query_ids (store, query), error);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (self->documents, ids[i]);
  return ids != NULL;
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (StallCatalog) self = catalog_new ();
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows = NULL;
  GError *error = NULL;

  rows = dex_await_object (stall_store_query_rows (load->store, query, 0), &error);
  if (rows == NULL || !load_ids (self, load->store, STALL_LIST_PRODUCTS, &error)
      || (load->with_orders && !load_ids (self, load->store, STALL_LIST_ORDERS, &error)))
    return dex_future_new_for_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, i);

      add_variant (self, row);
    }
  return dex_future_new_take_boxed (STALL_TYPE_CATALOG, g_steal_pointer (&self));
}

/**
 * stall_catalog_load:
 * @store: a stall
 * @with_orders: whether ids of orders are wanted too
 *
 * Reads what is in the stall: one small entry for each variant, and the ids of products and orders.
 *
 * Returns: (transfer full): a future of a boxed #StallCatalog
 */
DexFuture *
stall_catalog_load (StallStore *store, gboolean with_orders)
{
  Load *load = g_new0 (Load, 1);

  load->store = g_object_ref (store);
  load->with_orders = with_orders;
  return stall_async (load_fiber, load, load_free);
}

/**
 * stall_catalog_find_sku:
 * @self: a catalog
 * @sku: a SKU in ASCII capitals, without white space around it
 *
 * Finds the variant that has the SKU.
 *
 * Returns: (transfer none) (nullable): the variant
 */
const StallCatalogVariant *
stall_catalog_find_sku (StallCatalog *self, const char *sku)
{
  return g_hash_table_lookup (self->skus, sku);
}

const StallCatalogVariant *
stall_catalog_find_barcode (StallCatalog *self, const char *barcode)
{
  return g_hash_table_lookup (self->barcodes, barcode);
}

const StallCatalogVariant *
stall_catalog_find_variant (StallCatalog *self, const char *id)
{
  return g_hash_table_lookup (self->variants, id);
}

/**
 * stall_catalog_has:
 * @self: a catalog
 * @document_id: id of a product, or of an order when orders were asked for
 *
 * Tells whether the thing is in the stall.
 *
 * Returns: %TRUE when it is
 */
gboolean
stall_catalog_has (StallCatalog *self, const char *document_id)
{
  return g_hash_table_contains (self->documents, document_id);
}
