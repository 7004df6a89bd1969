/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files-test.h"

#include "stall-contact.h"
#include "stall-export.h"
#include "stall-order-state.h"
#include "stall-remark.h"

static StallOrderRow *
find_order (Fixture *fixture, const char *number)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) rows = test_rows (fixture, query);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (stall_order_row_get_order_number (row), number))
        return g_steal_pointer (&row);
    }
  g_error ("there is no order “%s”", number);
}

static StallOrder *
load_order (Fixture *fixture, const char *number)
{
  g_autoptr (StallOrderRow) row = find_order (fixture, number);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (fixture->store, stall_order_row_get_id (row)), &error);

  g_assert_no_error (error);
  return stall_order_new_from_document (document, NULL);
}

static gint64
sum_orders (Fixture *fixture)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) rows = test_rows (fixture, query);
  gint64 sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      sum += stall_order_row_get_total (row);
    }
  return sum;
}

static void
check_charge (Fixture *fixture,
              const char *number,
              StallChargeKind kind,
              const char *code,
              gint64 amount)
{
  g_autoptr (StallOrder) order = load_order (fixture, number);

  for (guint i = 0; i < stall_order_get_n_charges (order); i++)
    {
      const StallOrderCharge *charge = stall_order_get_charge (order, i);

      if (g_strcmp0 (charge->code, code) == 0 && charge->kind == kind && charge->amount == amount)
        return;
    }
  g_error ("order %s has no charge %s of %" G_GINT64_FORMAT, number, code, amount);
}

static void
check_retail_counts (const StallImportCounts *counts)
{
  g_assert_cmpuint (counts->lines, ==, 506);
  g_assert_cmpuint (counts->orders, ==, 61);
  g_assert_cmpuint (counts->order_lines, ==, 463);
  g_assert_cmpuint (counts->refunds, ==, 19);
  g_assert_cmpuint (counts->charges, ==, 31);
  g_assert_cmpuint (counts->products, ==, 353);
  g_assert_cmpuint (counts->movements, ==, 353 + 12);
  g_assert_cmpuint (counts->errors, ==, 0);
  g_assert_cmpuint (counts->present, ==, 0);
  g_assert_cmpint (counts->total, ==, -1268540);
  g_assert_cmpstr (counts->currency, ==, "GBP");
}

static void
test_online_retail (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("online-retail-excerpt.csv");
  g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
  g_autoptr (StallImportReport) report = test_dry_run (import);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallOrder) first = NULL;
  g_autoptr (StallOrderRow) refund = NULL;
  g_autoptr (StallVariantRow) heart = NULL;

  g_assert_false (stall_import_needs_mapping (import));
  g_assert_cmpstr (stall_preset_get_id (stall_import_get_preset (import)), ==, "online-retail");
  check_retail_counts (stall_import_report_get_counts (report));
  g_assert_cmpuint (g_list_model_get_n_items (stall_import_report_get_samples (report)), ==, 20);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_ORDER), ==, 0);

  receipt = test_run (import);
  /* and the profile of a stall that begins with it, in the money of the file */
  g_assert_cmpuint (receipt->added, ==, 353 + 61 + 61 + 353 + 12 + 1);
  g_assert_cmpint (sum_orders (fixture), ==, -1268540);

  first = load_order (fixture, "536365");
  g_assert_cmpuint (stall_order_get_n_lines (first), ==, 7);
  g_assert_cmpint (stall_order_get_total (first), ==, 13912);
  g_assert_cmpstr (stall_order_get_customer (first), ==, "17850");
  g_assert_cmpint (stall_order_get_source (first), ==, STALL_SOURCE_OTHER);

  refund = find_order (fixture, "C536383");
  g_assert_cmpint (stall_order_row_get_status (refund), ==, STALL_STATUS_REFUNDED);
  g_assert_cmpint (stall_order_row_get_total (refund), <, 0);

  /* One SKU however it is written, and its stock starts at 0 behind its history. */
  heart = test_find_variant (fixture, "85123A");
  g_assert_cmpstr (stall_variant_row_get_product_title (heart), ==,
                   "WHITE HANGING HEART T-LIGHT HOLDER");
  g_assert_cmpint (stall_variant_row_get_on_hand (heart), ==, 0);
  g_assert_cmpint (stall_variant_row_get_price (heart), >, 0);

  check_charge (fixture, "A563185", STALL_CHARGE_ADJUSTMENT, "B", 1106206);
  check_charge (fixture, "A563186", STALL_CHARGE_ADJUSTMENT, "B", -1106206);
  check_charge (fixture, "C536379", STALL_CHARGE_DISCOUNT, "D", -2750);
  test_check_is_clean (fixture);
}

