/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-barcode.h"
#include "stall-figures.h"
#include "stall-own-barcode.h"
#include "stall-remark.h"
#include "test-util.h"

#include <glib/gstdio.h>

static void
assert_stock (Fixture *fixture, const char *variant, int on_hand, int reserved)
{
  g_autoptr (StallVariantRow) row = test_get_variant (fixture, variant);

  g_assert_cmpint (stall_variant_row_get_on_hand (row), ==, on_hand);
  g_assert_cmpint (stall_variant_row_get_reserved (row), ==, reserved);
  g_assert_cmpint (stall_variant_row_get_available (row), ==, on_hand - reserved);
}

static void
test_stock_is_a_ledger (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Lilac suit", "LS-01", 80000);
  g_autoptr (StallOrder) order = test_make_order ("1042", variant, 2, 80000, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");

  test_move (fixture, variant, 10, TEST_NOON - STALL_DAY);
  stall_receipt_free (test_put (fixture, "Order", document));
  assert_stock (fixture, variant, 10, 2);
  test_add_event (fixture, order, STALL_STEP_SHIPPED, TEST_NOON + STALL_HOUR);
  assert_stock (fixture, variant, 8, 0);
  /* a count resets; what is dated before it, however late it arrives, does not add to it */
  test_count (fixture, variant, 5, TEST_NOON + STALL_DAY);
  assert_stock (fixture, variant, 5, 0);
  test_move (fixture, variant, 100, TEST_NOON);
  assert_stock (fixture, variant, 5, 0);
  test_move (fixture, variant, -7, TEST_NOON + 2 * STALL_DAY);
  assert_stock (fixture, variant, -2, 0);
  test_check_is_clean (fixture);
}

static void
test_undo_and_redo (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C-1", 5000);
  g_autoptr (StallOrder) order = test_make_order ("7", variant, 1, 5000, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  test_move (fixture, variant, 3, TEST_NOON);
  stall_receipt_free (test_put (fixture, "Order 7", document));
  test_add_event (fixture, order, STALL_STEP_COMPLETED, TEST_NOON);
  assert_stock (fixture, variant, 2, 0);
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  assert_stock (fixture, variant, 3, 1);
  g_object_get (fixture->store, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Order 7");
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  assert_stock (fixture, variant, 3, 0);
  test_check_is_clean (fixture);
  stall_receipt_free (dex_await_boxed (stall_store_redo (fixture->store), &error));
  stall_receipt_free (dex_await_boxed (stall_store_redo (fixture->store), &error));
  assert_stock (fixture, variant, 2, 0);
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  assert_stock (fixture, variant, 3, 1);
  g_assert_no_error (error);
  test_check_is_clean (fixture);
  g_assert_null (dex_await_boxed (stall_store_undo (fixture->store, 999), &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND);
}

/* An undo of an older edit keeps what was edited since. */
static void
test_undo_merges (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Scarf", "S-1", 100);
  g_autoptr (StallDocument) first = stall_product_to_document (product, "device");
  g_autoptr (StallDocument) loaded = NULL;
  g_autoptr (StallDocument) second = NULL;
  g_autoptr (StallDocument) third = NULL;
  g_autoptr (StallDocument) last = NULL;
  g_autoptr (StallProduct) edited = NULL;
  g_autoptr (StallProduct) again = NULL;
  g_autoptr (StallProduct) result = NULL;
  g_autoptr (StallDocument) reloaded = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = stall_product_get_id (product);

  stall_receipt_free (test_put (fixture, "Add", first));
  loaded = dex_await_object (stall_store_load (fixture->store, id), &error);
  edited = stall_product_new_from_document (loaded, &error);
  stall_product_set_title (edited, "Long scarf");
  second = stall_product_to_document (edited, "device");
  receipt = test_put (fixture, "Title", second);
  reloaded = dex_await_object (stall_store_load (fixture->store, id), &error);
  again = stall_product_new_from_document (reloaded, &error);
  stall_product_set_origin (again, "Dali");
  third = stall_product_to_document (again, "device");
  stall_receipt_free (test_put (fixture, "Origin", third));
  stall_receipt_free (
      dex_await_boxed (stall_store_undo (fixture->store, receipt->change_set), &error));
  g_assert_no_error (error);
  last = dex_await_object (stall_store_load (fixture->store, id), &error);
  result = stall_product_new_from_document (last, &error);
  g_assert_cmpstr (stall_product_get_title (result), ==, "Scarf");
  g_assert_cmpstr (stall_product_get_origin (result), ==, "Dali");
  test_check_is_clean (fixture);
}

static void
test_same_twice_adds_nothing (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Bowl", "B-1", 100);
  g_autoptr (StallOrder) order = test_make_order ("1", variant, 1, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallReceipt) first = test_put (fixture, "Order", document);
  g_autoptr (StallReceipt) second = test_put (fixture, "Order", document);

  g_assert_cmpuint (first->added, ==, 1);
  g_assert_cmpuint (second->added, ==, 0);
  g_assert_cmpuint (second->skipped, ==, 1);
  g_assert_cmpint (second->change_set, ==, 0);
}

static GPtrArray *
failing_source (gpointer data, GError **error)
{
  guint *calls = data;
  g_autofree char *id = stall_id_new (STALL_KIND_NOTE);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"kind\":\"note\"}", 15);
  GPtrArray *documents;

  if (++*calls > 3)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
      return NULL;
    }
  documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (documents, stall_document_new (id, body));
  return documents;
}

static void
test_all_or_nothing (Fixture *fixture)
{
  guint calls = 0;
  g_autoptr (StallChangeSet) changes
      = stall_change_set_new_from_source ("Notes", failing_source, &calls, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_boxed (stall_store_apply (fixture->store, changes), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_NOTE), NULL), ==,
                   0);
}

/* All was handed over when somebody thinks better of it. */
static GPtrArray *
cancelled_source (gpointer data, GError **error)
{
  gpointer *pair = data;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"title\":\"Note\"}", 16);
  GPtrArray *documents;

  if (pair[0] == NULL)
    {
      g_cancellable_cancel (pair[1]);
      return NULL;
    }
  documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (documents, stall_document_new (pair[0], body));
  pair[0] = NULL;
  return documents;
}

