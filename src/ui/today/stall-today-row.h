/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A thing that Today is about: what it is, more about it, and how long it has. It looks as an
 * AdwActionRow does and costs a fifth of one, since its words need not be laid out over and over to
 * find out how they wrap: who starts Stall waits for half of Today's rows. */
#define STALL_TYPE_TODAY_ROW (stall_today_row_get_type ())
G_DECLARE_FINAL_TYPE (StallTodayRow, stall_today_row, STALL, TODAY_ROW, GtkListBoxRow)

GtkWidget *stall_today_row_new (GtkWidget *picture, int lines);
GtkWidget *stall_today_row_get_picture (StallTodayRow *self);
const char *stall_today_row_get_id (StallTodayRow *self);
void
stall_today_row_set (StallTodayRow *self, const char *id, const char *title, const char *subtitle);
void stall_today_row_set_detail (StallTodayRow *self, const char *detail, const char *style);

G_END_DECLS
