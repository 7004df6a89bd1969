/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-filter.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

#define ANY "any"
#define CUSTOM "custom"
#define WAITING "waiting"

/* A menu item and how many local days from the start of today it reaches. */
typedef struct
{
  const char *value;
  const char *label;
  int days;
} Days;

static const Days due_days[] = {
  { "overdue", N_ ("Overdue"), 0 },
  { "today", N_ ("By Today"), 1 },
  { "tomorrow", N_ ("By Tomorrow"), 2 },
  { "week", N_ ("Within 7 Days"), 7 },
};

static const Days placed_days[] = {
  { "today", N_ ("Today"), 0 },
  { "7-days", N_ ("Last 7 Days"), -6 },
  { "30-days", N_ ("Last 30 Days"), -29 },
};

static const struct
{
  const char *value;
  StallSort sort;
  gboolean descending;
} sorts[] = {
  { "newest", STALL_SORT_DEFAULT, FALSE },
  { "ship-by", STALL_SORT_SHIP_BY, FALSE },
  { "total", STALL_SORT_TOTAL, TRUE },
  { "customer", STALL_SORT_CUSTOMER, FALSE },
};

static guint
open_statuses (void)
{
  guint statuses = 0;

  for (int i = 0; i < STALL_N_STATUSES; i++)
    if (stall_status_is_open ((StallStatus) i))
      statuses |= 1u << i;
  return statuses;
}

static const char *
get_status (const StallQuery *query)
{
  if (query->waiting)
    return query->statuses == 0 ? WAITING : CUSTOM;
  if (query->statuses == 0)
    return ANY;
  if (query->statuses == open_statuses ())
    return "open";
  for (int i = 0; i < STALL_N_STATUSES; i++)
    if (query->statuses == 1u << i)
      return stall_status_to_string ((StallStatus) i);
  return CUSTOM;
}

static void
set_status (StallQuery *query, const char *value)
{
  StallStatus status;

  if (g_str_equal (value, "open"))
    query->statuses = open_statuses ();
  else if (g_str_equal (value, WAITING))
    query->waiting = TRUE;
  else if (stall_status_from_string (value, &status))
    query->statuses = 1u << status;
}

static const char *
get_due (const StallQuery *query, StallTime now)
{
  if (query->due_until == 0)
    return ANY;
  /* “Overdue” is before the moment it was asked for, which lies in the past by now. */
  if (query->due_until <= now)
    return "overdue";
  for (gsize i = 1; i < G_N_ELEMENTS (due_days); i++)
    if (query->due_until == stall_time_day_start (now, due_days[i].days))
      return due_days[i].value;
  return CUSTOM;
}

static void
set_due (StallQuery *query, const char *value, StallTime now)
{
  for (gsize i = 0; i < G_N_ELEMENTS (due_days); i++)
    if (g_str_equal (value, due_days[i].value))
      query->due_until = due_days[i].days == 0 ? now : stall_time_day_start (now, due_days[i].days);
}

static const char *
get_placed (const StallQuery *query, StallTime now)
{
  if (query->from == 0 && query->until == 0)
    return ANY;
  for (gsize i = 0; i < G_N_ELEMENTS (placed_days); i++)
    if (query->until == 0 && query->from == stall_time_day_start (now, placed_days[i].days))
      return placed_days[i].value;
  return CUSTOM;
}

static void
set_placed (StallQuery *query, const char *value, StallTime now)
{
  for (gsize i = 0; i < G_N_ELEMENTS (placed_days); i++)
    if (g_str_equal (value, placed_days[i].value))
      query->from = stall_time_day_start (now, placed_days[i].days);
}

/* “Today”, “16 Nov 2026 – 22 Nov 2026”, “Since …” or “Until …”; @until is not part of it. */
static char *
dup_period (StallTime from, StallTime until, StallTime now)
{
  g_autofree char *first = from ? stall_format_date (from) : NULL;
  g_autofree char *last = until ? stall_format_date (until - 1) : NULL;

  if (from == stall_time_day_start (now, 0) && (!until || until > now))
    return g_strdup (_ ("Today"));
  if (first && last && g_str_equal (first, last))
    return g_steal_pointer (&first);
  if (first && last)
    /* Translators: a period, from the first to the last day */
    return g_strdup_printf (_ ("%s – %s"), first, last);
  if (first)
    return g_strdup_printf (_ ("Since %s"), first);
  return g_strdup_printf (_ ("Until %s"), last);
}

static char *
dup_status_label (guint statuses, gboolean waiting)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (statuses == open_statuses ())
    return g_strdup (C_ ("orders", "Open"));
  if (waiting)
    g_strv_builder_add (names, C_ ("orders", "Waiting"));
  for (int i = 0; i < STALL_N_STATUSES; i++)
    if (statuses & (1u << i))
      g_strv_builder_add (names, stall_status_get_label ((StallStatus) i));
  all = g_strv_builder_end (names);
  /* Translators: between the names of a list: “To pack, Packed” */
  return g_strjoinv (_ (", "), all);
}

