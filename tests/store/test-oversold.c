/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-figures.h"
#include "stall-oversold.h"
#include "test-util.h"

static StallOrder *
put_order (Fixture *fixture,
           const char *number,
           const char *variant,
           int quantity,
           StallTime placed_at)
{
  StallOrder *order = test_make_order (number, variant, quantity, 8800, placed_at);
  g_autoptr (StallDocument) document = NULL;

  stall_order_set_customer (order, number);
  document = stall_order_to_document (order, "device");
  stall_receipt_free (test_put (fixture, "Order", document));
  return order;
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallFigures) figures = NULL;
  GPtrArray *list = dex_await_boxed (stall_store_list_oversold (fixture->store), &error);

  g_assert_no_error (error);
  figures = dex_await_boxed (stall_store_figures (fixture->store, TEST_NOON), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->n_oversold, ==, list->len);
  return list;
}

static StallReceipt *
let_wait (Fixture *fixture, const char *variant, const char *order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallChangeSet) changes
      = dex_await_object (stall_store_let_wait (fixture->store, variant, order), &error);

  g_assert_no_error (error);
  return stall_change_set_get_n_changes (changes) > 0 ? test_apply (fixture, changes) : NULL;
}

static void
assert_claim (GPtrArray *variants, guint index, const char *number, gint64 open, gint64 waiting)
{
  const StallOversold *oversold = variants->pdata[0];
  const StallClaim *claim = oversold->claims->pdata[index];

  g_assert_cmpstr (claim->order_number, ==, number);
  g_assert_cmpint (claim->open, ==, open);
  g_assert_cmpint (claim->waiting, ==, waiting);
}

static guint
count_waiting_orders (Fixture *fixture)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) rows = NULL;

  query->waiting = TRUE;
  rows = test_rows (fixture, query);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      g_assert_true (stall_order_row_get_waits (row));
    }
  return g_list_model_get_n_items (rows);
}

/* One piece, sold at the fair and twice online: whoever arrives here last, the list is in the order
 * in which they were placed. Who was picked is listed no more, and undo asks again. */
static void
test_last_piece (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Lilac Suit", "SUIT", 8800);
  g_autoptr (StallOrder) late = NULL;
  g_autoptr (StallOrder) early = NULL;
  g_autoptr (StallOrder) fair = NULL;
  g_autoptr (StallReceipt) picked = NULL;
  g_autoptr (StallVariantRow) row = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) three = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) decided = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;

  test_count (fixture, variant, 1, TEST_NOON - STALL_DAY);
  late = put_order (fixture, "LATE", variant, 1, TEST_NOON + STALL_HOUR);
  none = list (fixture);
  g_assert_cmpuint (none->len, ==, 0);

  early = put_order (fixture, "EARLY", variant, 2, TEST_NOON);
  fair = put_order (fixture, "FAIR", variant, 1, TEST_NOON + STALL_MINUTE);
  test_add_event (fixture, fair, STALL_STEP_COMPLETED, TEST_NOON + STALL_MINUTE);
  three = list (fixture);
  g_assert_cmpuint (three->len, ==, 1);
  g_assert_cmpint (((StallOversold *) three->pdata[0])->on_hand, ==, 0);
  g_assert_cmpint (((StallOversold *) three->pdata[0])->undecided, ==, 3);
  g_assert_cmpuint (((StallOversold *) three->pdata[0])->claims->len, ==, 2);
  assert_claim (three, 0, "EARLY", 2, 0);
  assert_claim (three, 1, "LATE", 1, 0);

  stall_receipt_free (let_wait (fixture, variant, stall_order_get_id (late)));
  rest = list (fixture);
  g_assert_cmpint (((StallOversold *) rest->pdata[0])->undecided, ==, 2);
  assert_claim (rest, 1, "LATE", 1, 1);
  g_assert_null (let_wait (fixture, variant, stall_order_get_id (late)));
  g_assert_null (let_wait (fixture, variant, stall_order_get_id (fair)));

  /* Decided, and below zero all the same. */
  picked = let_wait (fixture, variant, stall_order_get_id (early));
  decided = list (fixture);
  g_assert_cmpuint (decided->len, ==, 0);
  row = test_get_variant (fixture, variant);
  g_assert_cmpint (stall_variant_row_get_available (row), ==, -3);
  g_assert_cmpuint (count_waiting_orders (fixture), ==, 2);
  test_check_is_clean (fixture);

  g_assert_true (dex_await (stall_store_undo (fixture->store, picked->change_set), &error));
  g_assert_no_error (error);
  again = list (fixture);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpuint (count_waiting_orders (fixture), ==, 1);

  /* What is packed or leaves waits no longer. */
  test_count (fixture, variant, 9, TEST_NOON + STALL_DAY);
  test_add_event (fixture, late, STALL_STEP_SHIPPED, TEST_NOON + STALL_DAY);
  g_assert_cmpuint (count_waiting_orders (fixture), ==, 0);
  test_check_is_clean (fixture);
}

