/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-csv-values.h"

static void
test_prices (void)
{
  static const struct
  {
    const char *text;
    gboolean comma;
    guint digits;
    gboolean ok;
    gint64 amount;
    gboolean rounded;
  } cases[] = {
    { "2.55", FALSE, 2, TRUE, 255, FALSE },
    { "2.5", FALSE, 2, TRUE, 250, FALSE },
    { "2", FALSE, 2, TRUE, 200, FALSE },
    { "-11062.06", FALSE, 2, TRUE, -1106206, FALSE },
    { "0.001", FALSE, 2, TRUE, 0, TRUE },
    { "0.005", FALSE, 2, TRUE, 1, TRUE },
    { "10.9990", FALSE, 2, TRUE, 1100, TRUE },
    { "2.500", FALSE, 2, TRUE, 250, FALSE },
    { "19,90", TRUE, 2, TRUE, 1990, FALSE },
    { "19.90", TRUE, 2, FALSE, 0, FALSE },
    { "1,234.5€", FALSE, 2, FALSE, 0, FALSE },
    { "1,234.50", FALSE, 2, FALSE, 0, FALSE },
    { "1200", FALSE, 0, TRUE, 1200, FALSE },
    { "", FALSE, 2, FALSE, 0, FALSE },
    { ".5", FALSE, 2, TRUE, 50, FALSE },
    { "-", FALSE, 2, FALSE, 0, FALSE },
    { "9999999999999999", FALSE, 2, FALSE, 0, FALSE },
    { "1e5", FALSE, 2, FALSE, 0, FALSE },
    { "NaN", FALSE, 2, FALSE, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 amount = 0;
      gboolean rounded = FALSE;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (
          stall_csv_parse_price (cases[i].text, cases[i].comma, cases[i].digits, &amount, &rounded),
          ==, cases[i].ok);
      if (!cases[i].ok)
        continue;
      g_assert_cmpint (amount, ==, cases[i].amount);
      g_assert_cmpint (rounded, ==, cases[i].rounded);
    }
}

static void
test_quantities (void)
{
  int quantity;

  g_assert_true (stall_csv_parse_quantity ("-80995", FALSE, &quantity));
  g_assert_cmpint (quantity, ==, -80995);
  g_assert_true (stall_csv_parse_quantity ("3.0", FALSE, &quantity));
  g_assert_cmpint (quantity, ==, 3);
  g_assert_false (stall_csv_parse_quantity ("3.5", FALSE, &quantity));
  g_assert_false (stall_csv_parse_quantity ("a few", FALSE, &quantity));
  g_assert_false (stall_csv_parse_quantity ("1000000000", FALSE, &quantity));
  g_assert_false (stall_csv_parse_quantity ("", FALSE, &quantity));
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    StallDateOrder order;
    const char *utc; /* NULL: no date */
  } cases[] = {
    { "2010-12-01 08:26:00", STALL_DATE_YMD, "2010-12-01T08:26:00" },
    { "2010-12-01", STALL_DATE_YMD, "2010-12-01T00:00:00" },
    { "2026-02-01 10:00:00 +0800", STALL_DATE_YMD, "2026-02-01T02:00:00" },
    { "2026-02-01T10:00:00.123Z", STALL_DATE_YMD, "2026-02-01T10:00:00" },
    { "2026-02-01 10:00:00 -05:00", STALL_DATE_YMD, "2026-02-01T15:00:00" },
    { "1/12/2010 8:26", STALL_DATE_DMY, "2010-12-01T08:26:00" },
    { "12/1/2010 8:26 PM", STALL_DATE_MDY, "2010-12-01T20:26:00" },
    { "12/1/10 12:05 am", STALL_DATE_MDY, "2010-12-01T00:05:00" },
    { "31.12.2025", STALL_DATE_DMY, "2025-12-31T00:00:00" },
    { "2025/12/31", STALL_DATE_DMY, "2025-12-31T00:00:00" },
    { "2026年1月5日 9:30", STALL_DATE_YMD, "2026-01-05T09:30:00" },
    { "31/12/2025", STALL_DATE_MDY, NULL },
    { "2025-02-30", STALL_DATE_YMD, NULL },
    { "2025-02-10 25:00", STALL_DATE_YMD, NULL },
    { "yesterday", STALL_DATE_YMD, NULL },
    { "", STALL_DATE_YMD, NULL },
    { "44562", STALL_DATE_YMD, NULL },
    { "2025-02-10 10:00:00 +9999", STALL_DATE_YMD, NULL },
  };

  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StallTime time;
      gboolean ok
          = stall_csv_parse_date (cases[i].text, cases[i].order, i % 2 == 0 ? zone : NULL, &time);
      g_autofree char *text = ok ? stall_time_to_string (time) : NULL;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].utc != NULL);
      if (ok)
        g_assert_true (g_str_has_prefix (text, cases[i].utc));
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-values/prices", test_prices);
  g_test_add_func ("/csv-values/quantities", test_quantities);
  g_test_add_func ("/csv-values/dates", test_dates);
  return g_test_run ();
}
