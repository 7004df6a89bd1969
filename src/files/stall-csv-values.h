/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-time.h"

G_BEGIN_DECLS

/* What cells say: numbers, prices, dates, yes and no. */

typedef enum
{
  STALL_DATE_YMD, /* and ISO 8601 */
  STALL_DATE_DMY,
  STALL_DATE_MDY,
} StallDateOrder;

gboolean
stall_csv_parse_date (const char *text, StallDateOrder order, GTimeZone *zone, StallTime *time);
gboolean stall_csv_parse_price (const char *text,
                                gboolean comma,
                                guint digits,
                                gint64 *amount,
                                gboolean *rounded);
gboolean stall_csv_parse_quantity (const char *text, gboolean comma, int *quantity);
gboolean stall_csv_parse_boolean (const char *text);

G_END_DECLS
