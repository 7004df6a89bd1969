/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders as a person meets them: the list and what narrows it, a page with its steps, an order by
 * hand. */

#include "config.h"

#include "stall-contact.h"
#include "stall-format.h"
#include "stall-order-dialog.h"
#include "stall-order-figures.h"
#include "stall-order-filter.h"
#include "stall-order-item.h"
#include "stall-order-page.h"
#include "stall-order-record.h"
#include "stall-order-remark.h"
#include "stall-order-step-dialog.h"
#include "stall-order-steps.h"
#include "stall-order-words.h"
#include "stall-orders-page.h"
#include "stall-selection.h"
#include "ui-test.h"

#include <sqlite3.h>

#define N_ORDERS 12
#define PRICE 80000

typedef struct
{
  UiTest base;
  char *variant;
  GPtrArray *orders; /* ids, the oldest first */
} Test;

static StallDocument *
new_event (const char *order_id, StallStep step, StallTime at, gint64 amount)
{
  g_autoptr (StallOrderEvent) event = stall_order_event_new (order_id, step, at);

  if (amount > 0)
    stall_order_event_set_money (event, amount, "CNY");
  return stall_order_event_to_document (event, "test");
}

/* Order @i of source @i: two of three are paid; the first two are late. */
static void
add_order (Test *test, guint i)
{
  static const char *const customers[] = { "紫藤花开", "mori_craft", "小满" };
  StallTime now = stall_time_now ();
  StallTime placed = now - (StallTime) (N_ORDERS - i) * STALL_DAY;
  g_autofree char *number = g_strdup_printf ("%u", 1001 + i);
  char *id = stall_id_new (STALL_KIND_ORDER);
  g_autoptr (StallOrder) order = stall_order_new (id, number, "CNY");
  g_autoptr (StallDocument) document = NULL;
  StallOrderLine line = {
    .variant = test->variant, .sku = "LIL-SUIT-M", .quantity = 1 + (int) i % 3, .price = PRICE
  };

  g_ptr_array_add (test->orders, id);
  if (i == 0)
    line.personalisation = "To Wisteria, spring 2026";
  stall_order_set_source (order, (StallSource) (i % STALL_N_SOURCES), NULL);
  stall_order_set_times (order, placed, now + ((StallTime) i - 2) * STALL_DAY);
  stall_order_set_customer (order, customers[i % 3]);
  stall_order_add_line (order, &line);
  document = stall_order_to_document (order, "test");
  ui_test_put (&test->base, "Order", document);
  if (i % 3 != 2)
    {
      g_autoptr (StallDocument) paid
          = new_event (id, STALL_STEP_PAID, placed + STALL_MINUTE, PRICE * line.quantity);

      ui_test_put (&test->base, "Paid", paid);
    }
}

static void
set_up (Test *test)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  ui_test_set_up (&test->base);
  test->orders = g_ptr_array_new_with_free_func (g_free);
  test->variant = g_strdup (stall_variant_get_id (variant));
  stall_product_set_title (product, "Lilac Suit 丁香紫西装");
  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  stall_variant_set_option (variant, "Size", "M");
  stall_variant_set_sku (variant, "LIL-SUIT-M");
  stall_variant_set_barcode (variant, "2000000010427");
  stall_variant_set_price (variant, PRICE, "CNY");
  stall_product_add_variant (product, variant);
  ui_test_add_product (&test->base, product);
  ui_test_move (&test->base, test->variant, 30);
  for (guint i = 0; i < N_ORDERS; i++)
    add_order (test, i);
}

static void
tear_down (Test *test)
{
  g_free (test->variant);
  g_ptr_array_unref (test->orders);
  ui_test_tear_down (&test->base);
}

static StallOrderRecord *
load (Test *test, guint i)
{
  return ui_test_await (stall_order_record_load (stall_desk_get_store (test->base.desk),
                                                 g_ptr_array_index (test->orders, i)));
}

static StallStatus
get_status (Test *test, guint i)
{
  g_autoptr (StallOrderRecord) record = load (test, i);

  return record->state->status;
}

