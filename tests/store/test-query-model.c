/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "stall-list-diff.h"
#include "test-util.h"

/* --- differences of lists --- */

static void
assert_diff_leads (const gint64 *from,
                   guint n_from,
                   const gint64 *to,
                   guint n_to,
                   guint max_changes)
{
  g_autoptr (GArray) changes = stall_list_diff (from, n_from, to, n_to);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (list, from, n_from);
  for (guint i = 0; i < changes->len; i++)
    {
      const StallListChange *change = &g_array_index (changes, StallListChange, i);

      if (change->removed > 0)
        g_array_remove_range (list, change->position, change->removed);
      if (change->added > 0)
        g_array_insert_vals (list, change->position, to + change->position, change->added);
    }
  g_assert_cmpmem (list->data, list->len * sizeof (gint64), to, n_to * sizeof (gint64));
  g_assert_cmpuint (changes->len, <=, max_changes);
}

static void
test_diff_narrow (void)
{
  const gint64 list[] = { 1, 2, 3, 4, 5 }, inserted[] = { 1, 2, 9, 3, 4, 5 },
               removed[] = { 1, 2, 4, 5 };
  const gint64 moved[] = { 5, 1, 2, 3, 4 }, other[] = { 7, 8 };

  assert_diff_leads (list, 5, list, 5, 0);
  assert_diff_leads (list, 5, inserted, 6, 1);
  assert_diff_leads (list, 5, removed, 4, 1);
  assert_diff_leads (list, 5, moved, 5, 2);
  assert_diff_leads (list, 5, other, 2, 1);
  assert_diff_leads (list, 0, list, 5, 1);
  assert_diff_leads (list, 5, list, 0, 1);
}

static void
test_diff_random (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autofree gint64 *from = g_new (gint64, 400);
      g_autofree gint64 *to = g_new (gint64, 400);
      guint n_from = 0, n_to = 0;

      for (gint64 i = 0; i < 400; i++)
        {
          if (g_test_rand_int_range (0, 10) > 0)
            from[n_from++] = i;
          if (g_test_rand_int_range (0, 10) > 0)
            to[n_to++] = i;
        }
      for (guint i = 0; i < round / 4 && n_to > 1; i++)
        {
          guint a = g_test_rand_int_range (0, n_to), b = g_test_rand_int_range (0, n_to);
          gint64 swap = to[a];

          to[a] = to[b];
          to[b] = swap;
        }
      assert_diff_leads (from, n_from, to, n_to, 400);
    }
}

/* Every second one is another: emptied and filled. */
static void
test_diff_many (void)
{
  g_autofree gint64 *from = g_new (gint64, 20000);
  g_autofree gint64 *to = g_new (gint64, 20000);

  for (gint64 i = 0; i < 20000; i++)
    {
      from[i] = i;
      to[i] = i % 2 == 0 ? i : i + 20000;
    }
  assert_diff_leads (from, 20000, to, 20000, 2);
}

/* --- the model --- */

static void
add_products_called (Fixture *fixture, guint n, const char *more)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Products");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf ("Product %05u%s", i, more);
      g_autofree char *sku = g_strdup_printf ("SKU-%05u", i);
      g_autoptr (StallProduct) product = test_make_product (title, sku, i);
      g_autoptr (StallDocument) document = stall_product_to_document (product, "device");

      stall_change_set_put (changes, document);
    }
  stall_receipt_free (test_apply (fixture, changes));
}

static void
add_products (Fixture *fixture, guint n)
{
  add_products_called (fixture, n, "");
}

static StallQueryModel *
make_model (Fixture *fixture, const char *search)
{
  StallQueryModel *model = stall_query_model_new (fixture->store);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

  query->search = g_strdup (search);
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  return model;
}

static void
first_rows_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  guint *n_first = data;

  if (*n_first > 0)
    return;
  *n_first = added;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (StallRow) row = g_list_model_get_item (model, i);

      g_assert_true (stall_row_get_loaded (row));
    }
}

/* What a list shows first is there when it is told, not only its length. */
static void
test_first_rows_come_filled (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);
  guint n_first = 0;

  add_products (fixture, 100);
  model = stall_query_model_new (fixture->store);
  g_signal_connect (model, "items-changed", G_CALLBACK (first_rows_cb), &n_first);
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (n_first, <, 100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 100);
}

typedef struct
{
  guint n;
  guint removed;
  guint added;
} Seen;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Seen *seen)
{
  seen->n++;
  seen->removed += removed;
  seen->added += added;
}

static void
test_rows_fill_and_keep_identity (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallProductRow) row = NULL;
  g_autoptr (StallProductRow) again = NULL;

  add_products (fixture, 1000);
  model = make_model (fixture, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000);
  row = g_list_model_get_item (G_LIST_MODEL (model), 700);
  g_assert_false (stall_row_get_loaded (STALL_ROW (row)));
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_true (stall_row_get_loaded (STALL_ROW (row)));
  g_assert_cmpstr (stall_product_row_get_title (row), ==, "Product 00700");
  again = g_list_model_get_item (G_LIST_MODEL (model), 700);
  g_assert_true (row == again);
}

static void
test_changes_are_narrow (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autofree char *variant = NULL;
  g_autoptr (StallProductRow) row = NULL;
  Seen seen = { 0 };

  add_products (fixture, 1000);
  model = make_model (fixture, NULL);
  row = g_list_model_get_item (G_LIST_MODEL (model), 500);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &seen);
  variant = test_add_product (fixture, "Product 00499 b", "NEW", 5);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (seen.n, ==, 1);
  g_assert_cmpuint (seen.removed, ==, 0);
  g_assert_cmpuint (seen.added, ==, 1);
  test_move (fixture, variant, 3, TEST_NOON);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (seen.n, ==, 1);
}