static void
test_cancelled_late (Fixture *fixture)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gpointer pair[] = { (gpointer) "note:late", cancellable };
  g_autoptr (StallChangeSet) changes
      = stall_change_set_new_from_source ("Notes", cancelled_source, pair, NULL);
  g_autoptr (GError) error = NULL;

  stall_change_set_set_cancellable (changes, cancellable);
  g_assert_null (dex_await_boxed (stall_store_apply (fixture->store, changes), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_NOTE), NULL), ==,
                   0);
  /* What comes after is not stopped with it. */
  g_free (test_add_product (fixture, "Cup", "CUP-1", 4000));
  test_check_is_clean (fixture);
}

/* The log of a large change does not stay on the disk beside what it became. */
static void
test_large_log (Fixture *fixture)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Notes");
  g_autofree char *log = g_build_filename (fixture->folder, "stall.db-wal", NULL);
  g_autoptr (StallReceipt) receipt = NULL;
  GStatBuf status;

  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *id = g_strdup_printf ("note:%u", i);
      g_autoptr (GBytes) body = g_bytes_new_static ("{\"title\":\"Note\"}", 16);
      g_autoptr (StallDocument) document = stall_document_new (id, body);

      stall_change_set_put (changes, document);
    }
  receipt = test_apply (fixture, changes);
  g_assert_cmpuint (receipt->added, ==, 6000);
  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 0);
}

static guint
count_found (Fixture *fixture, StallList list, const char *search)
{
  g_autoptr (StallQuery) query = stall_query_new (list);
  g_autoptr (GListModel) rows = NULL;

  query->search = g_strdup (search);
  rows = test_rows (fixture, query);
  return g_list_model_get_n_items (rows);
}

static void
test_search (Fixture *fixture)
{
  g_autofree char *suit = test_add_product (fixture, "浅春系 丁香紫西装", "LS-01", 80000);
  g_autofree char *cup = test_add_product (fixture, "Café cup", "CUP/9", 4000);
  g_autoptr (StallOrder) order = test_make_order ("XY-1042", suit, 1, 80000, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");

  stall_receipt_free (test_put (fixture, "Order", document));
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "浅春"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "香紫西"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "装"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "春紫"), ==, 0);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "cafe"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "cu 9"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "\"* OR cup"), ==, 0);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, ""), ==, 2);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_PRODUCTS, "?!"), ==, 0);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "104"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "xy-10"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "1042"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "aning"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "丁香"), ==, 1);
  g_assert_cmpuint (count_found (fixture, STALL_LIST_ORDERS, "cafe"), ==, 0);
}

