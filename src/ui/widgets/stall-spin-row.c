/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-spin-row.h"

#include "stall-wheel.h"

#include <adwaita.h>

static void
typed_cb (GtkEditable *editable, GtkAdjustment *adjustment)
{
  gint64 value;

  if (g_ascii_string_to_signed (gtk_editable_get_text (editable), 10,
                                (gint64) gtk_adjustment_get_lower (adjustment),
                                (gint64) gtk_adjustment_get_upper (adjustment), &value, NULL))
    gtk_adjustment_set_value (adjustment, (double) value);
}

/**
 * stall_spin_follow_typing:
 * @spin: (type GtkEditable): a #GtkSpinButton or #AdwSpinRow of whole numbers
 *
 * Lets a number count while it is typed; by itself it would only when its entry is left, and what
 * depends on it would look as if nothing had been typed.
 */
void
stall_spin_follow_typing (gpointer spin)
{
  g_autoptr (GtkAdjustment) adjustment = NULL;

  g_return_if_fail (GTK_IS_SPIN_BUTTON (spin) || ADW_IS_SPIN_ROW (spin));

  g_object_get (spin, "adjustment", &adjustment, NULL);
  g_signal_connect_object (spin, "changed", G_CALLBACK (typed_cb), adjustment, G_CONNECT_DEFAULT);
}

static gboolean
output_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

/**
 * stall_spin_tell_time:
 * @spin: a button for an hour or a minute
 *
 * Lets it show two digits, and lets the wheel scroll past it.
 */
void
stall_spin_tell_time (GtkSpinButton *spin)
{
  g_return_if_fail (GTK_IS_SPIN_BUTTON (spin));

  g_signal_connect (spin, "output", G_CALLBACK (output_cb), NULL);
  stall_wheel_pass_by (spin);
}

/**
 * stall_spin_row_new:
 * @minimum: the least number
 * @maximum: the greatest number
 *
 * Makes a row for a whole number. One of a Blueprint needs the same accessible role and
 * stall_spin_follow_typing().
 *
 * Returns: (transfer floating): a row that a screen reader finds; libadwaita 1.7 calls it a text
 *   box, and GTK then shows neither the row nor the number in it
 */
GtkWidget *
stall_spin_row_new (double minimum, double maximum)
{
  GtkWidget *row = adw_spin_row_new_with_range (minimum, maximum, 1);

  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  stall_spin_follow_typing (row);
  return row;
}
