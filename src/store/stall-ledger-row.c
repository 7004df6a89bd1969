/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-order-event.h"
#include "stall-query-private.h"

typedef struct
{
  StallTime at;
  gboolean count;
  int quantity;
  int balance;
  char *place;
  gboolean sale;
  StallReason reason;
  char *ref;
  char *remark;
} Values;

struct _StallLedgerRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallLedgerRow, stall_ledger_row, STALL_TYPE_ROW)

static void
stall_ledger_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->at = sqlite3_column_int64 (statement, column);
  values->count = sqlite3_column_int (statement, column + 1);
  values->quantity = sqlite3_column_int (statement, column + 2);
  values->place = g_strdup (stall_column_text (statement, column + 3));
  values->sale = sqlite3_column_int (statement, column + 4);
  values->reason = sqlite3_column_int (statement, column + 5);
  values->ref = g_strdup ((const char *) sqlite3_column_text (statement, column + 6));
  values->remark = g_strdup (stall_column_text (statement, column + 7));
}

static void
stall_ledger_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->place);
  g_free (values->ref);
  g_free (values->remark);
}

static void
stall_ledger_row_class_init (StallLedgerRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_ledger_row_read;
  row_class->clear = stall_ledger_row_clear;
}

static void
stall_ledger_row_init (StallLedgerRow *self)
{
}

StallTime
stall_ledger_row_get_at (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->at : STALL_TIME_NONE;
}

gboolean
stall_ledger_row_is_count (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->count : FALSE;
}

int
stall_ledger_row_get_quantity (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->quantity : 0;
}

int
stall_ledger_row_get_balance (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->balance : 0;
}

const char *
stall_ledger_row_get_place (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->place : "";
}

gboolean
stall_ledger_row_is_sale (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->sale : FALSE;
}

StallReason
stall_ledger_row_get_reason (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->reason : STALL_REASON_OTHER;
}

const char *
stall_ledger_row_get_ref (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->ref : NULL;
}

const char *
stall_ledger_row_get_remark (StallLedgerRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->remark : "";
}

/* Entries that a person can look through; older ones only count. */
#define MAX_ENTRIES 20000

/* The balance after an entry at its place. */
static void
run_balance (GHashTable *folds, Values *values)
{
  StallStockFold *fold = g_hash_table_lookup (folds, values->place);

  if (fold == NULL)
    {
      fold = g_new0 (StallStockFold, 1);
      g_hash_table_insert (folds, g_strdup (values->place), fold);
    }
  stall_stock_fold_add (fold, values->count, values->quantity);
  values->balance = fold->on_hand;
}

static GPtrArray *
newest_first (GPtrArray *rows)
{
  guint n_rows = MIN (rows->len, MAX_ENTRIES);
  GPtrArray *turned = g_ptr_array_new_full (n_rows, g_object_unref);

  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (turned, g_object_ref (g_ptr_array_index (rows, rows->len - 1 - i)));
  return turned;
}

/**
 * stall_ledger_read:
 * @database: a connection
 * @variant_id: whose ledger
 * @error: return location
 *
 * Reads the whole ledger of a variant: its movements and counts, and what its orders took and
 * brought back.
 *
 * Returns: (transfer full) (element-type StallLedgerRow) (nullable): loaded rows, newest first
 */
GPtrArray *
stall_ledger_read (StallDatabase *database, const char *variant_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *statement = stall_database_query (
      database, &failed,
      "WITH entry AS ("
      "  SELECT l.document << 30 | l.position AS number, l.at, l.counted, l.quantity, l.place, "
      "l.orders IS NOT NULL AS sale,"
      "    l.reason, coalesce (o.id, l.ref) AS ref, l.remark, d.id"
      "  FROM ledger l LEFT JOIN document d ON d.number = l.document LEFT JOIN orders o ON "
      "o.number = l.orders"
      "  WHERE l.variant = (SELECT number FROM variant WHERE id = ?1)"
      "  UNION ALL"
      "  SELECT -(l.orders << 30 | l.position), l.gone_at, 0, -l.gone, '" STALL_PLACE_WORKSHOP
      "', 1, NULL, o.id, '', o.id"
      "  FROM line l JOIN orders o ON o.number = l.orders"
      "  WHERE l.variant = (SELECT number FROM variant WHERE id = ?1) AND l.gone <> 0) "
      "SELECT number, at, counted, quantity, place, sale, reason, ref, remark FROM entry "
      "ORDER BY at, counted DESC, id, number",
      "s", variant_id);

  while (stall_database_step (database, statement, &failed))
    {
      StallRow *row = stall_row_new (STALL_LIST_LEDGER, sqlite3_column_int64 (statement, 0));

      stall_ledger_row_read (stall_row_make_values (row), statement, 1);
      run_balance (folds, stall_row_get_values (row));
      g_ptr_array_add (rows, row);
      if (rows->len == 2 * MAX_ENTRIES)
        g_ptr_array_remove_range (rows, 0, MAX_ENTRIES);
    }
  if (failed == NULL)
    return newest_first (rows);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
