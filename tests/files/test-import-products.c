/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files-test.h"

#include "stall-export.h"

static void
check_suit (Fixture *fixture)
{
  g_autoptr (StallProduct) suit = test_load_product (fixture, "Lilac suit");
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (suit);
  g_auto (GStrv) tags = stall_product_dup_tags (suit);
  g_auto (GStrv) attributes = stall_product_dup_attributes (suit);
  g_autoptr (StallVariantRow) medium = test_find_variant (fixture, "suit-m");
  StallPicture *cover = g_ptr_array_index (pictures, 0);

  g_assert_cmpstr (stall_product_get_story (suit), ==,
                   "Cut in Hangzhou & sewn by hand.\n\n• Wool\n• Silk");
  g_assert_cmpstr (stall_product_get_maker (suit), ==, "Lin");
  g_assert_cmpint (stall_product_get_stage (suit), ==, STALL_STAGE_ON_SALE);
  g_assert_true (g_strv_contains ((const char *const *) tags, "lilac"));
  g_assert_cmpuint (g_strv_length (tags), ==, 2);
  g_assert_cmpstr (attributes[0], ==, "Type");
  g_assert_cmpstr (attributes[1], ==, "Suits");
  g_assert_cmpuint (pictures->len, ==, 3);
  g_assert_cmpstr (cover->link, ==, "https://example.org/a.jpg");
  g_assert_cmpstr (cover->alt, ==, "Front");
  g_assert_cmpint (cover->slot, ==, STALL_SLOT_COVER);
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (suit)), ==, 2);

  g_assert_cmpstr (stall_variant_row_get_title (medium), ==, "Lilac / M");
  g_assert_cmpstr (stall_variant_row_get_barcode (medium), ==, "4006381333931");
  g_assert_cmpint (stall_variant_row_get_price (medium), ==, 80000);
  g_assert_cmpint (stall_variant_row_get_cost (medium), ==, 31000);
  g_assert_cmpint (stall_variant_row_get_on_hand (medium), ==, 4);
}

static void
check_stages (Fixture *fixture)
{
  g_autoptr (StallProduct) bowl = test_load_product (fixture, "茶碗");
  g_autoptr (StallProduct) vase = test_load_product (fixture, "Old vase");

  g_assert_cmpint (stall_product_get_stage (bowl), ==, STALL_STAGE_SAMPLE);
  g_assert_cmpint (stall_product_get_stage (vase), ==, STALL_STAGE_DROPPED);
}

/* Both dialects say the same, so the second file adds nothing. */
static void
test_shopify (Fixture *fixture)
{
  static const char *const names[] = { "shopify-products.csv", "shopify-products-2025.csv" };
  static const guint added[] = { 6, 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = test_data_path (names[i]);
      g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_PRODUCTS, path);
      g_autoptr (StallImportReport) report = test_dry_run (import);
      const StallImportCounts *counts = stall_import_report_get_counts (report);
      g_autoptr (StallReceipt) receipt = NULL;

      g_assert_cmpuint (counts->lines, ==, 5);
      g_assert_cmpuint (counts->errors + counts->warnings, ==, 0);
      g_assert_cmpuint (counts->products, ==, i == 0 ? 3 : 0);
      g_assert_cmpuint (counts->present, ==, i == 0 ? 0 : 3);
      g_assert_cmpuint (counts->pictures, ==, i == 0 ? 3 : 0);
      g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_PRODUCT), ==, i == 0 ? 0 : 3);

      receipt = test_run (import);
      g_assert_cmpuint (receipt->added, ==, added[i]);
      check_suit (fixture);
      check_stages (fixture);
    }
  test_check_is_clean (fixture);
}

static void
test_shopify_new (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("shopify-products-2025.csv");
  g_autoptr (StallReceipt) receipt = test_import (fixture, STALL_IMPORT_PRODUCTS, path);

  g_assert_cmpuint (receipt->added, ==, 6);
  check_suit (fixture);
  check_stages (fixture);
}

