/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-list-trouble.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define CHILD_NAME "trouble"

static GtkWidget *
new_page (StallQueryModel *model)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Try Again"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The List Cannot Be Read"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (stall_query_model_retry), model,
                           G_CONNECT_SWAPPED);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

/* A list that was read to its end stays, though what changed since could not be read: it says more
 * than a page of trouble, and is read again with the next change. */
static void
failed_cb (GtkStack *stack, GParamSpec *pspec, StallQueryModel *model)
{
  const GError *failure = stall_query_model_get_failure (model);
  GtkWidget *page = gtk_stack_get_child_by_name (stack, CHILD_NAME);
  gboolean shown = page != NULL && gtk_stack_get_visible_child (stack) == page;
  g_autofree char *reason = NULL;

  if (failure == NULL && shown)
    gtk_stack_set_visible_child (stack, g_object_get_data (G_OBJECT (page), "former"));
  if (failure == NULL || stall_query_model_get_complete (model))
    return;
  if (page == NULL)
    {
      page = new_page (model);
      gtk_stack_add_named (stack, page, CHILD_NAME);
    }
  reason = g_markup_escape_text (failure->message, -1);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), reason);
  if (!shown)
    g_object_set_data (G_OBJECT (page), "former", gtk_stack_get_visible_child (stack));
  gtk_stack_set_visible_child (stack, page);
}

/* A window that waits for its first list is seen with it. */
static void
loaded_cb (GtkWidget *stack)
{
  gtk_widget_activate_action (stack, "win.present", NULL);
}

/**
 * stall_list_trouble_watch:
 * @stack: that shows the list, or that it is empty
 * @model: of the list
 *
 * From now on shows in @stack why the list cannot be read, whenever it cannot, with a way to try
 * again; what was shown before comes back when it can.
 */
void
stall_list_trouble_watch (GtkStack *stack, StallQueryModel *model)
{
  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (STALL_IS_QUERY_MODEL (model));

  g_signal_connect_object (model, "notify::failed", G_CALLBACK (failed_cb), stack,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (loaded_cb), stack,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
