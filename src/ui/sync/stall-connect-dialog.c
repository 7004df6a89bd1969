/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-connect-dialog.h"

#include "stall-async.h"
#include "stall-sync-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _StallConnectDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  GtkWidget *connect_button;
  GtkLabel *error_label;
  AdwEntryRow *address_row;
  AdwComboRow *sign_in_row;
  AdwEntryRow *user_row;
  AdwPasswordEntryRow *secret_row;
  AdwSwitchRow *insecure_row;
  AdwStatusPage *status_page;
  GtkProgressBar *progress_bar;
  GtkWidget *memory_label;

  StallDesk *desk;
  gboolean connecting;
};

G_DEFINE_FINAL_TYPE (StallConnectDialog, stall_connect_dialog, ADW_TYPE_DIALOG)

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What is typed, with the scheme that everybody leaves out. */
static StallConnection *
read_form (StallConnectDialog *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (get_text (self->address_row)));
  g_autofree char *address
      = strstr (typed, "://") != NULL ? g_strdup (typed) : g_strconcat ("https://", typed, NULL);
  StallSignIn sign_in = adw_combo_row_get_selected (self->sign_in_row) == 1
                            ? STALL_SIGN_IN_TOKEN
                            : STALL_SIGN_IN_PASSWORD;

  return stall_connection_new (address,
                               sign_in == STALL_SIGN_IN_PASSWORD ? get_text (self->user_row) : "",
                               sign_in, adw_switch_row_get_active (self->insecure_row));
}

static void
update_form (StallConnectDialog *self)
{
  gboolean token = adw_combo_row_get_selected (self->sign_in_row) == 1;

  gtk_widget_set_visible (GTK_WIDGET (self->user_row), !token);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                 token ? _ ("Token") : _ ("Password"));
  gtk_widget_set_sensitive (self->connect_button,
                            !self->connecting && *get_text (self->address_row) != '\0');
}

static void
changed_cb (StallConnectDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  update_form (self);
}

static void
show_error (StallConnectDialog *self, const GError *error)
{
  gtk_label_set_text (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  if (g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_INSECURE))
    gtk_widget_set_visible (GTK_WIDGET (self->insecure_row), TRUE);
}

/* --- the first sync --- */

static void
show_sync (StallConnectDialog *self)
{
  StallSync *sync = stall_desk_get_sync (self->desk);
  g_autofree char *title = stall_sync_words_short (sync);
  g_autofree char *sentence = stall_sync_words_long (sync);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  double progress;

  g_object_get (sync, "progress", &progress, NULL);
  adw_status_page_set_icon_name (self->status_page, stall_sync_words_icon (sync));
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->progress_bar, MAX (progress, 0));
}

static DexFuture *
connect_fiber (gpointer data)
{
  StallConnectDialog *self = data;
  StallSync *sync = stall_desk_get_sync (self->desk);
  g_autoptr (StallConnection) connection = read_form (self);
  g_autofree char *secret = g_strdup (get_text (self->secret_row));
  g_autoptr (GError) error = NULL;
  gboolean kept;

  self->connecting = TRUE;
  update_form (self);
  kept = dex_await_boolean (stall_sync_connect (sync, connection, secret), &error);
  self->connecting = FALSE;
  if (self->stack == NULL)
    return dex_future_new_true ();
  update_form (self);
  if (error != NULL)
    {
      show_error (self, error);
      return dex_future_new_true ();
    }
  gtk_widget_set_visible (self->memory_label, !kept);
  g_signal_connect_object (sync, "notify", G_CALLBACK (show_sync), self, G_CONNECT_SWAPPED);
  show_sync (self);
  gtk_stack_set_visible_child_name (self->stack, "sync");
  return dex_future_new_true ();
}

static void
connect_cb (StallConnectDialog *self)
{
  if (!self->connecting)
    stall_spawn (connect_fiber, g_object_ref (self), g_object_unref);
}

/* --- the dialog itself --- */

static void
stall_connect_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_CONNECT_DIALOG);

  G_OBJECT_CLASS (stall_connect_dialog_parent_class)->dispose (object);
}

static void
stall_connect_dialog_finalize (GObject *object)
{
  g_clear_object (&STALL_CONNECT_DIALOG (object)->desk);

  G_OBJECT_CLASS (stall_connect_dialog_parent_class)->finalize (object);
}

static void
stall_connect_dialog_class_init (StallConnectDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_connect_dialog_dispose;
  object_class->finalize = stall_connect_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/sync/stall-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, secret_row);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, insecure_row);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, status_page);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StallConnectDialog, memory_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
stall_connect_dialog_init (StallConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_connect_dialog_new:
 * @desk: the desk
 *
 * Returns: (transfer floating): a dialog that connects its stall, or signs in again
 */
AdwDialog *
stall_connect_dialog_new (StallDesk *desk)
{
  StallConnectDialog *self = g_object_new (STALL_TYPE_CONNECT_DIALOG, NULL);
  const StallConnection *connection = stall_sync_get_connection (stall_desk_get_sync (desk));

  self->desk = g_object_ref (desk);
  if (connection != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->address_row), connection->address);
      gtk_editable_set_text (GTK_EDITABLE (self->user_row), connection->user);
      adw_combo_row_set_selected (self->sign_in_row,
                                  connection->sign_in == STALL_SIGN_IN_TOKEN ? 1 : 0);
      gtk_widget_set_visible (GTK_WIDGET (self->insecure_row), connection->insecure);
      adw_switch_row_set_active (self->insecure_row, connection->insecure);
    }
  update_form (self);
  return ADW_DIALOG (self);
}