static gboolean
has_remark (Test *test, guint i, const char *text)
{
  g_autoptr (StallOrderRecord) record = load (test, i);

  return g_str_equal (stall_remark_get_text (record->remark), text);
}

static const char *
get_toast (Test *test)
{
  return test->base.toast ? adw_toast_get_title (test->base.toast) : NULL;
}

static GtkListView *
get_list (GtkWidget *page)
{
  GtkWidget *list;

  ui_test_wait_until ((list = ui_test_find_type (page, GTK_TYPE_LIST_VIEW)));
  return GTK_LIST_VIEW (list);
}

static guint
count_rows (GtkWidget *page)
{
  GtkWidget *list = ui_test_find_type (page, GTK_TYPE_LIST_VIEW);

  return list ? g_list_model_get_n_items (
                    G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))))
              : 0;
}

static void
test_list (void)
{
  Test test;
  GtkWidget *page, *window, *search;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  ui_test_wait_until (ui_test_find_text (page, "12 orders · ¥19,200.00"));
  ui_test_wait_until (ui_test_find_text (page, "1012"));
  ui_test_save_picture (window, "orders");

  gtk_widget_activate_action (page, "page.search", NULL);
  ui_test_wait_until ((search = ui_test_find_type (page, GTK_TYPE_SEARCH_ENTRY)));
  gtk_editable_set_text (GTK_EDITABLE (search), "1003");
  ui_test_wait_until (count_rows (page) == 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "小满");
  ui_test_wait_until (count_rows (page) == 4);
  gtk_editable_set_text (GTK_EDITABLE (search), "丁香");
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  gtk_editable_set_text (GTK_EDITABLE (search), "nobody");
  ui_test_wait_until (ui_test_find_text (page, "No Orders Found"));
  ui_test_click (ui_test_find_button (page, "Show All Orders"));
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* A figure leads to a list that says what it sums, and sums to the same. */
static void
test_filters (void)
{
  Test test;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  const StallFigures *figures;
  GtkWidget *page, *window;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  gtk_widget_activate_action (page, "page.status", "s", "to-pack");
  ui_test_wait_until (count_rows (page) == 8);
  g_assert_nonnull (ui_test_find_button (page, "Remove “To pack”"));
  gtk_widget_activate_action (page, "page.due", "s", "overdue");
  ui_test_wait_until (count_rows (page) == 2);
  ui_test_save_picture (window, "orders-filtered");
  ui_test_click (ui_test_find_button (page, "Remove “To pack”"));
  ui_test_wait_until (count_rows (page) == 3);
  ui_test_click (ui_test_find_button (page, "Remove “Overdue”"));
  ui_test_wait_until (count_rows (page) == N_ORDERS);

  ui_test_wait_until (stall_desk_get_figures (test.base.desk)->n_to_pack == 8);
  figures = stall_desk_get_figures (test.base.desk);
  query->paid_from = figures->takings[1].from;
  query->paid_until = figures->takings[1].until;
  stall_orders_page_set_query (STALL_ORDERS_PAGE (page), query);
  /* Orders 1007, 1008, 1010 and 1011 were paid since: six pieces. */
  g_assert_cmpint (figures->takings[1].now, ==, 6 * PRICE);
  ui_test_wait_until (ui_test_find_text (page, "4 orders · ¥4,800.00 taken"));
  ui_test_wait_until (count_rows (page) == 4);
  ui_test_save_picture (window, "orders-takings");
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static void
run_sql (Test *test, const char *sql)
{
  g_autofree char *path = g_build_filename (
      stall_store_get_folder (stall_desk_get_store (test->base.desk)), "stall.db", NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 20000);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

/* A list that cannot be read says so and what to do, instead of looking empty or busy for ever. */
static void
test_unreadable (void)
{
  Test test;
  GtkWidget *page, *window;

  set_up (&test);
  run_sql (&test, "ALTER TABLE orders RENAME TO orders_away");
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  ui_test_wait_until (ui_test_find_text (page, "The List Cannot Be Read"));
  ui_test_save_picture (window, "orders-unreadable");
  ui_test_click (ui_test_find_button (page, "Try Again"));
  ui_test_wait_until (ui_test_find_text (page, "The List Cannot Be Read"));
  run_sql (&test, "ALTER TABLE orders_away RENAME TO orders");
  ui_test_click (ui_test_find_button (page, "Try Again"));
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  g_assert_null (ui_test_find_text (page, "The List Cannot Be Read"));
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static void
test_bulk (void)
{
  Test test;
  GtkWidget *page, *window;
  StallSelection *selection;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  gtk_widget_activate_action (page, "page.select-all", NULL);
  selection = STALL_SELECTION (gtk_list_view_get_model (get_list (page)));
  g_assert_cmpuint (stall_selection_get_n_selected (selection), ==, N_ORDERS);
  ui_test_wait_until (ui_test_find_text (page, "12 selected"));
  ui_test_save_picture (window, "orders-selecting");
  ui_test_click (ui_test_find_button (page, "Pack"));
  ui_test_wait_until (g_strcmp0 (get_toast (&test), "12 orders packed") == 0);
  ui_test_wait_until (stall_selection_get_n_selected (selection) == 0);
  for (guint i = 0; i < N_ORDERS; i++)
    g_assert_cmpint (get_status (&test, i), ==, STALL_STATUS_PACKED);

  stall_desk_undo (test.base.desk, 0);
  ui_test_wait_until (get_status (&test, 0) == STALL_STATUS_TO_PACK);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* Four of the twelve are not paid; of those that are, one is cancelled and one is shipped already.
 */
static void
test_bulk_ship (void)
{
  Test test;
  GtkWidget *page, *window;
  StallSelection *selection;

  set_up (&test);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StallDocument) document
          = new_event (g_ptr_array_index (test.orders, i),
                       i == 0 ? STALL_STEP_CANCELLED : STALL_STEP_SHIPPED, stall_time_now (), 0);

      ui_test_put (&test.base, "Before", document);
    }
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  gtk_widget_activate_action (page, "page.select-all", NULL);
  selection = STALL_SELECTION (gtk_list_view_get_model (get_list (page)));
  ui_test_click (ui_test_find_button (page, "Ship"));
  ui_test_wait_until (g_strcmp0 (get_toast (&test),
                                 "6 orders shipped. Left out: 4 not paid, 1 cancelled, "
                                 "1 with nothing left to do")
                      == 0);
  ui_test_wait_until (stall_selection_get_n_selected (selection) == 0);
  for (guint i = 2; i < N_ORDERS; i++)
    g_assert_cmpint (get_status (&test, i), ==,
                     i % 3 == 2 ? STALL_STATUS_UNPAID : STALL_STATUS_SHIPPED);
  g_assert_cmpint (get_status (&test, 0), ==, STALL_STATUS_CANCELLED);

  /* All of it is one step back. */
  stall_desk_undo (test.base.desk, 0);
  ui_test_wait_until (g_strcmp0 (get_toast (&test), "Undone: 6 orders shipped") == 0);
  g_assert_cmpint (get_status (&test, 3), ==, STALL_STATUS_TO_PACK);

  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static void
test_bulk_words (void)
{
  const guint nothing[STALL_N_BULK_ANSWERS] = { 0, 2, 0, 0, 0 };
  const guint all[STALL_N_BULK_ANSWERS] = { 3, 0, 0, 0, 0 };
  g_autofree char *text = stall_order_step_describe_bulk (STALL_STEP_SHIPPED, nothing);

  g_assert_cmpstr (text, ==, "Nothing was shipped. Left out: 2 not paid");
  g_clear_pointer (&text, g_free);
  text = stall_order_step_describe_bulk (STALL_STEP_PACKED, all);
  g_assert_cmpstr (text, ==, "3 orders packed");
}

static gboolean
is_overdue (GtkWidget *page, const char *number)
{
  GtkWidget *text = ui_test_find_text (page, number);
  GtkWidget *item = text ? gtk_widget_get_ancestor (text, STALL_TYPE_ORDER_ITEM) : NULL;

  return item && ui_test_find_text (item, "Overdue");
}

/* What was due today is overdue tomorrow, in a list that nobody touched meanwhile. */
static void
test_new_day (void)
{
  Test test;
  GtkWidget *page, *window;
  StallTime ship_by = stall_time_now () + 4 * STALL_SECOND;
  g_autoptr (StallOrder) order = stall_order_new ("order:due", "1042", "CNY");
  g_autoptr (StallDocument) document = NULL;

  set_up (&test);
  stall_order_set_times (order, stall_time_now (), ship_by);
  stall_order_set_customer (order, "小满");
  stall_order_add_line (order, &(StallOrderLine) { .title = "Cup", .quantity = 1, .price = 100 });
  document = stall_order_to_document (order, "test");
  ui_test_put (&test.base, "Order", document);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 700);
  ui_test_wait_until (count_rows (page) == N_ORDERS + 1);
  ui_test_wait_until (stall_time_now () > ship_by);
  g_signal_emit_by_name (test.base.desk, "new-day");
  ui_test_wait_until (is_overdue (page, "1042"));
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* What the ship dialog says of an order's money; NULL: nothing. */
static char *
dup_warning (Test *test, GtkWidget *window, guint i)
{
  g_autoptr (StallOrderRecord) record = load (test, i);
  AdwDialog *dialog = stall_order_step_dialog_new (test->base.desk, record, STALL_STEP_SHIPPED);
  GtkWidget *banner;
  char *text;

  adw_dialog_present (dialog, window);
  ui_test_wait_until ((banner = ui_test_find_type (GTK_WIDGET (dialog), ADW_TYPE_BANNER)));
  text = adw_banner_get_revealed (ADW_BANNER (banner))
             ? g_strdup (adw_banner_get_title (ADW_BANNER (banner)))
             : NULL;
  adw_dialog_force_close (dialog);
  return text;
}

/* One that is not paid can be shipped by itself, by somebody who was told. */
static void
test_ship_unpaid (void)
{
  Test test;
  GtkWidget *window;
  g_autofree char *unpaid = NULL;
  g_autofree char *paid = NULL;

  set_up (&test);
  window = ui_test_show (GTK_WIDGET (stall_orders_page_new (test.base.desk)), 1000, 700);
  unpaid = dup_warning (&test, window, 2);
  g_assert_cmpstr (unpaid, ==, "This order is not paid: ¥2,400.00 is due.");
  paid = dup_warning (&test, window, 3);
  g_assert_null (paid);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static guint
count_found (Test *test, const char *words)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_auto (GStrv) ids = NULL;

  query->search = g_strdup (words);
  ids = ui_test_await (stall_store_query_ids (stall_desk_get_store (test->base.desk), query));
  return g_strv_length (ids);
}

static GtkWidget *
get_dialog (GtkWidget *window, GType type)
{
  GtkWidget *dialog;

  ui_test_wait_until ((dialog = ui_test_find_type (window, type)));
  return dialog;
}

/* The spin row of the only line. */
static AdwSpinRow *
get_pieces (GtkWidget *dialog)
{
  GtkWidget *row;

  ui_test_wait_until ((row = ui_test_find_type (dialog, ADW_TYPE_SPIN_ROW)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)), !=,
                   GTK_ACCESSIBLE_ROLE_PRESENTATION);
  return ADW_SPIN_ROW (row);
}

static GtkWidget *
find_entry (GtkWidget *root, const char *title)
{
  GtkWidget *label;

  ui_test_wait_until ((label = ui_test_find_text (root, title)));
  return gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW);
}

static void
test_steps (void)
{
  Test test;
  GtkWidget *page, *window, *dialog;
  g_autoptr (StallOrderRecord) record = NULL;

  set_up (&test);
  page = GTK_WIDGET (stall_order_page_new (test.base.desk, g_ptr_array_index (test.orders, 1)));
  window = ui_test_show (page, 1000, 900);
  ui_test_wait_until (ui_test_find_button (page, "Mark as Packed"));
  g_assert_true (
      gtk_widget_has_css_class (ui_test_find_button (page, "Mark as Packed"), "suggested-action"));
  ui_test_click (ui_test_find_button (page, "Mark as Packed"));
  ui_test_wait_until (!ui_test_find_button (page, "Mark as Packed"));
  g_assert_cmpstr (get_toast (&test), ==, "Order 1002 packed");

  /* One of two pieces, then the rest. */
  ui_test_click (ui_test_find_button (page, "Ship…"));
  dialog = get_dialog (window, STALL_TYPE_ORDER_STEP_DIALOG);
  /* Typed, and the entry not left yet. */
  gtk_editable_set_text (GTK_EDITABLE (get_pieces (dialog)), "1");
  g_assert_cmpfloat (adw_spin_row_get_value (get_pieces (dialog)), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Carrier")), "SF Express");
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Tracking Number")), "SF1400029301");
  ui_test_save_picture (window, "ship-dialog");
  ui_test_click (ui_test_find_button (dialog, "Ship"));
  ui_test_wait_until (get_status (&test, 1) == STALL_STATUS_PART_SHIPPED);
  ui_test_wait_until (ui_test_find_text (page, "SF Express SF1400029301"));
  ui_test_wait_until (ui_test_find_text (page, "1 of 2 shipped"));
  g_assert_cmpuint (count_found (&test, "SF14000293"), ==, 1);
  ui_test_save_picture (window, "order-part-shipped");
  ui_test_click (ui_test_find_button (page, "Ship…"));
  dialog = get_dialog (window, STALL_TYPE_ORDER_STEP_DIALOG);
  g_assert_cmpfloat (adw_spin_row_get_value (get_pieces (dialog)), ==, 1);
  ui_test_click (ui_test_find_button (dialog, "Ship"));
  ui_test_wait_until (get_status (&test, 1) == STALL_STATUS_SHIPPED);

  /* One comes back: its price is what is suggested, and more than was paid cannot be given. */
  gtk_widget_activate_action (page, "order.return", NULL);
  dialog = get_dialog (window, STALL_TYPE_ORDER_STEP_DIALOG);
  g_assert_cmpfloat (adw_spin_row_get_value (get_pieces (dialog)), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (dialog, "Take Back")));
  adw_spin_row_set_value (get_pieces (dialog), 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (dialog, "Refund"))), ==,
                   "800.00");
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Refund")), "1600.01");
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (dialog, "Take Back")));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Refund")), "500");
  ui_test_save_picture (window, "return-dialog");
  ui_test_click (ui_test_find_button (dialog, "Take Back"));
  ui_test_wait_until (ui_test_find_text (page, "1 returned"));
  record = load (&test, 1);
  g_assert_cmpint (record->state->refunded, ==, 50000);
  g_assert_cmpint (g_array_index (record->state->lines, StallLineState, 0).returned, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static int
get_on_hand (Test *test)
{
  const char *ids[] = { test->variant, NULL };
  g_autoptr (GListModel) rows
      = ui_test_await (stall_store_variant_rows (stall_desk_get_store (test->base.desk), ids));
  g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, 0);

  return stall_variant_row_get_on_hand (row);
}

