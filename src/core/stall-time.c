/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-time.h"

#include <string.h>

/* What RFC 3339 can say: the years 0000 to 9999. */
#define FIRST_TIME (-62167219200 * STALL_SECOND)
#define LAST_TIME (253402300800 * STALL_SECOND - 1)

/* Days since 1970-01-01 and back, by Howard Hinnant's “chrono-Compatible Low-Level Date
 * Algorithms”: years begin in March, so that the leap day is the last of its year; 400 years are
 * 146097 days. */
static gint64
days_from_civil (int year, guint month, guint day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  guint year_of_era = y - era * 400;
  guint day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  guint day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * 146097 + day_of_era - 719468;
}

static void
civil_from_days (gint64 days, int *year, guint *month, guint *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  guint day_of_era = shifted - era * 146097;
  guint year_of_era
      = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  guint day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint month_from_march = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

static guint
days_in_month (int year, guint month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

/* Exactly @n digits, then @after unless it is 0. */
static gboolean
take_number (const char **text, guint n, char after, int *value)
{
  int result = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      result = result * 10 + ((*text)[i] - '0');
    }
  *text += n;
  if (after != '\0' && *(*text)++ != after)
    return FALSE;

  *value = result;
  return TRUE;
}

/* An optional fraction of a second; what is finer than a millisecond is dropped. */
static gboolean
take_milliseconds (const char **text, int *milliseconds)
{
  int weight = 100;

  *milliseconds = 0;
  if (**text != '.')
    return TRUE;
  (*text)++;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, weight /= 10)
    *milliseconds += (**text - '0') * weight;
  return TRUE;
}

/* "Z" or "+08:00", to the end of the text. */
static gboolean
take_offset (const char *text, int *minutes)
{
  int sign = *text == '-' ? -1 : 1;
  int hour, minute;

  *minutes = 0;
  if (*text == 'Z' || *text == 'z')
    return text[1] == '\0';
  if (*text != '+' && *text != '-')
    return FALSE;
  text++;
  if (!take_number (&text, 2, ':', &hour) || !take_number (&text, 2, '\0', &minute))
    return FALSE;
  *minutes = sign * (hour * 60 + minute);
  return hour <= 23 && minute <= 59 && *text == '\0';
}

static char *
put_digits (char *text, guint value, guint n)
{
  for (guint i = n; i > 0; i--, value /= 10)
    text[i - 1] = '0' + value % 10;
  return text + n;
}

static char *
put_number (char *text, guint value, guint n, char after)
{
  text = put_digits (text, value, n);
  *text = after;
  return text + 1;
}

/**
 * stall_time_now:
 *
 * Returns: milliseconds since 1970, UTC
 */
StallTime
stall_time_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * stall_time_parse:
 * @text: (nullable): RFC 3339 text such as "2026-11-22T03:20:00Z", with any offset
 * @time: (out): milliseconds since 1970, UTC
 *
 * Returns: whether @text is a time
 */
gboolean
stall_time_parse (const char *text, StallTime *time)
{
  int year, month, day, hour, minute, second, milliseconds, offset;
  StallTime result;

  g_return_val_if_fail (time != NULL, FALSE);

  if (text == NULL || !take_number (&text, 4, '-', &year) || !take_number (&text, 2, '-', &month)
      || !take_number (&text, 2, '\0', &day))
    return FALSE;
  if (*text != 'T' && *text != 't' && *text != ' ')
    return FALSE;
  text++;
  if (!take_number (&text, 2, ':', &hour) || !take_number (&text, 2, ':', &minute)
      || !take_number (&text, 2, '\0', &second) || !take_milliseconds (&text, &milliseconds)
      || !take_offset (text, &offset))
    return FALSE;
  /* Second 60 is a leap second; the next one is as near as UTC in milliseconds comes. */
  if (month < 1 || month > 12 || day < 1 || (guint) day > days_in_month (year, month) || hour > 23
      || minute > 59 || second > 60)
    return FALSE;

  result = days_from_civil (year, month, day) * STALL_DAY + hour * STALL_HOUR
           + (minute - offset) * STALL_MINUTE + second * STALL_SECOND + milliseconds;
  if (result < FIRST_TIME || result > LAST_TIME)
    return FALSE;
  *time = result;
  return TRUE;
}

/**
 * stall_time_write:
 * @time: milliseconds since 1970, UTC
 * @buffer: room for the text
 *
 * Writes RFC 3339 text, with milliseconds only where there are some. What lies outside the years
 * 0000 to 9999, such as %STALL_TIME_NONE, is the empty text.
 *
 * Returns: length of the text
 */
gsize
stall_time_write (StallTime time, char buffer[32])
{
  char *end = buffer;
  gint64 days;
  guint rest, month, day;
  int year;

  if (time < FIRST_TIME || time > LAST_TIME)
    {
      buffer[0] = '\0';
      return 0;
    }

  days = (time >= 0 ? time : time - (STALL_DAY - 1)) / STALL_DAY;
  rest = time - days * STALL_DAY;
  civil_from_days (days, &year, &month, &day);
  end = put_number (end, year, 4, '-');
  end = put_number (end, month, 2, '-');
  end = put_number (end, day, 2, 'T');
  end = put_number (end, rest / STALL_HOUR, 2, ':');
  end = put_number (end, rest / STALL_MINUTE % 60, 2, ':');
  end = put_digits (end, rest / STALL_SECOND % 60, 2);
  if (rest % STALL_SECOND != 0)
    {
      *end++ = '.';
      end = put_digits (end, rest % STALL_SECOND, 3);
    }
  *end++ = 'Z';
  *end = '\0';
  return end - buffer;
}

/**
 * stall_time_to_string:
 * @time: milliseconds since 1970, UTC
 *
 * Returns: (transfer full): RFC 3339 text; see stall_time_write()
 */
char *
stall_time_to_string (StallTime time)
{
  char buffer[32];

  stall_time_write (time, buffer);
  return g_strdup (buffer);
}

/* How much of its day has passed at @start. A clock that goes back over midnight makes two of them,
 * and GLib takes the later. */
static gint64
get_seconds_before (GDateTime *start)
{
  g_autoptr (GDateTime) before = g_date_time_add_seconds (start, -1);

  if (g_date_time_get_day_of_month (before) != g_date_time_get_day_of_month (start))
    return 0;
  return g_date_time_get_hour (before) * 3600 + g_date_time_get_minute (before) * 60
         + g_date_time_get_second (before) + 1;
}

/**
 * stall_time_day_start:
 * @time: milliseconds since 1970, UTC
 * @days_later: how many days after the day of @time; below 0 for days before
 *
 * When a day begins here: local midnight, or the first moment of a day that has no midnight because
 * summer time begins then.
 *
 * Returns: milliseconds since 1970, UTC
 */
StallTime
stall_time_day_start (StallTime time, int days_later)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local_usec (time * 1000);
  g_autoptr (GDateTime) start = NULL;
  int year;
  guint month, day;

  g_return_val_if_fail (moment != NULL, time);

  civil_from_days (days_from_civil (g_date_time_get_year (moment), g_date_time_get_month (moment),
                                    g_date_time_get_day_of_month (moment))
                       + days_later,
                   &year, &month, &day);
  start = g_date_time_new_local (year, month, day, 0, 0, 0);
  g_return_val_if_fail (start != NULL, time);
  return (g_date_time_to_unix (start) - get_seconds_before (start)) * STALL_SECOND;
}
