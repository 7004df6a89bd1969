/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of bars over time. A screen reader finds a list of labelled values; Tab enters and leaves
 * it, the arrow keys move from bar to bar. Signals: bar-activated (guint index), pointed (const
 * char *label, or NULL when nothing is pointed at). */
#define STALL_TYPE_BAR_CHART (stall_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (StallBarChart, stall_bar_chart, STALL, BAR_CHART, GtkWidget)

void stall_bar_chart_set_values (StallBarChart *self,
                                 const gint64 *values,
                                 const char *const *labels,
                                 guint n_values);
void stall_bar_chart_set_mark (StallBarChart *self, int index);

G_END_DECLS
