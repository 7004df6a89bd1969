/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query.h"

G_BEGIN_DECLS

/* What a list of products is narrowed to and sorted by, as menus set it and a person reads it: each
 * is a part of a StallQuery with names for its values and words for its chip. Pure. */
typedef enum
{
  STALL_PRODUCT_FILTER_STAGE,
  STALL_PRODUCT_FILTER_TAG,
  STALL_PRODUCT_FILTER_STOCK,
  STALL_PRODUCT_FILTER_STORY,
} StallProductFilter;
#define STALL_N_PRODUCT_FILTERS 4

/* “any”, or "" for any tag; “low”, “lacking”, “on-sale” …, or a tag. */
const char *stall_product_filter_get (const StallQuery *query, StallProductFilter filter);
void stall_product_filter_set (StallQuery *query, StallProductFilter filter, const char *value);
gboolean stall_product_filter_is_set (const StallQuery *query, StallProductFilter filter);
const char *stall_product_filter_get_label (const StallQuery *query, StallProductFilter filter);

/* “name”, “stock”, “days-left”, “price” or “sold”. */
const char *stall_product_sort_get (const StallQuery *query);
void stall_product_sort_set (StallQuery *query, const char *value);

G_END_DECLS