static void
test_kit_is_its_scarcest_part (Fixture *fixture)
{
  g_autofree char *cup = test_add_product (fixture, "Cup", "CUP", 100);
  g_autofree char *plate = test_add_product (fixture, "Plate", "PLATE", 100);
  g_autoptr (StallProduct) set = test_make_product ("Tea set", "SET", 500);
  g_autoptr (GPtrArray) parts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_kit_part_free);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallDocument) order_document = NULL;
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  const char *kit = test_first_variant (set);
  StallKitPart *two_cups = g_new0 (StallKitPart, 1), *one_plate = g_new0 (StallKitPart, 1);

  *two_cups = (StallKitPart) { g_strdup (cup), 2 };
  *one_plate = (StallKitPart) { g_strdup (plate), 1 };
  g_ptr_array_add (parts, two_cups);
  g_ptr_array_add (parts, one_plate);
  stall_product_set_kit (set, parts);
  document = stall_product_to_document (set, "device");
  stall_receipt_free (test_put (fixture, "Kit", document));
  test_move (fixture, cup, 9, TEST_NOON);
  test_move (fixture, plate, 10, TEST_NOON);
  assert_stock (fixture, kit, 4, 0);
  order = test_make_order ("1", kit, 3, 500, TEST_NOON);
  order_document = stall_order_to_document (order, "device");
  stall_receipt_free (test_put (fixture, "Order", order_document));
  assert_stock (fixture, cup, 9, 6);
  assert_stock (fixture, kit, 4, 3);
  test_add_event (fixture, order, STALL_STEP_SHIPPED, TEST_NOON);
  assert_stock (fixture, cup, 3, 0);
  assert_stock (fixture, plate, 7, 0);
  assert_stock (fixture, kit, 1, 0);
  test_check_is_clean (fixture);
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  assert_stock (fixture, cup, 9, 6);
  test_check_is_clean (fixture);
}

/* Events may arrive before their order, orders before their products. */
static void
test_any_order_of_arrival (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Vase", "V", 900);
  g_autofree char *variant = g_strdup (test_first_variant (product));
  g_autoptr (StallOrder) order = test_make_order ("9", variant, 2, 900, TEST_NOON);
  g_autoptr (StallDocument) order_document = stall_order_to_document (order, "device");
  g_autoptr (StallDocument) product_document = stall_product_to_document (product, "device");

  test_add_event (fixture, order, STALL_STEP_SHIPPED, TEST_NOON);
  stall_receipt_free (test_put (fixture, "Order", order_document));
  stall_receipt_free (test_put (fixture, "Product", product_document));
  assert_stock (fixture, variant, -2, 0);
  test_check_is_clean (fixture);
}

static void
test_figures_add_up (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Hat", "H", 10000);
  StallTime now = stall_time_now ();
  g_autoptr (StallOrder) today = test_make_order ("1", variant, 1, 10000, now);
  g_autoptr (StallOrder) last_week
      = test_make_order ("2", variant, 2, 10000, stall_time_day_start (now, -8));
  g_autoptr (StallOrder) due = test_make_order ("3", variant, 1, 10000, now - 3 * STALL_DAY);
  StallOrder *orders[] = { today, last_week, due };
  g_autoptr (StallFigures) figures = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) rows = NULL;
  gint64 taken = 0;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (StallDocument) document = stall_order_to_document (orders[i], "device");

      stall_receipt_free (test_put (fixture, "Order", document));
    }
  test_add_event (fixture, today, STALL_STEP_COMPLETED, now);
  test_add_event (fixture, last_week, STALL_STEP_PAID, stall_time_day_start (now, -8));
  figures = dex_await_boxed (stall_store_figures (fixture->store, now), &error);
  g_assert_no_error (error);
  g_assert_cmpint (figures->takings[0].now, ==, 10000);
  g_assert_cmpint (figures->takings[1].now, ==, 10000);
  g_assert_cmpint (figures->takings[1].before, ==, 20000);
  g_assert_cmpint (figures->takings[2].now, ==, 30000);
  g_assert_cmpint (figures->days[59], ==, 10000);
  g_assert_cmpint (figures->days[51], ==, 20000);
  g_assert_cmpint (figures->by_source[STALL_SOURCE_LIVE], ==, 30000);
  g_assert_cmpuint (figures->n_overdue, ==, 2);
  query->paid_from = figures->takings[2].from;
  query->paid_until = figures->takings[2].until;
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);
      gint64 amount;

      g_assert_true (stall_order_row_get_taken (row, &amount));
      taken += amount;
    }
  g_assert_cmpint (taken, ==, 30000);
  g_assert_cmpuint (g_list_model_get_n_items (figures->due), ==, figures->n_due);
}

