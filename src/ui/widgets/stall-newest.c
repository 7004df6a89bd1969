/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-newest.h"

static void
items_changed_cb (GtkScrollable *list, guint position, guint removed, guint added)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (list);

  if (position > 0 || added == 0 || adjustment == NULL
      || gtk_adjustment_get_value (adjustment) > gtk_adjustment_get_lower (adjustment))
    return;
  if (GTK_IS_GRID_VIEW (list))
    gtk_grid_view_scroll_to (GTK_GRID_VIEW (list), 0, GTK_LIST_SCROLL_NONE, NULL);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (list), 0, GTK_LIST_SCROLL_NONE, NULL);
}

/**
 * stall_newest_keep_in_sight:
 * @list: (type GtkListBase): a #GtkListView or #GtkGridView that has its model, newest first
 *
 * Lets what comes in above be seen by who looks at the beginning of a list; by itself the list
 * would hold on to the item it showed first, and what was just written would be out of sight. Who
 * has scrolled down stays there.
 */
void
stall_newest_keep_in_sight (gpointer list)
{
  GtkSelectionModel *model;

  g_return_if_fail (GTK_IS_LIST_VIEW (list) || GTK_IS_GRID_VIEW (list));

  model = GTK_IS_GRID_VIEW (list) ? gtk_grid_view_get_model (list) : gtk_list_view_get_model (list);
  g_return_if_fail (model != NULL);

  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), list,
                           G_CONNECT_SWAPPED);
}
