/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-dropped-file.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-import-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallWindow *window;
  char *path;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_object_unref (restoring->window);
  g_free (restoring->path);
  g_free (restoring);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Restoring *restoring = data;

  if (dex_await_boolean (
          stall_ask_sure (
              GTK_WIDGET (restoring->window), _ ("Restore This Backup?"),
              _ ("The stall goes back to how it was then. The present one is kept as a backup."),
              _ ("_Restore")),
          NULL))
    gtk_widget_activate_action (GTK_WIDGET (restoring->window), "win.restore", "s",
                                restoring->path);
  return dex_future_new_true ();
}

static gboolean
is_picture (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (type);

  return mime != NULL && g_str_has_prefix (mime, "image/");
}

static gboolean
drop_cb (StallWindow *window, const GValue *value, double x, double y, GtkDropTarget *target)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  gboolean taken = FALSE;

  /* What is asked in a dialog is answered first. */
  if (files != NULL
      && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
    taken = stall_dropped_file_take (window, files->data);
  g_slist_free (files);
  return taken;
}

/**
 * stall_dropped_file_watch:
 * @window: a window
 *
 * Lets files be dropped anywhere on the window: a backup is offered to be restored, a list to be
 * imported.
 */
void
stall_dropped_file_watch (StallWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_return_if_fail (STALL_IS_WINDOW (window));

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}

/**
 * stall_dropped_file_take:
 * @window: a window
 * @file: a file that was dropped on it, or that the person opened with Stall
 *
 * Offers to restore a backup or to import a list, by the name of the file alone: what is in it is
 * looked at by whoever reads it.
 *
 * Returns: whether anything can be done with it now; only a backup can before a stall is open
 */
gboolean
stall_dropped_file_take (StallWindow *window, GFile *file)
{
  StallDesk *desk = stall_window_get_desk (window);
  const char *path = g_file_peek_path (file);
  Restoring *restoring;

  g_return_val_if_fail (STALL_IS_WINDOW (window), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (path != NULL && g_str_has_suffix (path, ".stall"))
    {
      restoring = g_new0 (Restoring, 1);
      restoring->window = g_object_ref (window);
      restoring->path = g_strdup (path);
      stall_spawn (restore_fiber, restoring, (GDestroyNotify) restoring_free);
    }
  else if (desk == NULL)
    return FALSE;
  else if (path != NULL && is_picture (path))
    stall_desk_say (desk, _ ("Drop pictures on the page of a product or a note"));
  else
    stall_import_dialog_present_file (desk, file, GTK_WIDGET (window));
  return TRUE;
}
