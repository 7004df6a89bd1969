/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-bar-chart.h"
#include "stall-echo-table.h"
#include "stall-echo-view.h"
#include "stall-echo.h"
#include "stall-format.h"
#include "stall-note.h"
#include "ui-test.h"

typedef struct
{
  UiTest base;
  GtkWidget *window;
  char *note;
  StallQuery *query; /* the list that was asked for last */
} Fixture;

static void
show_list_cb (StallDesk *desk, const StallQuery *query, Fixture *self)
{
  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
}

/* A note that was published three days ago. */
static void
add_note (Fixture *self)
{
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallDocument) document = NULL;

  stall_note_set_title (note, "Dyeing Day");
  stall_note_publish (note, stall_time_now () - 3 * STALL_DAY);
  self->note = g_strdup (stall_note_get_id (note));
  document = stall_note_to_document (note, "test");
  ui_test_put (&self->base, "Note added", document);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  *self = (Fixture) { 0 };
  ui_test_set_up (&self->base);
  g_signal_connect (self->base.desk, "show-list", G_CALLBACK (show_list_cb), self);
  add_note (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->base.desk, self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_pointer (&self->query, stall_query_free);
  g_clear_pointer (&self->note, g_free);
  ui_test_tear_down (&self->base);
}

static void
add_echo (Fixture *self, const char *subject, int days_ago, int views, int seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -days_ago);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");
  g_autoptr (StallEcho) echo = stall_echo_new (subject, day);
  g_autoptr (StallDocument) document = NULL;

  stall_echo_set_count (echo, STALL_ECHO_VIEWS, views);
  stall_echo_set_count (echo, STALL_ECHO_DWELL, seconds);
  document = stall_echo_to_document (echo, "test");
  ui_test_put (&self->base, "Echo", document);
}

static void
add_order (Fixture *self, gboolean cancelled)
{
  StallTime now = stall_time_now ();
  g_autofree char *id = stall_id_new (STALL_KIND_ORDER);
  g_autoptr (StallOrder) order = stall_order_new (id, id + strlen (id) - 6, "CNY");
  g_autoptr (StallOrderEvent) event
      = stall_order_event_new (id, cancelled ? STALL_STEP_CANCELLED : STALL_STEP_PAID, now);
  g_autoptr (StallDocument) order_document = NULL;
  g_autoptr (StallDocument) event_document = NULL;
  StallOrderLine line = { .title = "Scarf", .quantity = 2, .price = 6800 };

  stall_order_set_source (order, STALL_SOURCE_NOTE, self->note);
  stall_order_set_times (order, now, stall_time_day_start (now, 1));
  stall_order_add_line (order, &line);
  if (!cancelled)
    stall_order_event_set_money (event, 13600, "CNY");
  order_document = stall_order_to_document (order, "test");
  event_document = stall_order_event_to_document (event, "test");
  ui_test_put (&self->base, "Order added", order_document);
  ui_test_put (&self->base, "Order moved", event_document);
}

static void
show_echo (Fixture *self, const char *subject, int width)
{
  GtkWidget *view = stall_echo_view_new (self->base.desk);

  stall_echo_view_set_subject (STALL_ECHO_VIEW (view), subject);
  gtk_widget_set_valign (view, GTK_ALIGN_START);
  self->window = ui_test_show (view, width, 500);
}

static GtkWidget *
find_measure (Fixture *self, const char *title)
{
  GtkWidget *label = ui_test_find_text (self->window, title);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON);
}

static guint
count_rows (Fixture *self)
{
  g_auto (GStrv) ids
      = ui_test_await (stall_store_query_ids (stall_desk_get_store (self->base.desk), self->query));

  return g_strv_length (ids);
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (widget = gtk_widget_get_first_child (widget); widget != NULL;
       widget = gtk_widget_get_next_sibling (widget))
    n++;
  return n;
}

static void
test_no_echo (Fixture *self, gconstpointer data)
{
  show_echo (self, self->note, 600);
  ui_test_wait_until (ui_test_find_text (self->window, "No Echo Yet"));
  g_assert_null (ui_test_find_button (self->window, "Show as Table"));
  ui_test_wait_until (ui_test_find_text (self->window, "Nothing yet"));

  /* What comes in later is there by itself. */
  add_echo (self, self->note, 0, 5, 0);
  ui_test_wait_until (ui_test_find_type (self->window, STALL_TYPE_BAR_CHART));
}

static void
test_echo (Fixture *self, gconstpointer data)
{
  GtkWidget *chart, *table;
  g_autofree char *yesterday = NULL;
  AdwToggleGroup *range;

  add_echo (self, self->note, 40, 1000, 10);
  add_echo (self, self->note, 2, 1200, 4000);
  add_echo (self, self->note, 1, 34, 60);
  show_echo (self, self->note, GPOINTER_TO_INT (data));

  ui_test_wait_until (ui_test_find_text (self->window, "1,234"));
  g_assert_nonnull (ui_test_find_text (self->window, "68\u00a0min"));
  g_assert_nonnull (ui_test_find_text (self->window, "Published "));
  chart = ui_test_find_type (self->window, STALL_TYPE_BAR_CHART);
  g_assert_cmpuint (count_children (chart), ==, 30);
  ui_test_save_picture (self->window, GPOINTER_TO_INT (data) > 400 ? "echo" : "echo-narrow");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_measure (self, "Time Spent")), TRUE);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "Time Spent");

  range = ADW_TOGGLE_GROUP (ui_test_find_type (self->window, ADW_TYPE_TOGGLE_GROUP));
  adw_toggle_group_set_active_name (range, "90");
  g_assert_nonnull (ui_test_find_text (self->window, "2,234"));
  g_assert_cmpuint (count_children (chart), ==, 90);

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_test_find_button (self->window, "Show as Table")), TRUE);
  ui_test_wait_until (ui_test_find_type (self->window, STALL_TYPE_ECHO_TABLE));
  table = ui_test_find_type (self->window, STALL_TYPE_ECHO_TABLE);
  ui_test_wait_until (ui_test_find_text (table, "1,200"));
  yesterday = stall_format_weekday (stall_time_now () - STALL_DAY);
  g_assert_nonnull (ui_test_find_text (table, yesterday));
  ui_test_save_picture (self->window,
                        GPOINTER_TO_INT (data) > 400 ? "echo-table" : "echo-table-narrow");
}

static void
test_sold_through (Fixture *self, gconstpointer data)
{
  add_order (self, FALSE);
  add_order (self, FALSE);
  add_order (self, TRUE);
  add_echo (self, self->note, 1, 7, 0);
  show_echo (self, self->note, 600);

  ui_test_wait_until (ui_test_find_text (self->window, "4 pieces · 2 orders"));
  g_assert_nonnull (ui_test_find_text (self->window, "¥272.00"));
  gtk_widget_activate_action (ui_test_find_text (self->window, "Sold Through This Note"),
                              "echo.show-orders", NULL);
  g_assert_nonnull (self->query);
  g_assert_cmpuint (count_rows (self), ==, 2);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/context/echo/none", Fixture, NULL, set_up, test_no_echo, tear_down);
  g_test_add ("/context/echo/wide", Fixture, GINT_TO_POINTER (760), set_up, test_echo, tear_down);
  g_test_add ("/context/echo/narrow", Fixture, GINT_TO_POINTER (360), set_up, test_echo, tear_down);
  g_test_add ("/context/echo/sold-through", Fixture, NULL, set_up, test_sold_through, tear_down);
  return g_test_run ();
}
