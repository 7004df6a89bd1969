/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "test-util.h"

/* The file itself: who may open it, and what is refused. */

static char *
file_of (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "stall.db", NULL);
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = file_of (fixture);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
assert_open_fails (Fixture *fixture, StallStoreFlags flags, StallError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_object (stall_store_open (fixture->folder, flags), &error));
  g_assert_error (error, STALL_ERROR, (int) code);
}

static void
test_second_writer_is_refused (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallStore) reader = NULL;

  assert_open_fails (fixture, STALL_STORE_WRITE, STALL_ERROR_BUSY);
  reader = dex_await_object (stall_store_open (fixture->folder, STALL_STORE_READ_ONLY), &error);
  g_assert_no_error (error);
  g_assert_cmpint (dex_await_int64 (stall_store_count (reader, STALL_KIND_PRODUCT), NULL), ==, 1);
  g_assert_false (stall_store_get_writable (reader));
  dex_await (stall_store_close (reader), NULL);
}

static void
test_newer_is_refused (Fixture *fixture)
{
  g_autofree char *path = file_of (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;

  test_close (fixture);
  run_sql (fixture, "PRAGMA user_version = 99");
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  assert_open_fails (fixture, STALL_STORE_WRITE, STALL_ERROR_NEWER);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_other_file_is_refused (Fixture *fixture)
{
  g_autofree char *path = file_of (fixture);
  g_autofree char *after = NULL;

  test_close (fixture);
  g_assert_true (g_file_set_contents (
      path, "This is a letter, not a database, and long enough to tell.", -1, NULL));
  assert_open_fails (fixture, STALL_STORE_WRITE, STALL_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_true (g_str_has_prefix (after, "This is a letter"));
}

static void
test_no_stall (Fixture *fixture)
{
  g_autofree char *path = file_of (fixture);

  test_close (fixture);
  g_unlink (path);
  g_assert_false (stall_store_exists (fixture->folder));
  assert_open_fails (fixture, STALL_STORE_WRITE, STALL_ERROR_NOT_FOUND);
}

static guint
count_differences (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = dex_await_boxed (stall_store_check (fixture->store), &error);

  g_assert_no_error (error);
  return g_strv_length (found);
}

/* One wrong figure in a projection, one wrong letter in a document: the check says so. */
static void
test_check_finds (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 1);

  test_move (fixture, variant, 5, TEST_NOON);
  g_assert_cmpuint (count_differences (fixture), ==, 0);
  test_close (fixture);
  run_sql (fixture, "UPDATE stock SET on_hand = 6");
  test_open (fixture, STALL_STORE_WRITE);
  g_assert_cmpuint (count_differences (fixture), ==, 2);
  test_close (fixture);
  run_sql (fixture,
           "UPDATE stock SET on_hand = 5; UPDATE revision SET body = replace (body, 'Cup', 'Cap')");
  test_open (fixture, STALL_STORE_WRITE);
  g_assert_cmpuint (count_differences (fixture), >=, 1);
}

static void
test_projections_renew (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 1);
  g_autoptr (StallVariantRow) row = NULL;

  test_move (fixture, variant, 5, TEST_NOON);
  test_close (fixture);
  run_sql (fixture, "DELETE FROM stock; UPDATE variant SET on_hand = 99; UPDATE meta SET value = "
                    "'0' WHERE name = "
                    "'projections'");
  test_open (fixture, STALL_STORE_WRITE);
  row = test_get_variant (fixture, variant);
  g_assert_cmpint (stall_variant_row_get_on_hand (row), ==, 5);
  test_check_is_clean (fixture);
}

static double
look (StallProgress *progress)
{
  double fraction;

  return stall_progress_look (progress, &fraction) ? fraction : -1;
}

/* Opens the stall and closes it again. */
static void
open_once (Fixture *fixture, StallProgress *progress, GError **error)
{
  g_autoptr (StallStore) store = dex_await_object (
      stall_store_open_with_progress (fixture->folder, STALL_STORE_WRITE, progress), error);

  if (store != NULL)
    dex_await (stall_store_close (store), NULL);
}

/* Who waits for projections that are made anew is told how far they are: not at all where they
 * need not be, half of the way where they stop half of the way, and at the end when all is done. */
static void
test_renewal_progress (Fixture *fixture)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Cups added");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallProgress) none = stall_progress_new ();
  g_autoptr (StallProgress) half = stall_progress_new ();
  g_autoptr (StallProgress) whole = stall_progress_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (StallProduct) cup = test_make_product ("Cup", NULL, 1);
      g_autoptr (StallDocument) document = stall_product_to_document (cup, "test");

      stall_change_set_put (changes, document);
    }
  receipt = test_apply (fixture, changes);
  test_close (fixture);
  open_once (fixture, none, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (look (none), <, 0);

  run_sql (fixture, "UPDATE meta SET value = '0' WHERE name = 'projections';"
                    "UPDATE document SET winner = -winner WHERE number > 1400");
  open_once (fixture, half, &error);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpfloat (look (half), >, 0.5);
  g_assert_cmpfloat (look (half), <, 1);

  run_sql (fixture, "UPDATE document SET winner = -winner WHERE number > 1400");
  open_once (fixture, whole, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (look (whole), ==, 1);
  test_open (fixture, STALL_STORE_WRITE);
  test_check_is_clean (fixture);
}

static void
put_released_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *stall = file_of (fixture);
  g_autofree char *sql = NULL;

  test_close (fixture);
  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  g_assert_cmpint (g_unlink (stall), ==, 0);
  run_sql (fixture, sql);
}

