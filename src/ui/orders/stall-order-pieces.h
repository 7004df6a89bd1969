/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order-record.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* How many pieces of each line of an order a step moves, where they leave or come back to, and
 * whether they are fit to sell again. Signal `changed`: another number of pieces. */
#define STALL_TYPE_ORDER_PIECES (stall_order_pieces_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderPieces,
                      stall_order_pieces,
                      STALL,
                      ORDER_PIECES,
                      AdwPreferencesGroup)

void stall_order_pieces_show (StallOrderPieces *self, StallOrderRecord *record, StallStep step);
int stall_order_pieces_get_count (StallOrderPieces *self);
gint64 stall_order_pieces_get_refund (StallOrderPieces *self);
StallOrderEvent *stall_order_pieces_new_event (StallOrderPieces *self, StallTime now);

G_END_DECLS
