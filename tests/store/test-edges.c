/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "stall-profile.h"
#include "test-util.h"

/* Where projections, undo and restored files could go wrong. */

static StallProduct *
load_product (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (fixture->store, id), &error);
  StallProduct *product;

  g_assert_no_error (error);
  product = stall_product_new_from_document (document, &error);
  g_assert_no_error (error);
  return product;
}

static gint64
save_product (Fixture *fixture, StallProduct *product)
{
  g_autoptr (StallDocument) document = stall_product_to_document (product, "device");
  g_autoptr (StallReceipt) receipt = test_put (fixture, "Save", document);

  return receipt->change_set;
}

static void delete (Fixture *fixture, const char *id)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");

  stall_change_set_delete (changes, id);
  stall_receipt_free (test_apply (fixture, changes));
}

static void
undo (Fixture *fixture, gint64 change_set)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt
      = dex_await_boxed (stall_store_undo (fixture->store, change_set), &error);

  g_assert_no_error (error);
}

static void
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = dex_await_boxed (stall_store_redo (fixture->store), &error);

  g_assert_no_error (error);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, NULL);
  g_assert_cmpstr (sqlite3_errmsg (database), ==, "not an error");
  sqlite3_close (database);
}

/* An older edit is undone and done again: what was edited between the two is still there. */
static void
test_redo_keeps_later_edits (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Scarf", "S-1", 100);
  const char *id = stall_product_get_id (product);
  g_autoptr (StallProduct) titled = NULL;
  g_autoptr (StallProduct) placed = NULL;
  g_autoptr (StallProduct) result = NULL;
  gint64 change_set;

  save_product (fixture, product);
  titled = load_product (fixture, id);
  stall_product_set_title (titled, "Long scarf");
  change_set = save_product (fixture, titled);
  placed = load_product (fixture, id);
  stall_product_set_origin (placed, "Dali");
  save_product (fixture, placed);
  undo (fixture, change_set);
  redo (fixture);
  result = load_product (fixture, id);
  g_assert_cmpstr (stall_product_get_title (result), ==, "Long scarf");
  g_assert_cmpstr (stall_product_get_origin (result), ==, "Dali");
  test_check_is_clean (fixture);
}

/* Somebody deletes what somebody else has open: saving it brings it back whole. */
static void
test_edit_of_deleted_is_whole (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Scarf", "S-1", 100);
  const char *id = stall_product_get_id (product);
  g_autoptr (StallProduct) open = NULL;
  g_autoptr (StallProduct) result = NULL;

  save_product (fixture, product);
  open = load_product (fixture, id);
  delete (fixture, id);
  stall_product_set_origin (open, "Dali");
  save_product (fixture, open);
  result = load_product (fixture, id);
  g_assert_cmpstr (stall_product_get_title (result), ==, "Scarf");
  g_assert_cmpstr (stall_product_get_origin (result), ==, "Dali");
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (result)), ==, 1);
  test_check_is_clean (fixture);
}

/* An older edit is undone of what was deleted since: it stays deleted. */
static void
test_undo_leaves_the_deleted (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Scarf", "S-1", 100);
  g_autoptr (StallProduct) titled = NULL;
  g_autoptr (StallProduct) result = NULL;
  gint64 change_set;

  save_product (fixture, product);
  titled = load_product (fixture, stall_product_get_id (product));
  stall_product_set_title (titled, "Long scarf");
  change_set = save_product (fixture, titled);
  delete (fixture, stall_product_get_id (product));
  undo (fixture, change_set);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), NULL),
                   ==, 0);
  undo (fixture, 0);
  result = load_product (fixture, stall_product_get_id (product));
  g_assert_cmpstr (stall_product_get_title (result), ==, "Long scarf");
  test_check_is_clean (fixture);
}

