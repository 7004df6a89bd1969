/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children below each other, each as wide as there is room and as high as it wants to be for that
 * width. Unlike GtkBoxLayout it never asks for a width that fits a height, which a picture that
 * fills its width has no answer to, and it measures every child once. */
#define STALL_TYPE_COLUMN_LAYOUT (stall_column_layout_get_type ())
G_DECLARE_FINAL_TYPE (StallColumnLayout,
                      stall_column_layout,
                      STALL,
                      COLUMN_LAYOUT,
                      GtkLayoutManager)

GtkLayoutManager *stall_column_layout_new (void);

G_END_DECLS
