/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-file-choice.h"

#include <glib/gi18n-lib.h>

typedef GFile *(*Finish) (GtkFileDialog *dialog, GAsyncResult *result, GError **error);

static void
settle (GtkFileDialog *dialog, GAsyncResult *result, DexPromise *owned_promise, Finish finish)
{
  g_autoptr (DexPromise) promise = owned_promise;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = finish (dialog, result, &error);

  if (file != NULL)
    dex_promise_resolve_object (promise, g_steal_pointer (&file));
  else if (error->domain == GTK_DIALOG_ERROR)
    dex_promise_reject (promise,
                        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, error->message));
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static void
open_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  settle (GTK_FILE_DIALOG (object), result, data, gtk_file_dialog_open_finish);
}

static void
save_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  settle (GTK_FILE_DIALOG (object), result, data, gtk_file_dialog_save_finish);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* Ends may be written in capitals: a file that was made on another system counts too. */
static void
set_filter (GtkFileDialog *dialog, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autofree char *capitals = g_ascii_strup (pattern, -1);

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_filter_add_pattern (filter, capitals);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, filter);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
}

/**
 * stall_choose_to_open:
 * @parent: a widget of the window that asks
 * @title: of the dialog
 * @kind: (nullable): what kind of file is offered first, as a person calls it
 * @pattern: (nullable): how the names of such files look: “*.csv”
 *
 * Has the person choose a file that is there.
 *
 * Returns: (transfer full): a future of the GFile; rejected with %G_IO_ERROR_CANCELLED
 */
DexFuture *
stall_choose_to_open (GtkWidget *parent, const char *title, const char *kind, const char *pattern)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (DexPromise) promise = dex_promise_new ();

  dex_return_error_if_fail (GTK_IS_WIDGET (parent));

  gtk_file_dialog_set_title (dialog, title);
  if (pattern != NULL)
    set_filter (dialog, kind, pattern);
  gtk_file_dialog_open (dialog, window_of (parent), NULL, open_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

/**
 * stall_choose_to_save:
 * @parent: a widget of the window that asks
 * @title: of the dialog
 * @name: the name offered
 *
 * Has the person choose where to write a file.
 *
 * Returns: (transfer full): a future of the GFile; rejected with %G_IO_ERROR_CANCELLED
 */
DexFuture *
stall_choose_to_save (GtkWidget *parent, const char *title, const char *name)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (DexPromise) promise = dex_promise_new ();

  dex_return_error_if_fail (GTK_IS_WIDGET (parent));

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, window_of (parent), NULL, save_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}