/* An event that came and went in one change set is not counted in the place of an older one. */
static void
test_event_comes_and_goes (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallOrder) order = test_make_order ("1", variant, 2, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallOrderEvent) event
      = stall_order_event_new (stall_order_get_id (order), STALL_STEP_SHIPPED, TEST_NOON + 1);
  g_autoptr (StallDocument) shipped = stall_order_event_to_document (event, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Ship and not");

  stall_receipt_free (test_put (fixture, "Order", document));
  test_add_event (fixture, order, STALL_STEP_PAID, TEST_NOON);
  stall_change_set_put (changes, shipped);
  stall_change_set_delete (changes, stall_order_event_get_id (event));
  stall_receipt_free (test_apply (fixture, changes));
  test_check_is_clean (fixture);
}

static void
set_kit (StallProduct *product, const char *part, int quantity)
{
  g_autoptr (GPtrArray) parts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_kit_part_free);
  StallKitPart *only = g_new0 (StallKitPart, 1);

  *only = (StallKitPart) { g_strdup (part), quantity };
  g_ptr_array_add (parts, only);
  stall_product_set_kit (product, parts);
}

static void
assert_reserved (Fixture *fixture, const char *variant, int reserved)
{
  g_autoptr (StallVariantRow) row = test_get_variant (fixture, variant);

  g_assert_cmpint (stall_variant_row_get_reserved (row), ==, reserved);
}

/* Another part, while an order waits: the former part is free again. */
static void
test_kit_changes_parts (Fixture *fixture)
{
  g_autofree char *cup = test_add_product (fixture, "Cup", "CUP", 100);
  g_autofree char *bowl = test_add_product (fixture, "Bowl", "BOWL", 100);
  g_autoptr (StallProduct) set = test_make_product ("Tea set", "SET", 500);
  g_autoptr (StallProduct) changed = NULL;
  g_autoptr (StallProduct) single = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (StallOrder) order = test_make_order ("1", test_first_variant (set), 3, 500, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");

  set_kit (set, cup, 2);
  save_product (fixture, set);
  stall_receipt_free (test_put (fixture, "Order", document));
  assert_reserved (fixture, cup, 6);
  changed = load_product (fixture, stall_product_get_id (set));
  set_kit (changed, bowl, 1);
  save_product (fixture, changed);
  assert_reserved (fixture, cup, 0);
  assert_reserved (fixture, bowl, 3);
  test_check_is_clean (fixture);
  single = load_product (fixture, stall_product_get_id (set));
  stall_product_set_kit (single, none);
  save_product (fixture, single);
  assert_reserved (fixture, bowl, 0);
  assert_reserved (fixture, test_first_variant (set), 3);
  test_check_is_clean (fixture);
}

/* A kit loses one of its variants: what comes into the stall next is no kit. */
static void
test_kit_loses_a_variant (Fixture *fixture)
{
  g_autofree char *cup = test_add_product (fixture, "Cup", "CUP", 100);
  g_autofree char *vase = NULL;
  g_autoptr (StallProduct) set = test_make_product ("Tea set", "SET", 500);
  g_autoptr (StallVariant) second = stall_variant_new ();
  g_autoptr (StallProduct) smaller = NULL;
  g_autoptr (StallVariant) leaving = NULL;
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (StallDocument) document = NULL;

  stall_product_add_variant (set, second);
  set_kit (set, cup, 2);
  save_product (fixture, set);
  smaller = load_product (fixture, stall_product_get_id (set));
  leaving = g_list_model_get_item (stall_product_get_variants (smaller), 1);
  stall_product_remove_variant (smaller, leaving);
  save_product (fixture, smaller);
  test_check_is_clean (fixture);
  vase = test_add_product (fixture, "Vase", "V", 900);
  order = test_make_order ("1", vase, 1, 900, TEST_NOON);
  document = stall_order_to_document (order, "device");
  stall_receipt_free (test_put (fixture, "Order", document));
  assert_reserved (fixture, vase, 1);
  assert_reserved (fixture, cup, 0);
  delete (fixture, stall_product_get_id (set));
  test_check_is_clean (fixture);
}

/* Deleted and there again in one change set. */
static void
test_order_again_in_one_change_set (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallOrder) order = test_make_order ("1", variant, 2, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Again");

  stall_receipt_free (test_put (fixture, "Order", document));
  stall_change_set_delete (changes, stall_order_get_id (order));
  stall_change_set_put (changes, document);
  stall_receipt_free (test_apply (fixture, changes));
  assert_reserved (fixture, variant, 2);
  test_check_is_clean (fixture);
}

/* A deletion is undone after the order came back by another way: it is not written twice. */
static void
test_undo_of_a_deletion_overtaken (Fixture *fixture)
{
  g_autofree char *cup = test_add_product (fixture, "Cup", "C", 100);
  g_autofree char *bowl = test_add_product (fixture, "Bowl", "B", 100);
  g_autoptr (StallOrder) order = test_make_order ("1", cup, 2, 100, TEST_NOON);
  g_autoptr (StallDocument) first = stall_order_to_document (order, "device");
  g_autoptr (StallOrder) other = test_make_order ("1", bowl, 1, 100, TEST_NOON - STALL_DAY);
  g_autoptr (StallDocument) other_document = stall_order_to_document (other, "device");
  g_autoptr (StallDocument) again
      = stall_document_new (stall_order_get_id (order), stall_document_get_body (other_document));
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");
  g_autoptr (StallReceipt) deletion = NULL;

  stall_receipt_free (test_put (fixture, "Order", first));
  stall_change_set_delete (changes, stall_order_get_id (order));
  deletion = test_apply (fixture, changes);
  stall_receipt_free (test_put (fixture, "Again", again));
  undo (fixture, deletion->change_set);
  assert_reserved (fixture, cup, 0);
  assert_reserved (fixture, bowl, 1);
  test_check_is_clean (fixture);
}

/* The profile that said what is low is taken back. */
static void
test_low_at_is_forgotten (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallDocument) document = NULL;

  test_move (fixture, variant, 5, TEST_NOON);
  stall_profile_set_low_at (profile, 9);
  document = stall_profile_to_document (profile, "device");
  stall_receipt_free (test_put (fixture, "Profile", document));
  test_check_is_clean (fixture);
  undo (fixture, 0);
  test_check_is_clean (fixture);
}

