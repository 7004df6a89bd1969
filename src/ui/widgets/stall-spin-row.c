/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-spin-row.h"

#include <adwaita.h>

/**
 * stall_spin_row_new:
 * @minimum: the least number
 * @maximum: the greatest number
 *
 * Makes a row for a whole number. In a Blueprint, give an #AdwSpinRow the same accessible role.
 *
 * Returns: (transfer floating): a row that a screen reader finds; libadwaita 1.7 calls it a text
 *   box, and GTK then shows neither the row nor the number in it
 */
GtkWidget *
stall_spin_row_new (double minimum, double maximum)
{
  GtkWidget *row = adw_spin_row_new_with_range (minimum, maximum, 1);

  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  return row;
}
