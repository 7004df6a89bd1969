/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-opening.h"
#include "stall-waiting-page.h"
#include "stall-window.h"
#include "ui-test.h"

#include <glib/gstdio.h>

/* The whole window, on a folder of its own. */

static StallWindow *
open_window (const char *folder)
{
  GtkWidget *window = stall_window_new (NULL, folder, NULL, NULL);

  stall_window_open (STALL_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  return STALL_WINDOW (window);
}

static void
close_window (StallWindow *window)
{
  StallDesk *desk = stall_window_get_desk (window);
  g_autoptr (StallStore) store = desk ? g_object_ref (stall_desk_get_store (desk)) : NULL;

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (store != NULL)
    ui_test_await_boolean (stall_store_close (store));
}

static void
activate_row (StallWindow *window, const char *title)
{
  GtkWidget *row;

  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), title));
  row = gtk_widget_get_ancestor (ui_test_find_text (GTK_WIDGET (window), title),
                                 GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (row, "activate");
}

static void
make_stall (const char *folder)
{
  g_autoptr (StallDesk) desk = ui_test_await (stall_open_new (folder, "Bamboo Lane", "CNY"));
  g_autoptr (StallStore) store = g_object_ref (stall_desk_get_store (desk));

  g_clear_object (&desk);
  ui_test_await_boolean (stall_store_backup_daily (store));
  ui_test_await_boolean (stall_store_close (store));
}

static void
test_start_empty (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  StallWindow *window = open_window (folder);
  GtkWidget *entry;

  activate_row (window, "Start Empty");
  ui_test_wait_until ((entry = ui_test_find_type (GTK_WIDGET (window), ADW_TYPE_ENTRY_ROW))
                      != NULL);
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (GTK_WIDGET (window), "Start")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "  浅春小铺 ");
  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Start"));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "浅春小铺");
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Your Stall Is Ready"));
  close_window (window);
}

static void
test_undo (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  StallWindow *window;
  StallDesk *desk;
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Cup added");
  g_autoptr (StallProduct) cup = stall_product_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  make_stall (folder);
  window = open_window (folder);
  ui_test_wait_until ((desk = stall_window_get_desk (window)) != NULL);
  stall_product_set_title (cup, "Cup");
  document = stall_product_to_document (cup, stall_desk_get_device (desk));
  stall_change_set_put (changes, document);
  receipt = ui_test_await (stall_desk_apply (desk, changes));
  g_assert_cmpuint (receipt->added, ==, 1);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Cup added"));

  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Undo"));
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Undone: Cup added"));
  ui_test_wait_until (stall_desk_get_figures (desk)->is_empty);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL));
  ui_test_wait_until (!stall_desk_get_figures (desk)->is_empty);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  ui_test_wait_until (stall_desk_get_figures (desk)->is_empty);
  close_window (window);
}

/* What the desk has to say is read whole, in a window as narrow as a phone. */
static void
test_long_words (void)
{
  static const char words[] = "14 orders shipped. Left out: 2 not paid, 3 cancelled";
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  StallWindow *window;
  StallDesk *desk;
  GtkWidget *label;
  graphene_rect_t box;

  make_stall (folder);
  window = open_window (folder);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  ui_test_wait_until ((desk = stall_window_get_desk (window)) != NULL);
  ui_test_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) == 360);
  stall_desk_say (desk, words);
  ui_test_wait_until ((label = ui_test_find_text (GTK_WIDGET (window), words)) != NULL
                      && gtk_widget_get_width (label) > 0);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), >, 1);
  g_assert_true (gtk_widget_compute_bounds (label, GTK_WIDGET (window), &box));
  g_assert_cmpfloat (box.origin.x + box.size.width, <, 360);
  close_window (window);
}

static guint
count_backups (const char *folder)
{
  g_auto (GStrv) backups = stall_store_list_backups (folder);

  return g_strv_length (backups);
}