static void
test_long_place (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autofree char *place = g_strnfill (300, 'x');

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StallMovement) movement
          = stall_movement_new (variant, place, 3, STALL_REASON_MADE, TEST_NOON + i * STALL_DAY);
      g_autoptr (StallDocument) document = stall_movement_to_document (movement, "device");

      stall_receipt_free (test_put (fixture, "Move", document));
    }
  test_check_is_clean (fixture);
}

/* The stall was open since yesterday. */
static void
test_a_day_goes_by (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "stall.db", NULL);
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  StallTime now = stall_time_now ();
  StallTime yesterday = stall_time_day_start (now, -28);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE meta SET value = '%" G_GINT64_FORMAT "' WHERE name = 'recent-from';"
      "UPDATE variant SET recent = 2; UPDATE product SET recent = 2, days_left = 0,"
      "n_running = 1",
      yesterday);
  g_autoptr (StallOrder) order = test_make_order ("1", variant, 2, 100, yesterday + STALL_HOUR);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autofree char *other = NULL;

  stall_receipt_free (test_put (fixture, "Order", document));
  test_check_is_clean (fixture);
  run_sql (path, sql);
  test_check_is_clean (fixture);
  other = test_add_product (fixture, "Bowl", "B", 100);
  test_check_is_clean (fixture);
}

/* Two restores in a row: the first stall of all is still there. */
static void
test_restores_keep_all (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy.stall", NULL);
  g_auto (GStrv) backups = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await_boolean (stall_store_backup (fixture->store, path), &error));
  test_close (fixture);
  for (guint i = 0; i < 3; i++)
    g_assert_true (dex_await_boolean (stall_store_restore (fixture->folder, path), &error));
  g_assert_no_error (error);
  backups = stall_store_list_backups (fixture->folder);
  g_assert_cmpuint (g_strv_length (backups), ==, 3);
}

