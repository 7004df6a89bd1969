/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-window-private.h"

#include "stall-async.h"
#include "stall-format.h"
#include "stall-opening.h"
#include "stall-trouble-page.h"
#include "stall-welcome-page.h"

#include <glib/gi18n-lib.h>

/* From a folder to a desk, and back. */

/* A stall that opens within this time is the first thing to be seen; one that takes longer has a
 * window before it that says so. */
#define HASTE 150 /* ms */

/* Shows the window, unless it runs in the background. */
void
stall_window_reveal (StallWindow *self)
{
  g_clear_handle_id (&self->haste_source, g_source_remove);
  if (!self->hidden && !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
}

static void
show_instead (StallWindow *self, GtkWidget *page)
{
  stall_waiting_page_end (self->waiting_page);
  gtk_stack_add_child (self->stack, page);
  gtk_stack_set_visible_child (self->stack, page);
  stall_window_reveal (self);
}

/* Takes away what stood in place of the sections. */
void
stall_window_clear_instead (StallWindow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->stack));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (STALL_IS_WELCOME_PAGE (child) || STALL_IS_TROUBLE_PAGE (child))
        gtk_stack_remove (self->stack, child);
      child = next;
    }
}

static void
opened_cb (StallWindow *self, StallDesk *desk, const char *then, StallWelcomePage *page)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  g_settings_reset (self->settings, "page");
  stall_window_show_desk (self, desk);
  if (then != NULL && g_action_parse_detailed_name (then, &action, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), action, target);
}

static void
show_welcome (StallWindow *self)
{
  GtkWidget *page = stall_welcome_page_new (self->own_folder, self->sample_folder);

  g_signal_connect_object (page, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  show_instead (self, page);
}

static void
show_trouble (StallWindow *self, const GError *error)
{
  GtkWidget *page = stall_trouble_page_new (self->folder, error);

  g_signal_connect_object (page, "retry", G_CALLBACK (stall_window_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restore", G_CALLBACK (stall_window_restore), self,
                           G_CONNECT_SWAPPED);
  show_instead (self, page);
}

/* Once it can be looked at. */
static void
tell_restored (StallWindow *self)
{
  g_autofree char *text = g_steal_pointer (&self->restored);

  if (text != NULL)
    stall_desk_say (self->desk, text);
}

static DexFuture *
open_fiber (gpointer data)
{
  StallWindow *self = data;
  DexFuture *opening = self->opening != NULL ? g_steal_pointer (&self->opening)
                                             : stall_open_existing (self->folder, self->progress);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDesk) desk = dex_await_object (opening, &error);

  /* The window may have been closed meanwhile. */
  if (self->stack == NULL)
    {
      if (desk != NULL)
        dex_await (stall_store_close (stall_desk_get_store (desk)), NULL);
    }
  else if (desk != NULL)
    {
      stall_window_show_desk (self, desk);
      tell_restored (self);
    }
  else
    show_trouble (self, error);
  return dex_future_new_true ();
}

static void
haste_cb (gpointer data)
{
  StallWindow *self = data;

  self->haste_source = 0;
  stall_window_reveal (self);
}

/* Takes the sections down; a future that resolves when the stall behind them is closed. */
static DexFuture *
leave_desk (StallWindow *self)
{
  g_autoptr (StallDesk) desk = g_steal_pointer (&self->desk);

  g_clear_object (&self->notifier);
  stall_sections_set_desk (self->sections, NULL);
  stall_serving_button_set_desk (self->serving_button, NULL);
  stall_sync_button_set_desk (self->sync_button, NULL);
  stall_window_update_actions (self);
  if (desk == NULL)
    return dex_future_new_true ();
  g_signal_handlers_disconnect_by_data (desk, self);
  g_signal_handlers_disconnect_by_data (stall_desk_get_store (desk), self);
  g_signal_handlers_disconnect_by_data (stall_desk_get_sync (desk), self);
  return stall_desk_close (desk);
}

/* While the stall cannot be looked at. */
static void
show_waiting (StallWindow *self, const char *reason, StallProgress *progress)
{
  stall_waiting_page_begin (self->waiting_page, reason, progress);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->waiting_page));
  stall_window_clear_instead (self);
}

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
damage_fiber (gpointer data)
{
  StallWindow *self = data;
  g_autoptr (GError) error = g_error_new_literal (
      STALL_ERROR, STALL_ERROR_DAMAGED,
      _ ("The stall’s file is damaged. Nothing was written to it. Restore the last backup."));

  show_waiting (self, _ ("Closing the Stall…"), NULL);
  dex_await (leave_desk (self), NULL);
  if (self->stack != NULL)
    show_trouble (self, error);
  return dex_future_new_true ();
}

/* Closes a damaged stall and leads to its backups. */
void
stall_window_leave_damaged (StallWindow *self)
{
  stall_spawn (damage_fiber, g_object_ref (self), g_object_unref);
}

static void
tell_not_restored (StallWindow *self, const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Backup Not Restored"), error->message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static DexFuture *
restore_fiber (gpointer data)
{
  Restoring *restoring = data;
  StallWindow *self = restoring->window;
  g_autoptr (GError) error = NULL;
  StallBackupFile backup;
  gboolean restored;

  show_waiting (self, _ ("Restoring the Backup…"), NULL);
  dex_await (leave_desk (self), NULL);
  restored = dex_await (stall_store_restore (self->folder, restoring->path), &error);
  if (self->stack == NULL)
    return dex_future_new_true ();
  /* Where it did not work the stall is as it was. */
  stall_window_open (self);
  if (!restored)
    tell_not_restored (self, error);
  else if (stall_store_describe_backup (restoring->path, &backup))
    {
      g_autofree char *when = stall_format_date_time (backup.at);

      /* Translators: %s is a date and time */
      self->restored = g_strdup_printf (_ ("The stall is as it was in the backup of %s"), when);
    }
  return dex_future_new_true ();
}

/* Puts a backup in the place of the stall. */
void
stall_window_restore (StallWindow *self, const char *path)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->window = g_object_ref (self);
  restoring->path = g_strdup (path);
  stall_spawn (restore_fiber, restoring, (GDestroyNotify) restoring_free);
}

static DexFuture *
leave_sample_fiber (gpointer data)
{
  StallWindow *self = data;

  show_waiting (self, _ ("Opening the Stall…"), NULL);
  dex_await (leave_desk (self), NULL);
  if (self->stack == NULL)
    return dex_future_new_true ();
  g_settings_reset (self->settings, "stall-folder");
  g_set_str (&self->folder, self->own_folder);
  stall_window_open (self);
  return dex_future_new_true ();
}

/* From the sample to the person's own stall. */
void
stall_window_leave_sample (StallWindow *self)
{
  stall_spawn (leave_sample_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_window_open:
 * @self: a window
 *
 * Opens the stall of the window's folder: its sections, the welcome where there is none, or what
 * stands in the way and what to do about it. Presents the window when there is something to see.
 */
void
stall_window_open (StallWindow *self)
{
  g_return_if_fail (STALL_IS_WINDOW (self));

  if (!stall_store_exists (self->folder))
    {
      g_set_str (&self->folder, self->own_folder);
      if (!stall_store_exists (self->folder))
        {
          show_welcome (self);
          return;
        }
    }
  if (self->opening == NULL)
    {
      g_clear_object (&self->progress);
      self->progress = stall_progress_new ();
    }
  show_waiting (self, _ ("Opening the Stall…"), self->progress);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) && self->haste_source == 0)
    self->haste_source = g_timeout_add_once (HASTE, haste_cb, self);
  stall_spawn (open_fiber, g_object_ref (self), g_object_unref);
}
