/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-filter.h"

#include "stall-product-words.h"

static const char *const stock_names[] = {
  [STALL_STOCK_ANY] = "any",           [STALL_STOCK_LOW] = "low",
  [STALL_STOCK_OUT] = "out",           [STALL_STOCK_RUNNING_OUT] = "running-out",
  [STALL_STOCK_OVERSOLD] = "oversold", [STALL_STOCK_ONE_OFF] = "one-off",
};

static const char *const story_names[] = {
  [STALL_STORY_ANY] = "any",
  [STALL_STORY_LACKING] = "lacking",
  [STALL_STORY_WHITE_ONLY] = "white-only",
};

static const struct
{
  const char *name;
  StallSort sort;
} sort_names[] = {
  { "name", STALL_SORT_NAME },           { "stock", STALL_SORT_STOCK },
  { "days-left", STALL_SORT_DAYS_LEFT }, { "price", STALL_SORT_PRICE },
  { "sold", STALL_SORT_SOLD },
};

/* The place of @name; 0, which is “any”, when it is none of them. */
static guint
find_name (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

/**
 * stall_product_filter_get:
 * @query: a query of products
 * @filter: one of its filters
 *
 * Returns: (transfer none): its value, as stall_product_filter_set() takes it
 */
const char *
stall_product_filter_get (const StallQuery *query, StallProductFilter filter)
{
  g_return_val_if_fail (query != NULL, NULL);

  switch (filter)
    {
    case STALL_PRODUCT_FILTER_STAGE:
      return query->stage == 0 ? "any" : stall_stage_to_string ((StallStage) (query->stage - 1));
    case STALL_PRODUCT_FILTER_TAG:
      return query->tag != NULL ? query->tag : "";
    case STALL_PRODUCT_FILTER_STOCK:
      return stock_names[query->stock];
    case STALL_PRODUCT_FILTER_STORY:
      return story_names[query->story];
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * stall_product_filter_set:
 * @query: a query of products
 * @filter: one of its filters
 * @value: (nullable): a name of a value, or a tag; %NULL, "" or an unknown name for any
 */
void
stall_product_filter_set (StallQuery *query, StallProductFilter filter, const char *value)
{
  gboolean any = value == NULL || *value == '\0';

  g_return_if_fail (query != NULL);

  switch (filter)
    {
    case STALL_PRODUCT_FILTER_STAGE:
      query->stage
          = any || g_str_equal (value, "any") ? 0 : (int) stall_stage_from_string (value) + 1;
      break;
    case STALL_PRODUCT_FILTER_TAG:
      g_set_str (&query->tag, any ? NULL : value);
      break;
    case STALL_PRODUCT_FILTER_STOCK:
      query->stock = (StallStockFilter) find_name (stock_names, G_N_ELEMENTS (stock_names), value);
      break;
    case STALL_PRODUCT_FILTER_STORY:
      query->story = (StallStoryFilter) find_name (story_names, G_N_ELEMENTS (story_names), value);
      break;
    default:
      g_return_if_reached ();
    }
}

/**
 * stall_product_filter_is_set:
 * @query: a query of products
 * @filter: one of its filters
 *
 * Returns: whether it leaves anything out
 */
gboolean
stall_product_filter_is_set (const StallQuery *query, StallProductFilter filter)
{
  const char *value = stall_product_filter_get (query, filter);

  return *value != '\0' && (filter == STALL_PRODUCT_FILTER_TAG || !g_str_equal (value, "any"));
}

/**
 * stall_product_filter_get_label:
 * @query: a query of products
 * @filter: one of its filters that is set
 *
 * Returns: (transfer none): what the list is narrowed to, in words
 */
const char *
stall_product_filter_get_label (const StallQuery *query, StallProductFilter filter)
{
  g_return_val_if_fail (query != NULL, NULL);

  switch (filter)
    {
    case STALL_PRODUCT_FILTER_STAGE:
      return stall_stage_get_label ((StallStage) (query->stage - 1));
    case STALL_PRODUCT_FILTER_TAG:
      return query->tag;
    case STALL_PRODUCT_FILTER_STOCK:
      return stall_product_words_stock_filter (query->stock);
    case STALL_PRODUCT_FILTER_STORY:
      return stall_product_words_story_filter (query->story);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * stall_product_sort_get:
 * @query: a query of products
 *
 * Returns: (transfer none): by what it is sorted
 */
const char *
stall_product_sort_get (const StallQuery *query)
{
  g_return_val_if_fail (query != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (sort_names[i].sort == query->sort)
      return sort_names[i].name;
  return "name";
}

/**
 * stall_product_sort_set:
 * @query: a query of products
 * @value: what to sort by, as stall_product_sort_get() names it; anything else sorts by name
 */
void
stall_product_sort_set (StallQuery *query, const char *value)
{
  g_return_if_fail (query != NULL);

  query->sort = STALL_SORT_NAME;
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (sort_names[i].name, value) == 0)
      query->sort = sort_names[i].sort;
}
