/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-tally-view.h"

#include "stall-tally-row.h"

#include <glib/gi18n-lib.h>

struct _StallTallyView
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StallTallyView, stall_tally_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPTION_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
row_activated_cb (StallTallyView *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_OPTION_ACTIVATED], 0,
                 (guint) gtk_list_box_row_get_index (row));
}

static void
stall_tally_view_class_init (StallTallyViewClass *klass)
{
  signals[SIGNAL_OPTION_ACTIVATED]
      = g_signal_new ("option-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
stall_tally_view_init (StallTallyView *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Votes by option"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * stall_tally_view_show:
 * @self: a view
 * @store: the stall whose pictures are shown
 * @figures: how the poll stands
 *
 * Shows a poll, or how it stands now.
 */
void
stall_tally_view_show (StallTallyView *self, StallStore *store, const StallPollFigures *figures)
{
  GtkListBoxRow *row;

  g_return_if_fail (STALL_IS_TALLY_VIEW (self));
  g_return_if_fail (figures != NULL);

  while ((row = gtk_list_box_get_row_at_index (self->list, (int) figures->n_options)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < figures->n_options; i++)
    {
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (stall_tally_row_new (store));
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      stall_tally_row_show (STALL_TALLY_ROW (row), figures, i);
    }
}
