/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-tests"

#include "config.h"

#include "stall-format.h"

#include "stall-product.h"

#include <locale.h>
#include <math.h>

#define take(text) check_taken (text, __LINE__)

static char *taken;

/* Keeps the text until the next one, so that a case is one line. */
static const char *
check_taken (char *text, int line)
{
  if (text == NULL)
    g_error ("line %d: no text", line);
  g_free (taken);
  taken = text;
  return text;
}

static gboolean
use_locale (const char *name)
{
  if (setlocale (LC_ALL, name) != NULL)
    return TRUE;
  g_test_skip_printf ("no locale %s", name);
  return FALSE;
}

static StallTime
at (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) local = g_date_time_new_local (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (local) * STALL_SECOND;
}

static void
test_money_en (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_money (123450, "CNY")), ==, "¥1,234.50");
  g_assert_cmpstr (take (stall_format_money (-300, "CNY")), ==, "−¥3.00");
  g_assert_cmpstr (take (stall_format_money (5, "EUR")), ==, "€0.05");
  g_assert_cmpstr (take (stall_format_money (1234567, "JPY")), ==, "¥1,234,567");
  g_assert_cmpstr (take (stall_format_money (123456789, "KWD")), ==, "KWD\u00a0123,456.789");
  g_assert_cmpstr (take (stall_format_money (100, "CHF")), ==, "CHF\u00a01.00");
  g_assert_cmpstr (take (stall_format_money (0, "GBP")), ==, "£0.00");
  g_assert_cmpstr (take (stall_format_money (STALL_PRICE_NONE, "GBP")), ==, "—");
  g_assert_cmpstr (take (stall_format_money (G_MAXINT64, "USD")), ==, "$92,233,720,368,547,758.07");
  g_assert_cmpstr (take (stall_format_price_range (100, 100, "USD")), ==, "$1.00");
  g_assert_cmpstr (take (stall_format_price_range (100, 250, "USD")), ==, "$1.00 – $2.50");
  g_assert_cmpstr (take (stall_format_price_range (STALL_PRICE_NONE, STALL_PRICE_NONE, "USD")), ==,
                   "—");
}

static void
test_money_de (void)
{
  if (!use_locale ("de_DE.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_money (123450, "EUR")), ==, "1.234,50\u00a0€");
  g_assert_cmpstr (take (stall_format_money (-300, "CNY")), ==, "−3,00\u00a0¥");
  g_assert_cmpstr (take (stall_format_money (1234567, "JPY")), ==, "1.234.567\u00a0¥");
  g_assert_cmpstr (take (stall_format_count (1234567)), ==, "1.234.567");
}

static void
test_money_zh (void)
{
  if (!use_locale ("zh_CN.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_money (123450, "CNY")), ==, "¥1,234.50");
  g_assert_cmpstr (take (stall_format_money (-123450, "CNY")), ==, "−¥1,234.50");
  g_assert_cmpstr (take (stall_format_count (98205)), ==, "98,205");
}

/* The C locale has no separators and no place for the symbol; a person still gets a readable text.
 */
static void
test_money_c (void)
{
  g_assert_true (use_locale ("C.UTF-8"));
  g_assert_cmpstr (take (stall_format_money (123450, "CNY")), ==, "¥1,234.50");
}

static void
test_counts (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_count (0)), ==, "0");
  g_assert_cmpstr (take (stall_format_count (999)), ==, "999");
  g_assert_cmpstr (take (stall_format_count (1000)), ==, "1,000");
  g_assert_cmpstr (take (stall_format_count (-1000000)), ==, "−1,000,000");
  g_assert_cmpstr (take (stall_format_count (G_MININT64)), ==, "−9,223,372,036,854,775,808");
  g_assert_cmpstr (take (stall_format_pieces (1)), ==, "1 piece");
  g_assert_cmpstr (take (stall_format_pieces (1200)), ==, "1,200 pieces");
  g_assert_cmpstr (take (stall_format_signed (3)), ==, "+3");
  g_assert_cmpstr (take (stall_format_signed (-2)), ==, "−2");
  g_assert_cmpstr (take (stall_format_signed (0)), ==, "0");
}

static void
test_dates (void)
{
  StallTime now = at (2026, 11, 22, 10, 0);

  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_date (now)), ==, "22 Nov 2026");
  g_assert_cmpstr (take (stall_format_date_time (at (2026, 1, 2, 14, 3))), ==, "2 Jan 2026, 14:03");
  g_assert_cmpstr (take (stall_format_date (STALL_TIME_NONE)), ==, "—");
  g_assert_cmpstr (take (stall_format_day (now)), ==, "Sunday, 22 November");
  g_assert_cmpstr (take (stall_format_weekday (now)), ==, "Sun 22 Nov");
  g_assert_cmpstr (take (stall_format_when (at (2026, 11, 22, 0, 0), now)), ==, "00:00");
  g_assert_cmpstr (take (stall_format_when (at (2026, 11, 21, 23, 59), now)), ==, "Yesterday");
  g_assert_cmpstr (take (stall_format_when (at (2026, 11, 20, 23, 59), now)), ==, "20 Nov");
  g_assert_cmpstr (take (stall_format_when (at (2025, 12, 31, 9, 0), now)), ==, "31 Dec 2025");
}

