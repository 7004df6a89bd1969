/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-context-dialog.h"

#include "stall-async.h"
#include "stall-file-choice.h"
#include "stall-picture-copy.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

struct _StallContextDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  StallContext *context;
  gboolean quiet; /* the widgets are being set, not used */

  GtkTextView *text_view;
  GtkEditable *by_row;
  GtkEditable *link_row;
  StallThumbnail *picture;
  GtkWidget *delete_group;
};

G_DEFINE_FINAL_TYPE (StallContextDialog, stall_context_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (StallContextDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* Words, a link or a picture: something must be there. */
static void
changed_cb (StallContextDialog *self)
{
  g_autofree char *text = NULL;

  if (self->quiet)
    return;
  text = dup_text (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "context.done",
                                 *text != '\0' || *gtk_editable_get_text (self->link_row) != '\0'
                                     || stall_context_get_picture (self->context) != NULL);
}

static void
show_picture (StallContextDialog *self)
{
  const char *digest = stall_context_get_picture (self->context);

  stall_thumbnail_set_digest (self->picture, digest);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "context.remove-picture", digest != NULL);
  changed_cb (self);
}

static void
show_context (StallContextDialog *self)
{
  self->quiet = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view),
                            stall_context_get_text (self->context), -1);
  gtk_editable_set_text (self->by_row, stall_context_get_by (self->context));
  gtk_editable_set_text (self->link_row, stall_context_get_link (self->context));
  self->quiet = FALSE;
  show_picture (self);
}

/* --- the picture --- */

/* Called in a fiber. */
static gboolean
take_picture (StallDesk *desk, StallContext *context, GFile *file, GError **error)
{
  g_autoptr (StallPictureCopy) copy
      = stall_picture_copy_take (G_OBJECT (file), stall_desk_get_settings (desk), error);
  g_autofree char *digest = NULL;
  g_autofree char *name = NULL;

  if (copy == NULL)
    return FALSE;
  digest = dex_await_string (stall_store_attach (stall_desk_get_store (desk), copy->bytes), error);
  if (digest == NULL)
    return FALSE;
  name = stall_picture_copy_dup_name (copy);
  stall_context_set_picture (context, name, copy->content_type,
                             (gint64) g_bytes_get_size (copy->bytes), digest);
  return TRUE;
}

static DexFuture *
choose_fiber (gpointer data)
{
  StallContextDialog *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (StallContext) context = g_object_ref (self->context);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (
      stall_choose_to_open (GTK_WIDGET (self), _ ("Choose a Picture"), NULL, NULL), &error);

  if (file == NULL || !take_picture (desk, context, file, &error))
    stall_desk_report (desk, error);
  else if (self->context != NULL)
    show_picture (self);
  return dex_future_new_true ();
}

static void
choose_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (choose_fiber, g_object_ref (widget), g_object_unref);
}

static void
remove_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallContextDialog *self = STALL_CONTEXT_DIALOG (widget);

  stall_context_set_picture (self->context, NULL, NULL, 0, NULL);
  show_picture (self);
}

/* --- keeping --- */

static void
apply (StallContextDialog *self, StallChangeSet *changes)
{
  stall_desk_hold (self->desk, stall_desk_apply (self->desk, changes));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallContextDialog *self = STALL_CONTEXT_DIALOG (widget);
  gboolean is_new = !gtk_widget_get_visible (self->delete_group);
  const char *type = stall_context_type_get_label (stall_context_get_context_type (self->context));
  g_autofree char *text = dup_text (self);
  /* Translators: %s is a kind of context, such as “Buyer’s Pick” */
  g_autofree char *label = g_strdup_printf (is_new ? _ ("Add “%s”") : _ ("Edit “%s”"), type);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallDocument) document = NULL;

  stall_context_set_text (self->context, text);
  stall_context_set_by (self->context, gtk_editable_get_text (self->by_row));
  stall_context_set_link (self->context, gtk_editable_get_text (self->link_row));
  document = stall_context_to_document (self->context, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
  apply (self, changes);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallContextDialog *self = STALL_CONTEXT_DIALOG (widget);
  g_autofree char *label = g_strdup_printf (
      _ ("Delete “%s”"),
      stall_context_type_get_label (stall_context_get_context_type (self->context)));
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);

  stall_change_set_delete (changes, stall_context_get_id (self->context));
  apply (self, changes);
}

static void
stall_context_dialog_dispose (GObject *object)
{
  StallContextDialog *self = STALL_CONTEXT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_CONTEXT_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (stall_context_dialog_parent_class)->dispose (object);
}

static void
stall_context_dialog_class_init (StallContextDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_context_dialog_dispose;
  g_type_ensure (STALL_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-context-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallContextDialog, text_view);
  gtk_widget_class_bind_template_child (widget_class, StallContextDialog, by_row);
  gtk_widget_class_bind_template_child (widget_class, StallContextDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, StallContextDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, StallContextDialog, delete_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "context.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "context.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "context.choose-picture", NULL,
                                   choose_picture_action);
  gtk_widget_class_install_action (widget_class, "context.remove-picture", NULL,
                                   remove_picture_action);
}

static void
stall_context_dialog_init (StallContextDialog *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * stall_context_dialog_new:
 * @desk: what every page is handed
 * @context: an entry; the dialog changes it
 * @is_new: whether it is not in the stall yet
 *
 * Returns: (transfer floating): a dialog that keeps the entry when it is done
 */
AdwDialog *
stall_context_dialog_new (StallDesk *desk, StallContext *context, gboolean is_new)
{
  StallContextDialog *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (STALL_IS_CONTEXT (context), NULL);

  self = g_object_new (STALL_TYPE_CONTEXT_DIALOG, "title",
                       stall_context_type_get_label (stall_context_get_context_type (context)),
                       NULL);
  self->desk = g_object_ref (desk);
  self->context = g_object_ref (context);
  stall_thumbnail_set_store (self->picture, stall_desk_get_store (desk));
  gtk_widget_set_visible (self->delete_group, !is_new);
  show_context (self);
  return ADW_DIALOG (self);
}
