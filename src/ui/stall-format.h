/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order-state.h"
#include "stall-time.h"

G_BEGIN_DECLS

/* Presentation: pure functions from values to the words a person reads, by locale. Widgets format
 * nothing. */
char *stall_format_money (gint64 amount, const char *currency); /* "—" for STALL_PRICE_NONE */
char *stall_format_price_range (gint64 min, gint64 max, const char *currency);
char *stall_format_count (gint64 count);       /* grouped digits */
char *stall_format_pieces (gint64 count);      /* “12 pieces” */
char *stall_format_date (StallTime time);      /* “22 Nov 2026” */
char *stall_format_date_time (StallTime time); /* “22 Nov 2026, 14:03” */
char *stall_format_day (StallTime time);       /* “Sunday, 22 November” */
char *stall_format_weekday (StallTime time);   /* “Sun 22 Nov” */
char *stall_format_when (StallTime time,
                         StallTime now); /* “14:03”, “Yesterday”, “22 Nov”, “22 Nov 2025” */
char *stall_format_moment (StallTime time,
                           StallTime now); /* “Today, 14:03”, “Tomorrow, 14:03”, “22 Nov, 14:03” */
char *stall_format_due (StallTime ship_by,
                        StallTime now); /* “Overdue by 2 days”, “Today”, “Tomorrow”, “In 5 days” */
char *stall_format_duration (gint64 seconds);          /* “35 s”, “12 min”, “3 h” */
char *stall_format_days_left (double days);            /* “3 days”, “Sold out”, “—” */
char *stall_format_change (gint64 now, gint64 before); /* “+12 %”, “−3 %”, “new”, “—” */
char *stall_format_percent (double share);
char *stall_format_signed (int quantity);                /* “+3”, “−2” with a true minus */
char *stall_format_place (const char *place);            /* “Workshop” */
const char *stall_status_get_style (StallStatus status); /* CSS class of its pill */
const char *stall_flag_get_style (int flag);             /* CSS class of its colour */

G_END_DECLS
