/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"
#include "stall-preset-private.h"

#include "stall-error.h"

#include <glib/gi18n-lib.h>

/* A dialect is told by columns that only it has. */
static const struct
{
  StallImportDialect dialect;
  StallImportKind kind;
  const char *columns[4];
} dialects[] = {
  { STALL_DIALECT_SHOPIFY_NEW, STALL_IMPORT_PRODUCTS, { "URL handle", "Title", "Price" } },
  { STALL_DIALECT_SHOPIFY_OLD, STALL_IMPORT_PRODUCTS, { "Handle", "Title", "Variant Price" } },
  { STALL_DIALECT_WOOCOMMERCE, STALL_IMPORT_PRODUCTS, { "Type", "Name", "Regular price" } },
  { STALL_DIALECT_STOCK_SHEET,
    STALL_IMPORT_STOCK,
    { "Variant ID", "Exported quantity", "Quantity" } },
  { STALL_DIALECT_SHOPIFY_INVENTORY, STALL_IMPORT_STOCK, { "Handle", "SKU", "Location" } },
};

/* Of an export of orders: it has no ids, so its orders would come in a second time. */
static const char *const exported_order_columns[]
    = { "Order", "Placed at", "Line total", "Order total", NULL };

static gboolean
has_columns (const char *const *columns, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    if (stall_columns_find (columns, wanted[i]) == G_MAXUINT)
      return FALSE;
  return TRUE;
}

static const char *
explain (StallImportKind kind)
{
  switch (kind)
    {
    case STALL_IMPORT_PRODUCTS:
      return _ (
          "These are not the columns of a product file. Shopify’s has “Handle” (or “URL handle”), "
          "“Title” and “Variant Price” (or “Price”); WooCommerce’s has “Type”, “Name” and “Regular "
          "price”. "
          "This file has: %s.");
    case STALL_IMPORT_STOCK:
      return _ (
          "These are not the columns of a stock file. A stock sheet of Stall has “Variant ID”, "
          "“Exported quantity” and “Quantity”; Shopify’s inventory file has “Handle”, “SKU” and "
          "“Location”. "
          "This file has: %s.");
    case STALL_IMPORT_ORDERS:
    default:
      return _ ("A list of orders needs at least an order number, a date, a product, a quantity "
                "and a price, "
                "separated by commas, semicolons or tabs. This file has: %s.");
    }
}

/* The names of the columns, as many as fit into a message. */
static char *
describe_columns (const char *const *columns)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; columns[i] != NULL && i < 8; i++)
    {
      g_autofree char *name
          = g_utf8_substring (columns[i], 0, MIN (40, g_utf8_strlen (columns[i], -1)));

      g_string_append_printf (text, "%s“%s”", i > 0 ? ", " : "", name);
    }
  if (g_strv_length ((GStrv) columns) > 8)
    g_string_append (text, ", …");
  return g_string_free_and_steal (text);
}

/* What a file is said to be that is something else. */
static const char *
explain_other (StallImportKind kind)
{
  return kind == STALL_IMPORT_PRODUCTS ? _ ("This is a list of products. Import it as products.")
                                       : _ ("This is a list of stock. Import it as a stock sheet.");
}

static guint
find_known (const char *const *columns)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (dialects) && !has_columns (columns, dialects[i].columns))
    i++;
  return i;
}

/* Of a file that nobody said anything about; what no dialect claims may be a list of orders. */
StallImportKind
stall_import_find_kind (const char *const *columns)
{
  guint known = find_known (columns);

  return known < G_N_ELEMENTS (dialects) ? dialects[known].kind : STALL_IMPORT_ORDERS;
}

StallImportDialect
stall_import_find_dialect (StallImportKind kind, const char *const *columns, GError **error)
{
  g_autofree char *described = NULL;
  g_autofree char *message = NULL;
  g_auto (GStrv) parts = NULL;
  guint known;

  if (kind == STALL_IMPORT_ORDERS && has_columns (columns, exported_order_columns))
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_INVALID,
          _ ("Stall wrote this list of orders for a spreadsheet. It cannot be read "
             "back in: to move or keep a whole stall, make a backup."));
      return STALL_DIALECT_UNKNOWN;
    }
  known = find_known (columns);
  if (known < G_N_ELEMENTS (dialects) && dialects[known].kind == kind)
    return dialects[known].dialect;
  if (known < G_N_ELEMENTS (dialects))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           explain_other (dialects[known].kind));
      return STALL_DIALECT_UNKNOWN;
    }
  if (kind == STALL_IMPORT_ORDERS && g_strv_length ((GStrv) columns) >= 3)
    return STALL_DIALECT_ORDERS;
  described = describe_columns (columns);
  parts = g_strsplit (explain (kind), "%s", 2);
  message = g_strjoinv (described, parts);
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, message);
  return STALL_DIALECT_UNKNOWN;
}
