/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-polls.h"

#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallProductPolls
{
  AdwPreferencesGroup parent_instance;

  StallDesk *desk;
  StallQueryModel *model;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StallProductPolls, stall_product_polls, ADW_TYPE_PREFERENCES_GROUP)

static void
show_row (StallPollRow *poll, GtkWidget *row)
{
  StallTime now = stall_time_now ();
  g_autofree char *gist = NULL;

  if (!stall_row_get_loaded (STALL_ROW (poll)))
    return;
  gist = stall_poll_words_gist (poll, now);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 stall_poll_words_question (stall_poll_row_get_question (poll)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), gist);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "state"),
                       stall_poll_state_get_label (stall_poll_row_get_state (poll, now)));
}

static GtkWidget *
create_row_cb (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *state = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (state, "dimmed");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
  g_object_set_data (G_OBJECT (row), "state", state);
  /* The model itself keeps no row that nobody holds. */
  g_object_set_data_full (G_OBJECT (row), "poll", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_row), row, G_CONNECT_DEFAULT);
  show_row (item, row);
  return row;
}

static void
row_activated_cb (StallProductPolls *self, GtkListBoxRow *row)
{
  StallPollRow *poll = g_object_get_data (G_OBJECT (row), "poll");

  if (stall_row_get_loaded (STALL_ROW (poll)))
    stall_desk_open (self->desk, stall_poll_row_get_id (poll));
}

static void
n_items_cb (StallProductPolls *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0);
}

static void
stall_product_polls_dispose (GObject *object)
{
  StallProductPolls *self = STALL_PRODUCT_POLLS (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_product_polls_parent_class)->dispose (object);
}

static void
stall_product_polls_class_init (StallProductPollsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_product_polls_dispose;
}

static void
stall_product_polls_init (StallProductPolls *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Polls"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Polls with this product"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stall_product_polls_set_product:
 * @self: a group
 * @desk: the desk
 * @product_id: "product:…"
 *
 * Shows the polls of a product, and keeps to them.
 */
void
stall_product_polls_set_product (StallProductPolls *self, StallDesk *desk, const char *product_id)
{
  g_autoptr (StallQuery) query = NULL;

  g_return_if_fail (STALL_IS_PRODUCT_POLLS (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (product_id != NULL && self->model == NULL);

  self->desk = g_object_ref (desk);
  self->model = stall_query_model_new (stall_desk_get_store (desk));
  query = stall_query_new (STALL_LIST_POLLS);
  query->product = g_strdup (product_id);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (n_items_cb), self,
                           G_CONNECT_SWAPPED);
  stall_query_model_set_query (self->model, query);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->model), create_row_cb, NULL, NULL);
}
