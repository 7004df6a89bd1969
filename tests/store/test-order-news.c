/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-arrivals.h"
#include "stall-figures.h"
#include "test-util.h"

static StallOrder *
put_order (Fixture *fixture,
           const char *number,
           StallTime at,
           StallTime ship_by,
           const char *device)
{
  StallOrder *order = test_make_order (number, NULL, 1, 8800, at);
  g_autoptr (StallDocument) document = NULL;

  stall_order_set_times (order, at, ship_by);
  document = stall_order_to_document (order, device);
  stall_receipt_free (test_put (fixture, "Order", document));
  return order;
}

static StallArrivals *
arrivals_since (Fixture *fixture, gint64 mark, StallTime now)
{
  g_autoptr (GError) error = NULL;
  StallArrivals *arrivals
      = dex_await_boxed (stall_store_list_arrivals (fixture->store, mark, now), &error);

  g_assert_no_error (error);
  g_assert_cmpint (arrivals->mark, >=, mark);
  return arrivals;
}

static void
test_news (Fixture *fixture)
{
  StallTime now = stall_time_now ();
  const char *here = stall_store_get_device (fixture->store);
  g_autoptr (StallOrder) before = put_order (fixture, "1", now, STALL_TIME_NONE, "elsewhere");
  g_autoptr (StallArrivals) first = arrivals_since (fixture, 0, now);
  g_autoptr (StallArrivals) nothing = arrivals_since (fixture, first->mark, now);
  g_autoptr (StallOrder) old = NULL;
  g_autoptr (StallOrder) own = NULL;
  g_autoptr (StallOrder) done = NULL;
  g_autoptr (StallOrder) one = NULL;
  g_autoptr (StallOrder) other = NULL;
  g_autoptr (StallArrivals) both = NULL;
  g_autoptr (StallArrivals) none = NULL;

  /* What was there when the program started is no news. */
  g_assert_cmpuint (first->n_orders, ==, 0);
  g_assert_cmpuint (nothing->n_orders, ==, 0);

  old = put_order (fixture, "2", now - 3 * STALL_DAY, STALL_TIME_NONE, "elsewhere");
  own = put_order (fixture, "3", now, STALL_TIME_NONE, here);
  done = put_order (fixture, "4", now, STALL_TIME_NONE, "elsewhere");
  test_add_event (fixture, done, STALL_STEP_CANCELLED, now);
  one = put_order (fixture, "5", now, STALL_TIME_NONE, "elsewhere");
  other = put_order (fixture, "6", now, STALL_TIME_NONE, "phone");

  both = arrivals_since (fixture, nothing->mark, now);
  g_assert_cmpuint (both->n_orders, ==, 2);
  g_assert_cmpstr (both->id, ==, stall_order_get_id (other));
  g_assert_cmpstr (both->order_number, ==, "6");

  none = arrivals_since (fixture, both->mark, now);
  g_assert_cmpuint (none->n_orders, ==, 0);
  g_assert_null (none->id);
}

/* An order that nobody promised for a day is not overdue. */
static void
test_no_ship_by (Fixture *fixture)
{
  StallTime now = stall_time_now ();
  g_autoptr (StallOrder) free = put_order (fixture, "1", now, STALL_TIME_NONE, "device");
  g_autoptr (StallOrder) due = put_order (fixture, "2", now, now + STALL_HOUR, "device");
  g_autoptr (StallOrder) late = put_order (fixture, "3", now, now - STALL_HOUR, "device");
  g_autoptr (GError) error = NULL;
  g_autoptr (StallFigures) figures
      = dex_await_boxed (stall_store_figures (fixture->store, now), &error);
  g_autoptr (StallQuery) query = NULL;
  g_autoptr (GListModel) rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (figures->n_due, ==, 2);
  g_assert_cmpuint (figures->n_overdue, ==, 1);

  query = stall_figures_query_due (figures);
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_add ("/order-news/news", test_news);
  test_add ("/order-news/no-ship-by", test_no_ship_by);
  return g_test_run ();
}