/* A window that is never closed backs up its stall on every new day. */
static void
test_new_day (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_auto (GStrv) backups = NULL;
  StallWindow *window;
  StallDesk *desk;

  make_stall (folder);
  window = open_window (folder);
  ui_test_wait_until ((desk = stall_window_get_desk (window)) != NULL);
  ui_test_wait_until (count_backups (folder) == 1);
  backups = stall_store_list_backups (folder);
  g_assert_cmpint (g_unlink (backups[0]), ==, 0);
  g_signal_emit_by_name (desk, "new-day");
  ui_test_wait_until (count_backups (folder) == 1);
  close_window (window);
}

/* What is typed in the preferences is one change of the stall, made when they close. */
static void
test_preferences (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  StallWindow *window;
  StallDesk *desk;
  AdwDialog *dialog;
  GtkWidget *name;

  make_stall (folder);
  window = open_window (folder);
  ui_test_wait_until ((desk = stall_window_get_desk (window)) != NULL);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.preferences", NULL));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  ui_test_wait_until ((name = ui_test_find_type (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW)) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Bamboo Lane");
  gtk_editable_set_text (GTK_EDITABLE (name), "竹巷");
  adw_dialog_close (dialog);
  ui_test_wait_until (g_str_equal (gtk_window_get_title (GTK_WINDOW (window)), "竹巷"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  ui_test_wait_until (g_str_equal (gtk_window_get_title (GTK_WINDOW (window)), "Bamboo Lane"));
  close_window (window);
}

static void
test_busy (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autoptr (StallDesk) other = NULL;
  g_autoptr (StallStore) store = NULL;
  StallWindow *window;

  make_stall (folder);
  other = ui_test_await (stall_open_existing (folder, NULL));
  store = g_object_ref (stall_desk_get_store (other));
  window = open_window (folder);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "This Stall Is Already Open"));

  g_clear_object (&other);
  ui_test_await_boolean (stall_store_close (store));
  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Try Again"));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  close_window (window);
}

static void
test_damaged (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "stall.db", NULL);
  g_autofree char *noise = g_strnfill (65536, '?');
  g_autoptr (GError) error = NULL;
  StallWindow *window;
  GtkWidget *label;

  make_stall (folder);
  g_assert_true (g_file_set_contents (path, noise, 65536, &error));
  window = open_window (folder);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "The Stall’s File Is Damaged"));
  ui_test_wait_until ((label = ui_test_find_text (GTK_WIDGET (window), "Restore the Backup of "))
                      != NULL);
  ui_test_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Bamboo Lane");
  close_window (window);
}

/* What was put away damaged is not offered when the stall is damaged once more. */
static void
test_damaged_twice (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "stall.db", NULL);
  g_autofree char *put_away = NULL;
  g_autofree char *noise = g_strnfill (65536, '?');
  StallWindow *window;
  GtkWidget *label;

  make_stall (folder);
  put_away = g_build_filename (folder, "backups", "2099-01-01 10-00-00 before-restore.stall", NULL);
  g_assert_true (g_file_set_contents (put_away, noise, 65536, NULL));
  g_assert_true (g_file_set_contents (path, noise, 65536, NULL));
  window = open_window (folder);
  ui_test_wait_until ((label = ui_test_find_text (GTK_WIDGET (window), "Restore the Backup of "))
                      != NULL);
  g_assert_nonnull (ui_test_find_button (GTK_WIDGET (window), "Restore a Backup…"));
  ui_test_click (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  close_window (window);
}

/* Damage that is found while the stall is open stays in sight, and leads to the last backup. */
static void
test_damaged_meanwhile (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autoptr (GError) error
      = g_error_new_literal (STALL_ERROR, STALL_ERROR_DAMAGED, "The stall’s file is damaged.");
  StallWindow *window;

  make_stall (folder);
  window = open_window (folder);
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  g_assert_null (ui_test_find_button (GTK_WIDGET (window), "Restore…"));
  stall_desk_report (stall_window_get_desk (window), error);
  ui_test_wait_until (ui_test_find_button (GTK_WIDGET (window), "Restore…"));
  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Restore…"));
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Restore the Backup of "));
  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Try Again"));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  ui_test_wait_until (!ui_test_find_button (GTK_WIDGET (window), "Restore…"));
  close_window (window);
}

