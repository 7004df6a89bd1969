/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-timeline.h"

#include "stall-format.h"
#include "stall-order-words.h"

#include <glib/gi18n-lib.h>

struct _StallOrderTimeline
{
  AdwBin parent;

  StallDesk *desk;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* unowned */
};

G_DEFINE_FINAL_TYPE (StallOrderTimeline, stall_order_timeline, ADW_TYPE_BIN)

static void
copy_cb (GtkButton *button, gpointer data)
{
  StallOrderTimeline *self = STALL_ORDER_TIMELINE (data);
  const char *number = g_object_get_data (G_OBJECT (button), "number");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), number);
  stall_desk_say (self->desk, _ ("Tracking number copied"));
}

static GtkWidget *
row_new (const char *title, StallTime at, const char *details)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = stall_format_date_time (at);
  g_autofree char *subtitle = *details ? g_strdup_printf ("%s\n%s", when, details) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle ? subtitle : when);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  return row;
}

static GtkWidget *
event_row_new (StallOrderTimeline *self, StallOrderEvent *event, const StallOrderRecord *record)
{
  const char *carrier = stall_order_event_get_carrier (event);
  const char *number = stall_order_event_get_tracking (event);
  g_autofree char *details = stall_order_event_dup_details (event, record);
  g_autofree char *parcel = NULL;
  GtkWidget *row, *copy;

  if (number && *number)
    parcel = g_strdup_printf ("%s%s%s%s%s", carrier ? carrier : "", carrier && *carrier ? " " : "",
                              number, *details ? "\n" : "", details);
  row = row_new (stall_step_get_label (stall_order_event_get_step (event)),
                 stall_order_event_get_at (event), parcel ? parcel : details);
  if (!parcel)
    return row;

  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_tooltip_text (copy, _ ("Copy Tracking Number"));
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (copy), "number", g_strdup (number), g_free);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  return row;
}

static void
append (StallOrderTimeline *self, GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
stall_order_timeline_finalize (GObject *object)
{
  StallOrderTimeline *self = STALL_ORDER_TIMELINE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_order_timeline_parent_class)->finalize (object);
}

static void
stall_order_timeline_class_init (StallOrderTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_order_timeline_finalize;
}

static void
stall_order_timeline_init (StallOrderTimeline *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("History"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

/**
 * stall_order_timeline_show:
 * @self: a #StallOrderTimeline
 * @desk: the desk
 * @record: the order
 *
 * Shows what happened to the order of @record.
 */
void
stall_order_timeline_show (StallOrderTimeline *self,
                           StallDesk *desk,
                           const StallOrderRecord *record)
{
  GPtrArray *events;

  g_return_if_fail (STALL_IS_ORDER_TIMELINE (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (record);

  g_set_object (&self->desk, desk);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  events = record->state->events;
  for (guint i = events->len; i > 0; i--)
    append (self, event_row_new (self, g_ptr_array_index (events, i - 1), record));
  append (self, row_new (_ ("Placed"), stall_order_get_placed_at (record->order), ""));
}
