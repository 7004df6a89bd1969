/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-bar-chart.h"
#include "stall-context-dialog.h"
#include "stall-context-group.h"
#include "stall-echo-table.h"
#include "stall-echo-view.h"
#include "stall-echo.h"
#include "stall-format.h"
#include "stall-inventory-page.h"
#include "stall-note.h"
#include "stall-product-figures.h"
#include "stall-query-model.h"
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

/* --- context --- */

static char *
add_product (Fixture *self, const char *title)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (product, title);
  stall_product_add_variant (product, variant);
  ui_test_add_product (&self->base, product);
  return g_strdup (stall_product_get_id (product));
}

static void
show_group (Fixture *self, const char *product)
{
  GtkWidget *group = g_object_new (STALL_TYPE_CONTEXT_GROUP, "valign", GTK_ALIGN_START, NULL);

  stall_context_group_set_product (STALL_CONTEXT_GROUP (group), self->base.desk, product);
  self->window = ui_test_show (group, 600, 700);
}

static GtkWidget *
find_dialog (Fixture *self)
{
  return GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}

static void
write_words (Fixture *self, const char *words)
{
  GtkWidget *view;

  ui_test_wait_until (find_dialog (self)
                      && ui_test_find_type (find_dialog (self), GTK_TYPE_TEXT_VIEW));
  view = ui_test_find_type (find_dialog (self), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), words, -1);
}

static void
test_context_by_hand (Fixture *self, gconstpointer data)
{
  g_autofree char *product = add_product (self, "Half-Moon Skirt");
  GtkWidget *row;

  show_group (self, product);
  ui_test_wait_until (ui_test_find_text (self->window, "4 of 4 are missing"));
  g_assert_nonnull (ui_test_find_text (self->window, "Send a sample to a buyer"));

  /* Nothing is kept that says nothing. */
  ui_test_click (ui_test_find_button (self->window, "Add “Buyer’s Pick”"));
  write_words (self, "  ");
  g_assert_false (gtk_widget_is_sensitive (ui_test_find_button (find_dialog (self), "Done")));
  write_words (self, "It swings when you walk.");
  ui_test_save_picture (self->window, "context-dialog");
  ui_test_click (ui_test_find_button (find_dialog (self), "Done"));
  ui_test_wait_until (ui_test_find_text (self->window, "3 of 4 are missing"));
  g_assert_null (ui_test_find_text (self->window, "Send a sample to a buyer"));

  row = gtk_widget_get_ancestor (ui_test_find_text (self->window, "Buyer’s Pick"),
                                 ADW_TYPE_EXPANDER_ROW);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_test_wait_until (ui_test_find_text (self->window, "It swings when you walk."));
  ui_test_save_picture (self->window, "context");

  row = gtk_widget_get_ancestor (ui_test_find_text (self->window, "It swings"),
                                 ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  write_words (self, "It swings, and has pockets.");
  ui_test_click (ui_test_find_button (find_dialog (self), "Done"));
  ui_test_wait_until (ui_test_find_text (self->window, "It swings, and has pockets."));

  row = gtk_widget_get_ancestor (ui_test_find_text (self->window, "It swings"),
                                 ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  ui_test_wait_until (find_dialog (self));
  gtk_widget_activate_action (find_dialog (self), "context.delete", NULL);
  ui_test_wait_until (ui_test_find_text (self->window, "4 of 4 are missing"));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (ui_test_find_text (self->window, "3 of 4 are missing"));
}

/* A link can be followed when a browser is what opens it. */
static void
test_links (Fixture *self, gconstpointer data)
{
  static const char *const links[] = { "https://example.org/post", "file:///etc/passwd", "a page" };
  g_autofree char *product = add_product (self, "Half-Moon Skirt");

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (StallContext) context = stall_context_new (product, STALL_CONTEXT_CUSTOMER);
      g_autoptr (StallDocument) document = NULL;

      stall_context_set_text (context, links[i]);
      stall_context_set_link (context, links[i]);
      document = stall_context_to_document (context, "test");
      ui_test_put (&self->base, "Context added", document);
    }
  show_group (self, product);
  ui_test_wait_until (ui_test_find_text (self->window, "3 of 4 are missing"));
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (gtk_widget_get_ancestor (
          ui_test_find_text (self->window, "Customer’s Share"), ADW_TYPE_EXPANDER_ROW)),
      TRUE);
  ui_test_wait_until (ui_test_find_button (self->window, "https://example.org/post") != NULL);
  ui_test_save_picture (self->window, "context-link");
  g_assert_null (ui_test_find_button (self->window, "file:///etc/passwd"));
  g_assert_null (ui_test_find_button (self->window, "a page"));
}

