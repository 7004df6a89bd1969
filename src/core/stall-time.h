/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time in data is UTC: RFC 3339 text in documents, milliseconds since 1970 in memory and tables. */
typedef gint64 StallTime;

#define STALL_TIME_NONE G_MININT64
#define STALL_SECOND G_GINT64_CONSTANT (1000)
#define STALL_MINUTE (60 * STALL_SECOND)
#define STALL_HOUR (60 * STALL_MINUTE)
#define STALL_DAY (24 * STALL_HOUR)

StallTime stall_time_now (void);
gboolean stall_time_parse (const char *text, StallTime *time);
gsize stall_time_write (StallTime time, char buffer[32]);
char *stall_time_to_string (StallTime time);
StallTime stall_time_day_start (StallTime time, int days_later);

G_END_DECLS
