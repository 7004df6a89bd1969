/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-product.h"

G_BEGIN_DECLS

/* One stage of the style funnel: its styles, the newest first, read as they are looked at. Cards
 * are moved by dragging, by Ctrl and the arrow keys, or from their menu. */
#define STALL_TYPE_BOARD_COLUMN (stall_board_column_get_type ())
G_DECLARE_FINAL_TYPE (StallBoardColumn, stall_board_column, STALL, BOARD_COLUMN, GtkWidget)

GtkWidget *stall_board_column_new (StallDesk *desk, StallStage stage);
void stall_board_column_load (StallBoardColumn *self);
void stall_board_column_set_count (StallBoardColumn *self, guint count);

G_END_DECLS
