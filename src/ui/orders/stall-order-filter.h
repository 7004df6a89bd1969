/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The filters of the order list as a person picks and reads them: each is a part of a StallQuery
 * with a name for menus and words for its chip. Pure. */
typedef enum
{
  STALL_ORDER_FILTER_STATUS,
  STALL_ORDER_FILTER_SOURCE,
  STALL_ORDER_FILTER_FLAG,
  STALL_ORDER_FILTER_DUE,
  STALL_ORDER_FILTER_PLACED,
  STALL_ORDER_FILTER_PAID,
  STALL_ORDER_FILTER_CUSTOMER,
  STALL_ORDER_FILTER_PRODUCT,
} StallOrderFilter;
#define STALL_N_ORDER_FILTERS 8

/* What menus set: “any”, “open”, “to-pack” …; “custom” is read when no menu item says it. */
const char *
stall_order_filter_get (const StallQuery *query, StallOrderFilter filter, StallTime now);
void stall_order_filter_set (StallQuery *query,
                             StallOrderFilter filter,
                             const char *value,
                             StallTime now);
void stall_order_filter_clear (StallQuery *query, StallOrderFilter filter);
gboolean stall_order_filter_is_set (const StallQuery *query, StallOrderFilter filter);
char *stall_order_filter_dup_label (const StallQuery *query,
                                    StallOrderFilter filter,
                                    const char *product_title,
                                    StallTime now);

GMenuModel *stall_order_filter_new_menu (void);

const char *stall_order_sort_get (const StallQuery *query);
void stall_order_sort_set (StallQuery *query, const char *value);

G_END_DECLS