/* One piece comes back and something dearer goes out: one act, which one Undo takes back. */
static void
test_exchange (void)
{
  Test test;
  GtkWidget *page, *window, *dialog, *search;
  g_autoptr (StallOrderRecord) former = NULL, undone = NULL, fresh = NULL;
  g_autoptr (StallDocument) shipped = NULL;

  set_up (&test);
  shipped
      = new_event (g_ptr_array_index (test.orders, 1), STALL_STEP_SHIPPED, stall_time_now (), 0);
  ui_test_put (&test.base, "Shipped", shipped);
  page = GTK_WIDGET (stall_order_page_new (test.base.desk, g_ptr_array_index (test.orders, 1)));
  window = ui_test_show (page, 1000, 900);
  ui_test_wait_until (ui_test_find_button (page, "Mark as Delivered"));
  g_assert_cmpint (get_on_hand (&test), ==, 28);
  gtk_widget_activate_action (page, "order.exchange", NULL);
  dialog = get_dialog (window, STALL_TYPE_ORDER_DIALOG);
  ui_test_wait_until ((search = ui_test_find_type (dialog, GTK_TYPE_SEARCH_ENTRY)));
  gtk_editable_set_text (GTK_EDITABLE (search), "Velvet Suit");
  g_signal_emit_by_name (search, "activate");
  ui_test_wait_until (ui_test_find_type (dialog, ADW_TYPE_BUTTON_ROW));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Price of a Piece")), "850");
  /* Nothing comes back yet. */
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (dialog, "Exchange")));
  adw_spin_row_set_value (get_pieces (dialog), 1);
  g_assert_nonnull (ui_test_find_text (dialog, "To Pay"));
  g_assert_nonnull (ui_test_find_text (dialog, "¥50.00"));
  g_assert_null (ui_test_find_text (dialog, "Handle"));
  ui_test_save_picture (window, "exchange");
  ui_test_click (ui_test_find_button (dialog, "Exchange"));
  ui_test_wait_until (g_strcmp0 (get_toast (&test), "Pieces of order 1002 exchanged") == 0);
  ui_test_wait_until (test.base.opened);

  former = load (&test, 1);
  g_assert_cmpint (former->state->refunded, ==, PRICE);
  g_assert_cmpint (g_array_index (former->state->lines, StallLineState, 0).returned, ==, 1);
  g_assert_cmpint (get_on_hand (&test), ==, 29);
  fresh = ui_test_await (
      stall_order_record_load (stall_desk_get_store (test.base.desk), test.base.opened));
  g_assert_cmpstr (stall_order_get_customer (fresh->order), ==,
                   stall_order_get_customer (former->order));
  g_assert_cmpint (stall_order_get_source (fresh->order), ==,
                   stall_order_get_source (former->order));
  g_assert_cmpint (stall_order_get_total (fresh->order), ==, 85000);
  g_assert_cmpint (fresh->state->paid, ==, PRICE);
  g_assert_cmpint (fresh->state->status, ==, STALL_STATUS_UNPAID);

  g_assert_cmpuint (count_found (&test, "Velvet"), ==, 1);

  stall_desk_undo (test.base.desk, 0);
  ui_test_wait_until (get_on_hand (&test) == 28);
  undone = load (&test, 1);
  g_assert_cmpint (undone->state->refunded, ==, 0);
  g_assert_cmpuint (count_found (&test, "Velvet"), ==, 0);
  stall_desk_redo (test.base.desk);
  ui_test_wait_until (get_on_hand (&test) == 29);
  g_assert_cmpuint (count_found (&test, "Velvet"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* The day of an order is the calendar's, also when only its month or year was changed. */
static void
test_ship_by (void)
{
  Test test;
  GtkWidget *page, *window, *dialog;
  GtkWidget *calendar, *button;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) later = NULL;
  g_autofree char *before = NULL, *after = NULL;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 900);
  gtk_widget_activate_action (page, "page.new", NULL);
  dialog = get_dialog (window, STALL_TYPE_ORDER_DIALOG);
  ui_test_wait_until ((button = ui_test_find_type (dialog, GTK_TYPE_MENU_BUTTON)));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_test_wait_until ((calendar = ui_test_find_type (dialog, GTK_TYPE_CALENDAR)));
  day = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  before = stall_format_date (g_date_time_to_unix (day) * STALL_SECOND);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (button)), ==, before);

  gtk_calendar_set_year (GTK_CALENDAR (calendar),
                         gtk_calendar_get_year (GTK_CALENDAR (calendar)) + 1);
  later = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  after = stall_format_date (g_date_time_to_unix (later) * STALL_SECOND);
  g_assert_cmpstr (after, !=, before);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (button)), ==, after);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* In an order of which a part has gone, each line says what of it still waits. */
