/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-csv-values.h"
#include "stall-import-private.h"

G_BEGIN_DECLS

/* One row of an order file, read through a preset. */

typedef struct
{
  guint columns[STALL_N_FIELDS]; /* index; G_MAXUINT: not there */
  gboolean comma;
  guint digits; /* of the currency's minor unit */
  StallDateOrder dates;
  GTimeZone *zone; /* the job's */
  gboolean shopify;
  char last_date[64]; /* rows of one order share their date */
  StallTime last_time;
} StallSaleColumns;

/* Strings live until the next row. */
typedef struct
{
  guint line;
  const char *number;
  const char *sku;
  const char *title;
  const char *options;
  StallTime at;       /* STALL_TIME_NONE: the row does not say */
  gboolean has_goods; /* FALSE: the row only adds to its order */
  int quantity;
  gint64 price;     /* a piece, minor units */
  gint64 remainder; /* of a line total that no price a piece gives */
  gboolean rounded;
  const char *price_text;
} StallSale;

void stall_sale_columns_init (StallSaleColumns *self, StallImportJob *job);
const char *
stall_sale_columns_get (StallSaleColumns *self, StallCsvReader *reader, StallField field);
gboolean stall_sale_columns_get_price (StallSaleColumns *self,
                                       StallCsvReader *reader,
                                       StallField field,
                                       gint64 *amount,
                                       char **problem);
gboolean stall_sale_read (StallSale *self,
                          StallSaleColumns *columns,
                          StallCsvReader *reader,
                          char **problem);

G_END_DECLS