static char *
dup_due_label (StallTime until, StallTime now)
{
  g_autofree char *date = NULL;

  if (until <= now)
    return g_strdup (_ ("Overdue"));
  if (until == stall_time_day_start (now, 1))
    return g_strdup (_ ("Ship by today"));
  if (until == stall_time_day_start (now, 2))
    return g_strdup (_ ("Ship by tomorrow"));
  date = stall_format_date (until - 1);
  return g_strdup_printf (_ ("Ship by %s"), date);
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *value)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", value);
  g_menu_append_item (menu, item);
}

/* A submenu whose first item takes the filter away. Takes @choices over. */
static void
append_filter (GMenu *menu, const char *label, const char *action, GMenu *choices)
{
  g_autoptr (GMenu) owned = choices;
  g_autoptr (GMenu) submenu = g_menu_new ();

  append_item (submenu, _ ("Any"), action, ANY);
  g_menu_append_section (submenu, NULL, G_MENU_MODEL (choices));
  g_menu_append_submenu (menu, label, G_MENU_MODEL (submenu));
}

static GMenu *
new_days_menu (const char *action, const Days *days, gsize n_days)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < n_days; i++)
    append_item (menu, _ (days[i].label), action, days[i].value);
  return menu;
}

/**
 * stall_order_filter_get:
 * @query: of an order list
 * @filter: which part of it
 * @now: the present moment
 *
 * Names what @query asks for the way menus do.
 *
 * Returns: the value of the menu item, “any” or “custom”
 */
const char *
stall_order_filter_get (const StallQuery *query, StallOrderFilter filter, StallTime now)
{
  g_return_val_if_fail (query, ANY);

  switch (filter)
    {
    case STALL_ORDER_FILTER_STATUS:
      return get_status (query);
    case STALL_ORDER_FILTER_SOURCE:
      return query->source ? stall_source_to_string ((StallSource) (query->source - 1)) : ANY;
    case STALL_ORDER_FILTER_FLAG:
      return query->flag ? stall_flag_to_string ((StallFlag) query->flag) : ANY;
    case STALL_ORDER_FILTER_DUE:
      return get_due (query, now);
    case STALL_ORDER_FILTER_PLACED:
      return get_placed (query, now);
    case STALL_ORDER_FILTER_PAID:
    case STALL_ORDER_FILTER_CUSTOMER:
    case STALL_ORDER_FILTER_PRODUCT:
      return stall_order_filter_is_set (query, filter) ? CUSTOM : ANY;
    default:
      g_return_val_if_reached (ANY);
    }
}

/**
 * stall_order_filter_set:
 * @query: of an order list
 * @filter: which part of it
 * @value: of a menu item, or “any”
 * @now: the present moment
 *
 * Makes @query ask for what the menu item says.
 */
void
stall_order_filter_set (StallQuery *query,
                        StallOrderFilter filter,
                        const char *value,
                        StallTime now)
{
  g_return_if_fail (query && value);

  stall_order_filter_clear (query, filter);
  if (g_str_equal (value, ANY))
    return;
  if (filter == STALL_ORDER_FILTER_STATUS)
    set_status (query, value);
  else if (filter == STALL_ORDER_FILTER_SOURCE)
    query->source = stall_source_from_string (value) + 1;
  else if (filter == STALL_ORDER_FILTER_FLAG)
    query->flag = stall_flag_from_string (value);
  else if (filter == STALL_ORDER_FILTER_DUE)
    set_due (query, value, now);
  else if (filter == STALL_ORDER_FILTER_PLACED)
    set_placed (query, value, now);
}

/**
 * stall_order_filter_clear:
 * @query: of an order list
 * @filter: which part of it
 *
 * Makes @query no longer ask for that.
 */
void
stall_order_filter_clear (StallQuery *query, StallOrderFilter filter)
{
  g_return_if_fail (query);

  switch (filter)
    {
    case STALL_ORDER_FILTER_STATUS:
      query->statuses = 0;
      query->waiting = FALSE;
      break;
    case STALL_ORDER_FILTER_SOURCE:
      query->source = 0;
      break;
    case STALL_ORDER_FILTER_FLAG:
      query->flag = 0;
      break;
    case STALL_ORDER_FILTER_DUE:
      query->due_until = 0;
      break;
    case STALL_ORDER_FILTER_PLACED:
      query->from = query->until = 0;
      break;
    case STALL_ORDER_FILTER_PAID:
      query->paid_from = query->paid_until = 0;
      break;
    case STALL_ORDER_FILTER_CUSTOMER:
      g_clear_pointer (&query->customer, g_free);
      break;
    case STALL_ORDER_FILTER_PRODUCT:
      g_clear_pointer (&query->product, g_free);
      g_clear_pointer (&query->variant, g_free);
      break;
    default:
      g_return_if_reached ();
    }
}

/**
 * stall_order_filter_is_set:
 * @query: of an order list
 * @filter: which part of it
 *
 * Returns: whether @query asks for anything there
 */
