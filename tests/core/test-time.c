/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-time.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *written; /* NULL: not a time */
} parse_cases[] = {
  { "2026-11-22T03:20:00Z", "2026-11-22T03:20:00Z" },
  { "2026-11-22t03:20:00z", "2026-11-22T03:20:00Z" },
  { "2026-11-22 03:20:00Z", "2026-11-22T03:20:00Z" },
  { "2026-11-22T11:20:00+08:00", "2026-11-22T03:20:00Z" },
  { "2026-11-21T22:50:00-04:30", "2026-11-22T03:20:00Z" },
  { "2026-11-22T03:20:00.5Z", "2026-11-22T03:20:00.500Z" },
  { "2026-11-22T03:20:00.123456789Z", "2026-11-22T03:20:00.123Z" },
  { "2026-11-22T03:20:00.000Z", "2026-11-22T03:20:00Z" },
  { "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
  { "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
  { "0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z" },
  { "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z" },
  { "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z" },
  { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
  { "2026-02-29T00:00:00Z", NULL },
  { "1900-02-29T00:00:00Z", NULL },
  { "2026-13-01T00:00:00Z", NULL },
  { "2026-00-01T00:00:00Z", NULL },
  { "2026-01-00T00:00:00Z", NULL },
  { "2026-04-31T00:00:00Z", NULL },
  { "2026-01-01T24:00:00Z", NULL },
  { "2026-01-01T00:60:00Z", NULL },
  { "2026-01-01T00:00:61Z", NULL },
  { "2026-01-01T00:00:00", NULL },
  { "2026-01-01T00:00:00.Z", NULL },
  { "2026-01-01T00:00:00+0800", NULL },
  { "2026-01-01T00:00:00+24:00", NULL },
  { "2026-01-01T00:00:00Zx", NULL },
  { "2026-01-01T00:00:00+08:00x", NULL },
  { "0000-01-01T00:00:00+08:00", NULL },
  { "9999-12-31T23:59:59-08:00", NULL },
  { "2026-01-01", NULL },
  { "2026-1-1T00:00:00Z", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      StallTime time = 42;
      g_autofree char *written = NULL;

      g_test_message ("%s", parse_cases[i].text);
      g_assert_cmpint (stall_time_parse (parse_cases[i].text, &time), ==,
                       parse_cases[i].written != NULL);
      if (parse_cases[i].written == NULL)
        {
          g_assert_cmpint (time, ==, 42);
          continue;
        }
      written = stall_time_to_string (time);
      g_assert_cmpstr (written, ==, parse_cases[i].written);
    }
}

/* Against GLib's own calendar, over the years that it writes with four digits. */
static void
test_against_glib (void)
{
  for (gint64 seconds = -30610224000; seconds < 253402300800; seconds += 86400 * 97 + 12345)
    {
      g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
      char written[32];
      StallTime time;

      g_assert_cmpuint (stall_time_write (seconds * 1000, written), ==, strlen (written));
      g_assert_cmpstr (written, ==, expected);
      g_assert_true (stall_time_parse (written, &time));
      g_assert_cmpint (time, ==, seconds * 1000);
    }
}

static void
test_out_of_range (void)
{
  char written[32] = "x";

  g_assert_cmpuint (stall_time_write (STALL_TIME_NONE, written), ==, 0);
  g_assert_cmpstr (written, ==, "");
  g_assert_cmpuint (stall_time_write (G_MAXINT64, written), ==, 0);
}

static const struct
{
  const char *zone;
  const char *time;
  int days_later;
  const char *start;
} day_cases[] = {
  { "Asia/Shanghai", "2026-11-22T03:20:00Z", 0, "2026-11-21T16:00:00Z" },
  { "Asia/Shanghai", "2026-11-21T16:00:00Z", 0, "2026-11-21T16:00:00Z" },
  { "Asia/Shanghai", "2026-11-21T15:59:59.999Z", 0, "2026-11-20T16:00:00Z" },
  { "Asia/Shanghai", "2026-11-22T03:20:00Z", 1, "2026-11-22T16:00:00Z" },
  { "Asia/Shanghai", "2026-11-22T03:20:00Z", -30, "2026-10-22T16:00:00Z" },
  { "Asia/Shanghai", "1969-12-31T20:00:00Z", 0, "1969-12-31T16:00:00Z" },
  /* The day of 23 hours, and the day of 25. */
  { "Europe/Berlin", "2026-03-29T12:00:00Z", 0, "2026-03-28T23:00:00Z" },
  { "Europe/Berlin", "2026-03-29T12:00:00Z", 1, "2026-03-29T22:00:00Z" },
  { "Europe/Berlin", "2026-10-25T12:00:00Z", 0, "2026-10-24T22:00:00Z" },
  { "Europe/Berlin", "2026-10-25T12:00:00Z", 1, "2026-10-25T23:00:00Z" },
  /* No midnight: summer time begins with the day. */
  { "America/Sao_Paulo", "2018-11-04T12:00:00Z", 0, "2018-11-04T03:00:00Z" },
  /* Two midnights: the clock goes back from one to twelve. */
  { "America/Havana", "2025-11-02T15:00:00Z", 0, "2025-11-02T04:00:00Z" },
};

/* The zone is read once a process, so each case has its own. */
static void
test_day_start (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  StallTime time;
  g_autofree char *start = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("TZ", day_cases[i].zone, TRUE);
  g_assert_true (stall_time_parse (day_cases[i].time, &time));
  start = stall_time_to_string (stall_time_day_start (time, day_cases[i].days_later));
  g_assert_cmpstr (start, ==, day_cases[i].start);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/against-glib", test_against_glib);
  g_test_add_func ("/time/out-of-range", test_out_of_range);
  for (guint i = 0; i < G_N_ELEMENTS (day_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/time/day-start/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_day_start);
    }
  return g_test_run ();
}
