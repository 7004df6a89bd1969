/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-connect-dialog.h"
#include "stall-connection.h"
#include "stall-sync-button.h"
#include "stall-sync-page.h"
#include "ui-test.h"

typedef struct
{
  UiTest base;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  StallSync *sync = stall_desk_get_sync (self->base.desk);

  ui_test_await_boolean (stall_sync_stop (sync));
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static void
connect_nowhere (Fixture *self)
{
  /* Nobody listens on the discard port. */
  g_autoptr (StallConnection) connection
      = stall_connection_new ("http://localhost:9/stall", "", STALL_SIGN_IN_PASSWORD, FALSE);
  g_autoptr (GError) error = NULL;

  stall_connection_save (connection, self->base.folder, &error);
  g_assert_no_error (error);
}

/* Nothing is connected: the sidebar says so, and the page offers the next step. */
static void
test_not_connected (Fixture *self, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (stall_sync_page_new (self->base.desk));

  self->window = ui_test_show (page, 400, 600);
  ui_test_wait_until (ui_test_find_text (page, "Not Connected to a Platform"));
  ui_test_wait_until (ui_test_find_button (page, "Connect to the Platform…"));
  ui_test_save_picture (self->window, "sync-empty");
}

static void
test_button (Fixture *self, gconstpointer data)
{
  GtkWidget *button = g_object_new (STALL_TYPE_SYNC_BUTTON, NULL);
  GtkWidget *inner;

  self->window = ui_test_show (button, 260, 60);
  stall_sync_button_set_desk (STALL_SYNC_BUTTON (button), self->base.desk);
  ui_test_wait_until (ui_test_find_text (button, "Not connected"));
  inner = ui_test_find_type (button, GTK_TYPE_BUTTON);
  ui_test_click (inner);
  g_assert_cmpstr (self->base.opened, ==, STALL_SYNC_PAGE_ID);
}

/* Connected, and the platform does not answer: what is unsent is listed, and nothing is lost. */
static void
test_offline (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  GtkWidget *page;

  connect_nowhere (self);
  stall_product_set_title (product, "Celadon Cup");
  ui_test_add_product (&self->base, product);
  page = GTK_WIDGET (stall_sync_page_new (self->base.desk));
  self->window = ui_test_show (page, 400, 900);
  ui_test_wait_until (ui_test_find_text (page, "Celadon Cup"));
  ui_test_wait_until (stall_sync_get_state (stall_desk_get_sync (self->base.desk))
                      == STALL_SYNC_OFFLINE);
  ui_test_wait_until (ui_test_find_text (page, "Offline, 2 unsent"));
  ui_test_wait_until (ui_test_find_text (page, "Last Syncs"));
  ui_test_wait_until (ui_test_find_button (page, "Sync Now"));
  ui_test_save_picture (self->window, "sync-offline");
}

/* Plain http to another machine needs a yes; until then nothing was asked or remembered. */
static void
test_insecure (Fixture *self, gconstpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (stall_connect_dialog_new (self->base.desk));
  GtkWidget *address, *button;
  g_autoptr (StallConnection) connection = NULL;

  self->window = ui_test_show (gtk_label_new ("Stall"), 500, 600);
  adw_dialog_present (ADW_DIALOG (dialog), gtk_window_get_child (GTK_WINDOW (self->window)));
  ui_test_wait_until (ui_test_find_button (dialog, "Connect"));
  button = ui_test_find_button (dialog, "Connect");
  g_assert_false (gtk_widget_get_sensitive (button));
  address = ui_test_find_type (dialog, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (address), "http://platform.example/stall");
  g_assert_null (ui_test_find_text (dialog, "Send Without Encryption"));
  ui_test_click (button);
  ui_test_wait_until (ui_test_find_text (dialog, "Send Without Encryption"));
  ui_test_save_picture (self->window, "sync-connect");
  connection = stall_connection_load (self->base.folder);
  g_assert_null (connection);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  add ("/sync/not-connected", test_not_connected);
  add ("/sync/button", test_button);
  add ("/sync/offline", test_offline);
  add ("/sync/insecure", test_insecure);
  return g_test_run ();
}
