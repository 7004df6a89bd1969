/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-bar-chart.h"
#include "stall-bar.h"
#include "stall-oversold-page.h"
#include "stall-today-page.h"
#include "ui-test.h"

#define PRICE 6800 /* of a cup, in fen */

typedef struct
{
  UiTest base;
  GtkWidget *window;
  StallQuery *query; /* the list that was asked for last */
} Fixture;

static void
show_list_cb (StallDesk *desk, const StallQuery *query, Fixture *self)
{
  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
  self->window = NULL;
  self->query = NULL;
  g_signal_connect (self->base.desk, "show-list", G_CALLBACK (show_list_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->base.desk, self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_pointer (&self->query, stall_query_free);
  ui_test_tear_down (&self->base);
}

/* A cup of which 5 are there and @n_orders orders of one each, all paid now and to be shipped
 * tomorrow. */
static void
sell_cups (Fixture *self, int n_orders)
{
  StallTime now = stall_time_now ();
  g_autoptr (StallProduct) cup = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (cup, "Celadon Cup");
  stall_product_set_stage (cup, STALL_STAGE_ON_SALE);
  stall_variant_set_price (variant, PRICE, "CNY");
  stall_product_add_variant (cup, variant);
  ui_test_add_product (&self->base, cup);
  ui_test_move (&self->base, stall_variant_get_id (variant), 5);
  for (int i = 0; i < n_orders; i++)
    {
      g_autofree char *id = stall_id_new (STALL_KIND_ORDER);
      g_autofree char *number = g_strdup_printf ("S-%d", i + 1);
      g_autoptr (StallOrder) order = stall_order_new (id, number, "CNY");
      g_autoptr (StallOrderEvent) paid = stall_order_event_new (id, STALL_STEP_PAID, now);
      g_autoptr (StallDocument) order_document = NULL;
      g_autoptr (StallDocument) paid_document = NULL;
      StallOrderLine line
          = { .variant = stall_variant_get_id (variant), .quantity = 1, .price = PRICE };

      stall_order_set_source (order, STALL_SOURCE_FAIR, NULL);
      stall_order_set_times (order, now, stall_time_day_start (now, 1));
      stall_order_add_line (order, &line);
      stall_order_event_set_money (paid, PRICE, "CNY");
      order_document = stall_order_to_document (order, "test");
      paid_document = stall_order_event_to_document (paid, "test");
      ui_test_put (&self->base, "Order added", order_document);
      ui_test_put (&self->base, "Order paid", paid_document);
    }
}

static void
show_page (Fixture *self, guint n_orders)
{
  AdwNavigationPage *page;

  ui_test_wait_until (stall_desk_get_figures (self->base.desk)->n_to_pack == n_orders);
  page = stall_today_page_new (self->base.desk);
  self->window = ui_test_show (GTK_WIDGET (page), 1200, 1400);
}

static guint
count_rows (Fixture *self)
{
  g_auto (GStrv) ids
      = ui_test_await (stall_store_query_ids (stall_desk_get_store (self->base.desk), self->query));

  return g_strv_length (ids);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  show_page (self, 0);
  ui_test_wait_until (ui_test_find_text (self->window, "Your Stall Is Ready"));
  g_assert_nonnull (ui_test_find_button (self->window, "Add a Product"));
}

/* The button of a figure is found by the words above it. */
static void
click_figure (Fixture *self, const char *title)
{
  GtkWidget *label = ui_test_find_text (self->window, title);

  g_assert_nonnull (label);
  ui_test_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

static void
test_figures (Fixture *self, gconstpointer data)
{
  sell_cups (self, 3);
  show_page (self, 3);
  ui_test_wait_until (ui_test_find_text (self->window, "S-2"));
  ui_test_wait_until (ui_test_find_text (self->window, "¥204.00"));
  ui_test_wait_until (ui_test_find_text (self->window, "Fair"));

  click_figure (self, "Taken Today");
  g_assert_cmpint (self->query->list, ==, STALL_LIST_ORDERS);
  g_assert_cmpint (self->query->paid_from, ==, stall_time_day_start (stall_time_now (), 0));
  g_assert_cmpuint (count_rows (self), ==, 3);

  ui_test_click (ui_test_find_button (self->window, "3 Orders"));
  g_assert_cmpuint (count_rows (self), ==, 3);
}

static void
test_refresh (Fixture *self, gconstpointer data)
{
  show_page (self, 0);
  sell_cups (self, 1);
  ui_test_wait_until (ui_test_find_text (self->window, "S-1"));
  ui_test_wait_until (ui_test_find_button (self->window, "1 Order"));
}

static void
test_running_out (Fixture *self, gconstpointer data)
{
  sell_cups (self, 11);
  show_page (self, 11);
  ui_test_wait_until (ui_test_find_button (self->window, "1 Product"));
  ui_test_wait_until (ui_test_find_text (self->window, "Celadon Cup"));
  ui_test_click (ui_test_find_button (self->window, "1 Product"));
  g_assert_cmpint (self->query->stock, ==, STALL_STOCK_RUNNING_OUT);
  g_assert_cmpuint (count_rows (self), ==, 1);

  /* Five there, eleven promised. */
  g_assert_nonnull (ui_test_find_text (self->window, "1 variant is oversold"));
  ui_test_click (ui_test_find_button (self->window, "Pick Who Waits"));
  g_assert_cmpstr (self->base.opened, ==, STALL_OVERSOLD_PAGE_ID);
}

static void
test_chart (Fixture *self, gconstpointer data)
{
  GtkWidget *chart;
  GtkWidget *bar;
  g_autofree char *today = NULL;

  sell_cups (self, 2);
  show_page (self, 2);
  ui_test_wait_until ((chart = ui_test_find_type (self->window, STALL_TYPE_BAR_CHART)) != NULL);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (chart)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST);

  /* The keyboard comes in at today, walks to yesterday and leaves from there. */
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  bar = gtk_widget_get_focus_child (chart);
  g_assert_true (bar == gtk_widget_get_last_child (chart));
  ui_test_wait_until (g_str_has_suffix (stall_bar_get_label (STALL_BAR (bar)), ": ¥136.00"));
  today = g_strdup (stall_bar_get_label (STALL_BAR (bar)));
  ui_test_wait_until (ui_test_find_text (self->window, today));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_LEFT));
  g_assert_true (gtk_widget_get_focus_child (chart) == gtk_widget_get_prev_sibling (bar));
  g_assert_false (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));

  gtk_widget_activate (bar);
  g_assert_cmpint (self->query->paid_from, ==, stall_time_day_start (stall_time_now (), 0));
  g_assert_cmpuint (count_rows (self), ==, 2);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/today/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/today/figures", Fixture, NULL, set_up, test_figures, tear_down);
  g_test_add ("/today/refresh", Fixture, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/today/running-out", Fixture, NULL, set_up, test_running_out, tear_down);
  g_test_add ("/today/chart", Fixture, NULL, set_up, test_chart, tear_down);
  return g_test_run ();
}
