/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "stall-numbers.h"
#include "test-util.h"

/* --- packed numbers --- */

static void
test_numbers (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (StallNumbers) numbers = stall_numbers_new ();
      g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autofree gint64 *unpacked = NULL;
      guint n = (guint) g_test_rand_int_range (0, 300);
      gint64 number = 0;

      for (guint i = 0; i < n; i++)
        {
          number = round % 3 == 0   ? number - 2
                   : round % 3 == 1 ? g_test_rand_int_range (0, G_MAXINT32)
                                    : (gint64) g_test_rand_int () * (1 << 30);
          stall_numbers_append (numbers, number);
          g_array_append_val (plain, number);
        }
      numbers = stall_numbers_finish (g_steal_pointer (&numbers));
      g_assert_cmpuint (stall_numbers_get_length (numbers), ==, n);
      unpacked = stall_numbers_unpack (numbers);
      g_assert_cmpmem (unpacked, n * sizeof (gint64), plain->data, n * sizeof (gint64));
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (stall_numbers_get (numbers, i), ==, g_array_index (plain, gint64, i));
    }
}

/* --- products --- */

static void
add_product (StallChangeSet *changes, const char *word, guint index, gint64 price, StallStage stage)
{
  g_autofree char *title = g_strdup_printf ("%s vase %03u", word, index);
  g_autofree char *sku = g_strdup_printf ("SKU-%03u", index);
  g_autoptr (StallProduct) product = test_make_product (title, sku, price);
  g_autoptr (StallDocument) document = NULL;

  stall_product_set_stage (product, stage);
  document = stall_product_to_document (product, "device");
  stall_change_set_put (changes, document);
}

static void
add_products (Fixture *fixture)
{
  static const char *const words[] = { "Clay", "Moss", "Lilac", "Ivory" };
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Products");

  for (guint i = 0; i < 400; i++)
    add_product (changes, words[i % 4], i, (gint64) (i * 7919 % 400) * 100,
                 i % 3 == 0 ? STALL_STAGE_SAMPLE : STALL_STAGE_ON_SALE);
  stall_receipt_free (test_apply (fixture, changes));
}

static const char *
get_title (gpointer row)
{
  return STALL_IS_VARIANT_ROW (row) ? stall_variant_row_get_product_title (row)
                                    : stall_product_row_get_title (row);
}

/* A search shows the rows of the list that have the word, in the order of the list. */
static void
assert_search_keeps_order (Fixture *fixture, StallQuery *query, const char *typed, const char *word)
{
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) found = NULL;
  guint n_found = 0;

  g_clear_pointer (&query->search, g_free);
  all = test_rows (fixture, query);
  query->search = g_strdup (typed);
  found = test_rows (fixture, query);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (StallRow) expected = g_list_model_get_item (all, i);
      g_autoptr (StallRow) row = NULL;

      if (strstr (get_title (expected), word) == NULL)
        continue;
      row = g_list_model_get_item (found, n_found++);
      g_assert_nonnull (row);
      g_assert_cmpint (stall_row_get_number (row), ==, stall_row_get_number (expected));
    }
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, n_found);
}

static void
test_product_search_keeps_order (Fixture *fixture)
{
  static const StallSort sorts[]
      = { STALL_SORT_DEFAULT, STALL_SORT_PRICE, STALL_SORT_RECENT, STALL_SORT_NAME };
  static const StallList lists[] = { STALL_LIST_PRODUCTS, STALL_LIST_VARIANTS };

  add_products (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (lists) * G_N_ELEMENTS (sorts) * 2; i++)
    {
      g_autoptr (StallQuery) query = stall_query_new (lists[i % 2]);

      query->descending = i / 2 % 2;
      query->sort = sorts[i / 4];
      assert_search_keeps_order (fixture, query, "lil", "Lilac");
      assert_search_keeps_order (fixture, query, "v", "vase");
      query->stage = STALL_STAGE_SAMPLE + 1;
      assert_search_keeps_order (fixture, query, "moss vas", "Moss");
    }
}

