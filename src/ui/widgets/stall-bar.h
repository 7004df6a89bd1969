/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One bar of a chart: can be pointed at, focused and activated, and says its label. Signal:
 * activate. */
#define STALL_TYPE_BAR (stall_bar_get_type ())
G_DECLARE_FINAL_TYPE (StallBar, stall_bar, STALL, BAR, GtkWidget)

GtkWidget *stall_bar_new (void);
void stall_bar_set_label (StallBar *self, const char *label);
const char *stall_bar_get_label (StallBar *self);
/* Where it begins and ends, as parts of the height from the top; equal: nothing to show but a base
 * line. */
void stall_bar_set_extent (StallBar *self, double top, double bottom);

G_END_DECLS
