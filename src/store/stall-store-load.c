/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-store.h"

#include <glib/gi18n-lib.h>

#include "stall-barcode.h"
#include "stall-documents.h"
#include "stall-query-private.h"
#include "stall-store-private.h"

static DexFuture *
load_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  StallDocument *document = stall_documents_load (database, data, &error);

  return document != NULL ? dex_future_new_take_object (document)
                          : dex_future_new_for_error (error);
}

/**
 * stall_store_load:
 * @self: a store
 * @id: a document id
 *
 * Returns: (transfer full): a future of the #StallDocument; #STALL_ERROR_NOT_FOUND when there is
 * none or it was deleted
 */
DexFuture *
stall_store_load (StallStore *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (id != NULL);

  return stall_store_read (self, STALL_READER_ROWS, load_job, g_strdup (id), g_free, NULL);
}

static DexFuture *
list_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = stall_documents_list (database, data, &error);
  GListStore *list;

  if (documents == NULL)
    return dex_future_new_for_error (error);
  list = g_list_store_new (STALL_TYPE_DOCUMENT);
  g_list_store_splice (list, 0, 0, documents->pdata, documents->len);
  return dex_future_new_take_object (list);
}

/**
 * stall_store_list:
 * @self: a store
 * @id_prefix: the beginning of ids, such as "event:…:" or "product:"
 *
 * Returns: (transfer full): a future of a #GListModel of #StallDocument, in the order of their ids
 */
DexFuture *
stall_store_list (StallStore *self, const char *id_prefix)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (id_prefix != NULL && id_prefix[0] != '\0');

  return stall_store_read (self, STALL_READER_ROWS, list_job, g_strdup (id_prefix), g_free, NULL);
}

static DexFuture *
take_variant (StallDatabase *database, gint64 number, GError *error)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GPtrArray) rows = NULL;

  if (error == NULL && number != 0)
    rows = stall_row_read_many (query, database, &number, 1, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (rows == NULL || rows->len == 0)
    return stall_store_reject (STALL_ERROR_NOT_FOUND, _ ("No product has this code."));
  return dex_future_new_take_object (g_object_ref (g_ptr_array_index (rows, 0)));
}

static DexFuture *
find_variant_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  gint64 number = 0;

  if (!stall_database_get_int (
          database, &number, &error,
          "SELECT number FROM variant WHERE barcode = ?1 AND barcode <> '' AND product IS NOT NULL",
          "s", data)
      && error == NULL)
    stall_database_get_int (
        database, &number, &error,
        "SELECT number FROM variant WHERE sku = ?1 COLLATE NOCASE AND sku <> '' "
        "AND product IS NOT NULL",
        "s", data);
  return take_variant (database, number, error);
}

/**
 * stall_store_find_variant:
 * @self: a store
 * @code: what a scanner read or a person typed
 *
 * Finds a variant by its barcode, else by its SKU whatever its case.
 *
 * Returns: (transfer full): a future of a loaded #StallVariantRow; #STALL_ERROR_NOT_FOUND
 */
DexFuture *
stall_store_find_variant (StallStore *self, const char *code)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (code != NULL);

  return stall_store_read (self, STALL_READER_ROWS, find_variant_job, stall_barcode_read (code),
                           g_free, NULL);
}

static DexFuture *
find_twin_job (StallDatabase *database, gpointer data)
{
  GStrv wanted = data;
  GError *error = NULL;
  gint64 number = 0;

  stall_database_get_int (
      database, &number, &error,
      "SELECT number FROM variant WHERE (sku = ?1 COLLATE NOCASE OR barcode = ?1)"
      " AND id <> ?2 AND product IS NOT NULL",
      "ss", wanted[0], wanted[1]);
  return take_variant (database, number, error);
}

/**
 * stall_store_find_twin:
 * @self: a store
 * @code: the SKU or barcode of a variant, not empty
 * @variant_id: that variant
 *
 * Finds another variant that a scanner could take for this one.
 *
 * Returns: (transfer full): a future of a loaded #StallVariantRow; #STALL_ERROR_NOT_FOUND
 */
DexFuture *
stall_store_find_twin (StallStore *self, const char *code, const char *variant_id)
{
  const char *wanted[] = { code, variant_id, NULL };

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (code != NULL && *code != '\0' && variant_id != NULL);

  return stall_store_read (self, STALL_READER_ROWS, find_twin_job, g_strdupv ((char **) wanted),
                           (GDestroyNotify) g_strfreev, NULL);
}

static DexFuture *
count_job (StallDatabase *database, gpointer data)
{
  g_autofree char *prefix = g_strconcat (stall_kind_to_string (GPOINTER_TO_UINT (data)), ":", NULL);
  g_autofree char *end = stall_documents_prefix_end (prefix);
  GError *error = NULL;
  gint64 number = 0;

  stall_database_get_int (database, &number, &error,
                          "SELECT count(*) FROM document WHERE id >= ? AND id < ? AND NOT deleted",
                          "ss", prefix, end);
  return error == NULL ? dex_future_new_for_int64 (number) : dex_future_new_for_error (error);
}

/**
 * stall_store_count:
 * @self: a store
 * @kind: a kind of document
 *
 * Returns: (transfer full): a future of how many there are, as int64
 */
DexFuture *
stall_store_count (StallStore *self, StallKind kind)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_ROWS, count_job, GUINT_TO_POINTER (kind), NULL, NULL);
}
