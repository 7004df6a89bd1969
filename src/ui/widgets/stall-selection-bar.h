/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The bar under a list whose rows are being selected: a way out, how many are selected, and what
 * can be done with them. Properties: selection; actions (GtkWidget), insensitive while nothing is
 * selected. */
#define STALL_TYPE_SELECTION_BAR (stall_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (StallSelectionBar, stall_selection_bar, STALL, SELECTION_BAR, AdwBin)

void stall_selection_bar_set_selection (StallSelectionBar *self, StallSelection *selection);

G_END_DECLS
