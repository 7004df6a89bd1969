/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *label;
  char *topic;
  StallTime at;
  gboolean undone;
} Values;

struct _StallActivityRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallActivityRow, stall_activity_row, STALL_TYPE_ROW)

static void
stall_activity_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->label = g_strdup (stall_column_text (statement, column));
  values->at = sqlite3_column_int64 (statement, column + 1);
  values->undone = sqlite3_column_int (statement, column + 2) != 0;
  values->topic = g_strdup (stall_column_text (statement, column + 3));
}

static void
stall_activity_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->label);
  g_free (values->topic);
}

static void
stall_activity_row_class_init (StallActivityRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_activity_row_read;
  row_class->clear = stall_activity_row_clear;
}

static void
stall_activity_row_init (StallActivityRow *self)
{
}

const char *
stall_activity_row_get_label (StallActivityRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->label : "";
}

StallTime
stall_activity_row_get_at (StallActivityRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->at : STALL_TIME_NONE;
}

gboolean
stall_activity_row_get_undone (StallActivityRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->undone : FALSE;
}

const char *
stall_activity_row_get_topic (StallActivityRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->topic : NULL;
}
