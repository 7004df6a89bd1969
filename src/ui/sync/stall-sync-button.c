/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-sync-button.h"

#include "stall-sync-page.h"
#include "stall-sync-words.h"

#include <glib/gi18n-lib.h>

struct _StallSyncButton
{
  AdwBin parent_instance;

  StallDesk *desk;
  GtkWidget *button;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (StallSyncButton, stall_sync_button, ADW_TYPE_BIN)

static void
update (StallSyncButton *self)
{
  StallSync *sync = stall_desk_get_sync (self->desk);
  g_autofree char *text = stall_sync_words_short (sync);
  g_autofree char *sentence = stall_sync_words_long (sync);

  gtk_image_set_from_icon_name (self->icon, stall_sync_words_icon (sync));
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  if (stall_sync_get_state (sync) == STALL_SYNC_NEEDS_YOU)
    gtk_widget_add_css_class (self->button, "warning");
  else
    gtk_widget_remove_css_class (self->button, "warning");
}

static void
clicked_cb (StallSyncButton *self)
{
  stall_desk_open (self->desk, STALL_SYNC_PAGE_ID);
}

static void
stall_sync_button_dispose (GObject *object)
{
  g_clear_object (&STALL_SYNC_BUTTON (object)->desk);

  G_OBJECT_CLASS (stall_sync_button_parent_class)->dispose (object);
}

static void
stall_sync_button_class_init (StallSyncButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_sync_button_dispose;
}

static void
stall_sync_button_init (StallSyncButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _ ("Sync with the platform"));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

/**
 * stall_sync_button_set_desk:
 * @self: a button
 * @desk: (nullable): of the stall to show; %NULL for none
 *
 * Shows the sync of another stall.
 */
void
stall_sync_button_set_desk (StallSyncButton *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_SYNC_BUTTON (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_func (stall_desk_get_sync (self->desk), update, self);
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;
  g_signal_connect_object (stall_desk_get_sync (desk), "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
