/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A section of the stall in the sidebar, with a count of what waits there. */
#define STALL_TYPE_SIDEBAR_ROW (stall_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (StallSidebarRow, stall_sidebar_row, STALL, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *stall_sidebar_row_new (const char *icon, const char *title);
void stall_sidebar_row_set_count (StallSidebarRow *self, guint count, const char *meaning);

G_END_DECLS
