/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-wheel.h"

/**
 * stall_wheel_pass_by:
 * @widget: (type GtkWidget): a #GtkCalendar or #GtkSpinButton
 *
 * Lets the wheel scroll the page. By itself the widget would take it to change its value, and who
 * scrolls past would change a date or a number without noticing.
 */
void
stall_wheel_pass_by (gpointer widget)
{
  g_autoptr (GListModel) controllers = NULL;

  g_return_if_fail (GTK_IS_CALENDAR (widget) || GTK_IS_SPIN_BUTTON (widget));

  controllers = gtk_widget_observe_controllers (widget);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}
