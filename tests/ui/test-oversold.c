/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-order-page.h"
#include "stall-oversold-page.h"
#include "ui-test.h"

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

static char *
add_order (Fixture *self, const char *number, const char *variant, StallTime placed_at)
{
  char *id = stall_id_new (STALL_KIND_ORDER);
  g_autoptr (StallOrder) order = stall_order_new (id, number, "CNY");
  g_autoptr (StallDocument) document = NULL;
  StallOrderLine line
      = { .variant = variant, .title = "Celadon Cup", .quantity = 1, .price = 6800 };

  stall_order_set_source (order, STALL_SOURCE_FEED, NULL);
  stall_order_set_customer (order, "小鹿");
  stall_order_set_times (order, placed_at, STALL_TIME_NONE);
  g_assert_true (stall_order_add_line (order, &line));
  document = stall_order_to_document (order, "test");
  ui_test_put (&self->base, "Order added", document);
  return id;
}

/* One cup that @n_orders want. Returns the ids of the orders, the first to come first. */
static GPtrArray *
sell_one_cup (Fixture *self, guint n_orders)
{
  g_autoptr (StallProduct) cup = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  stall_product_set_title (cup, "Celadon Cup");
  stall_product_add_variant (cup, variant);
  ui_test_add_product (&self->base, cup);
  ui_test_move (&self->base, stall_variant_get_id (variant), 1);
  for (guint i = 0; i < n_orders; i++)
    {
      g_autofree char *number = g_strdup_printf ("S-%u", i + 1);

      g_ptr_array_add (ids, add_order (self, number, stall_variant_get_id (variant),
                                       stall_time_now () - (n_orders - i) * STALL_MINUTE));
    }
  return ids;
}

static GtkWidget *
find_row (GtkWidget *page, const char *title)
{
  GtkWidget *label = ui_test_find_text (page, title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

/* The owner picks one, takes it back, and picks the other: what is decided is gone from the page.
 */
static void
test_pick (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = sell_one_cup (self, 2);
  GtkWidget *page = GTK_WIDGET (stall_oversold_page_new (self->base.desk));
  graphene_point_t first, second;

  self->window = ui_test_show (page, 360, 720);
  ui_test_wait_until (ui_test_find_text (page, "1 piece short · 1 on hand · 2 reserved"));
  g_assert_true (gtk_widget_compute_point (find_row (page, "S-1 · 小鹿"), page,
                                           &GRAPHENE_POINT_INIT (0, 0), &first));
  g_assert_true (gtk_widget_compute_point (find_row (page, "S-2 · 小鹿"), page,
                                           &GRAPHENE_POINT_INIT (0, 0), &second));
  g_assert_cmpfloat (first.y, <, second.y);
  ui_test_save_picture (self->window, "oversold");

  ui_test_click (ui_test_find_button (find_row (page, "S-2 · 小鹿"), "Let Wait"));
  ui_test_wait_until (ui_test_find_text (page, "Nothing Left to Decide"));
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==, "Order S-2 waits");
  ui_test_wait_until (stall_desk_get_figures (self->base.desk)->n_oversold == 0);

  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (ui_test_find_text (page, "S-1 · 小鹿"));
  ui_test_click (ui_test_find_button (find_row (page, "S-1 · 小鹿"), "Let Wait"));
  ui_test_wait_until (ui_test_find_text (page, "Nothing Left to Decide"));
  ui_test_click (ui_test_find_button (page, "Show Orders That Wait"));
  g_assert_true (self->query->waiting);
}

static void
test_latest (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = sell_one_cup (self, 4);
  GtkWidget *page = GTK_WIDGET (stall_oversold_page_new (self->base.desk));
  GtkWidget *label;

  self->window = ui_test_show (page, 700, 800);
  ui_test_wait_until ((label = ui_test_find_text (page, "Let Those Who Came Last Wait")));
  gtk_widget_activate (gtk_widget_get_ancestor (label, ADW_TYPE_BUTTON_ROW));
  ui_test_wait_until (ui_test_find_text (page, "Nothing Left to Decide"));
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==, "3 orders wait");
}

/* On its own page an order that waits says so, is not to be packed, and can be told to go on. */
static void
test_order_page (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = sell_one_cup (self, 1);
  GtkWidget *page = GTK_WIDGET (stall_order_page_new (self->base.desk, ids->pdata[0]));

  self->window = ui_test_show (page, 1000, 800);
  ui_test_wait_until (ui_test_find_button (page, "Mark as Packed"));
  g_assert_null (ui_test_find_button (page, "Stop Waiting"));
  gtk_widget_activate_action (page, "order.wait", NULL);
  ui_test_wait_until (ui_test_find_button (page, "Stop Waiting"));
  g_assert_null (ui_test_find_button (page, "Mark as Packed"));
  g_assert_null (ui_test_find_button (page, "Ship…"));
  g_assert_nonnull (ui_test_find_text (page, "1 waits"));
  g_assert_nonnull (ui_test_find_text (page, "Waits"));
  ui_test_save_picture (self->window, "order-waits");

  ui_test_click (ui_test_find_button (page, "Stop Waiting"));
  ui_test_wait_until (ui_test_find_button (page, "Mark as Packed"));
  g_assert_nonnull (ui_test_find_text (page, "No longer waits"));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/oversold/pick", Fixture, NULL, set_up, test_pick, tear_down);
  g_test_add ("/oversold/latest", Fixture, NULL, set_up, test_latest, tear_down);
  g_test_add ("/oversold/order-page", Fixture, NULL, set_up, test_order_page, tear_down);
  return g_test_run ();
}
