/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-format.h"

#include "stall-money.h"
#include "stall-product.h"
#include "stall-remark.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NOTHING "—"
#define MINUS "−"

static GDateTime *
local_time (StallTime time)
{
  return g_date_time_new_from_unix_local_usec (time * 1000);
}

/* Days of the calendar from @from to @to, as a person counts them: tomorrow is 1 at any hour. */
static int
days_between (GDateTime *from, GDateTime *to)
{
  g_autoptr (GDate) first = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (from),
                                            (GDateMonth) g_date_time_get_month (from),
                                            (GDateYear) g_date_time_get_year (from));
  g_autoptr (GDate) last = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (to),
                                           (GDateMonth) g_date_time_get_month (to),
                                           (GDateYear) g_date_time_get_year (to));

  return g_date_days_between (first, last);
}

static guint64
magnitude (gint64 value)
{
  return value < 0 ? (guint64) - (value + 1) + 1 : (guint64) value;
}

/**
 * stall_format_money:
 * @amount: minor units, or %STALL_PRICE_NONE
 * @currency: ISO 4217 code
 *
 * Writes money the way the locale does: “¥1,234.50”, “1.234,50 €”.
 *
 * Returns: (transfer full): the text; “—” when there is no amount
 */
char *
stall_format_money (gint64 amount, const char *currency)
{
  if (amount == STALL_PRICE_NONE)
    return g_strdup (NOTHING);
  return stall_money_format (amount, currency);
}

/**
 * stall_format_price_range:
 * @min: minor units of the cheapest, or %STALL_PRICE_NONE
 * @max: minor units of the dearest
 * @currency: ISO 4217 code
 *
 * Writes what a product's variants cost: one price when they agree, else from – to.
 *
 * Returns: (transfer full): the text
 */
char *
stall_format_price_range (gint64 min, gint64 max, const char *currency)
{
  g_autofree char *low = stall_format_money (min, currency);
  g_autofree char *high = NULL;

  if (min == max || min == STALL_PRICE_NONE || max == STALL_PRICE_NONE)
    return g_steal_pointer (&low);
  high = stall_format_money (max, currency);
  return g_strdup_printf ("%s – %s", low, high);
}

/**
 * stall_format_count:
 * @count: any number of things
 *
 * Writes a whole number with the locale's grouping.
 *
 * Returns: (transfer full): the text
 */
char *
stall_format_count (gint64 count)
{
  return stall_text_from_count (count);
}

/**
 * stall_format_pieces:
 * @count: pieces of stock
 *
 * Returns: (transfer full): “12 pieces”
 */
char *
stall_format_pieces (gint64 count)
{
  g_autofree char *number = stall_format_count (count);

  /* Translators: %s is a number, already written out */
  return g_strdup_printf (ngettext ("%s piece", "%s pieces", (gulong) magnitude (count)), number);
}

/**
 * stall_format_date:
 * @time: a moment, or %STALL_TIME_NONE
 *
 * Returns: (transfer full): its local day, “22 Nov 2026”; “—” for none
 */
char *
stall_format_date (StallTime time)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == STALL_TIME_NONE)
    return g_strdup (NOTHING);
  local = local_time (time);
  /* Translators: a date with its year, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (local, C_ ("date format", "%-d %b %Y"));
}

/**
 * stall_format_date_time:
 * @time: a moment, or %STALL_TIME_NONE
 *
 * Returns: (transfer full): its local day and time, “22 Nov 2026, 14:03”; “—” for none
 */
