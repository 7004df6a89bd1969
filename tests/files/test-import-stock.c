/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files-test.h"

#include "stall-export.h"

static void
import_products (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("shopify-products.csv");
  g_autoptr (StallReceipt) receipt = NULL;

  test_set_currency (fixture, "CNY");
  receipt = test_import (fixture, STALL_IMPORT_PRODUCTS, path);
  g_assert_cmpuint (receipt->added, >, 0);
}

static void
check_stock (Fixture *fixture, const char *sku, int on_hand)
{
  g_autoptr (StallVariantRow) row = test_find_variant (fixture, sku);

  g_assert_cmpint (stall_variant_row_get_on_hand (row), ==, on_hand);
}

/* Writes the stock sheet with one text in it replaced, as a person would in a spreadsheet. */
static char *
edit_sheet (Fixture *fixture, const char *const *edits)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stock.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_autoptr (GString) edited = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dex_await_int64 (stall_export_stock (fixture->store, file, NULL), &error), ==,
                   4);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  edited = g_string_new (text);
  for (guint i = 0; edits[i] != NULL; i += 2)
    {
      g_auto (GStrv) rows = g_strsplit (edited->str, "\r\n", -1);
      g_autofree char *joined = NULL;

      for (guint row = 0; rows[row] != NULL; row++)
        if (strstr (rows[row], edits[i]) != NULL)
          {
            /* Product, Options, SKU, Barcode, Place, Exported quantity, Exported at, Quantity,
             * Price */
            g_auto (GStrv) cells = g_strsplit (rows[row], ",", -1);
            g_auto (GStrv) change = g_strsplit (edits[i + 1], "=", 2);
            guint cell = g_str_equal (change[0], "quantity") ? 7 : 8;

            g_set_str (&cells[cell], change[1]);
            g_free (rows[row]);
            rows[row] = g_strjoinv (",", cells);
          }
      joined = g_strjoinv ("\r\n", rows);
      g_string_assign (edited, joined);
    }
  return test_write_file (fixture, "edited.csv", edited->str, edited->len);
}

/* The sheet applies what changed in it, so a sale made meanwhile stays. */
static void
test_sheet (Fixture *fixture)
{
  static const char *const edits[] = { "SUIT-M", "quantity=7", "SUIT-L", "price=750.00", NULL };
  g_autofree char *path = NULL;
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallImportReport) report = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallReceipt) again = NULL;
  g_autoptr (StallVariantRow) medium = NULL;
  g_autoptr (StallVariantRow) large = NULL;

  import_products (fixture);
  path = edit_sheet (fixture, edits);
  medium = test_find_variant (fixture, "SUIT-M");
  test_move (fixture, stall_variant_row_get_id (medium), -1, stall_time_now ());

  import = test_open_import (fixture, STALL_IMPORT_STOCK, path);
  report = test_dry_run (import);
  g_assert_cmpuint (stall_import_report_get_counts (report)->movements, ==, 1);
  g_assert_cmpuint (stall_import_report_get_counts (report)->variants, ==, 1);
  g_assert_cmpuint (stall_import_report_get_counts (report)->errors, ==, 0);
  check_stock (fixture, "SUIT-M", 3);

  receipt = test_run (import);
  g_assert_cmpuint (receipt->added, ==, 1);
  g_assert_cmpuint (receipt->changed, ==, 1);
  check_stock (fixture, "SUIT-M", 6);
  large = test_find_variant (fixture, "SUIT-L");
  g_assert_cmpint (stall_variant_row_get_price (large), ==, 75000);

  again = test_import (fixture, STALL_IMPORT_STOCK, path);
  g_assert_cmpuint (again->added + again->changed, ==, 0);
  check_stock (fixture, "SUIT-M", 6);
  test_check_is_clean (fixture);
}

static void
test_unchanged (Fixture *fixture)
{
  static const char *const edits[] = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  import_products (fixture);
  path = edit_sheet (fixture, edits);
  receipt = test_import (fixture, STALL_IMPORT_STOCK, path);
  g_assert_cmpuint (receipt->added + receipt->changed, ==, 0);
}

static void
test_problems (Fixture *fixture)
{
  const char *text = "Product,SKU,Exported quantity,Exported at,Quantity,Price,Variant ID\n"
                     "Suit,SUIT-M,4,x,four,,\n"
                     "Nothing,NO-1,0,x,1,,\n"
                     "Suit,SUIT-L,2,x,2,\"1,234.5€\",\n"
                     "Bowl,BOWL,0,x,2,,\n"
                     "Bowl,bowl,0,x,3,,\n";
  static const char *const expected[] = {
    [2] = "error: “four” is not a number of pieces. Write a whole number.",
    [3] = "error: “NO-1” is not in the inventory. Import its product first.",
    [4] = "error: “1,234.5€” is not a price. Write it like 1234.50.",
    [6] = "error: The stock of this variant is already on line 5.",
  };
  g_autofree char *path = NULL;
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallImportReport) report = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  import_products (fixture);
  path = test_write_file (fixture, "sheet.csv", text, -1);
  import = test_open_import (fixture, STALL_IMPORT_STOCK, path);
  report = test_dry_run (import);
  for (guint line = 0; line < G_N_ELEMENTS (expected); line++)
    {
      g_autofree char *problem = test_find_problem (report, line);

      if (expected[line] != NULL)
        g_assert_cmpstr (problem, ==, expected[line]);
    }
  receipt = test_run (import);
  g_assert_cmpuint (receipt->added, ==, 1);
  check_stock (fixture, "BOWL", 2);
}

static void
test_shopify_inventory (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("shopify-inventory.csv");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallReceipt) again = NULL;

  import_products (fixture);
  receipt = test_import (fixture, STALL_IMPORT_STOCK, path);
  g_assert_cmpuint (receipt->added, ==, 2);
  check_stock (fixture, "SUIT-M", 7);
  check_stock (fixture, "SUIT-L", 2);
  check_stock (fixture, "VASE", 1);
  again = test_import (fixture, STALL_IMPORT_STOCK, path);
  g_assert_cmpuint (again->added, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/import-stock/sheet", test_sheet);
  test_add ("/import-stock/unchanged", test_unchanged);
  test_add ("/import-stock/problems", test_problems);
  test_add ("/import-stock/shopify-inventory", test_shopify_inventory);
  return g_test_run ();
}
