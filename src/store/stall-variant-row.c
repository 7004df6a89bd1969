/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *product_id;
  char *product_title;
  char *title;
  char *sku;
  char *barcode;
  char *cover;
  gint64 price;
  gint64 cost;
  char *currency;
  int on_hand;
  int reserved;
  int low_at;
  int sold;
  int sold_28;
  gboolean is_kit;
} Values;

struct _StallVariantRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallVariantRow, stall_variant_row, STALL_TYPE_ROW)

static void
stall_variant_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->product_id = g_strdup (stall_column_text (statement, column + 1));
  values->product_title = g_strdup (stall_column_text (statement, column + 2));
  values->title = g_strdup (stall_column_text (statement, column + 3));
  values->sku = g_strdup (stall_column_text (statement, column + 4));
  values->barcode = g_strdup (stall_column_text (statement, column + 5));
  values->cover = g_strdup ((const char *) sqlite3_column_text (statement, column + 6));
  values->price = stall_column_time (statement, column + 7);
  values->cost = stall_column_time (statement, column + 8);
  values->currency = g_strdup (stall_column_text (statement, column + 9));
  values->on_hand = sqlite3_column_int (statement, column + 10);
  values->reserved = sqlite3_column_int (statement, column + 11);
  values->low_at = sqlite3_column_int (statement, column + 12);
  values->sold = sqlite3_column_int (statement, column + 13);
  values->sold_28 = sqlite3_column_int (statement, column + 14);
  values->is_kit = sqlite3_column_int (statement, column + 15);
}

static void
stall_variant_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->product_id);
  g_free (values->product_title);
  g_free (values->title);
  g_free (values->sku);
  g_free (values->barcode);
  g_free (values->cover);
  g_free (values->currency);
}

static void
stall_variant_row_class_init (StallVariantRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_variant_row_read;
  row_class->clear = stall_variant_row_clear;
}

static void
stall_variant_row_init (StallVariantRow *self)
{
}

const char *
stall_variant_row_get_id (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_variant_row_get_product_id (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->product_id : "";
}

const char *
stall_variant_row_get_product_title (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->product_title : "";
}

const char *
stall_variant_row_get_title (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->title : "";
}

const char *
stall_variant_row_get_sku (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sku : "";
}

const char *
stall_variant_row_get_barcode (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->barcode : "";
}

const char *
stall_variant_row_get_cover (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->cover : NULL;
}

gint64
stall_variant_row_get_price (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->price : STALL_PRICE_NONE;
}

gint64
stall_variant_row_get_cost (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->cost : STALL_PRICE_NONE;
}

const char *
stall_variant_row_get_currency (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->currency : "";
}

int
stall_variant_row_get_on_hand (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->on_hand : 0;
}

int
stall_variant_row_get_reserved (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->reserved : 0;
}

int
stall_variant_row_get_low_at (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->low_at : 0;
}

int
stall_variant_row_get_sold (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sold : 0;
}

int
stall_variant_row_get_sold_28 (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sold_28 : 0;
}

gboolean
stall_variant_row_get_is_kit (StallVariantRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->is_kit : FALSE;
}

int
stall_variant_row_get_available (StallVariantRow *self)
{
  return stall_variant_row_get_on_hand (self) - stall_variant_row_get_reserved (self);
}

double
stall_variant_row_get_days_left (StallVariantRow *self)
{
  int sold = stall_variant_row_get_sold_28 (self);

  return sold > 0 ? MAX (stall_variant_row_get_on_hand (self), 0) * 28.0 / sold : G_MAXDOUBLE;
}
