/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-type-to-search.h"

/* A page that is on its way out can still be seen, but what is typed is meant for the next one. */
static gboolean
is_covered (GtkWidget *page)
{
  GtkWidget *view = gtk_widget_get_ancestor (page, ADW_TYPE_NAVIGATION_VIEW);

  return view != NULL
         && GTK_WIDGET (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view))) != page;
}

/* The whole window is listened to, because a window in which nothing has the focus yet hears keys
 * itself. */
static void
update (GtkSearchBar *bar)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (bar));
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (bar), ADW_TYPE_NAVIGATION_PAGE);
  gboolean asking = ADW_IS_APPLICATION_WINDOW (root)
                    && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root));
  gboolean listens
      = root && gtk_widget_get_mapped (GTK_WIDGET (bar)) && !asking && !is_covered (page);

  gtk_search_bar_set_key_capture_widget (bar, listens ? GTK_WIDGET (root) : NULL);
}

static void
map_cb (GtkSearchBar *bar, GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  if (ADW_IS_APPLICATION_WINDOW (root))
    g_signal_connect_object (root, "notify::visible-dialog", G_CALLBACK (update), bar,
                             G_CONNECT_SWAPPED);
  update (bar);
}

static void
unmap_cb (GtkSearchBar *bar, GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  if (root)
    g_signal_handlers_disconnect_by_func (root, update, bar);
  gtk_search_bar_set_key_capture_widget (bar, NULL);
}

/**
 * stall_type_to_search:
 * @page: a page of a window
 * @bar: its search bar
 *
 * Lets typing anywhere in the window start a search while @page is shown and no dialog is open.
 */
void
stall_type_to_search (AdwNavigationPage *page, GtkSearchBar *bar)
{
  g_return_if_fail (ADW_IS_NAVIGATION_PAGE (page));
  g_return_if_fail (GTK_IS_SEARCH_BAR (bar));

  g_signal_connect_object (page, "map", G_CALLBACK (map_cb), bar,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (page, "unmap", G_CALLBACK (unmap_cb), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "showing", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "hiding", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
}