/* Makes the folder look as it does when a restore was killed after so many of its renames. */
static void
cut_off_restore (Fixture *fixture, const char *backup, guint n_renames)
{
  static const char *const ends[] = { "-wal", "-shm", "" };
  g_autofree char *target = g_build_filename (fixture->folder, "stall.db", NULL);
  g_autofree char *fresh = g_strconcat (target, ".restored", NULL);
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *name = NULL;
  GStatBuf status;
  gsize size;

  run_sql (backup, "DROP TABLE attachment_content; DELETE FROM meta WHERE name = 'projections'");
  g_assert_true (g_file_get_contents (backup, &content, &size, NULL));
  g_assert_true (g_file_set_contents (fresh, content, (gssize) size, NULL));
  g_assert_cmpint (g_stat (fresh, &status), ==, 0);
  when = g_date_time_new_from_unix_local (status.st_mtime);
  name = g_date_time_format (when, "%Y-%m-%d %H-%M-%S before-restore.stall");
  g_mkdir_with_parents (backups, 0700);
  kept = g_build_filename (backups, name, NULL);
  for (guint i = 0; i < n_renames; i++)
    {
      g_autofree char *from = g_strconcat (target, ends[i], NULL);
      g_autofree char *to = g_strconcat (kept, ends[i], NULL);

      g_rename (from, to);
    }
}

/* Killed between any two of its renames, a restore is finished by whoever opens the stall next, and
 * what was put away is whole, its log with it. */
static void
test_restore_cut_off (Fixture *fixture)
{
  for (guint n_renames = 0; n_renames <= 3; n_renames++)
    {
      g_autofree char *backup = g_build_filename (fixture->folder, "copy.stall", NULL);
      g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
      g_autofree char *target = g_build_filename (fixture->folder, "stall.db", NULL);
      g_autofree char *log = g_strconcat (target, "-wal", NULL);
      g_autofree char *content = NULL, *log_content = NULL, *late = NULL;
      g_auto (GStrv) kept = NULL;
      g_autoptr (GError) error = NULL;
      gsize size, log_size;
      gint64 n_products;

      n_products = dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), &error);
      g_assert_true (dex_await_boolean (stall_store_backup (fixture->store, backup), &error));
      late = test_add_product (fixture, "Late", "L", 100);
      /* as after a crash: the log was not taken over */
      g_assert_true (g_file_get_contents (target, &content, &size, NULL));
      g_assert_true (g_file_get_contents (log, &log_content, &log_size, NULL));
      test_close (fixture);
      g_assert_true (g_file_set_contents (target, content, (gssize) size, NULL));
      g_assert_true (g_file_set_contents (log, log_content, (gssize) log_size, NULL));
      cut_off_restore (fixture, backup, n_renames);

      g_assert_true (stall_store_exists (fixture->folder));
      test_open (fixture, STALL_STORE_WRITE);
      g_assert_cmpint (
          dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), &error), ==,
          n_products);
      test_check_is_clean (fixture);
      kept = stall_store_list_backups (fixture->folder);
      g_assert_cmpuint (g_strv_length (kept), ==, 1);
      test_close (fixture);
      g_assert_true (dex_await_boolean (stall_store_restore (fixture->folder, kept[0]), &error));
      g_assert_no_error (error);
      test_open (fixture, STALL_STORE_WRITE);
      g_assert_cmpint (
          dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), &error), ==,
          n_products + 1);
      g_unlink (backup);
      test_remove_folder (backups);
    }
}