static void
test_notes_of_product (Fixture *self, gconstpointer data)
{
  g_autofree char *product = add_product (self, "Half-Moon Skirt");
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallDocument) document = NULL;

  stall_note_set_title (note, "Pockets");
  stall_note_add_link (note, product);
  document = stall_note_to_document (note, "test");
  ui_test_put (&self->base, "Note added", document);
  show_group (self, product);
  ui_test_wait_until (ui_test_find_text (self->window, "1 note"));
  gtk_widget_activate_action (ui_test_find_text (self->window, "Notes with This Product"),
                              "context.show-notes", NULL);
  g_assert_cmpint (self->query->list, ==, STALL_LIST_NOTES);
  g_assert_cmpuint (count_rows (self), ==, 1);
  g_assert_nonnull (ui_test_find_text (self->window, "Told in the story or in a note"));
}

/* --- the filters of Inventory --- */

static GBytes *
draw_cover (gboolean on_white)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 200, 300);
  g_autoptr (GdkPixbuf) middle = gdk_pixbuf_new_subpixbuf (pixbuf, 60, 90, 80, 120);
  char *bytes;
  gsize length;

  gdk_pixbuf_fill (pixbuf, on_white ? 0xffffffff : 0x99ccaaff);
  gdk_pixbuf_fill (middle, 0x6644aaff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "png", NULL, NULL));
  return g_bytes_new_take (bytes, length);
}

static void
add_with_cover (Fixture *self, const char *title, gboolean on_white)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autoptr (GBytes) bytes = draw_cover (on_white);
  g_autofree char *digest
      = ui_test_await (stall_store_attach (stall_desk_get_store (self->base.desk), bytes));
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  StallPicture picture
      = { .name = (char *) "cover.png", .slot = STALL_SLOT_COVER, .digest = digest };

  stall_product_set_title (product, title);
  stall_product_set_story (product, on_white ? "" : "Dyed with plums.");
  stall_product_add_variant (product, variant);
  g_ptr_array_add (pictures, &picture);
  stall_product_set_pictures (product, pictures);
  stall_product_set_attachment (product, "cover.png", "image/png",
                                (gint64) g_bytes_get_size (bytes), digest);
  ui_test_add_product (&self->base, product);
}

static void
test_filters (Fixture *self, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (stall_inventory_page_new (self->base.desk));
  g_autoptr (StallQuery) white = stall_query_new (STALL_LIST_PRODUCTS);
  g_autoptr (StallQuery) lacking = stall_query_new (STALL_LIST_PRODUCTS);
  g_autoptr (StallNoteFigures) figures = NULL;

  add_with_cover (self, "Cut Out", TRUE);
  add_with_cover (self, "In the Yard", FALSE);
  self->window = ui_test_show (page, 800, 600);
  white->story = STALL_STORY_WHITE_ONLY;
  lacking->story = STALL_STORY_LACKING;
  g_object_set (page, "view", "list", NULL);
  ui_test_wait_until (ui_test_find_text (self->window, "In the Yard"));

  /* The check runs by itself, and the list follows it. */
  gtk_widget_activate_action (page, "page.story", "s", "white-only");
  ui_test_wait_until (ui_test_find_text (self->window, "Cut Out")
                      && !ui_test_find_text (self->window, "In the Yard"));
  g_assert_nonnull (ui_test_find_button (self->window, "Remove “White Background Only”"));
  figures = ui_test_await (
      stall_store_note_figures (stall_desk_get_store (self->base.desk), stall_time_now ()));
  self->query = g_steal_pointer (&white);
  g_assert_cmpuint (count_rows (self), ==, 1);
  g_assert_cmpuint (figures->n_white_only, ==, 1);

  ui_test_click (ui_test_find_button (self->window, "Remove “White Background Only”"));
  ui_test_wait_until (ui_test_find_text (self->window, "In the Yard"));
  gtk_widget_activate_action (page, "page.story", "s", "lacking");
  ui_test_wait_until (!ui_test_find_text (self->window, "In the Yard"));
  stall_query_free (self->query);
  self->query = g_steal_pointer (&lacking);
  g_assert_cmpuint (count_rows (self), ==, figures->n_lacking);
  g_assert_cmpuint (figures->n_lacking, ==, 1);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/context/echo/none", Fixture, NULL, set_up, test_no_echo, tear_down);
  g_test_add ("/context/echo/wide", Fixture, GINT_TO_POINTER (760), set_up, test_echo, tear_down);
  g_test_add ("/context/echo/narrow", Fixture, GINT_TO_POINTER (360), set_up, test_echo, tear_down);
  g_test_add ("/context/echo/sold-through", Fixture, NULL, set_up, test_sold_through, tear_down);
  g_test_add ("/context/by-hand", Fixture, NULL, set_up, test_context_by_hand, tear_down);
  g_test_add ("/context/links", Fixture, NULL, set_up, test_links, tear_down);
  g_test_add ("/context/notes", Fixture, NULL, set_up, test_notes_of_product, tear_down);
  g_test_add ("/context/filters", Fixture, NULL, set_up, test_filters, tear_down);
  return g_test_run ();
}