static GStrv
read_titles (StallQueryModel *model)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (model), i));
  dex_await (stall_query_model_settle (model), NULL);
  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (titles, get_title (rows->pdata[i]));
  return g_strv_builder_end (titles);
}

static void
assert_finds (Fixture *fixture, StallQuery *query, const char *typed, const char *const *expected)
{
  g_autoptr (StallQueryModel) model = stall_query_model_new (fixture->store);
  g_auto (GStrv) titles = NULL;

  g_set_str (&query->search, typed);
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  titles = read_titles (model);
  g_assert_cmpstrv (titles, expected);
}

/* Who types the beginning of a title means that product rather than one with such a variant or
 * such a word further on. */
static void
test_product_search_begins_with_title (Fixture *fixture)
{
  static const StallList lists[] = { STALL_LIST_PRODUCTS, STALL_LIST_VARIANTS };
  const char *const latin[] = { "Gardenia bag", "Gardenia scarf", "Bag for the garden", NULL };
  const char *const two_words[] = { "Gardenia scarf", NULL };
  const char *const chinese[] = { "茶杯", "手工茶杯", NULL };

  g_free (test_add_product (fixture, "Bag for the garden", "A", 100));
  g_free (test_add_product (fixture, "手工茶杯", "B", 100));
  g_free (test_add_product (fixture, "Gardenia scarf", "C", 100));
  g_free (test_add_product (fixture, "茶杯", "D", 100));
  g_free (test_add_product (fixture, "Gardenia bag", "E", 100));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (StallQuery) query = stall_query_new (lists[i]);

      query->sort = STALL_SORT_MATCH;
      assert_finds (fixture, query, "Gard", latin);
      assert_finds (fixture, query, "gard sc", two_words);
      assert_finds (fixture, query, "茶杯", chinese);
    }
}

/* What comes, goes or is given another name while a search is shown. */
static void
test_product_search_is_live (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = stall_query_model_new (fixture->store);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);
  g_autoptr (StallProduct) cup = test_make_product ("Blue cup", "B", 100);
  g_autoptr (StallDocument) document = stall_product_to_document (cup, "device");
  g_autoptr (StallDocument) renamed = NULL;
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");
  const char *const before[] = { "Ash cup", "Blue cup", "Clay cup", NULL };
  const char *const after[] = { "Ash cup", "Clay cup", "Zinc cup", NULL };
  const char *const left[] = { "Ash cup", "Clay cup", NULL };
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  g_auto (GStrv) third = NULL;

  g_free (test_add_product (fixture, "Clay cup", "C", 100));
  g_free (test_add_product (fixture, "Bowl", "BOWL", 100));
  query->search = g_strdup ("cup");
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);

  stall_receipt_free (test_put (fixture, "Add", document));
  g_free (test_add_product (fixture, "Ash cup", "A", 100));
  dex_await (stall_query_model_settle (model), NULL);
  first = read_titles (model);
  g_assert_cmpstrv (first, before);

  stall_product_set_title (cup, "Zinc cup");
  renamed = stall_product_to_document (cup, "device");
  stall_receipt_free (test_put (fixture, "Rename", renamed));
  dex_await (stall_query_model_settle (model), NULL);
  second = read_titles (model);
  g_assert_cmpstrv (second, after);

  stall_change_set_delete (changes, stall_product_get_id (cup));
  stall_receipt_free (test_apply (fixture, changes));
  dex_await (stall_query_model_settle (model), NULL);
  third = read_titles (model);
  g_assert_cmpstrv (third, left);
}

/* --- orders --- */

static void
add_order (StallChangeSet *changes, const char *number, const char *variant, StallTime at)
{
  g_autoptr (StallOrder) order = test_make_order (number, variant, 1, 100, at);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");

  stall_change_set_put (changes, document);
}

