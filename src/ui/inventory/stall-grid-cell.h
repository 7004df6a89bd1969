/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-grid-edits.h"

G_BEGIN_DECLS

/* One editable cell of the grid: a text until it is typed into.
 * Signals: moved (int columns, int rows), paste. */
#define STALL_TYPE_GRID_CELL (stall_grid_cell_get_type ())
G_DECLARE_FINAL_TYPE (StallGridCell, stall_grid_cell, STALL, GRID_CELL, GtkWidget)

GtkWidget *stall_grid_cell_new (StallDesk *desk, StallGridEdits *edits, StallGridField field);
void stall_grid_cell_set_row (StallGridCell *self, StallVariantRow *row, guint position);
StallGridField stall_grid_cell_get_field (StallGridCell *self);
guint stall_grid_cell_get_position (StallGridCell *self);

G_END_DECLS