static void
test_twice (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("online-retail-excerpt.csv");
  g_autoptr (StallReceipt) first = test_import (fixture, STALL_IMPORT_ORDERS, path);
  g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
  g_autoptr (StallImportReport) report = test_dry_run (import);
  const StallImportCounts *counts = stall_import_report_get_counts (report);
  g_autoptr (StallReceipt) second = test_run (import);

  g_assert_cmpuint (counts->orders + counts->products + counts->movements, ==, 0);
  g_assert_cmpuint (counts->present, ==, 61 + 353 + 12);
  g_assert_cmpuint (second->added + second->changed, ==, 0);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_ORDER), ==, 61);
}

/* Lines of an order that stand apart, and what is wrong with one line, concern that order alone. */
static void
test_apart (Fixture *fixture)
{
  const char *text = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
                     "1,A,Apple,1,2020-01-01 10:00:00,1.00,\n"
                     "2,A,Apple,2,2020-01-02 10:00:00,1.00,\n"
                     "1,P,Pear,3,2020-01-01 10:00:00,2.00,\n"
                     "3,A,Apple,one,2020-01-02 10:00:00,1.00,\n"
                     "3,P,Pear,1,2020-01-02 10:00:00,2.00,\n"
                     ",P,Pear,1,2020-01-02 10:00:00,2.00,\n"
                     "4,P,Pear,1,soon,2.00,\n"
                     "5,P,Pear,1,2020-01-02,\"1,234.5€\",\n";
  g_autofree char *path = test_write_file (fixture, "apart.csv", text, -1);
  g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
  g_autoptr (StallImportReport) report = test_dry_run (import);
  g_autoptr (StallReceipt) receipt = test_run (import);
  g_autoptr (StallOrder) order = load_order (fixture, "1");
  static const char *const expected[] = {
    [5] = "error: “one” is not a number of pieces. Write a whole number.",
    [7] = "error: The order number is missing.",
    [8] = "error: “soon” is not a date. Write it like 2024-05-31 18:30.",
    [9] = "error: “1,234.5€” is not a price. Write it like 1234.50.",
  };

  g_assert_cmpuint (stall_import_report_get_counts (report)->orders, ==, 2);
  g_assert_cmpuint (stall_import_report_get_counts (report)->errors, ==, 4);
  for (guint line = 0; line < G_N_ELEMENTS (expected); line++)
    {
      g_autofree char *problem = test_find_problem (report, line);

      if (expected[line] != NULL)
        g_assert_cmpstr (problem, ==, expected[line]);
    }
  g_assert_cmpuint (stall_order_get_n_lines (order), ==, 2);
  g_assert_cmpint (stall_order_get_total (order), ==, 700);
}

static void
check_shopify_order (Fixture *fixture,
                     const char *number,
                     StallStatus status,
                     gint64 total,
                     gint64 paid)
{
  g_autoptr (StallOrderRow) row = find_order (fixture, number);

  g_assert_cmpint (stall_order_row_get_status (row), ==, status);
  g_assert_cmpint (stall_order_row_get_total (row), ==, total);
  g_assert_cmpint (stall_order_row_get_paid (row), ==, paid);
}

static void
check_contact (Fixture *fixture, StallOrder *order)
{
  g_autofree char *contact_id
      = stall_id_for_order (STALL_KIND_CONTACT, stall_order_get_id (order), NULL);
  g_autofree char *remark_id
      = stall_id_for_order (STALL_KIND_REMARK, stall_order_get_id (order), NULL);
  g_autoptr (StallDocument) contact_document
      = dex_await_object (stall_store_load (fixture->store, contact_id), NULL);
  g_autoptr (StallDocument) remark_document
      = dex_await_object (stall_store_load (fixture->store, remark_id), NULL);
  g_autoptr (StallContact) contact = stall_contact_new_from_document (contact_document, NULL);
  g_autoptr (StallRemark) remark = stall_remark_new_from_document (remark_document, NULL);

  g_assert_cmpstr (stall_contact_get_name (contact), ==, "Ada Lin");
  g_assert_cmpstr (stall_contact_get_phone (contact), ==, "13800002930");
  g_assert_cmpstr (stall_contact_get_address (contact), ==,
                   "1 West Lake Road, 310000, Hangzhou, CN");
  g_assert_cmpstr (stall_remark_get_text (remark), ==, "Please wrap it\ngift, regular");
}

