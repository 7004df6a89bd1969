/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A figure of Today: what it is, how much, and how that compares. Pressing it shows the list it
 * sums. */
#define STALL_TYPE_FIGURE_BUTTON (stall_figure_button_get_type ())
G_DECLARE_FINAL_TYPE (StallFigureButton, stall_figure_button, STALL, FIGURE_BUTTON, GtkButton)

/* properties: title (string) */
void stall_figure_button_set_figure (StallFigureButton *self,
                                     const char *value,
                                     const char *change,
                                     const char *comparison);

G_END_DECLS
