/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A style on the board: its picture, its name, since when it is there and why. It can be dragged;
 * what is dragged is its StallProductRow. */
#define STALL_TYPE_BOARD_CARD (stall_board_card_get_type ())
G_DECLARE_FINAL_TYPE (StallBoardCard, stall_board_card, STALL, BOARD_CARD, GtkBox)

GtkWidget *stall_board_card_new (StallStore *store);
void stall_board_card_set_row (StallBoardCard *self, StallProductRow *row);

G_END_DECLS