static void
test_shopify (Fixture *fixture)
{
  g_autofree char *products = test_data_path ("shopify-products.csv");
  g_autofree char *path = test_data_path ("shopify-orders.csv");
  g_autoptr (StallReceipt) first = NULL;
  g_autoptr (StallReceipt) second = NULL;
  g_autoptr (StallReceipt) third = NULL;
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (StallOrder) open = NULL;

  test_set_currency (fixture, "CNY");
  first = test_import (fixture, STALL_IMPORT_PRODUCTS, products);
  second = test_import (fixture, STALL_IMPORT_ORDERS, path);
  check_shopify_order (fixture, "#1001", STALL_STATUS_SHIPPED, 156200, 156200);
  check_shopify_order (fixture, "#1002", STALL_STATUS_TO_PACK, 12000, 12000);
  check_shopify_order (fixture, "#1003", STALL_STATUS_PART_SHIPPED, 101200, 101200);
  check_shopify_order (fixture, "#1004", STALL_STATUS_CANCELLED, 12000, 0);
  check_shopify_order (fixture, "#1005", STALL_STATUS_REFUNDED, 6000, 0);

  order = load_order (fixture, "#1001");
  open = load_order (fixture, "#1002");
  check_contact (fixture, order);
  g_assert_cmpint (stall_order_get_ship_by (order), ==, STALL_TIME_NONE);
  g_assert_cmpint (stall_order_get_ship_by (open), >, stall_order_get_placed_at (open));
  check_charge (fixture, "#1001", STALL_CHARGE_DISCOUNT, "SPRING", -5000);
  check_charge (fixture, "#1001", STALL_CHARGE_SHIPPING, NULL, 1200);
  check_charge (fixture, "#1003", STALL_CHARGE_TAX, NULL, 9200);
  g_assert_nonnull (stall_order_get_line (order, 0)->variant);

  third = test_import (fixture, STALL_IMPORT_ORDERS, path);
  g_assert_cmpuint (third->added, ==, 0);
  test_check_is_clean (fixture);
}

/* A shop that sells in several currencies: every order keeps its own. */
static void
test_shopify_currencies (Fixture *fixture)
{
  static const char list[]
      = "Name,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,"
        "Lineitem name,Lineitem price,Lineitem sku\n"
        "#1,paid,unfulfilled,EUR,25.00,2026-03-01 10:00:00 +0000,2,Tote,12.50,TOTE\n"
        "#2,paid,unfulfilled,JPY,3000,2026-03-02 10:00:00 +0000,1,Tote,1000,TOTE\n"
        "#2,,,,,2026-03-02 10:00:00 +0000,2,Tote,1000,TOTE\n"
        "#3,paid,unfulfilled,EUR,5.00,2026-03-03 10:00:00 +0000,1,Mug,5.00,MUG\n";
  g_autofree char *path = test_write_file (fixture, "several.csv", list, -1);
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallImportReport) report = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallOrder) euro = NULL;
  g_autoptr (StallOrder) yen = NULL;
  g_autofree char *problem = NULL;

  test_set_currency (fixture, "EUR");
  import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
  report = test_dry_run (import);
  g_assert_cmpstr (stall_import_report_get_counts (report)->currency, ==, "EUR");
  g_assert_cmpint (stall_import_report_get_counts (report)->total, ==, 3000);
  problem = test_find_problem (report, 3);
  g_assert_nonnull (problem);
  receipt = test_run (import);

  euro = load_order (fixture, "#3");
  yen = load_order (fixture, "#2");
  g_assert_cmpstr (stall_order_get_currency (euro), ==, "EUR");
  g_assert_cmpstr (stall_order_get_currency (yen), ==, "JPY");
  check_shopify_order (fixture, "#1", STALL_STATUS_TO_PACK, 2500, 2500);
  check_shopify_order (fixture, "#2", STALL_STATUS_TO_PACK, 3000, 3000);
  check_shopify_order (fixture, "#3", STALL_STATUS_TO_PACK, 500, 500);
  test_check_is_clean (fixture);
}