/* What a pull brings lies everywhere in the list. It comes in between, whatever is looked at stays
 * where it is, and the main loop turns meanwhile. */
static void
test_many_changes_are_narrow_too (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallProductRow) row = NULL;
  g_autoptr (StallProductRow) again = NULL;
  Seen seen = { 0 };

  add_products (fixture, 1000);
  model = make_model (fixture, NULL);
  row = g_list_model_get_item (G_LIST_MODEL (model), 500);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &seen);
  add_products_called (fixture, 1000, " b");
  for (guint i = 0; seen.n == 0 && i < 20000; i++)
    dex_await (dex_timeout_new_msec (1), NULL);
  g_assert_cmpuint (seen.n, <, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000 + seen.n);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (seen.n, ==, 1000);
  g_assert_cmpuint (seen.removed, ==, 0);
  g_assert_cmpuint (seen.added, ==, 1000);
  again = g_list_model_get_item (G_LIST_MODEL (model), 1000);
  g_assert_true (row == again);
}

/* Another query while the changes of a list are being made: its list is what is shown. */
static void
test_overtaken_among_changes (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);
  Seen seen = { 0 };

  query->search = g_strdup ("00007");
  add_products (fixture, 1000);
  model = make_model (fixture, NULL);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &seen);
  add_products_called (fixture, 1000, " b");
  for (guint i = 0; seen.n == 0 && i < 20000; i++)
    dex_await (dex_timeout_new_msec (1), NULL);
  stall_query_model_set_query (model, query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
}

/* Each keystroke supersedes the last; the answer shown is that of the last one. */
static void
test_two_thousand_keystrokes (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallProductRow) row = NULL;

  add_products (fixture, 2000);
  model = make_model (fixture, NULL);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

      query->search = g_strdup_printf ("%05u", i);
      stall_query_model_set_query (model, query);
      if (i % 3 == 0)
        dex_await (dex_timeout_new_usec (200), NULL);
    }
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
  row = g_list_model_get_item (G_LIST_MODEL (model), 0);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpstr (stall_product_row_get_title (row), ==, "Product 01999");
}

static void
test_model_goes_away_while_reading (Fixture *fixture)
{
  add_products (fixture, 300);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (StallQueryModel) model = stall_query_model_new (fixture->store);
      g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

      stall_query_model_set_query (model, query);
      if (i % 2 == 0)
        dex_await (dex_timeout_new_usec (100), NULL);
    }
}

static void
failed_cb (StallStore *store, const GError *error, guint *n_failures)
{
  g_assert_error (error, STALL_ERROR, STALL_ERROR_DAMAGED);
  (*n_failures)++;
}

/* A list that cannot be read says so, and a damaged file is not written to any more. */
static void
test_damage_is_told (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = NULL;
  g_autoptr (StallProduct) product = test_make_product ("Late", "L", 1);
  g_autoptr (StallDocument) document = stall_product_to_document (product, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Late");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "stall.db", NULL);
  g_autofree char *content = NULL;
  FILE *file;
  gsize size;
  guint n_failures = 0;

  add_products (fixture, 2000);
  test_close (fixture);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  memset (content + 100, 0x5a, 60);
  for (gsize at = 8192; at + 64 < size; at += 8192)
    memset (content + at, 0x5a, 64);
  test_open (fixture, STALL_STORE_WRITE);
  g_signal_connect (fixture->store, "failed", G_CALLBACK (failed_cb), &n_failures);
  file = g_fopen (path, "r+");
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  fclose (file);
  model = make_model (fixture, "product");
  if (n_failures == 0)
    {
      g_test_skip ("the pages were in the cache");
      return;
    }
  stall_change_set_put (changes, document);
  g_assert_null (dex_await_boxed (stall_store_apply (fixture->store, changes), &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_DAMAGED);
}

static void
test_ledger_balances (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C", 1);
  g_autoptr (StallOrder) order = test_make_order ("1", variant, 2, 100, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_LEDGER);
  g_autoptr (GListModel) rows = NULL;
  const int balances[] = { 7, 8, 10 };

  query->variant = g_strdup (variant);
  test_move (fixture, variant, 10, TEST_NOON - STALL_DAY);
  stall_receipt_free (test_put (fixture, "Order", document));
  test_add_event (fixture, order, STALL_STEP_SHIPPED, TEST_NOON);
  test_count (fixture, variant, 7, TEST_NOON + STALL_DAY);
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (StallLedgerRow) row = g_list_model_get_item (rows, i);

      g_assert_cmpint (stall_ledger_row_get_balance (row), ==, balances[i]);
      g_assert_cmpint (stall_ledger_row_is_sale (row), ==, i == 1);
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-model/diff-narrow", test_diff_narrow);
  g_test_add_func ("/query-model/diff-random", test_diff_random);
  g_test_add_func ("/query-model/diff-many", test_diff_many);
  test_add ("/query-model/rows-fill-and-keep-identity", test_rows_fill_and_keep_identity);
  test_add ("/query-model/first-rows-come-filled", test_first_rows_come_filled);
  test_add ("/query-model/changes-are-narrow", test_changes_are_narrow);
  test_add ("/query-model/many-changes-are-narrow-too", test_many_changes_are_narrow_too);
  test_add ("/query-model/overtaken-among-changes", test_overtaken_among_changes);
  test_add ("/query-model/two-thousand-keystrokes", test_two_thousand_keystrokes);
  test_add ("/query-model/goes-away-while-reading", test_model_goes_away_while_reading);
  test_add ("/query-model/damage-is-told", test_damage_is_told);
  test_add ("/query-model/ledger-balances", test_ledger_balances);
  return g_test_run ();
}
