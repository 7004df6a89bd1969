/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *title;
  char *skus;
  int n_variants;
  StallStage stage;
  gboolean one_off;
  char *cover;
  gint64 price_min;
  gint64 price_max;
  char *currency;
  int on_hand;
  int reserved;
  int n_low;
  int sold;
  int sold_28;
  double days_left;
  StallTime stage_at;
  char *stage_reason;
} Values;

struct _StallProductRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallProductRow, stall_product_row, STALL_TYPE_ROW)

static void
stall_product_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->title = g_strdup (stall_column_text (statement, column + 1));
  values->skus = g_strdup (stall_column_text (statement, column + 2));
  values->n_variants = sqlite3_column_int (statement, column + 3);
  values->stage = sqlite3_column_int (statement, column + 4);
  values->one_off = sqlite3_column_int (statement, column + 5);
  values->cover = g_strdup ((const char *) sqlite3_column_text (statement, column + 6));
  values->price_min = stall_column_time (statement, column + 7);
  values->price_max = stall_column_time (statement, column + 8);
  values->currency = g_strdup (stall_column_text (statement, column + 9));
  values->on_hand = sqlite3_column_int (statement, column + 10);
  values->reserved = sqlite3_column_int (statement, column + 11);
  values->n_low = sqlite3_column_int (statement, column + 12);
  values->sold = sqlite3_column_int (statement, column + 13);
  values->sold_28 = sqlite3_column_int (statement, column + 14);
  values->days_left = sqlite3_column_type (statement, column + 15) != SQLITE_NULL
                          ? sqlite3_column_double (statement, column + 15)
                          : G_MAXDOUBLE;
  values->stage_at = stall_column_time (statement, column + 16);
  values->stage_reason = g_strdup (stall_column_text (statement, column + 17));
}

static void
stall_product_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->title);
  g_free (values->skus);
  g_free (values->cover);
  g_free (values->currency);
  g_free (values->stage_reason);
}

static void
stall_product_row_class_init (StallProductRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_product_row_read;
  row_class->clear = stall_product_row_clear;
}

static void
stall_product_row_init (StallProductRow *self)
{
}

const char *
stall_product_row_get_id (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_product_row_get_title (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->title : "";
}

const char *
stall_product_row_get_skus (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->skus : "";
}

int
stall_product_row_get_n_variants (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_variants : 0;
}

StallStage
stall_product_row_get_stage (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->stage : STALL_STAGE_IDEA;
}

gboolean
stall_product_row_get_one_off (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->one_off : FALSE;
}

/* A one-off goes off sale by being sold: its stage stays, because the sale can be taken back. */
gboolean
stall_product_row_get_off_sale (StallProductRow *self)
{
  StallStage stage = stall_product_row_get_stage (self);

  return stall_product_row_get_one_off (self) && stall_product_row_get_available (self) <= 0
         && (stage == STALL_STAGE_ON_SALE || stage == STALL_STAGE_REORDERED);
}

const char *
stall_product_row_get_cover (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->cover : NULL;
}

gint64
stall_product_row_get_price_min (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->price_min : STALL_PRICE_NONE;
}

gint64
stall_product_row_get_price_max (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->price_max : STALL_PRICE_NONE;
}

const char *
stall_product_row_get_currency (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->currency : "";
}

int
stall_product_row_get_on_hand (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->on_hand : 0;
}

int
stall_product_row_get_reserved (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->reserved : 0;
}

int
stall_product_row_get_n_low (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_low : 0;
}

int
stall_product_row_get_sold (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sold : 0;
}

int
stall_product_row_get_sold_28 (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sold_28 : 0;
}

double
stall_product_row_get_days_left (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->days_left : G_MAXDOUBLE;
}

int
stall_product_row_get_available (StallProductRow *self)
{
  return stall_product_row_get_on_hand (self) - stall_product_row_get_reserved (self);
}

StallTime
stall_product_row_get_stage_at (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->stage_at : STALL_TIME_NONE;
}

const char *
stall_product_row_get_stage_reason (StallProductRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->stage_reason : "";
}