/* A list in columns of its own: guessed, looked at by a person, read. */
static void
test_own_list (Fixture *fixture)
{
  static const struct
  {
    const char *name;
    const char *encoding;
    char separator;
    gint64 total;
    guint orders;
  } cases[] = {
    { "orders-gb18030.csv", "GB18030", ',', 45500, 2 },
    { "orders-shift-jis.csv", "SHIFT_JIS", ',', 320000, 2 },
    { "orders-semicolon.csv", "UTF-8", ';', 127880, 2 },
    { "orders-tab.csv", "UTF-8", '\t', 1350, 1 },
  };

  test_set_currency (fixture, "CNY");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = test_data_path (cases[i].name);
      g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
      g_autoptr (StallImportReport) report = test_dry_run (import);
      const StallImportCounts *counts = stall_import_report_get_counts (report);
      g_autoptr (GPtrArray) head = stall_import_dup_head (import);

      g_autofree char *guess = test_find_problem (report, 1);

      g_assert_false (stall_import_needs_mapping (import));
      g_assert_true (g_str_has_prefix (guess,
                                       "warning: The columns were recognised by their names: "
                                       "Order number = "));
      g_assert_cmpstr (stall_import_get_encoding (import), ==, cases[i].encoding);
      g_assert_cmpint (stall_import_get_separator (import), ==, cases[i].separator);
      g_assert_cmpuint (head->len, ==, counts->lines + 1);
      g_assert_cmpuint (counts->errors, ==, 0);
      g_assert_cmpuint (counts->orders, ==, cases[i].orders);
      g_assert_cmpint (counts->total, ==, cases[i].total);
    }
}

/* What separates cells says what stands before decimals only where the prices do not. */
static void
test_decimal_mark (Fixture *fixture)
{
  static const struct
  {
    const char *text;
    gint64 total;
  } cases[] = {
    { "Order No;Date;Item;Qty;Price\nA;2026-11-20;Cup;1;800.00\n", 80000 },
    { "Order No;Date;Item;Qty;Price\nA;2026-11-20;Cup;1;800,00\n", 80000 },
    { "Order No;Date;Item;Qty;Price\nA;2026-11-20;Cup;1;800\n", 80000 },
    { "Order No;Date;Item;Qty;Amount\nA;2026-11-20;Cup;1;80.50\n", 8050 },
    { "注文番号;注文日時;商品名;数量;単価\nA;2026-11-20 10:00;湯呑;1;80.50\n", 8050 },
  };

  test_set_currency (fixture, "CNY");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
          = test_write_file (fixture, "list.csv", cases[i].text, strlen (cases[i].text));
      g_autoptr (StallImport) import = test_open_import (fixture, STALL_IMPORT_ORDERS, path);
      g_autoptr (StallImportReport) report = test_dry_run (import);

      g_assert_cmpint (stall_import_report_get_counts (report)->total, ==, cases[i].total);
    }
}

static void
test_chinese_list (Fixture *fixture)
{
  g_autofree char *path = test_data_path ("orders-gb18030.csv");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallOrder) first = NULL;
  g_autoptr (StallOrder) second = NULL;

  test_set_currency (fixture, "CNY");
  receipt = test_import (fixture, STALL_IMPORT_ORDERS, path);
  first = load_order (fixture, "A-1");
  second = load_order (fixture, "A-2");
  g_assert_cmpstr (stall_order_get_customer (first), ==, "小林");
  g_assert_cmpstr (stall_order_get_line (first, 0)->title, ==, "亚麻衬衫 (白色 / M)");
  g_assert_cmpint (stall_order_get_line (first, 0)->price, ==, 12800);
  /* 100.00 for three: what no price a piece gives is kept beside it. */
  g_assert_cmpint (stall_order_get_line (second, 0)->price, ==, 3333);
  g_assert_cmpint (stall_order_get_total (second), ==, 10000);
}

static void
test_export (Fixture *fixture)
{
  g_autofree char *source = test_data_path ("online-retail-excerpt.csv");
  g_autofree char *path = g_build_filename (fixture->folder, "orders.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StallReceipt) receipt = test_import (fixture, STALL_IMPORT_ORDERS, source);
  g_autoptr (StallQuery) refunded = stall_query_new (STALL_LIST_ORDERS);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dex_await_int64 (stall_export_orders (fixture->store, NULL, file, NULL), &error),
                   ==, 463 + 31);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBFOrder,Placed at,Status,"));
  g_assert_nonnull (
      strstr (text, ",85123A,WHITE HANGING HEART T-LIGHT HOLDER,,6,2.55,,15.30,139.12,GBP\r\n"));

  refunded->statuses = 1 << STALL_STATUS_REFUNDED;
  g_assert_cmpint (
      dex_await_int64 (stall_export_orders (fixture->store, refunded, file, NULL), &error), <, 100);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/import-orders/online-retail", test_online_retail);
  test_add ("/import-orders/twice", test_twice);
  test_add ("/import-orders/apart", test_apart);
  test_add ("/import-orders/shopify", test_shopify);
  test_add ("/import-orders/shopify-currencies", test_shopify_currencies);
  test_add ("/import-orders/own-list", test_own_list);
  test_add ("/import-orders/decimal-mark", test_decimal_mark);
  test_add ("/import-orders/chinese-list", test_chinese_list);
  test_add ("/import-orders/export", test_export);
  return g_test_run ();
}