/* A backup that does things by itself, or has other tables than a stall, is refused. */
static void
test_hostile_backup (Fixture *fixture)
{
  static const char *const scripts[] = {
    "CREATE TRIGGER gone AFTER INSERT ON document BEGIN DELETE FROM revision; END",
    "DROP TABLE checkpoint; CREATE VIEW checkpoint AS SELECT 1",
    "DROP TABLE change; CREATE TABLE change (number)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.stall", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (dex_await_boolean (stall_store_backup (fixture->store, path), &error));
      run_sql (path, scripts[i]);
      test_close (fixture);
      g_assert_false (dex_await_boolean (stall_store_restore (fixture->folder, path), &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      test_open (fixture, STALL_STORE_WRITE);
    }
}

/* Any file can be chosen, and what is wrong with it is not wrong with the stall. */
static void
test_no_backup (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "letter.txt", NULL);
  const char *const paths[] = { path, fixture->folder };

  g_assert_true (g_file_set_contents (path, "Dear customer,", -1, NULL));
  test_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await_boolean (stall_store_restore (fixture->folder, paths[i]), &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, name));
    }
  test_open (fixture, STALL_STORE_WRITE);
}

/* Wrong figures in a backup, and names of pictures that lead out of the stall. */
static void
test_lying_backup (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy.stall", NULL);
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (GError) error = NULL;

  test_move (fixture, variant, 5, TEST_NOON);
  g_assert_true (dex_await_boolean (stall_store_backup (fixture->store, path), &error));
  run_sql (path, "UPDATE stock SET on_hand = 99;"
                 "INSERT INTO attachment VALUES ('md5-x', '../../../../../../etc/passwd', 1)");
  test_close (fixture);
  g_assert_true (dex_await_boolean (stall_store_restore (fixture->folder, path), &error));
  g_assert_no_error (error);
  test_open (fixture, STALL_STORE_WRITE);
  g_assert_null (stall_store_get_attachment_path (fixture->store, "md5-x"));
  test_check_is_clean (fixture);
}

/* A picture whose file was damaged is whole again when it is added again. */
static void
test_damaged_picture_is_mended (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = dex_await_string (stall_store_attach (fixture->store, bytes), &error);
  g_autofree char *path = stall_store_get_attachment_path (fixture->store, digest);
  g_autofree char *again = NULL;

  g_assert_true (g_file_set_contents (path, "pic", 3, NULL));
  again = dex_await_string (stall_store_attach (fixture->store, bytes), &error);
  g_assert_no_error (error);
  test_check_is_clean (fixture);
}

/* Closing while much is asked for: every answer comes, none is used after. */
static void
test_close_answers_all (Fixture *fixture)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  DexFuture *closed;

  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (answers, stall_store_count (fixture->store, STALL_KIND_PRODUCT));
  closed = stall_store_close (fixture->store);
  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (answers, stall_store_count (fixture->store, STALL_KIND_PRODUCT));
  for (guint i = 0; i < answers->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 n = dex_await_int64 (g_ptr_array_index (answers, i), &error);

      if (i < 200)
        g_assert_cmpint (n, ==, 1);
      else
        g_assert_error (error, STALL_ERROR, STALL_ERROR_FAILED);
    }
  dex_await (closed, NULL);
  g_clear_object (&fixture->store);
}

/* Whichever row of a long ledger is looked at, it says something. */
static void
test_every_row_of_a_ledger_is_loaded (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallQueryModel) model = stall_query_model_new (fixture->store);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_LEDGER);
  guint n_loaded = 0;

  for (guint i = 0; i < 5; i++)
    test_move (fixture, variant, 1, TEST_NOON + i);
  query->variant = g_strdup (variant);
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 5 + round);
      for (guint i = 0; i < 5; i++)
        {
          g_autoptr (StallRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

          dex_await (stall_query_model_settle (model), NULL);
          n_loaded += stall_row_get_loaded (row);
        }
      test_move (fixture, variant, 1, TEST_NOON + STALL_DAY);
      dex_await (stall_query_model_settle (model), NULL);
    }
  g_assert_cmpuint (n_loaded, ==, 10);
}

/* On a medium that cannot be written to a stall can still be read and checked. */
static void
test_read_only_folder (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);

  test_close (fixture);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  if (g_access (fixture->folder, W_OK) != 0)
    {
      test_open (fixture, STALL_STORE_READ_ONLY);
      g_assert_cmpint (
          dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), NULL), ==, 1);
      test_check_is_clean (fixture);
    }
  else
    g_test_skip ("root may write everywhere");
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

