/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import assistant as a person goes through it, on real files and a real store. */

#include "config.h"

#include "stall-import-dialog.h"
#include "stall-import-words.h"
#include "ui-test.h"

static GtkWidget *
open_path (UiTest *test, const char *path)
{
  GtkWidget *window = ui_test_show (adw_bin_new (), 800, 700);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  stall_import_dialog_present_file (test->desk, file, window);
  return window;
}

static GtkWidget *
open_file (UiTest *test, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);

  return open_path (test, path);
}

static gint64
count (UiTest *test, StallKind kind)
{
  g_autoptr (DexFuture) future = stall_store_count (stall_desk_get_store (test->desk), kind);

  ui_test_wait_until (!dex_future_is_pending (future));
  return g_value_get_int64 (dex_future_get_value (future, NULL));
}

/* Waits until a button can be clicked, then does. */
static void
click (GtkWidget *window, const char *label)
{
  GtkWidget *button = NULL;

  ui_test_wait_until ((button = ui_test_find_button (window, label)) != NULL
                      && gtk_widget_is_sensitive (button));
  ui_test_click (button);
}

/* What a row of the dialog does. */
static void
activate (GtkWidget *window, const char *action)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), action, NULL));
}

static void
wait_for_text (GtkWidget *window, const char *text)
{
  ui_test_wait_until (ui_test_find_text (window, text));
}

static void
close_window (GtkWidget *window)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_orders (void)
{
  UiTest test;
  GtkWidget *window;
  gint64 change_set;

  ui_test_set_up (&test);
  window = open_file (&test, "online-retail-excerpt.csv");

  wait_for_text (window, "Online Retail (UCI)");
  g_assert_nonnull (ui_test_find_text (window, "WHITE HANGING HEART"));
  ui_test_save_picture (window, "import-look");
  click (window, "Check the File");

  wait_for_text (window, "536365");
  g_assert_nonnull (ui_test_find_text (window, "order lines"));
  g_assert_nonnull (ui_test_find_text (window, "give money back"));
  g_assert_nonnull (ui_test_find_text (window, "£"));
  g_assert_nonnull (ui_test_find_text (window, "Amounts are in GBP; the stall counts in CNY"));
  g_assert_cmpint (count (&test, STALL_KIND_ORDER), ==, 0);
  ui_test_save_picture (window, "import-report");
  click (window, "Import 61 Orders");

  ui_test_wait_until (test.toast);
  change_set = g_variant_get_int64 (adw_toast_get_action_target_value (test.toast));
  g_assert_cmpstr (adw_toast_get_title (test.toast), ==, "Import of “online-retail-excerpt.csv”");
  g_assert_cmpstr (adw_toast_get_action_name (test.toast), ==, "win.undo-change");
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (window)));
  g_assert_cmpint (count (&test, STALL_KIND_ORDER), ==, 61);
  g_clear_object (&test.toast);
  stall_desk_undo (test.desk, change_set);
  /* On a busy computer the first one only says that it is going on. */
  ui_test_wait_until (test.toast
                      && g_strcmp0 (adw_toast_get_title (test.toast),
                                    "Undone: Import of “online-retail-excerpt.csv”")
                             == 0);
  g_assert_cmpint (count (&test, STALL_KIND_ORDER), ==, 0);
  g_assert_cmpint (count (&test, STALL_KIND_PRODUCT), ==, 0);
  close_window (window);
  ui_test_tear_down (&test);
}

static gboolean
has_focus_inside (GtkWidget *window)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog))
         && gtk_widget_is_sensitive (focus) && gtk_widget_get_mapped (focus);
}

/* A second time there is nothing to do, and the reason is said. */
static void
test_twice (void)
{
  UiTest test;
  GtkWidget *window;

  ui_test_set_up (&test);
  for (int i = 0; i < 2; i++)
    {
      window = open_file (&test, "shopify-products.csv");
      wait_for_text (window, "Shopify products");
      click (window, "Check the File");
      if (i == 1)
        break;
      wait_for_text (window, "A picture on the web cannot be fetched");
      click (window, "Import 3 Products");
      ui_test_wait_until (test.toast);
      close_window (window);
    }
  wait_for_text (window, "Everything in this file is in the stall already.");
  g_assert_false (gtk_widget_is_sensitive (ui_test_find_button (window, "Import")));
  /* The keyboard still leads out of the dialog. */
  ui_test_wait_until (has_focus_inside (window));
  close_window (window);
  ui_test_tear_down (&test);
}

static AdwComboRow *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_COMBO_ROW (root)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
map (GtkWidget *window, const char *field, const char *column)
{
  AdwComboRow *row = find_row (window, field);
  GListModel *columns;
  guint position = 0;

  g_assert_nonnull (row);
  columns = adw_combo_row_get_model (row);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkStringObject) name = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_string_object_get_string (name), column) == 0)
        position = i;
    }
  adw_combo_row_set_selected (row, position);
}