char *
stall_format_date_time (StallTime time)
{
  g_autoptr (GDateTime) local = NULL;

  if (time == STALL_TIME_NONE)
    return g_strdup (NOTHING);
  local = local_time (time);
  /* Translators: a date with its year and the time, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (local, C_ ("date format", "%-d %b %Y, %H:%M"));
}

/**
 * stall_format_day:
 * @time: a moment of this year
 *
 * Returns: (transfer full): its local day, “Sunday, 22 November”
 */
char *
stall_format_day (StallTime time)
{
  g_autoptr (GDateTime) local = local_time (time);

  /* Translators: a day of this year written out, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (local, C_ ("date format", "%A, %-d %B"));
}

/**
 * stall_format_weekday:
 * @time: a moment of the last weeks
 *
 * Returns: (transfer full): its local day, “Sun 22 Nov”
 */
char *
stall_format_weekday (StallTime time)
{
  g_autoptr (GDateTime) local = local_time (time);

  /* Translators: a day of the last weeks with its weekday, short, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (local, C_ ("date format", "%a %-d %b"));
}

/**
 * stall_format_when:
 * @time: a moment, mostly a past one
 * @now: the present moment
 *
 * Writes a moment as short as it can be told from where the person stands.
 *
 * Returns: (transfer full): “14:03”, “Yesterday”, “22 Nov” or “22 Nov 2025”; “—” for none
 */
char *
stall_format_when (StallTime time, StallTime now)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) present = NULL;
  int days;

  if (time == STALL_TIME_NONE)
    return g_strdup (NOTHING);
  then = local_time (time);
  present = local_time (now);
  days = days_between (then, present);
  if (days == 0)
    /* Translators: a time of day, for strftime
     * xgettext:no-c-format */
    return g_date_time_format (then, C_ ("time format", "%H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (g_date_time_get_year (then) != g_date_time_get_year (present))
    return stall_format_date (time);
  /* Translators: a date of this year, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (then, C_ ("date format", "%-d %b"));
}

/**
 * stall_format_moment:
 * @time: a moment, mostly one to come
 * @now: the present moment
 *
 * Writes a moment with its time of day, as short as it can be told.
 *
 * Returns: (transfer full): “Today, 14:03”, “Tomorrow, 14:03”, “22 Nov, 14:03” or
 * “22 Nov 2027, 14:03”; “—” for none
 */
char *
stall_format_moment (StallTime time, StallTime now)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) present = NULL;
  int days;

  if (time == STALL_TIME_NONE)
    return g_strdup (NOTHING);
  then = local_time (time);
  present = local_time (now);
  days = days_between (present, then);
  if (days == 0)
    /* Translators: a time of the present day, for strftime
     * xgettext:no-c-format */
    return g_date_time_format (then, C_ ("date format", "Today, %H:%M"));
  if (days == 1)
    /* Translators: a time of the next day, for strftime
     * xgettext:no-c-format */
    return g_date_time_format (then, C_ ("date format", "Tomorrow, %H:%M"));
  if (g_date_time_get_year (then) != g_date_time_get_year (present))
    return stall_format_date_time (time);
  /* Translators: a date of this year and the time, for strftime
   * xgettext:no-c-format */
  return g_date_time_format (then, C_ ("date format", "%-d %b, %H:%M"));
}

/**
 * stall_format_due:
 * @ship_by: the deadline of an order, or %STALL_TIME_NONE
 * @now: the present moment
 *
 * Writes how pressing a deadline is.
 *
 * Returns: (transfer full): “Overdue by 2 days”, “Today”, “In 5 days”; “—” for none
 */
char *
stall_format_due (StallTime ship_by, StallTime now)
{
  g_autoptr (GDateTime) deadline = NULL;
  g_autoptr (GDateTime) present = NULL;
  int days;

  if (ship_by == STALL_TIME_NONE)
    return g_strdup (NOTHING);
  deadline = local_time (ship_by);
  present = local_time (now);
  days = days_between (present, deadline);
  if (days < 0)
    return g_strdup_printf (ngettext ("Overdue by %d day", "Overdue by %d days", (gulong) -days),
                            -days);
  if (ship_by < now)
    return g_strdup (_ ("Overdue"));
  if (days == 0)
    return g_strdup (C_ ("deadline", "Today"));
  if (days == 1)
    return g_strdup (_ ("Tomorrow"));
  return g_strdup_printf (ngettext ("In %d day", "In %d days", (gulong) days), days);
}

/**
 * stall_format_duration:
 * @seconds: how long, 0 or more
 *
 * Returns: (transfer full): “35 s”, “12 min” or “1,204 h”, in its largest whole unit
 */
char *
stall_format_duration (gint64 seconds)
{
  g_autofree char *number = NULL;

  if (seconds < 60)
    number = stall_format_count (seconds);
  else
    number
        = stall_format_count (seconds < 2 * 3600 ? (seconds + 30) / 60 : (seconds + 1800) / 3600);
  if (seconds < 60)
    /* Translators: seconds; with a no-break space where your language has one */
    return g_strdup_printf (C_ ("duration", "%s s"), number);
  if (seconds < 2 * 3600)
    /* Translators: minutes; with a no-break space where your language has one */
    return g_strdup_printf (C_ ("duration", "%s min"), number);
  /* Translators: hours; with a no-break space where your language has one */
  return g_strdup_printf (C_ ("duration", "%s h"), number);
}

/**
 * stall_format_days_left:
 * @days: how long the stock lasts; %G_MAXDOUBLE or infinite: nothing sells
 *
 * Returns: (transfer full): “3 days”, “Sold out”, “Over a year”; “—” when nothing sells
 */
char *
stall_format_days_left (double days)
{
  int whole;

  if (isnan (days) || isinf (days) || days == G_MAXDOUBLE)
    return g_strdup (NOTHING);
  if (days <= 0)
    return g_strdup (_ ("Sold out"));
  if (days > 365)
    return g_strdup (_ ("Over a year"));
  if (days < 1)
    return g_strdup (_ ("Less than a day"));
  whole = (int) floor (days);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) whole), whole);
}