static void
test_moment (void)
{
  StallTime now = at (2026, 11, 22, 10, 0);

  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_moment (at (2026, 11, 22, 20, 5), now)), ==, "Today, 20:05");
  g_assert_cmpstr (take (stall_format_moment (at (2026, 11, 23, 0, 0), now)), ==,
                   "Tomorrow, 00:00");
  g_assert_cmpstr (take (stall_format_moment (at (2026, 11, 24, 8, 0), now)), ==, "24 Nov, 08:00");
  g_assert_cmpstr (take (stall_format_moment (at (2026, 11, 21, 8, 0), now)), ==, "21 Nov, 08:00");
  g_assert_cmpstr (take (stall_format_moment (at (2027, 1, 1, 8, 0), now)), ==,
                   "1 Jan 2027, 08:00");
  g_assert_cmpstr (take (stall_format_moment (STALL_TIME_NONE, now)), ==, "—");
}

static void
test_due (void)
{
  StallTime now = at (2026, 11, 22, 10, 0);

  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 20, 23, 59), now)), ==,
                   "Overdue by 2 days");
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 21, 23, 59), now)), ==,
                   "Overdue by 1 day");
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 22, 9, 59), now)), ==, "Overdue");
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 22, 18, 0), now)), ==, "Today");
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 23, 0, 0), now)), ==, "Tomorrow");
  g_assert_cmpstr (take (stall_format_due (at (2026, 11, 27, 1, 0), now)), ==, "In 5 days");
  g_assert_cmpstr (take (stall_format_due (STALL_TIME_NONE, now)), ==, "—");
}

static void
test_days_left (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_days_left (G_MAXDOUBLE)), ==, "—");
  g_assert_cmpstr (take (stall_format_days_left (INFINITY)), ==, "—");
  g_assert_cmpstr (take (stall_format_days_left (0)), ==, "Sold out");
  g_assert_cmpstr (take (stall_format_days_left (-4)), ==, "Sold out");
  g_assert_cmpstr (take (stall_format_days_left (0.4)), ==, "Less than a day");
  g_assert_cmpstr (take (stall_format_days_left (1.9)), ==, "1 day");
  g_assert_cmpstr (take (stall_format_days_left (13.99)), ==, "13 days");
  g_assert_cmpstr (take (stall_format_days_left (400)), ==, "Over a year");
  g_assert_cmpstr (take (stall_format_duration (0)), ==, "0\u00a0s");
  g_assert_cmpstr (take (stall_format_duration (59)), ==, "59\u00a0s");
  g_assert_cmpstr (take (stall_format_duration (4000)), ==, "67\u00a0min");
  g_assert_cmpstr (take (stall_format_duration (2 * 3600)), ==, "2\u00a0h");
}

static void
test_change (void)
{
  if (!use_locale ("en_US.UTF-8"))
    return;
  g_assert_cmpstr (take (stall_format_change (112, 100)), ==, "+12\u00a0%");
  g_assert_cmpstr (take (stall_format_change (97, 100)), ==, "−3\u00a0%");
  g_assert_cmpstr (take (stall_format_change (100, 100)), ==, "±0\u00a0%");
  g_assert_cmpstr (take (stall_format_change (0, 100)), ==, "−100\u00a0%");
  g_assert_cmpstr (take (stall_format_change (100, -100)), ==, "+200\u00a0%");
  g_assert_cmpstr (take (stall_format_change (5000, 100)), ==, "+4,900\u00a0%");
  g_assert_cmpstr (take (stall_format_change (5, 0)), ==, "new");
  g_assert_cmpstr (take (stall_format_change (0, 0)), ==, "—");
  g_assert_cmpstr (take (stall_format_change (-5, 0)), ==, "—");
  g_assert_cmpstr (take (stall_format_percent (0.123)), ==, "12\u00a0%");
  g_assert_cmpstr (take (stall_format_percent (0.001)), ==, "<1\u00a0%");
  g_assert_cmpstr (take (stall_format_percent (0)), ==, "0\u00a0%");
  g_assert_cmpstr (take (stall_format_percent (1)), ==, "100\u00a0%");
}

static void
test_styles (void)
{
  for (int status = 0; status < STALL_N_STATUSES; status++)
    g_assert_true (g_str_has_prefix (stall_status_get_style (status), "status-"));
  g_assert_cmpstr (stall_flag_get_style (1), ==, "flag-red");
  g_assert_cmpstr (take (stall_format_place ("workshop")), ==, "Workshop");
  g_assert_cmpstr (take (stall_format_place ("南市集")), ==, "南市集");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/money/en", test_money_en);
  g_test_add_func ("/format/money/de", test_money_de);
  g_test_add_func ("/format/money/zh", test_money_zh);
  g_test_add_func ("/format/money/c", test_money_c);
  g_test_add_func ("/format/counts", test_counts);
  g_test_add_func ("/format/dates", test_dates);
  g_test_add_func ("/format/moment", test_moment);
  g_test_add_func ("/format/due", test_due);
  g_test_add_func ("/format/days-left", test_days_left);
  g_test_add_func ("/format/change", test_change);
  g_test_add_func ("/format/styles", test_styles);
  status = g_test_run ();
  g_free (taken);
  return status;
}