/* Of five pieces ten were sold: those who came last wait, and no more than have to. */
static void
test_latest (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Lilac Suit", "SUIT", 8800);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  test_count (fixture, variant, 4, TEST_NOON - STALL_DAY);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr (StallOrder) order
          = put_order (fixture, number, variant, 3, TEST_NOON + i * STALL_MINUTE);
    }
  before = list (fixture);
  g_assert_cmpint (((StallOversold *) before->pdata[0])->undecided, ==, 5);
  receipt = let_wait (fixture, variant, NULL);
  g_assert_nonnull (receipt);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (count_waiting_orders (fixture), ==, 2);
  test_check_is_clean (fixture);
}

/* A kit is short of its parts: its order waits with whole kits, and is listed with the part. */
static void
test_kit (Fixture *fixture)
{
  g_autofree char *part = test_add_product (fixture, "Dew Scarf", "SCARF", 8800);
  g_autoptr (StallProduct) kit = test_make_product ("Gift Box", "BOX", 20000);
  g_autoptr (GPtrArray) parts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_kit_part_free);
  StallKitPart *two = g_new0 (StallKitPart, 1);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  test_count (fixture, part, 3, TEST_NOON - STALL_DAY);
  *two = (StallKitPart) { g_strdup (part), 2 };
  g_ptr_array_add (parts, two);
  stall_product_set_kit (kit, parts);
  document = stall_product_to_document (kit, "device");
  stall_receipt_free (test_put (fixture, "Kit", document));
  order = put_order (fixture, "K", test_first_variant (kit), 2, TEST_NOON);
  before = list (fixture);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (((StallOversold *) before->pdata[0])->variant_id, ==, part);
  g_assert_cmpint (((StallOversold *) before->pdata[0])->undecided, ==, 1);
  assert_claim (before, 0, "K", 4, 0);

  stall_receipt_free (let_wait (fixture, part, stall_order_get_id (order)));
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (count_waiting_orders (fixture), ==, 1);
  test_check_is_clean (fixture);
}

/* More left than was counted: nobody can wait for it, and it stays listed until it is counted. */
static void
test_below_zero (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Lilac Suit", "SUIT", 8800);
  g_autoptr (StallOrder) order = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  test_move (fixture, variant, -1, TEST_NOON);
  before = list (fixture);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (((StallOversold *) before->pdata[0])->claims->len, ==, 0);
  g_assert_null (let_wait (fixture, variant, NULL));
  test_count (fixture, variant, 0, TEST_NOON + STALL_HOUR);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_add ("/oversold/last-piece", test_last_piece);
  test_add ("/oversold/latest", test_latest);
  test_add ("/oversold/kit", test_kit);
  test_add ("/oversold/below-zero", test_below_zero);
  return g_test_run ();
}