static char *
percent_text (const char *sign, double hundredths)
{
  g_autofree char *number = stall_format_count (llround (fabs (hundredths)));

  /* Translators: a share or a change; the first %s is its sign or nothing, the second a number. The
   * space is a no-break space; leave it out where your language does. */
  return g_strdup_printf (_ ("%s%s %%"), sign, number);
}

/**
 * stall_format_change:
 * @now: a figure of a period
 * @before: the same figure of the period before it
 *
 * Returns: (transfer full): “+12 %”, “−3 %”, “new” when there was nothing before; “—” without
 * either
 */
char *
stall_format_change (gint64 now, gint64 before)
{
  double change;

  if (before == 0)
    return g_strdup (now > 0 ? C_ ("change", "new") : NOTHING);
  change = 100.0 * ((double) now - (double) before) / fabs ((double) before);
  if (fabs (change) < 0.5)
    return percent_text ("±", 0);
  return percent_text (change > 0 ? "+" : MINUS, change);
}

/**
 * stall_format_percent:
 * @share: a part of a whole, 0 … 1
 *
 * Returns: (transfer full): “12 %”; a share too small for one per cent is “<1 %”
 */
char *
stall_format_percent (double share)
{
  if (share > 0 && share < 0.005)
    return percent_text ("<", 1);
  return percent_text (share < 0 ? MINUS : "", 100 * share);
}

/**
 * stall_format_signed:
 * @quantity: a difference of stock
 *
 * Returns: (transfer full): “+3”, “−2” with a true minus, “0”
 */
char *
stall_format_signed (int quantity)
{
  g_autofree char *number = stall_format_count (quantity);

  return quantity > 0 ? g_strconcat ("+", number, NULL) : g_steal_pointer (&number);
}

/**
 * stall_format_place:
 * @place: where stock is
 *
 * Returns: (transfer full): the place's name as a person says it
 */
char *
stall_format_place (const char *place)
{
  g_return_val_if_fail (place != NULL, NULL);

  return g_strdup (g_str_equal (place, STALL_PLACE_WORKSHOP) ? _ ("Workshop") : place);
}

/**
 * stall_status_get_style:
 * @status: of an order
 *
 * Returns: the CSS class that colours the order's `.status-pill`
 */
const char *
stall_status_get_style (StallStatus status)
{
  static const char *const styles[STALL_N_STATUSES] = {
    [STALL_STATUS_UNPAID] = "status-waiting",    [STALL_STATUS_TO_PACK] = "status-to-do",
    [STALL_STATUS_PACKED] = "status-to-do",      [STALL_STATUS_PART_SHIPPED] = "status-to-do",
    [STALL_STATUS_SHIPPED] = "status-moving",    [STALL_STATUS_DELIVERED] = "status-done",
    [STALL_STATUS_CANCELLED] = "status-stopped", [STALL_STATUS_REFUNDED] = "status-stopped",
  };

  g_return_val_if_fail ((guint) status < STALL_N_STATUSES, "status-waiting");

  return styles[status];
}

/**
 * stall_flag_get_style:
 * @flag: a StallFlag
 *
 * Returns: the CSS class that gives a widget the flag's colour
 */
const char *
stall_flag_get_style (int flag)
{
  static const char *const styles[STALL_N_FLAGS] = {
    [STALL_FLAG_NONE] = "flag-none",     [STALL_FLAG_RED] = "flag-red",
    [STALL_FLAG_ORANGE] = "flag-orange", [STALL_FLAG_YELLOW] = "flag-yellow",
    [STALL_FLAG_GREEN] = "flag-green",   [STALL_FLAG_BLUE] = "flag-blue",
    [STALL_FLAG_PURPLE] = "flag-purple",
  };

  g_return_val_if_fail (flag >= 0 && flag < STALL_N_FLAGS, "flag-none");

  return styles[flag];
}