static void
test_line_words (void)
{
  const StallLineState waiting = { .ordered = 1, .open = 1 };
  const StallLineState sent = { .ordered = 1, .shipped = 1 };
  g_autofree char *part = stall_order_line_dup_state (&waiting, STALL_STATUS_PART_SHIPPED);
  g_autofree char *whole = stall_order_line_dup_state (&waiting, STALL_STATUS_TO_PACK);
  g_autofree char *gone = stall_order_line_dup_state (&sent, STALL_STATUS_PART_SHIPPED);

  g_assert_cmpstr (part, ==, "0 of 1 shipped");
  g_assert_cmpstr (whole, ==, "");
  g_assert_cmpstr (gone, ==, "");
}

static void
test_contact (void)
{
  Test test;
  g_autoptr (StallContact) contact = NULL;
  g_autoptr (StallDocument) document = NULL;
  GtkWidget *page, *window;

  set_up (&test);
  contact = stall_contact_new (g_ptr_array_index (test.orders, 0));
  stall_contact_set_name (contact, "王小明");
  stall_contact_set_phone (contact, "13800002930");
  stall_contact_set_address (contact, "浙江省杭州市西湖区文三路 90 号");
  document = stall_contact_to_document (contact, "test");
  ui_test_put (&test.base, "Contact", document);
  page = GTK_WIDGET (stall_order_page_new (test.base.desk, g_ptr_array_index (test.orders, 0)));
  window = ui_test_show (page, 1100, 900);
  ui_test_wait_until (ui_test_find_button (page, "Show"));
  ui_test_save_picture (window, "order");
  g_assert_null (ui_test_find_text (page, "王小明"));
  g_assert_null (ui_test_find_text (page, "13800002930"));
  ui_test_click (ui_test_find_button (page, "Show"));
  g_assert_nonnull (ui_test_find_text (page, "王小明"));
  g_assert_nonnull (ui_test_find_text (page, "13800002930"));

  /* Leaving the page hides it again. */
  gtk_widget_set_visible (page, FALSE);
  gtk_widget_set_visible (page, TRUE);
  ui_test_wait_until (ui_test_find_button (page, "Show"));
  g_assert_null (ui_test_find_text (page, "13800002930"));
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static void
test_remark (void)
{
  Test test;
  GtkWidget *page, *window, *remark;
  GtkTextView *text;
  AdwToggleGroup *flags;
  g_autoptr (StallOrderRecord) record = NULL;

  set_up (&test);
  page = GTK_WIDGET (stall_order_page_new (test.base.desk, g_ptr_array_index (test.orders, 0)));
  window = ui_test_show (page, 1100, 900);
  ui_test_wait_until ((remark = ui_test_find_type (page, STALL_TYPE_ORDER_REMARK)));
  text = GTK_TEXT_VIEW (ui_test_find_type (remark, GTK_TYPE_TEXT_VIEW));
  flags = ADW_TOGGLE_GROUP (ui_test_find_type (remark, ADW_TYPE_TOGGLE_GROUP));

  /* Words are saved by themselves, and a flag does not disturb words that are being written. */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text), "Likes blue paper", -1);
  adw_toggle_group_set_active (flags, STALL_FLAG_BLUE);
  ui_test_wait_until (has_remark (&test, 0, "Likes blue paper"));
  record = load (&test, 0);
  g_assert_cmpint (stall_remark_get_flag (record->remark), ==, STALL_FLAG_BLUE);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