static void
drop (StallWindow *window, const char *path)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFile *files[] = { file };
  GdkFileList *list = gdk_file_list_new_from_array (files, 1);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

/* A list that is dropped on the window is one to import, whatever it holds; a backup is one to
 * restore. */
static void
test_drop (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autofree char *products
      = g_test_build_filename (G_TEST_DIST, "data", "shopify-products.csv", NULL);
  g_autofree char *orders
      = g_test_build_filename (G_TEST_DIST, "data", "online-retail-excerpt.csv", NULL);
  g_autofree char *backup = NULL;
  StallWindow *window;
  StallDesk *desk;

  make_stall (folder);
  backup = stall_store_find_last_backup (folder);
  window = open_window (folder);
  ui_test_wait_until ((desk = stall_window_get_desk (window)) != NULL);
  drop (window, products);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Shopify products"));
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  drop (window, orders);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Online Retail (UCI)"));
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));

  drop (window, backup);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Restore This Backup?"));
  ui_test_click (ui_test_find_button (GTK_WIDGET (window), "Restore"));
  ui_test_wait_until (stall_window_get_desk (window) != NULL
                      && stall_window_get_desk (window) != desk);
  ui_test_wait_until (
      ui_test_find_text (GTK_WIDGET (window), "The stall is as it was in the backup of "));
  close_window (window);
}

/* What is no backup leaves the stall open as it was, and says why. */
static void
test_no_backup (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL);
  g_autofree char *letter = g_build_filename (folder, "letter.stall", NULL);
  StallWindow *window;

  make_stall (folder);
  g_assert_true (g_file_set_contents (letter, "Dear customer,", -1, NULL));
  window = open_window (folder);
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.restore", "s", letter);
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (window), "Backup Not Restored"));
  ui_test_wait_until (stall_window_get_desk (window) != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Bamboo Lane");
  adw_dialog_force_close (
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  close_window (window);
}

/* Who waits for lists that are made anew sees why and how far, once it takes a while. */
static void
test_waiting (void)
{
  g_autoptr (StallProgress) progress = stall_progress_new ();
  GtkWidget *page = g_object_new (STALL_TYPE_WAITING_PAGE, NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar;

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  stall_waiting_page_begin (STALL_WAITING_PAGE (page), "Opening the Stall…", progress);
  ui_test_wait_until (ui_test_find_text (page, "Opening the Stall…"));
  g_assert_null (ui_test_find_type (page, GTK_TYPE_PROGRESS_BAR));

  stall_progress_tell (progress, 0.25);
  ui_test_wait_until ((bar = ui_test_find_type (page, GTK_TYPE_PROGRESS_BAR)) != NULL);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  g_assert_nonnull (ui_test_find_text (page, "It happens only once"));
  stall_progress_tell (progress, 1);
  ui_test_wait_until (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) >= 1);

  stall_waiting_page_begin (STALL_WAITING_PAGE (page), "Closing the Stall…", NULL);
  ui_test_wait_until (ui_test_find_text (page, "Closing the Stall…"));
  g_assert_null (ui_test_find_type (page, GTK_TYPE_PROGRESS_BAR));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/window/start-empty", test_start_empty);
  g_test_add_func ("/window/undo", test_undo);
  g_test_add_func ("/window/long-words", test_long_words);
  g_test_add_func ("/window/new-day", test_new_day);
  g_test_add_func ("/window/preferences", test_preferences);
  g_test_add_func ("/window/busy", test_busy);
  g_test_add_func ("/window/damaged", test_damaged);
  g_test_add_func ("/window/damaged-twice", test_damaged_twice);
  g_test_add_func ("/window/damaged-meanwhile", test_damaged_meanwhile);
  g_test_add_func ("/window/drop", test_drop);
  g_test_add_func ("/window/no-backup", test_no_backup);
  g_test_add_func ("/window/waiting", test_waiting);
  return g_test_run ();
}