/* A stall that the first release made: nobody loses anything by an update, and it can be worked on.
 */
static void
test_first_release_is_upgraded (Fixture *fixture)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (StallVariantRow) suit = NULL;
  g_autoptr (GListModel) orders = NULL;
  g_autoptr (StallOrderRow) newest = NULL;
  g_autofree char *variant = NULL;
  g_autofree char *undo = NULL;

  put_released_file (fixture, "stall-0.1.0.sql");
  test_open (fixture, STALL_STORE_WRITE);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_PRODUCT), NULL),
                   ==, 3);
  suit = test_get_variant (fixture, "6b205192-721e-8069-b0fd-cf264cc7326f");
  g_assert_cmpstr (stall_variant_row_get_product_title (suit), ==, "Lilac suit");
  g_assert_cmpint (stall_variant_row_get_on_hand (suit), ==, 7);
  orders = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (orders), ==, 5);
  newest = g_list_model_get_item (orders, 0);
  g_assert_cmpstr (stall_order_row_get_order_number (newest), ==, "#1005");
  g_assert_cmpint (stall_order_row_get_status (newest), ==, STALL_STATUS_REFUNDED);
  g_object_get (fixture->store, "undo-label", &undo, NULL);
  g_assert_nonnull (undo);

  variant = test_add_product (fixture, "Cup", "C", 1);
  test_check_is_clean (fixture);
}

/* A kind this Stall does not know is kept byte for byte. */
static void
test_unknown_kinds_are_kept (Fixture *fixture)
{
  static const char text[]
      = "{\"kind\":\"weather\",\"v\":7,\"big\":12345678901234567890,\"deep\":{\"a\":[1.0,1e2]}}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new ("weather:today", body);
  g_autoptr (StallDocument) loaded = NULL;
  g_autoptr (GError) error = NULL;

  stall_receipt_free (test_put (fixture, "Weather", document));
  loaded = dex_await_object (stall_store_load (fixture->store, "weather:today"), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (stall_document_get_body (loaded), body));
  test_check_is_clean (fixture);
}

/* What this Stall cannot read of a kind it knows is set aside; the rest of the change set goes on.
 */
static void
test_malformed_is_set_aside (Fixture *fixture)
{
  static const char text[] = "{\"kind\":\"order\",\"lines\":\"none\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new ("order:bad", body);
  g_autofree char *variant = NULL;
  g_auto (GStrv) found = NULL;

  stall_receipt_free (test_put (fixture, "Bad", document));
  variant = test_add_product (fixture, "Cup", "C", 1);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_ORDER), NULL), ==,
                   1);
  found = dex_await_boxed (stall_store_check (fixture->store), NULL);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
  g_assert_nonnull (strstr (found[0], "order:bad is set aside"));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/file/second-writer-is-refused", test_second_writer_is_refused);
  test_add ("/file/newer-is-refused", test_newer_is_refused);
  test_add ("/file/other-file-is-refused", test_other_file_is_refused);
  test_add ("/file/no-stall", test_no_stall);
  test_add ("/file/check-finds", test_check_finds);
  test_add ("/file/projections-renew", test_projections_renew);
  test_add ("/file/renewal-progress", test_renewal_progress);
  test_add ("/file/first-release-is-upgraded", test_first_release_is_upgraded);
  test_add ("/file/unknown-kinds-are-kept", test_unknown_kinds_are_kept);
  test_add ("/file/malformed-is-set-aside", test_malformed_is_set_aside);
  return g_test_run ();
}
