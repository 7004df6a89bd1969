/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *product_id;
  StallContextType type;
  char *text;
  char *link;
  char *by;
  StallTime at;
  char *picture;
} Values;

struct _StallContextRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallContextRow, stall_context_row, STALL_TYPE_ROW)

static void
stall_context_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->product_id = g_strdup (stall_column_text (statement, column + 1));
  values->type = sqlite3_column_int (statement, column + 2);
  values->text = g_strdup (stall_column_text (statement, column + 3));
  values->link = g_strdup (stall_column_text (statement, column + 4));
  values->by = g_strdup (stall_column_text (statement, column + 5));
  values->at = stall_column_time (statement, column + 6);
  values->picture = g_strdup ((const char *) sqlite3_column_text (statement, column + 7));
}

static void
stall_context_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->product_id);
  g_free (values->text);
  g_free (values->link);
  g_free (values->by);
  g_free (values->picture);
}

static void
stall_context_row_class_init (StallContextRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_context_row_read;
  row_class->clear = stall_context_row_clear;
}

static void
stall_context_row_init (StallContextRow *self)
{
}

const char *
stall_context_row_get_id (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_context_row_get_product_id (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->product_id : "";
}

StallContextType
stall_context_row_get_context_type (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->type : STALL_CONTEXT_OWNER;
}

const char *
stall_context_row_get_text (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->text : "";
}

const char *
stall_context_row_get_link (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->link : "";
}

const char *
stall_context_row_get_by (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->by : "";
}

StallTime
stall_context_row_get_at (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->at : STALL_TIME_NONE;
}

const char *
stall_context_row_get_picture (StallContextRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->picture : NULL;
}
