/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-serving-button.h"

#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallServingButton
{
  AdwBin parent_instance;

  StallDesk *desk;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (StallServingButton, stall_serving_button, ADW_TYPE_BIN)

static void
show_state (StallServingButton *self)
{
  StallVoteServer *server = stall_desk_get_vote_server (self->desk);
  gboolean running = stall_vote_server_get_running (server);

  gtk_widget_set_visible (GTK_WIDGET (self), running);
  if (running)
    gtk_widget_set_tooltip_text (
        self->button, stall_poll_words_question (stall_vote_server_get_question (server)));
}

static void
clicked_cb (StallServingButton *self)
{
  const char *poll = stall_vote_server_get_poll_id (stall_desk_get_vote_server (self->desk));

  if (poll != NULL)
    stall_desk_open (self->desk, poll);
}

static void
stall_serving_button_dispose (GObject *object)
{
  g_clear_object (&STALL_SERVING_BUTTON (object)->desk);

  G_OBJECT_CLASS (stall_serving_button_parent_class)->dispose (object);
}

static void
stall_serving_button_class_init (StallServingButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_serving_button_dispose;
}

static void
stall_serving_button_init (StallServingButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Vote page is on"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("video-display-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "accent");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stall_serving_button_set_desk:
 * @self: a button
 * @desk: (nullable): of the stall to show; %NULL for none
 *
 * Watches the vote page of another stall.
 */
void
stall_serving_button_set_desk (StallServingButton *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_SERVING_BUTTON (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_func (stall_desk_get_vote_server (self->desk), show_state,
                                          self);
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;
  g_signal_connect_object (stall_desk_get_vote_server (desk), "notify::running",
                           G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}