static void
test_backup_and_restore (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Hat", "H", 10000);
  g_autofree char *path = g_build_filename (fixture->folder, "copy.stall", NULL);
  g_autofree char *cut_off = NULL;
  g_autofree char *daily = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) backups = NULL;
  StallBackupFile described;
  guint origins = 0;

  digest = dex_await_string (stall_store_attach (fixture->store, bytes), &error);
  g_assert_no_error (error);
  g_assert_true (dex_await_boolean (stall_store_backup (fixture->store, path), &error));
  cut_off
      = g_build_filename (fixture->folder, "backups", "2026-01-01 09-00-00 daily.stall.new", NULL);
  daily = g_path_get_dirname (cut_off);
  g_assert_cmpint (g_mkdir_with_parents (daily, 0700), ==, 0);
  g_assert_true (g_file_set_contents (cut_off, "half", -1, NULL));
  g_assert_true (dex_await_boolean (stall_store_backup_daily (fixture->store), &error));
  g_assert_false (g_file_test (cut_off, G_FILE_TEST_EXISTS));
  g_assert_false (dex_await_boolean (stall_store_backup_daily (fixture->store), &error));
  g_assert_no_error (error);
  test_move (fixture, variant, 5, TEST_NOON);
  g_assert_false (dex_await_boolean (stall_store_restore (fixture->folder, path), &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_BUSY);
  g_clear_error (&error);
  test_close (fixture);
  g_assert_false (
      dex_await_boolean (stall_store_restore (fixture->folder, "/no such file"), &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  picture = g_build_filename (fixture->folder, "attachments", NULL);
  test_remove_folder (picture);
  g_assert_true (dex_await_boolean (stall_store_restore (fixture->folder, path), &error));
  g_assert_no_error (error);
  test_open (fixture, STALL_STORE_WRITE);
  assert_stock (fixture, variant, 0, 0);
  g_clear_pointer (&picture, g_free);
  picture = stall_store_get_attachment_path (fixture->store, digest);
  g_assert_true (g_file_get_contents (picture, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "picture");
  backups = stall_store_list_backups (fixture->folder);
  g_assert_cmpuint (g_strv_length (backups), ==, 2);
  for (guint i = 0; backups[i] != NULL; i++)
    {
      g_assert_true (stall_store_describe_backup (backups[i], &described));
      origins |= 1u << described.origin;
      g_assert_cmpint (ABS (stall_time_now () - described.at), <, STALL_HOUR);
    }
  g_assert_cmpuint (origins, ==, 1u << STALL_BACKUP_DAILY | 1u << STALL_BACKUP_BEFORE_RESTORE);
  g_assert_true (stall_store_describe_backup (path, &described));
  g_assert_cmpint (described.origin, ==, STALL_BACKUP_BY_HAND);
  g_assert_false (stall_store_describe_backup ("/no such file", &described));
  test_check_is_clean (fixture);
}

static char *
draw_barcode (Fixture *fixture, guint32 seed, GHashTable *given)
{
  g_autoptr (GError) error = NULL;
  char *barcode;

  g_random_set_seed (seed);
  barcode = dex_await_string (stall_own_barcode_new (fixture->store, given), &error);
  g_assert_no_error (error);
  g_assert_true (stall_ean13_check (barcode, NULL));
  g_assert_cmpint (barcode[0], ==, '2');
  return barcode;
}

/* The same seed draws the same number first: what has it already is passed over. */
static void
test_own_barcodes_are_never_given_twice (Fixture *fixture)
{
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (StallProduct) product = test_make_product ("Cup", "C-1", 5000);
  g_autoptr (StallVariant) variant
      = g_list_model_get_item (stall_product_get_variants (product), 0);
  g_autofree char *first = draw_barcode (fixture, 7, given);
  g_autofree char *second = draw_barcode (fixture, 7, given);
  g_autofree char *again = draw_barcode (fixture, 7, NULL);
  g_autofree char *third = NULL;
  g_autoptr (StallDocument) document = NULL;

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (first, ==, again);
  g_assert_true (g_hash_table_contains (given, first));
  g_assert_true (g_hash_table_contains (given, second));
  stall_variant_set_barcode (variant, first);
  document = stall_product_to_document (product, "device");
  stall_receipt_free (test_put (fixture, "Cup", document));
  third = draw_barcode (fixture, 7, NULL);
  g_assert_cmpstr (third, ==, second);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/store/stock-is-a-ledger", test_stock_is_a_ledger);
  test_add ("/store/undo-and-redo", test_undo_and_redo);
  test_add ("/store/undo-merges", test_undo_merges);
  test_add ("/store/same-twice-adds-nothing", test_same_twice_adds_nothing);
  test_add ("/store/all-or-nothing", test_all_or_nothing);
  test_add ("/store/cancelled-late", test_cancelled_late);
  test_add ("/store/large-log", test_large_log);
  test_add ("/store/search", test_search);
  test_add ("/store/kit-is-its-scarcest-part", test_kit_is_its_scarcest_part);
  test_add ("/store/any-order-of-arrival", test_any_order_of_arrival);
  test_add ("/store/figures-add-up", test_figures_add_up);
  test_add ("/store/backup-and-restore", test_backup_and_restore);
  test_add ("/store/own-barcodes-are-never-given-twice", test_own_barcodes_are_never_given_twice);
  return g_test_run ();
}
