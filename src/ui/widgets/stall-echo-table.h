/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-note-figures.h"

G_BEGIN_DECLS

/* An echo day by day, the newest first, one column a measure. */
#define STALL_TYPE_ECHO_TABLE (stall_echo_table_get_type ())
G_DECLARE_FINAL_TYPE (StallEchoTable, stall_echo_table, STALL, ECHO_TABLE, GtkWidget)

void
stall_echo_table_set_series (StallEchoTable *self, const StallEchoSeries *series, guint n_days);
char *stall_echo_table_format (StallEchoMeasure measure, gint64 count);

G_END_DECLS