static void
test_undo (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("shopify-products.csv");
  g_autoptr (StallReceipt) receipt = test_import (fixture, STALL_IMPORT_PRODUCTS, path);
  g_autoptr (StallReceipt) undone = NULL;
  g_autoptr (StallReceipt) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (receipt->label, ==, "Import of “shopify-products.csv”");
  undone = dex_await_boxed (stall_store_undo (fixture->store, receipt->change_set), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_PRODUCT), ==, 0);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_MOVEMENT), ==, 0);

  again = test_import (fixture, STALL_IMPORT_PRODUCTS, path);
  check_suit (fixture);
  test_check_is_clean (fixture);
}

static void
test_woocommerce (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("woocommerce-products.csv");
  g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_PRODUCTS, path);
  g_autoptr (StallImportReport) report = test_dry_run (import);
  g_autoptr (StallReceipt) receipt = test_run (import);
  g_autoptr (StallProduct) scarf = test_load_product (fixture, "Silk scarf");
  g_autoptr (StallProduct) mug = test_load_product (fixture, "Mug");
  g_autoptr (StallVariantRow) blue = test_find_variant (fixture, "SCARF-BLUE");
  g_auto (GStrv) attributes = stall_product_dup_attributes (mug);

  g_assert_cmpstr (stall_import_get_dialect (import), ==, "WooCommerce products");
  g_assert_cmpuint (stall_import_report_get_counts (report)->products, ==, 2);
  g_assert_cmpuint (stall_import_report_get_counts (report)->errors, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (scarf)), ==, 2);
  g_assert_cmpstr (stall_product_get_story (scarf), ==, "First line\nSecond line");
  g_assert_cmpstr (stall_product_get_maker (scarf), ==, "Mei");
  g_assert_cmpstr (stall_variant_row_get_title (blue), ==, "Blue");
  g_assert_cmpint (stall_variant_row_get_price (blue), ==, 4500);
  g_assert_cmpint (stall_variant_row_get_on_hand (blue), ==, 2);
  g_assert_cmpint (stall_product_get_stage (mug), ==, STALL_STAGE_SAMPLE);
  g_assert_cmpstr (attributes[2], ==, "Material");
  g_assert_cmpstr (attributes[3], ==, "Stoneware");
}

static void
test_problems (Fixture *fixture)
{
  static const char *const expected[] = {
    [3] = "error: “1,234.5€” is not a price. Write it like 1234.50.",
    [5] = "warning: The SKU “g-1” is already on line 2. This variant is imported without one.",
    [6] = "error: A variant with the same options is already there.",
    [7] = "error: “a few” is not a number of pieces. Write a whole number.",
    [8] = "error: The handle is missing.",
    [9] = "error: There are 10 cells but 8 columns. Put quotation marks around text with "
          "separators in it.",
    [10] = "warning: The SKU “G-1” is already on line 2. This variant is imported without one.",
    [11] = "warning: The price “10.999” has more decimals than the currency. It is read as £11.00.",
  };
  g_autofree char *path = test_data_path ("bad-products.csv");
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallImportReport) report = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *check_digit = NULL;
  const StallImportCounts *counts;
  guint last = 0;

  test_set_currency (fixture, "GBP");
  import = test_open_import (fixture, STALL_IMPORT_PRODUCTS, path);
  report = test_dry_run (import);
  counts = stall_import_report_get_counts (report);
  for (guint line = 0; line < G_N_ELEMENTS (expected); line++)
    {
      g_autofree char *problem = test_find_problem (report, line);

      if (expected[line] != NULL)
        g_assert_cmpstr (problem, ==, expected[line]);
    }
  check_digit = test_find_problem (report, 4);
  g_assert_true (
      g_str_has_prefix (check_digit, "warning: The barcode “4006381333932” is left out"));
  g_assert_cmpuint (counts->errors, ==, 5);
  g_assert_cmpuint (counts->warnings, ==, 4);
  g_assert_cmpuint (counts->products, ==, 4);

  for (guint i = 0; i < g_list_model_get_n_items (stall_import_report_get_problems (report)); i++)
    {
      g_autoptr (StallImportProblem) problem
          = g_list_model_get_item (stall_import_report_get_problems (report), i);

      g_assert_cmpuint (stall_import_problem_get_line (problem), >=, last);
      last = stall_import_problem_get_line (problem);
    }

  receipt = test_run (import);
  g_assert_cmpuint (receipt->added, ==, 5);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_PRODUCT), ==, 4);
}

/* What was exported imports into an empty stall as the same products, and into its own as nothing.
 */
