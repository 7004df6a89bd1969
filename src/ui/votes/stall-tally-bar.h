/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A share of the votes as a bar, with the range it may really lie in as a whisker over it. Says
 * nothing to a screen reader: the row around it does. */
#define STALL_TYPE_TALLY_BAR (stall_tally_bar_get_type ())
G_DECLARE_FINAL_TYPE (StallTallyBar, stall_tally_bar, STALL, TALLY_BAR, GtkWidget)

void stall_tally_bar_set_share (StallTallyBar *self, double share, double low, double high);

G_END_DECLS
