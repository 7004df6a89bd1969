/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-window-actions.h"

#include "stall-about.h"
#include "stall-connect-dialog.h"
#include "stall-export-choice.h"
#include "stall-import-dialog.h"
#include "stall-preferences-dialog.h"
#include "stall-shortcuts.h"
#include "stall-sync-page.h"
#include "stall-window.h"

/* Null while no stall is open. */
static StallDesk *
get_desk (GtkWidget *widget)
{
  return stall_window_get_desk (STALL_WINDOW (widget));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallDesk *desk = get_desk (widget);

  if (desk != NULL)
    stall_desk_undo (desk, parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallDesk *desk = get_desk (widget);

  if (desk != NULL)
    stall_desk_redo (desk);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *what = g_variant_get_string (parameter, NULL);
  StallImportKind kind = g_str_equal (what, "orders")  ? STALL_IMPORT_ORDERS
                         : g_str_equal (what, "stock") ? STALL_IMPORT_STOCK
                                                       : STALL_IMPORT_PRODUCTS;

  stall_import_dialog_present (get_desk (widget), kind, widget);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_export_choose (get_desk (widget), g_variant_get_string (parameter, NULL), widget);
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (stall_connect_dialog_new (get_desk (widget)), widget);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_desk_open (get_desk (widget), STALL_SYNC_PAGE_ID);
}

static void
restore_cb (GtkWidget *widget, const char *path)
{
  gtk_widget_activate_action (widget, "win.restore", "s", path);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = stall_preferences_dialog_new (get_desk (widget));

  g_signal_connect_object (dialog, "restore", G_CALLBACK (restore_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_shortcuts_present (widget);
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_about_present (widget);
}

/**
 * stall_window_install_actions:
 * @widget_class: the class of the window
 *
 * Installs those of its actions that need not know how the window is made. It disables the ones
 * that want an open stall while there is none.
 */
void
stall_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.undo-change", "x", undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.import", "s", import_action);
  gtk_widget_class_install_action (widget_class, "win.export", "s", export_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);

  /* Not accelerators of the application, because those would come before an entry's own undo. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}