static void
test_by_hand (void)
{
  Test test;
  GtkWidget *page, *window, *dialog, *search, *quantity;
  g_autoptr (StallOrderRecord) record = NULL;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 1000, 900);
  ui_test_wait_until (count_rows (page) == N_ORDERS);
  gtk_widget_activate_action (page, "page.new", NULL);
  dialog = get_dialog (window, STALL_TYPE_ORDER_DIALOG);
  ui_test_wait_until ((search = ui_test_find_type (dialog, GTK_TYPE_SEARCH_ENTRY)));
  gtk_editable_set_text (GTK_EDITABLE (search), "lilac");
  ui_test_wait_until (ui_test_find_text (dialog, "M · 6 available"));
  ui_test_save_picture (window, "new-order-search");

  /* Enter on what is not in the inventory, while the search after the last key is under way. */
  gtk_editable_set_text (GTK_EDITABLE (search), "Mending");
  g_signal_emit_by_name (search, "activate");
  for (guint i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_signal_emit_by_name (search, "search-changed");
    }
  ui_test_wait_until (ui_test_find_type (dialog, ADW_TYPE_BUTTON_ROW));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Price of a Piece")), "20");
  g_assert_nonnull (ui_test_find_text (dialog, "Not in the inventory · ¥20.00"));
  g_signal_emit_by_name (ui_test_find_type (dialog, ADW_TYPE_BUTTON_ROW), "activated");

  /* A scanner: digits and Enter, twice. */
  for (int i = 0; i < 2; i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (search), "2000000010427");
      g_signal_emit_by_name (search, "activate");
      ui_test_wait_until (*gtk_editable_get_text (GTK_EDITABLE (search)) == '\0');
    }
  quantity = ui_test_find_type (dialog, GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (quantity)), ==, 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (quantity), 7);
  g_assert_nonnull (ui_test_find_text (dialog, "Oversold: −1 available after this order"));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Discount")), "5600.01");
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (dialog, "Create")));
  gtk_editable_set_text (GTK_EDITABLE (find_entry (dialog, "Discount")), "100");
  g_assert_nonnull (ui_test_find_text (dialog, "¥5,500.00"));
  ui_test_save_picture (window, "new-order");

  /* A number counts also when the entry it is typed in was never left. */
  gtk_widget_grab_focus (quantity);
  gtk_editable_set_text (GTK_EDITABLE (quantity), "6");
  ui_test_click (ui_test_find_button (dialog, "Create"));
  ui_test_wait_until (g_strcmp0 (get_toast (&test), "New order H-0001") == 0);
  ui_test_wait_until (test.base.opened);
  ui_test_wait_until (count_rows (page) == N_ORDERS + 1);
  record = ui_test_await (
      stall_order_record_load (stall_desk_get_store (test.base.desk), test.base.opened));
  g_assert_cmpstr (stall_order_get_number (record->order), ==, "H-0001");
  g_assert_cmpint (stall_order_get_total (record->order), ==, 470000);
  g_assert_cmpint (record->state->status, ==, STALL_STATUS_UNPAID);
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

