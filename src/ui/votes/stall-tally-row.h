/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* One option and how it stands: picture, label, count, share, and the bar with its whisker. A
 * screen reader hears one sentence. */
#define STALL_TYPE_TALLY_ROW (stall_tally_row_get_type ())
G_DECLARE_FINAL_TYPE (StallTallyRow, stall_tally_row, STALL, TALLY_ROW, GtkListBoxRow)

GtkWidget *stall_tally_row_new (StallStore *store);
void stall_tally_row_show (StallTallyRow *self, const StallPollFigures *figures, guint option);

G_END_DECLS
