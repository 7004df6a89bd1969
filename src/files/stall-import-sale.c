/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-sale.h"
#include "stall-preset-private.h"

#include "stall-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An amount of a single line that sums of many cannot run over. */
#define MAX_AMOUNT G_GINT64_CONSTANT (1000000000000)

void
stall_sale_columns_init (StallSaleColumns *self, StallImportJob *job)
{
  const char *dates = stall_preset_get_date_format (job->preset);

  *self = (StallSaleColumns) {
    .comma = stall_preset_get_decimal_comma (job->preset),
    .digits = CLAMP (stall_currency_get_digits (job->currency), 0, 4),
    .dates = g_strcmp0 (dates, "dmy") == 0   ? STALL_DATE_DMY
             : g_strcmp0 (dates, "mdy") == 0 ? STALL_DATE_MDY
                                             : STALL_DATE_YMD,
    .zone = job->zone,
    .shopify = stall_preset_is_shopify (job->preset),
  };
  for (guint i = 0; i < STALL_N_FIELDS; i++)
    {
      const char *column = stall_preset_get_column (job->preset, i);

      self->columns[i] = column != NULL ? stall_import_job_find_column (job, column) : G_MAXUINT;
    }
}

const char *
stall_sale_columns_get (StallSaleColumns *self, StallCsvReader *reader, StallField field)
{
  return stall_csv_reader_get_text (reader, self->columns[field]);
}

static char *
price_problem (StallSaleColumns *self, const char *text)
{
  return g_strdup_printf (_ ("“%s” is not a price. Write it like %s."), text,
                          self->comma ? "1234,50" : "1234.50");
}

/* An empty cell is 0. */
gboolean
stall_sale_columns_get_price (StallSaleColumns *self,
                              StallCsvReader *reader,
                              StallField field,
                              gint64 *amount,
                              char **problem)
{
  const char *text = stall_sale_columns_get (self, reader, field);
  gboolean rounded;

  *amount = 0;
  if (*text == '\0' || stall_csv_parse_price (text, self->comma, self->digits, amount, &rounded))
    return TRUE;
  *problem = price_problem (self, text);
  return FALSE;
}

static gboolean
read_date (StallSale *self, StallSaleColumns *columns, const char *text, char **problem)
{
  self->at = STALL_TIME_NONE;
  if (*text == '\0')
    return TRUE;
  if (!g_str_equal (text, columns->last_date))
    {
      if (!stall_csv_parse_date (text, columns->dates, columns->zone, &columns->last_time))
        {
          columns->last_date[0] = '\0';
          *problem
              = g_strdup_printf (_ ("“%s” is not a date. Write it like 2024-05-31 18:30."), text);
          return FALSE;
        }
      g_strlcpy (columns->last_date, strlen (text) < sizeof columns->last_date ? text : "",
                 sizeof columns->last_date);
    }
  self->at = columns->last_time;
  return TRUE;
}

/* The price a piece, from its own column or from that of the line. */
static gboolean
read_price (StallSale *self, StallSaleColumns *columns, StallCsvReader *reader, char **problem)
{
  gboolean of_line = columns->columns[STALL_FIELD_PRICE] == G_MAXUINT;
  gint64 amount, total;

  self->price_text = stall_sale_columns_get (columns, reader,
                                             of_line ? STALL_FIELD_LINE_TOTAL : STALL_FIELD_PRICE);
  if (!stall_csv_parse_price (self->price_text, columns->comma, columns->digits, &amount,
                              &self->rounded))
    {
      *problem = price_problem (columns, self->price_text);
      return FALSE;
    }
  self->remainder = 0;
  self->price = amount;
  if (of_line && self->quantity != 0)
    {
      self->price = amount / self->quantity;
      self->remainder = amount % self->quantity;
    }
  if (!__builtin_mul_overflow (self->price, (gint64) self->quantity, &total)
      && ABS (total) < MAX_AMOUNT)
    return TRUE;
  *problem = g_strdup_printf (_ ("%d × “%s” is more than an order can be."), self->quantity,
                              self->price_text);
  return FALSE;
}

/* FALSE: @problem says what is wrong, for a person. */
gboolean
stall_sale_read (StallSale *self, StallSaleColumns *columns, StallCsvReader *reader, char **problem)
{
  const char *quantity = stall_sale_columns_get (columns, reader, STALL_FIELD_QUANTITY);

  self->line = stall_csv_reader_get_line (reader);
  self->number = stall_sale_columns_get (columns, reader, STALL_FIELD_NUMBER);
  self->sku = stall_sale_columns_get (columns, reader, STALL_FIELD_SKU);
  self->title = stall_sale_columns_get (columns, reader, STALL_FIELD_TITLE);
  self->options = stall_sale_columns_get (columns, reader, STALL_FIELD_OPTIONS);
  if (*self->number == '\0')
    {
      *problem = g_strdup (_ ("The order number is missing."));
      return FALSE;
    }
  if (!read_date (self, columns, stall_sale_columns_get (columns, reader, STALL_FIELD_DATE),
                  problem))
    return FALSE;
  self->has_goods = !columns->shopify || *quantity != '\0' || *self->title != '\0';
  if (!self->has_goods)
    return TRUE;
  if (!stall_csv_parse_quantity (quantity, columns->comma, &self->quantity))
    {
      *problem
          = g_strdup_printf (_ ("“%s” is not a number of pieces. Write a whole number."), quantity);
      return FALSE;
    }
  if (*self->sku == '\0' && *self->title == '\0')
    {
      *problem = g_strdup (_ ("The line has neither SKU nor product."));
      return FALSE;
    }
  return read_price (self, columns, reader, problem);
}