/* The whole on a phone. */
static void
test_narrow (void)
{
  Test test;
  GtkWidget *page, *window;

  set_up (&test);
  page = GTK_WIDGET (stall_orders_page_new (test.base.desk));
  window = ui_test_show (page, 360, 720);
  ui_test_wait_until (ui_test_find_text (page, "1012"));
  g_assert_cmpint (gtk_widget_get_width (window), ==, 360);
  ui_test_save_picture (window, "orders-narrow");
  gtk_window_destroy (GTK_WINDOW (window));

  page = GTK_WIDGET (stall_order_page_new (test.base.desk, g_ptr_array_index (test.orders, 0)));
  window = ui_test_show (page, 360, 720);
  ui_test_wait_until (ui_test_find_button (page, "Mark as Packed"));
  g_assert_cmpint (gtk_widget_get_width (window), ==, 360);
  ui_test_save_picture (window, "order-narrow");
  gtk_window_destroy (GTK_WINDOW (window));
  tear_down (&test);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/orders/list", test_list);
  g_test_add_func ("/orders/filters", test_filters);
  g_test_add_func ("/orders/unreadable", test_unreadable);
  g_test_add_func ("/orders/bulk", test_bulk);
  g_test_add_func ("/orders/bulk-ship", test_bulk_ship);
  g_test_add_func ("/orders/bulk-words", test_bulk_words);
  g_test_add_func ("/orders/ship-unpaid", test_ship_unpaid);
  g_test_add_func ("/orders/new-day", test_new_day);
  g_test_add_func ("/orders/steps", test_steps);
  g_test_add_func ("/orders/exchange", test_exchange);
  g_test_add_func ("/orders/ship-by", test_ship_by);
  g_test_add_func ("/orders/line-words", test_line_words);
  g_test_add_func ("/orders/contact", test_contact);
  g_test_add_func ("/orders/remark", test_remark);
  g_test_add_func ("/orders/by-hand", test_by_hand);
  g_test_add_func ("/orders/narrow", test_narrow);
  return g_test_run ();
}
