/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-projector-private.h"

#define LINES_AT_ONCE 16

static void
pending_variant_free (gpointer data)
{
  StallPendingVariant *self = data;

  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

GHashTable *
stall_projector_new_variants (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, pending_variant_free);
}

/**
 * stall_projector_note_variant:
 * @self: a projector
 * @number: a variant's number
 *
 * Notes that this transaction speaks of a variant.
 *
 * Returns: (transfer none): what is known of it
 */
StallPendingVariant *
stall_projector_note_variant (StallProjector *self, gint64 number)
{
  StallPendingVariant *variant = g_hash_table_lookup (self->variants, &number);

  if (variant == NULL)
    {
      variant = g_new0 (StallPendingVariant, 1);
      variant->number = number;
      g_hash_table_insert (self->variants, &variant->number, variant);
    }
  return variant;
}

/**
 * stall_projector_find_variant:
 * @self: a projector
 * @id: a variant id
 * @error: return location
 *
 * Finds a variant. One that no product has yet (an order may arrive first) gets a row of its own.
 *
 * Returns: (transfer none) (nullable): what is known of it, %NULL on failure
 */
StallPendingVariant *
stall_projector_find_variant (StallProjector *self, const char *id, GError **error)
{
  StallPendingVariant *variant = g_hash_table_lookup (self->variant_ids, id);
  gint64 number = 0;
  g_autoptr (GError) failed = NULL;

  if (variant != NULL)
    return variant;
  if (!stall_database_get_int (self->database, &number, &failed,
                               "SELECT number FROM variant WHERE id = ?", "S", id)
      && failed == NULL
      && stall_database_run (self->database, &failed, "INSERT INTO variant (id) VALUES (?)", "S",
                             id))
    number = sqlite3_last_insert_rowid (stall_database_get_handle (self->database));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  variant = stall_projector_note_variant (self, number);
  g_hash_table_insert (self->variant_ids, g_strdup (id), variant);
  return variant;
}

/* The number of a variant, found the same way; 0 on failure. */
gint64
stall_projector_get_variant (StallProjector *self, const char *id, GError **error)
{
  StallPendingVariant *variant = stall_projector_find_variant (self, id, error);

  return variant != NULL ? variant->number : 0;
}

void
stall_projector_touch_variant (StallProjector *self, gint64 variant)
{
  stall_projector_note_variant (self, variant)->touched = TRUE;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/**
 * stall_projector_list_touched:
 * @self: a projector
 *
 * Returns: (transfer full) (element-type gint64): the numbers of the variants whose sums have to be
 *   made anew, in the order of the tables
 */
GArray *
stall_projector_list_touched (StallProjector *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  StallPendingVariant *variant;

  g_hash_table_iter_init (&iter, self->variants);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &variant))
    if (variant->touched)
      g_array_append_val (numbers, variant->number);
  g_array_sort (numbers, compare_numbers);
  return numbers;
}

/**
 * stall_projector_keep_line:
 * @self: a projector
 * @variant: the variant of @line
 * @line: a new row of `line`
 *
 * Keeps a row back until stall_projector_flush_lines().
 */
void
stall_projector_keep_line (StallProjector *self,
                           StallPendingVariant *variant,
                           const StallLineRow *line)
{
  if (variant->lines == NULL)
    variant->lines = g_array_new (FALSE, FALSE, sizeof (StallLineRow));
  g_array_append_vals (variant->lines, line, 1);
  variant->touched = TRUE;
  self->n_lines++;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const StallLineRow *first = a, *second = b;

  if (first->placed_at != second->placed_at)
    return first->placed_at < second->placed_at ? -1 : 1;
  if (first->orders != second->orders)
    return first->orders < second->orders ? -1 : 1;
  return first->position < second->position ? -1 : first->position > second->position;
}

/* Most files tell their orders in the order of time. */
static void
sort_lines (GArray *lines)
{
  for (guint i = 1; i < lines->len; i++)
    if (compare_lines (&g_array_index (lines, StallLineRow, i - 1),
                       &g_array_index (lines, StallLineRow, i))
        > 0)
      {
        g_array_sort (lines, compare_lines);
        return;
      }
}

static gboolean
insert_line (StallProjector *self, const StallLineRow *row, GError **error)
{
  return stall_database_run (self->database, error,
                             "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "iiiiiiit",
                             row->variant, row->placed_at, row->orders, row->position, row->sold,
                             row->open, row->gone, row->gone_at);
}

/* One statement for many rows: starting a statement costs as much as inserting a row. */
static gboolean
insert_lines (StallProjector *self, const StallLineRow *const *rows, GError **error)
{
#define ROW "(?, ?, ?, ?, ?, ?, ?, ?)"
#define FOUR_ROWS ROW "," ROW "," ROW "," ROW
  sqlite3_stmt *statement = stall_database_query (
      self->database, error,
      "INSERT INTO line VALUES " FOUR_ROWS "," FOUR_ROWS "," FOUR_ROWS "," FOUR_ROWS, "");
#undef FOUR_ROWS
#undef ROW

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < LINES_AT_ONCE; i++)
    {
      const StallLineRow *row = rows[i];
      const gint64 values[] = { row->variant, row->placed_at, row->orders, row->position,
                                row->sold,    row->open,      row->gone };

      for (int j = 0; j < 7; j++)
        sqlite3_bind_int64 (statement, 8 * i + j + 1, values[j]);
      if (row->gone_at == STALL_TIME_NONE)
        sqlite3_bind_null (statement, 8 * i + 8);
      else
        sqlite3_bind_int64 (statement, 8 * i + 8, row->gone_at);
    }
  return stall_database_finish (self->database, statement, error);
}

static int
compare_variants (gconstpointer a, gconstpointer b)
{
  const StallPendingVariant *first = *(StallPendingVariant *const *) a,
                            *second = *(StallPendingVariant *const *) b;

  return compare_numbers (&first->number, &second->number);
}

/**
 * stall_projector_flush_lines:
 * @self: a projector
 * @error: return location
 *
 * Writes the rows of lines that were kept back, in the order of their table.
 *
 * Returns: whether all was written
 */
gboolean
stall_projector_flush_lines (StallProjector *self, GError **error)
{
  g_autoptr (GPtrArray) variants = NULL;
  const StallLineRow *waiting[LINES_AT_ONCE];
  guint n_waiting = 0;

  if (self->n_lines == 0)
    return TRUE;
  variants = g_hash_table_get_values_as_ptr_array (self->variants);
  g_ptr_array_sort (variants, compare_variants);
  for (guint i = 0; i < variants->len; i++)
    {
      GArray *lines = ((StallPendingVariant *) g_ptr_array_index (variants, i))->lines;

      if (lines == NULL)
        continue;
      sort_lines (lines);
      for (guint j = 0; j < lines->len; j++)
        {
          waiting[n_waiting++] = &g_array_index (lines, StallLineRow, j);
          if (n_waiting < LINES_AT_ONCE)
            continue;
          if (!insert_lines (self, waiting, error))
            return FALSE;
          n_waiting = 0;
        }
    }
  for (guint i = 0; i < n_waiting; i++)
    if (!insert_line (self, waiting[i], error))
      return FALSE;
  for (guint i = 0; i < variants->len; i++)
    g_clear_pointer (&((StallPendingVariant *) g_ptr_array_index (variants, i))->lines,
                     g_array_unref);
  self->n_lines = 0;
  return TRUE;
}
