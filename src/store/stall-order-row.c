/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include <glib/gi18n-lib.h>

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *order_number;
  char *customer;
  StallStatus status;
  StallSource source;
  StallTime placed_at;
  StallTime ship_by;
  gint64 total;
  gint64 paid;
  gint64 taken;
  gboolean has_taken;
  char *currency;
  int pieces;
  char *summary;
  StallFlag flag;
  char *remark;
  gboolean personalised;
  gboolean waits;
} Values;

struct _StallOrderRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallOrderRow, stall_order_row, STALL_TYPE_ROW)

/* “Lilac suit and 2 more” */
static char *
make_summary (const char *first_title, int n_lines)
{
  if (n_lines <= 1)
    return g_strdup (first_title);
  return g_strdup_printf (ngettext ("%s and %d more", "%s and %d more", n_lines - 1), first_title,
                          n_lines - 1);
}

static void
stall_order_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->order_number = g_strdup (stall_column_text (statement, column + 1));
  values->customer = g_strdup (stall_column_text (statement, column + 2));
  values->status = sqlite3_column_int (statement, column + 3);
  values->source = sqlite3_column_int (statement, column + 4);
  values->placed_at = sqlite3_column_int64 (statement, column + 5);
  values->ship_by = stall_column_time (statement, column + 6);
  values->total = sqlite3_column_int64 (statement, column + 7);
  values->paid = sqlite3_column_int64 (statement, column + 8);
  values->currency = g_strdup (stall_column_text (statement, column + 9));
  values->pieces = sqlite3_column_int (statement, column + 10);
  values->summary = make_summary (stall_column_text (statement, column + 12),
                                  sqlite3_column_int (statement, column + 11));
  values->flag = sqlite3_column_int (statement, column + 13);
  values->remark = g_strdup (stall_column_text (statement, column + 14));
  values->personalised = sqlite3_column_int (statement, column + 15);
  values->waits = sqlite3_column_int (statement, column + 16);
}

static void
stall_order_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->order_number);
  g_free (values->customer);
  g_free (values->currency);
  g_free (values->summary);
  g_free (values->remark);
}

static void
stall_order_row_class_init (StallOrderRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_order_row_read;
  row_class->clear = stall_order_row_clear;
}

static void
stall_order_row_init (StallOrderRow *self)
{
}

gboolean
stall_order_row_read_taken (StallOrderRow *self,
                            const StallQuery *query,
                            StallDatabase *database,
                            GError **error)
{
  Values *values = stall_row_get_values (STALL_ROW (self));

  values->has_taken = stall_database_get_int (
      database, &values->taken, error,
      "SELECT coalesce (sum (amount), 0) FROM payment WHERE orders = ? AND currency = ? AND at >= "
      "? AND at < ?",
      "isii", stall_row_get_number (STALL_ROW (self)), values->currency, query->paid_from,
      query->paid_until != 0 ? query->paid_until : G_MAXINT64);
  return values->has_taken;
}

const char *
stall_order_row_get_id (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_order_row_get_order_number (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->order_number : "";
}

const char *
stall_order_row_get_customer (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->customer : "";
}

StallStatus
stall_order_row_get_status (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->status : STALL_STATUS_UNPAID;
}

StallSource
stall_order_row_get_source (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->source : STALL_SOURCE_OTHER;
}

StallTime
stall_order_row_get_placed_at (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->placed_at : STALL_TIME_NONE;
}

StallTime
stall_order_row_get_ship_by (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->ship_by : STALL_TIME_NONE;
}

gint64
stall_order_row_get_total (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->total : 0;
}

gint64
stall_order_row_get_paid (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->paid : 0;
}

gboolean
stall_order_row_get_taken (StallOrderRow *self, gint64 *taken)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  *taken = values != NULL ? values->taken : 0;
  return values != NULL && values->has_taken;
}

const char *
stall_order_row_get_currency (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->currency : "";
}

int
stall_order_row_get_pieces (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->pieces : 0;
}

const char *
stall_order_row_get_summary (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->summary : "";
}

StallFlag
stall_order_row_get_flag (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->flag : STALL_FLAG_NONE;
}

const char *
stall_order_row_get_remark (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->remark : "";
}

gboolean
stall_order_row_get_personalised (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->personalised : FALSE;
}

gboolean
stall_order_row_get_waits (StallOrderRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->waits : FALSE;
}
