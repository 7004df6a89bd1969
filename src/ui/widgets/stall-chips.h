/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a list is narrowed to, said in words above it; each chip can be taken away with a click.
 * Hidden while there is none. Signal: removed (const char *id). */
#define STALL_TYPE_CHIPS (stall_chips_get_type ())
G_DECLARE_FINAL_TYPE (StallChips, stall_chips, STALL, CHIPS, AdwBin)

void stall_chips_clear (StallChips *self);
void stall_chips_add (StallChips *self, const char *id, const char *label);

G_END_DECLS
