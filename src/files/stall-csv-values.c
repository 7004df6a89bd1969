/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-csv-values.h"

#include <string.h>

/* More digits than any price or quantity has, and few enough for 64 bits. */
#define MAX_DIGITS 15

static gboolean
read_number (const char **at, guint min_digits, guint max_digits, int *number)
{
  guint digits = 0;

  for (*number = 0; g_ascii_isdigit (**at) && digits < max_digits; (*at)++, digits++)
    *number = *number * 10 + (**at - '0');
  return digits >= min_digits && !g_ascii_isdigit (**at);
}

static gboolean
skip_any (const char **at, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (*at, words[i]))
      {
        *at += strlen (words[i]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_day (const char **at, StallDateOrder order, int date[3])
{
  static const char *const marks[] = { "-", "/", ".", "年", "月", NULL };
  static const char *const end[] = { "日", NULL };
  /* where year, month and day stand */
  static const guint places[3][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 2, 0, 1 } };
  int numbers[3];

  for (guint i = 0; i < 3; i++)
    {
      if (!read_number (at, 1, 4, &numbers[i]) || (i < 2 && !skip_any (at, marks)))
        return FALSE;
    }
  skip_any (at, end);
  /* Four digits in front are a year whatever the order says. */
  if (numbers[0] > 31)
    order = STALL_DATE_YMD;
  for (guint i = 0; i < 3; i++)
    date[i] = numbers[places[order][i]];
  if (date[0] < 100)
    date[0] += date[0] < 70 ? 2000 : 1900;
  return g_date_valid_dmy (date[2], date[1], date[0]);
}

/* “8:26”, “08:26:00.123”, “8:26 PM”; nothing at all is the beginning of the day. */
static gboolean
read_clock (const char **at, int clock[3])
{
  static const char *const morning[] = { "AM", "am", "a.m.", NULL };
  static const char *const evening[] = { "PM", "pm", "p.m.", NULL };
  int fraction;

  memset (clock, 0, 3 * sizeof (int));
  while (**at == ' ' || **at == 'T')
    (*at)++;
  if (**at == '\0')
    return TRUE;
  if (!read_number (at, 1, 2, &clock[0]) || *(*at)++ != ':' || !read_number (at, 2, 2, &clock[1]))
    return FALSE;
  if (**at == ':')
    {
      (*at)++;
      if (!read_number (at, 2, 2, &clock[2]))
        return FALSE;
      if (**at == '.')
        {
          (*at)++;
          if (!read_number (at, 1, 9, &fraction))
            return FALSE;
        }
    }
  while (**at == ' ')
    (*at)++;
  if (skip_any (at, morning))
    clock[0] = clock[0] == 12 ? 0 : clock[0];
  else if (skip_any (at, evening))
    clock[0] = clock[0] < 12 ? clock[0] + 12 : clock[0];
  return clock[0] < 24 && clock[1] < 60 && clock[2] < 60;
}

/* “Z”, “UTC”, “+0800”, “-05:00”. Nothing: the time is that of this machine. */
static gboolean
read_zone (const char **at, gboolean *has_zone, int *seconds_east)
{
  static const char *const utc[] = { "Z", "UTC", "GMT", NULL };
  int sign, hours, minutes = 0;

  *seconds_east = 0;
  while (**at == ' ')
    (*at)++;
  *has_zone = **at != '\0';
  if (!*has_zone || skip_any (at, utc))
    return **at == '\0';
  sign = **at == '-' ? -1 : 1;
  if (**at != '+' && **at != '-')
    return FALSE;
  (*at)++;
  hours = strspn (*at, "0123456789") == 4 ? ((*at)[0] - '0') * 10 + (*at)[1] - '0' : -1;
  if (hours >= 0)
    *at += 2;
  else if (!read_number (at, 2, 2, &hours))
    return FALSE;
  if (**at == ':')
    (*at)++;
  if (**at != '\0' && !read_number (at, 2, 2, &minutes))
    return FALSE;
  *seconds_east = sign * (hours * 3600 + minutes * 60);
  return **at == '\0' && hours <= 14 && minutes < 60;
}

/**
 * stall_csv_parse_date:
 * @text: a cell
 * @order: how day, month and year stand; a year in front is seen by itself
 * @zone: (nullable): the zone of a date that says none, from g_time_zone_new_local(), which is
 * slow; %NULL to have it looked up when there is need
 * @time: (out): the time, UTC
 *
 * Reads a date with or without a time of day and a zone.
 *
 * Returns: %FALSE when it is no date
 */
gboolean
stall_csv_parse_date (const char *text, StallDateOrder order, GTimeZone *zone, StallTime *time)
{
  g_autoptr (GDateTime) moment = NULL;
  gboolean has_zone;
  int date[3], clock[3], east;

  if (!read_day (&text, order, date) || !read_clock (&text, clock)
      || !read_zone (&text, &has_zone, &east))
    return FALSE;
  if (has_zone)
    moment = g_date_time_new_utc (date[0], date[1], date[2], clock[0], clock[1], clock[2]);
  else if (zone == NULL)
    moment = g_date_time_new_local (date[0], date[1], date[2], clock[0], clock[1], clock[2]);
  else
    moment = g_date_time_new (zone, date[0], date[1], date[2], clock[0], clock[1], clock[2]);
  if (moment == NULL)
    return FALSE;
  *time = (g_date_time_to_unix (moment) - east) * STALL_SECOND;
  return TRUE;
}

/**
 * stall_csv_parse_price:
 * @text: a cell
 * @comma: whether the decimal mark is a comma
 * @digits: digits of the currency's minor unit
 * @amount: (out): minor units
 * @rounded: (out): whether the cell says more digits than the currency has
 *
 * Reads an amount of money: an optional sign, digits, one decimal mark. Anything else (a thousands
 * separator, a currency sign) could be read in two ways and is refused.
 *
 * Returns: %FALSE when it is no such amount
 */
gboolean
stall_csv_parse_price (const char *text,
                       gboolean comma,
                       guint digits,
                       gint64 *amount,
                       gboolean *rounded)
{
  const char mark = comma ? ',' : '.';
  gboolean negative = *text == '-', up = FALSE;
  guint n_digits = 0, n_decimals = 0;
  gint64 value = 0;

  *rounded = FALSE;
  if (*text == '-' || *text == '+')
    text++;
  for (; g_ascii_isdigit (*text); text++, n_digits++)
    value = n_digits < MAX_DIGITS ? value * 10 + (*text - '0') : value;
  if (n_digits > MAX_DIGITS - digits)
    return FALSE;
  if (*text == mark)
    for (text++; g_ascii_isdigit (*text); text++, n_digits++, n_decimals++)
      {
        if (n_decimals < digits)
          value = value * 10 + (*text - '0');
        else
          {
            up |= n_decimals == digits && *text >= '5';
            *rounded |= *text != '0';
          }
      }
  if (*text != '\0' || n_digits == 0)
    return FALSE;
  for (; n_decimals < digits; n_decimals++)
    value *= 10;
  value += up;
  *amount = negative ? -value : value;
  return TRUE;
}

/**
 * stall_csv_parse_quantity:
 * @text: a cell
 * @comma: whether the decimal mark is a comma
 * @quantity: (out): pieces
 *
 * Reads a whole number of pieces; “3.0” is one too.
 *
 * Returns: %FALSE when it is no whole number of at most a hundred million
 */
gboolean
stall_csv_parse_quantity (const char *text, gboolean comma, int *quantity)
{
  gboolean rounded;
  gint64 value;

  if (!stall_csv_parse_price (text, comma, 0, &value, &rounded) || rounded
      || ABS (value) > 100000000)
    return FALSE;
  *quantity = (int) value;
  return TRUE;
}

/**
 * stall_csv_parse_boolean:
 * @text: a cell
 *
 * Reads “true”, “yes”, “1”.
 *
 * Returns: %TRUE for these
 */
gboolean
stall_csv_parse_boolean (const char *text)
{
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0
         || g_ascii_strcasecmp (text, "1") == 0;
}