static void
save_preset (GtkWidget *window, const char *name)
{
  AdwDialog *question;
  GtkWidget *entry = NULL;

  gtk_widget_activate_action (ui_test_find_type (window, ADW_TYPE_COMBO_ROW), "columns.save-preset",
                              NULL);
  ui_test_wait_until (ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (window))));
  question = adw_window_get_visible_dialog (ADW_WINDOW (window));
  ui_test_wait_until ((entry = ui_test_find_type (GTK_WIDGET (question), GTK_TYPE_ENTRY)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  click (GTK_WIDGET (question), "Save");
}

/* A list of one's own, in an encoding of its own: columns are chosen once, kept as a preset, and
 * known the next time. */
static void
test_columns (void)
{
  UiTest test;
  GtkWidget *window;

  ui_test_set_up (&test);
  window = open_file (&test, "orders-gb18030.csv");
  wait_for_text (window, "亚麻衬衫");
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (window, "_Encoding")), ==, 1);
  activate (window, "import.columns");

  wait_for_text (window, "Required Columns");
  map (window, "Order number", NULL);
  wait_for_text (window, "Choose the columns for");
  g_assert_false (gtk_widget_is_sensitive (ui_test_find_button (window, "Check the File")));
  map (window, "Order number", "订单号");
  map (window, "Date", "日期");
  map (window, "Quantity", "数量");
  map (window, "Product", "商品");
  map (window, "Price of one", "金额");
  wait_for_text (window, "¥");
  ui_test_save_picture (window, "import-columns");
  save_preset (window, "我的表格");
  ui_test_wait_until (
      find_row (window, "_Preset")
      && !ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (window))));
  click (window, "Check the File");
  wait_for_text (window, "2 orders");
  close_window (window);

  window = open_file (&test, "orders-gb18030.csv");
  wait_for_text (window, "我的表格");
  close_window (window);
  ui_test_tear_down (&test);
}

/* Columns that a person chose are no guess, and how their dates are written is seen at once. */
static void
test_columns_by_hand (void)
{
  static const char text[] = "Beleg,Tag,Ware,Stk,EP\nX-1,20.11.2026,Tea Mat,2,1234.50\n";
  UiTest test;
  GtkWidget *window;
  g_autofree char *list = NULL;

  ui_test_set_up (&test);
  list = g_build_filename (test.folder, "list.csv", NULL);
  g_assert_true (g_file_set_contents (list, text, -1, NULL));
  window = open_path (&test, list);
  wait_for_text (window, "Stall does not know this list yet.");
  activate (window, "import.columns");
  wait_for_text (window, "Required Columns");
  map (window, "Order number", "Beleg");
  map (window, "Date", "Tag");
  map (window, "Quantity", "Stk");
  map (window, "Product", "Ware");
  map (window, "Price of one", "EP");
  wait_for_text (window, "¥2,469.00");
  click (window, "Check the File");
  wait_for_text (window, "What Would Be Imported");
  g_assert_null (ui_test_find_text (window, "The columns were recognised by their names"));
  g_assert_null (ui_test_find_text (window, "1 Warning"));
  close_window (window);
  ui_test_tear_down (&test);
}

/* What cannot be read is said with what to do, and every problem with its line, errors first. */
static void
test_trouble (void)
{
  UiTest test;
  GtkWidget *window;
  g_autofree char *letter = NULL;

  ui_test_set_up (&test);
  letter = g_build_filename (test.folder, "letter.txt", NULL);
  g_assert_true (g_file_set_contents (letter, "Dear customer\nthank you\n", -1, NULL));
  window = open_path (&test, letter);
  wait_for_text (window, "This File Cannot Be Imported");
  click (window, "Back");
  wait_for_text (window, "Drop a CSV File Here");
  close_window (window);

  window = open_file (&test, "bad-products.csv");
  click (window, "Check the File");
  wait_for_text (window, "Show All Problems");
  activate (window, "import.problems");
  wait_for_text (window, "Line 3");
  ui_test_save_picture (window, "import-problems");
  close_window (window);
  ui_test_tear_down (&test);
}

static void
test_words (void)
{
  StallImportCounts counts
      = { .lines = 3, .orders = 24564, .refunds = 1, .order_lines = 30000, .warnings = 2 };
  g_autoptr (GPtrArray) facts = stall_import_counts_describe (&counts, STALL_IMPORT_ORDERS);
  const StallImportFact *fact = g_ptr_array_index (facts, 0);
  g_autofree char *action = stall_import_counts_name_action (&counts, STALL_IMPORT_ORDERS);
  g_autofree char *problems = stall_import_counts_describe_problems (&counts);

  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpstr (fact->title, ==, "24,564 orders");
  g_assert_cmpstr (fact->detail, ==, "30,000 order lines, 1 gives money back");
  g_assert_cmpstr (action, ==, "Import 24,564 Orders");
  g_assert_cmpstr (problems, ==, "2 Warnings");
  g_assert_null (stall_import_counts_find_obstacle (&counts));
  counts.orders = 0;
  g_assert_nonnull (stall_import_counts_find_obstacle (&counts));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/import/words", test_words);
  g_test_add_func ("/import/orders", test_orders);
  g_test_add_func ("/import/twice", test_twice);
  g_test_add_func ("/import/columns", test_columns);
  g_test_add_func ("/import/columns-by-hand", test_columns_by_hand);
  g_test_add_func ("/import/trouble", test_trouble);
  return g_test_run ();
}
