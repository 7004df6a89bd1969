/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-time.h"

G_BEGIN_DECLS

/* A day and time of day, or none. Property: moment (gint64, milliseconds UTC; STALL_TIME_NONE). */
#define STALL_TYPE_MOMENT_ROW (stall_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (StallMomentRow, stall_moment_row, STALL, MOMENT_ROW, AdwExpanderRow)

StallTime stall_moment_row_get_moment (StallMomentRow *self);
void stall_moment_row_set_moment (StallMomentRow *self, StallTime moment);

G_END_DECLS