static void
test_round_trip (Fixture *fixture)
{
  g_autofree char *source = test_data_path ("shopify-products.csv");
  g_autofree char *path = g_build_filename (fixture->folder, "products.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StallReceipt) imported = test_import (fixture, STALL_IMPORT_PRODUCTS, source);
  g_autoptr (StallReceipt) own = NULL;
  g_autoptr (StallReceipt) other_receipt = NULL;
  g_autoptr (StallProduct) before = test_load_product (fixture, "Lilac suit");
  g_autoptr (StallProduct) after = NULL;
  g_autoptr (GError) error = NULL;
  Fixture other = { .folder = g_build_filename (fixture->folder, "other", NULL) };

  g_assert_cmpint (
      dex_await_int64 (stall_export_products (fixture->store, NULL, file, NULL), &error), ==, 5);
  g_assert_no_error (error);
  own = test_import (fixture, STALL_IMPORT_PRODUCTS, path);
  g_assert_cmpuint (own->added + own->changed, ==, 0);

  test_open (&other, STALL_STORE_WRITE | STALL_STORE_CREATE);
  other_receipt = test_import (&other, STALL_IMPORT_PRODUCTS, path);
  g_assert_cmpuint (other_receipt->added, ==, imported->added);
  check_suit (&other);
  check_stages (&other);
  after = test_load_product (&other, "Lilac suit");
  g_assert_cmpstr (stall_product_get_id (after), ==, stall_product_get_id (before));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StallVariant) a = g_list_model_get_item (stall_product_get_variants (before), i);
      g_autoptr (StallVariant) b = g_list_model_get_item (stall_product_get_variants (after), i);

      g_assert_cmpstr (stall_variant_get_id (a), ==, stall_variant_get_id (b));
    }
  test_close (&other);
  g_free (other.folder);
}

static char *
export_status (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "status.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  dex_await_int64 (stall_export_products (fixture->store, NULL, file, NULL), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strdup (strstr (text, "archived") != NULL ? "archived"
                   : strstr (text, "active") != NULL ? "active"
                                                     : "");
}

/* Another shop must not sell once more what there is only one of. */
static void
test_sold_one_off_is_archived (Fixture *fixture)
{
  g_autoptr (StallProduct) quilt = test_make_product ("Quilt", "QU-01", 268000);
  const char *variant = test_first_variant (quilt);
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *there = NULL;
  g_autofree char *sold = NULL;

  stall_product_set_stage (quilt, STALL_STAGE_ON_SALE);
  stall_product_set_one_off (quilt, TRUE);
  document = stall_product_to_document (quilt, "device");
  stall_receipt_free (test_put (fixture, "Quilt", document));
  test_move (fixture, variant, 1, TEST_NOON);
  there = export_status (fixture);
  g_assert_cmpstr (there, ==, "active");
  test_move (fixture, variant, -1, TEST_NOON + STALL_HOUR);
  sold = export_status (fixture);
  g_assert_cmpstr (sold, ==, "archived");
}

/* Nothing of what an import that was stopped had read is in the stall. */
static void
test_cancel (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Handle,Title,Variant SKU,Variant Price\n");
  g_autofree char *path = NULL;
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallReceipt) done = NULL;
  g_autoptr (GError) error = NULL;
  DexFuture *run;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "p-%u,Product %u,SKU-%u,1.00\n", i, i, i);
  path = test_write_file (fixture, "many.csv", text->str, text->len);
  import = test_open_import (fixture, STALL_IMPORT_PRODUCTS, path);
  run = stall_import_run (import);
  stall_import_cancel (import);
  receipt = dex_await_boxed (run, &error);
  g_assert_null (receipt);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_PRODUCT), ==, 0);

  done = test_run (import);
  g_assert_cmpuint (done->added, ==, 20000);
  g_assert_cmpfloat (stall_import_get_progress (import), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/import-products/shopify", test_shopify);
  test_add ("/import-products/shopify-new", test_shopify_new);
  test_add ("/import-products/undo", test_undo);
  test_add ("/import-products/woocommerce", test_woocommerce);
  test_add ("/import-products/problems", test_problems);
  test_add ("/import-products/round-trip", test_round_trip);
  test_add ("/import-products/sold-one-off-is-archived", test_sold_one_off_is_archived);
  test_add ("/import-products/cancel", test_cancel);
  return g_test_run ();
}
