/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* A choice among the places where stock is, or a new one. Property `place` (string, never NULL). */
#define STALL_TYPE_PLACE_ROW (stall_place_row_get_type ())
G_DECLARE_FINAL_TYPE (StallPlaceRow, stall_place_row, STALL, PLACE_ROW, AdwComboRow)

void stall_place_row_set_desk (StallPlaceRow *self, StallDesk *desk);
const char *stall_place_row_get_place (StallPlaceRow *self);
void stall_place_row_set_place (StallPlaceRow *self, const char *place);

G_END_DECLS