/* Of a very long ledger the newest entries are shown, and their balance counts the rest. */
static void
test_long_ledger_shows_the_newest (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 100);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Many");
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_LEDGER);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallLedgerRow) newest = NULL;

  for (guint i = 0; i < 20010; i++)
    {
      g_autoptr (StallMovement) movement
          = stall_movement_new (variant, STALL_PLACE_WORKSHOP, 1, STALL_REASON_MADE, TEST_NOON + i);
      g_autoptr (StallDocument) document = stall_movement_to_document (movement, "device");

      stall_change_set_put (changes, document);
    }
  stall_receipt_free (test_apply (fixture, changes));
  query->variant = g_strdup (variant);
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 20000);
  newest = g_list_model_get_item (rows, 0);
  g_assert_cmpint (stall_ledger_row_get_at (newest), ==, TEST_NOON + 20009);
  g_assert_cmpint (stall_ledger_row_get_balance (newest), ==, 20010);
}

/* What a kit took and what was moved are two entries, whatever the numbers of their documents. */
static void
test_entries_of_kits_are_their_own (Fixture *fixture)
{
  g_autofree char *cup = test_add_product (fixture, "Cup", "CUP", 100);
  g_autoptr (StallProduct) set = test_make_product ("Tea set", "SET", 500);
  g_autoptr (StallOrder) order = test_make_order ("1", test_first_variant (set), 3, 500, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_LEDGER);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GHashTable) numbers
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  set_kit (set, cup, 2);
  save_product (fixture, set);
  stall_receipt_free (test_put (fixture, "Order", document));
  test_add_event (fixture, order, STALL_STEP_SHIPPED, TEST_NOON);
  for (guint i = 0; i < 110; i++)
    test_move (fixture, cup, 1, TEST_NOON + i);
  query->variant = g_strdup (cup);
  rows = test_rows (fixture, query);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallRow) row = g_list_model_get_item (rows, i);
      gint64 number = stall_row_get_number (row);

      g_hash_table_add (numbers, g_memdup2 (&number, sizeof number));
    }
  g_assert_cmpuint (g_hash_table_size (numbers), ==, 111);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/edges/redo-keeps-later-edits", test_redo_keeps_later_edits);
  test_add ("/edges/edit-of-deleted-is-whole", test_edit_of_deleted_is_whole);
  test_add ("/edges/undo-leaves-the-deleted", test_undo_leaves_the_deleted);
  test_add ("/edges/event-comes-and-goes", test_event_comes_and_goes);
  test_add ("/edges/kit-changes-parts", test_kit_changes_parts);
  test_add ("/edges/kit-loses-a-variant", test_kit_loses_a_variant);
  test_add ("/edges/order-again-in-one-change-set", test_order_again_in_one_change_set);
  test_add ("/edges/undo-of-a-deletion-overtaken", test_undo_of_a_deletion_overtaken);
  test_add ("/edges/low-at-is-forgotten", test_low_at_is_forgotten);
  test_add ("/edges/long-place", test_long_place);
  test_add ("/edges/a-day-goes-by", test_a_day_goes_by);
  test_add ("/edges/restores-keep-all", test_restores_keep_all);
  test_add ("/edges/restore-cut-off", test_restore_cut_off);
  test_add ("/edges/no-backup", test_no_backup);
  test_add ("/edges/hostile-backup", test_hostile_backup);
  test_add ("/edges/lying-backup", test_lying_backup);
  test_add ("/edges/damaged-picture-is-mended", test_damaged_picture_is_mended);
  test_add ("/edges/close-answers-all", test_close_answers_all);
  test_add ("/edges/every-row-of-a-ledger-is-loaded", test_every_row_of_a_ledger_is_loaded);
  test_add ("/edges/read-only-folder", test_read_only_folder);
  test_add ("/edges/long-ledger-shows-the-newest", test_long_ledger_shows_the_newest);
  test_add ("/edges/entries-of-kits-are-their-own", test_entries_of_kits_are_their_own);
  return g_test_run ();
}