gboolean
stall_order_filter_is_set (const StallQuery *query, StallOrderFilter filter)
{
  g_return_val_if_fail (query, FALSE);

  switch (filter)
    {
    case STALL_ORDER_FILTER_STATUS:
      return query->statuses != 0 || query->waiting;
    case STALL_ORDER_FILTER_SOURCE:
      return query->source != 0;
    case STALL_ORDER_FILTER_FLAG:
      return query->flag != 0;
    case STALL_ORDER_FILTER_DUE:
      return query->due_until != 0;
    case STALL_ORDER_FILTER_PLACED:
      return query->from != 0 || query->until != 0;
    case STALL_ORDER_FILTER_PAID:
      return query->paid_from != 0 || query->paid_until != 0;
    case STALL_ORDER_FILTER_CUSTOMER:
      return query->customer != NULL;
    case STALL_ORDER_FILTER_PRODUCT:
      return query->product != NULL || query->variant != NULL;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * stall_order_filter_dup_label:
 * @query: of an order list
 * @filter: which part of it
 * @product_title: (nullable): what the product or variant of @query is called
 * @now: the present moment
 *
 * Writes what @query asks for there, for a chip.
 *
 * Returns: (transfer full) (nullable): the words, or %NULL when it asks for nothing
 */
char *
stall_order_filter_dup_label (const StallQuery *query,
                              StallOrderFilter filter,
                              const char *product_title,
                              StallTime now)
{
  g_autofree char *period = NULL;

  g_return_val_if_fail (query, NULL);

  if (!stall_order_filter_is_set (query, filter))
    return NULL;
  switch (filter)
    {
    case STALL_ORDER_FILTER_STATUS:
      return dup_status_label (query->statuses, query->waiting);
    case STALL_ORDER_FILTER_SOURCE:
      return g_strdup (stall_source_get_label ((StallSource) (query->source - 1)));
    case STALL_ORDER_FILTER_FLAG:
      return g_strdup_printf (_ ("Flag: %s"), stall_flag_get_label ((StallFlag) query->flag));
    case STALL_ORDER_FILTER_DUE:
      return dup_due_label (query->due_until, now);
    case STALL_ORDER_FILTER_PLACED:
      period = dup_period (query->from, query->until, now);
      return g_strdup_printf (_ ("Placed: %s"), period);
    case STALL_ORDER_FILTER_PAID:
      period = dup_period (query->paid_from, query->paid_until, now);
      return g_strdup_printf (_ ("Takings: %s"), period);
    case STALL_ORDER_FILTER_CUSTOMER:
      return g_strdup (query->customer);
    case STALL_ORDER_FILTER_PRODUCT:
      return g_strdup (product_title ? product_title : _ ("One product"));
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * stall_order_filter_new_menu:
 *
 * Makes the menu of all filters, for the actions `page.status`, `page.source`, `page.flag`,
 * `page.due` and `page.placed`.
 *
 * Returns: (transfer full): the menu
 */
GMenuModel *
stall_order_filter_new_menu (void)
{
  GMenu *menu = g_menu_new ();
  GMenu *statuses = g_menu_new ();
  GMenu *sources = g_menu_new ();
  GMenu *flags = g_menu_new ();

  append_item (statuses, C_ ("orders", "Open"), "page.status", "open");
  append_item (statuses, C_ ("orders", "Waiting"), "page.status", WAITING);
  for (int i = 0; i < STALL_N_STATUSES; i++)
    append_item (statuses, stall_status_get_label ((StallStatus) i), "page.status",
                 stall_status_to_string ((StallStatus) i));
  for (int i = 0; i < STALL_N_SOURCES; i++)
    append_item (sources, stall_source_get_label ((StallSource) i), "page.source",
                 stall_source_to_string ((StallSource) i));
  for (int i = STALL_FLAG_NONE + 1; i < STALL_N_FLAGS; i++)
    append_item (flags, stall_flag_get_label ((StallFlag) i), "page.flag",
                 stall_flag_to_string ((StallFlag) i));

  append_filter (menu, _ ("_Status"), "page.status", statuses);
  append_filter (menu, _ ("Ship _By"), "page.due",
                 new_days_menu ("page.due", due_days, G_N_ELEMENTS (due_days)));
  append_filter (menu, _ ("S_ource"), "page.source", sources);
  append_filter (menu, _ ("_Flag"), "page.flag", flags);
  append_filter (menu, _ ("_Placed"), "page.placed",
                 new_days_menu ("page.placed", placed_days, G_N_ELEMENTS (placed_days)));
  return G_MENU_MODEL (menu);
}

/**
 * stall_order_sort_get:
 * @query: of an order list
 *
 * Returns: the value of the menu item that names its order
 */
const char *
stall_order_sort_get (const StallQuery *query)
{
  g_return_val_if_fail (query, sorts[0].value);

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (query->sort == sorts[i].sort)
      return sorts[i].value;
  return sorts[0].value;
}

/**
 * stall_order_sort_set:
 * @query: of an order list
 * @value: of a menu item
 *
 * Makes @query sort the way the menu item says.
 */
void
stall_order_sort_set (StallQuery *query, const char *value)
{
  g_return_if_fail (query && value);

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (value, sorts[i].value))
      {
        query->sort = sorts[i].sort;
        query->descending = sorts[i].descending;
      }
}
