/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* What came back to a note or product: totals of the last 7, 30 or 90 days, one measure of them as
 * a chart by day or all of them as a table, and what was sold through a note. Follows the stall. */
#define STALL_TYPE_ECHO_VIEW (stall_echo_view_get_type ())
G_DECLARE_FINAL_TYPE (StallEchoView, stall_echo_view, STALL, ECHO_VIEW, GtkWidget)

GtkWidget *stall_echo_view_new (StallDesk *desk);
void stall_echo_view_set_subject (StallEchoView *self,
                                  const char *subject_id); /* "note:…", "product:…" or NULL */

G_END_DECLS