static void
assert_newest_first (GListModel *rows, guint n)
{
  StallTime last = G_MAXINT64;

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      g_assert_cmpint (stall_order_row_get_placed_at (row), <=, last);
      last = stall_order_row_get_placed_at (row);
    }
}

/* Orders with the word and orders of products with it come as one list, each once, filtered or not,
 * however many products have it. */
static void
test_order_search_is_whole (Fixture *fixture)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Orders");
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) late = NULL;
  g_autoptr (GListModel) begin = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *title = g_strdup_printf (i % 2 == 0 ? "Scarf %u" : "Bowl %u", i);
      g_autofree char *number = g_strdup_printf (i % 5 == 0 ? "SCARF-%u" : "N%u", i);
      g_autoptr (StallProduct) product = test_make_product (title, "", 100);
      g_autoptr (StallDocument) document = stall_product_to_document (product, "device");

      stall_change_set_put (changes, document);
      add_order (changes, number, test_first_variant (product),
                 TEST_NOON + (StallTime) (i * 7919 % 500) * STALL_DAY);
    }
  stall_receipt_free (test_apply (fixture, changes));

  query->search = g_strdup ("scarf");
  all = test_rows (fixture, query);
  assert_newest_first (all, 300);
  begin = dex_await_object (stall_store_query_rows (fixture->store, query, 20), &error);
  g_assert_no_error (error);
  assert_newest_first (begin, 20);
  query->from = TEST_NOON + 250 * STALL_DAY;
  late = test_rows (fixture, query);
  assert_newest_first (late, 150);
}

/* --- the way from one list to the next --- */

static void
follow_cb (GListModel *model, guint position, guint removed, guint added, GPtrArray *followed)
{
  g_ptr_array_remove_range (followed, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (followed, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (followed->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < followed->len; i++)
    {
      g_autoptr (StallRow) row = g_list_model_get_item (model, i);

      g_assert_true (row == followed->pdata[i]);
    }
}

/* Whoever follows the changes one by one sees the right row at each place all the way. */
static void
test_changes_can_be_followed (Fixture *fixture)
{
  g_autoptr (StallQueryModel) model = stall_query_model_new (fixture->store);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);
  g_autoptr (GPtrArray) followed = g_ptr_array_new_with_free_func (g_object_unref);

  add_products (fixture);
  g_signal_connect (model, "items-changed", G_CALLBACK (follow_cb), followed);
  stall_query_model_set_query (model, query);
  dex_await (stall_query_model_settle (model), NULL);
  g_assert_cmpuint (followed->len, ==, 400);
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (StallChangeSet) changes = stall_change_set_new ("Some come, some go");

      for (guint i = 0; i < 5; i++)
        {
          StallProductRow *row = followed->pdata[g_test_rand_int_range (0, (int) followed->len)];
          g_autofree char *word = g_strdup_printf ("%c", g_test_rand_int_range ('A', 'Z'));

          if (stall_row_get_loaded (STALL_ROW (row)))
            stall_change_set_delete (changes, stall_product_row_get_id (row));
          add_product (changes, word, 500 + round * 10 + i, 100, STALL_STAGE_ON_SALE);
        }
      stall_receipt_free (test_apply (fixture, changes));
      dex_await (stall_query_model_settle (model), NULL);
    }
  g_assert_cmpuint (followed->len, ==, g_list_model_get_n_items (G_LIST_MODEL (model)));
  g_assert_cmpuint (followed->len, >, 350);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/numbers", test_numbers);
  test_add ("/search/product-search-keeps-order", test_product_search_keeps_order);
  test_add ("/search/product-search-begins-with-title", test_product_search_begins_with_title);
  test_add ("/search/product-search-is-live", test_product_search_is_live);
  test_add ("/search/order-search-is-whole", test_order_search_is_whole);
  test_add ("/search/changes-can-be-followed", test_changes_can_be_followed);
  return g_test_run ();
}
