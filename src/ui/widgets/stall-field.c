/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-field.h"

static const char *
get_given (GtkEditable *field)
{
  const char *given = g_object_get_data (G_OBJECT (field), "stall-given");

  return given != NULL ? given : "";
}

/**
 * stall_field_set:
 * @field: an entry or entry row
 * @value: (nullable): what is stored
 *
 * Shows what is stored, unless somebody is typing something else.
 */
void
stall_field_set (GtkEditable *field, const char *value)
{
  gboolean edited = stall_field_get_edit (field) != NULL;

  g_object_set_data_full (G_OBJECT (field), "stall-given", g_strdup (value != NULL ? value : ""),
                          g_free);
  if (!edited && !g_str_equal (gtk_editable_get_text (field), get_given (field)))
    gtk_editable_set_text (field, get_given (field));
}

/**
 * stall_field_get_edit:
 * @field: an entry or entry row
 *
 * Returns: (transfer none) (nullable): what a person typed; %NULL when it is what was stored
 */
const char *
stall_field_get_edit (GtkEditable *field)
{
  const char *text = gtk_editable_get_text (field);

  return g_str_equal (text, get_given (field)) ? NULL : text;
}

/**
 * stall_field_accept:
 * @field: an entry or entry row
 * @value: (nullable): what was made of the edit
 *
 * Takes the edit: @value is what is stored now.
 */
void
stall_field_accept (GtkEditable *field, const char *value)
{
  g_autofree char *copy = g_strdup (value != NULL ? value : "");

  stall_field_set_wrong (field, NULL);
  g_object_set_data_full (G_OBJECT (field), "stall-given", g_strdup (copy), g_free);
  if (!g_str_equal (gtk_editable_get_text (field), copy))
    gtk_editable_set_text (field, copy);
}

/**
 * stall_field_watch:
 * @field: an entry or entry row
 * @commit: (scope forever): called with @owner when an edit is over: Enter, or the focus left
 * @owner: a #GObject
 */
void
stall_field_watch (GtkEditable *field, GCallback commit, gpointer owner)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (field, ADW_IS_ENTRY_ROW (field) ? "entry-activated" : "activate", commit,
                           owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", commit, owner, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (field), focus);
}

/**
 * stall_field_set_wrong:
 * @field: an entry or entry row
 * @message: (nullable): why the edit cannot be taken; %NULL when it can
 *
 * Returns: whether that is news
 */
gboolean
stall_field_set_wrong (GtkEditable *field, const char *message)
{
  GtkWidget *widget = GTK_WIDGET (field);

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), message) == 0)
    return FALSE;
  if (message != NULL)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_widget_set_tooltip_text (widget, message);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
      message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  return TRUE;
}

/**
 * stall_field_complain:
 * @label: beside a field or a few
 * @message: (nullable): why what they hold cannot be taken; %NULL when it can
 *
 * Says it in sight, and aloud once.
 */
void
stall_field_complain (GtkLabel *label, const char *message)
{
  if (message != NULL && g_strcmp0 (gtk_label_get_text (label), message) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (label), message,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_text (label, message != NULL ? message : "");
}
