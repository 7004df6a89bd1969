/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of a whole: its name and amount over a thin bar of its share. */
#define STALL_TYPE_SHARE_ROW (stall_share_row_get_type ())
G_DECLARE_FINAL_TYPE (StallShareRow, stall_share_row, STALL, SHARE_ROW, GtkListBoxRow)

GtkWidget *stall_share_row_new (void);
void stall_share_row_set (StallShareRow *self,
                          const char *name,
                          const char *detail,
                          const char *amount,
                          double share);

G_END_DECLS
