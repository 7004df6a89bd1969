/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-calendar.h"

#include <glib/gi18n-lib.h>

static void
name_arrows (GtkWidget *widget, const char *const **names)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && **names != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!GTK_IS_BUTTON (child))
        {
          name_arrows (child, names);
          continue;
        }
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      **names, -1);
      (*names)++;
    }
}

/**
 * stall_calendar_name_arrows:
 * @calendar: a calendar
 *
 * Says what its arrows do, which GTK 4.18 leaves without a name.
 */
void
stall_calendar_name_arrows (GtkCalendar *calendar)
{
  const char *const arrows[]
      = { _ ("Previous Month"), _ ("Next Month"), _ ("Previous Year"), _ ("Next Year"), NULL };
  const char *const *next = arrows;

  g_return_if_fail (GTK_IS_CALENDAR (calendar));

  name_arrows (GTK_WIDGET (calendar), &next);
}
