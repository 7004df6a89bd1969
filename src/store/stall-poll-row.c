/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *question;
  StallTime opens_at;
  StallTime closes_at;
  int threshold_votes;
  int threshold_deposits;
  gboolean hidden;
  int n_options;
  GStrv covers;
  gint64 votes;
  gint64 deposits;
  int outcome; /* -1: not decided */
  int quantity;
  char *decided_option;
  gint64 sold;
  char *leader;
} Values;

struct _StallPollRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallPollRow, stall_poll_row, STALL_TYPE_ROW)

static void
stall_poll_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->question = g_strdup (stall_column_text (statement, column + 1));
  values->opens_at = stall_column_time (statement, column + 2);
  values->closes_at = stall_column_time (statement, column + 3);
  values->threshold_votes = sqlite3_column_int (statement, column + 4);
  values->threshold_deposits = sqlite3_column_int (statement, column + 5);
  values->hidden = sqlite3_column_int (statement, column + 6);
  values->n_options = sqlite3_column_int (statement, column + 7);
  values->covers = g_strsplit (stall_column_text (statement, column + 8), " ", -1);
  values->votes = sqlite3_column_int64 (statement, column + 9);
  values->deposits = sqlite3_column_int64 (statement, column + 10);
  values->outcome = sqlite3_column_type (statement, column + 11) != SQLITE_NULL
                        ? sqlite3_column_int (statement, column + 11)
                        : -1;
  values->quantity = sqlite3_column_int (statement, column + 12);
  values->decided_option = g_strdup (stall_column_text (statement, column + 13));
  values->sold = sqlite3_column_int64 (statement, column + 14);
  values->leader = g_strdup (stall_column_text (statement, column + 15));
}

static void
stall_poll_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->question);
  g_strfreev (values->covers);
  g_free (values->decided_option);
  g_free (values->leader);
}

static void
stall_poll_row_class_init (StallPollRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_poll_row_read;
  row_class->clear = stall_poll_row_clear;
}

static void
stall_poll_row_init (StallPollRow *self)
{
}

const char *
stall_poll_row_get_id (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_poll_row_get_question (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->question : "";
}

StallTime
stall_poll_row_get_opens_at (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->opens_at : STALL_TIME_NONE;
}

StallTime
stall_poll_row_get_closes_at (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->closes_at : STALL_TIME_NONE;
}

int
stall_poll_row_get_threshold_votes (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->threshold_votes : 0;
}

int
stall_poll_row_get_threshold_deposits (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->threshold_deposits : 0;
}

gboolean
stall_poll_row_get_hidden (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->hidden : FALSE;
}

int
stall_poll_row_get_n_options (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_options : 0;
}

const char *const *
stall_poll_row_get_covers (StallPollRow *self)
{
  static const char *const none[] = { NULL };
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? (const char *const *) values->covers : none;
}

gint64
stall_poll_row_get_votes (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->votes : 0;
}

gint64
stall_poll_row_get_deposits (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->deposits : 0;
}

int
stall_poll_row_get_quantity (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->quantity : 0;
}

const char *
stall_poll_row_get_decided_option (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->decided_option : "";
}

gint64
stall_poll_row_get_sold (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sold : 0;
}

const char *
stall_poll_row_get_leader (StallPollRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->leader : "";
}

/**
 * stall_poll_row_get_state:
 * @self: a row
 * @now: the time, milliseconds UTC
 *
 * Returns: how far the poll is
 */
StallPollState
stall_poll_row_get_state (StallPollRow *self, StallTime now)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  if (values == NULL)
    return STALL_POLL_DRAFT;
  return stall_poll_state_at (
      now, values->opens_at, values->closes_at,
      (values->threshold_votes > 0 && values->votes >= values->threshold_votes)
          || (values->threshold_deposits > 0 && values->deposits >= values->threshold_deposits),
      values->outcome >= 0);
}

/**
 * stall_poll_row_get_outcome:
 * @self: a row
 * @outcome: (out): how the poll ended
 *
 * Returns: %FALSE while it has no decision
 */
gboolean
stall_poll_row_get_outcome (StallPollRow *self, StallDecisionOutcome *outcome)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  if (values == NULL || values->outcome < 0)
    return FALSE;
  *outcome = values->outcome;
  return TRUE;
}
