/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-list-diff.h"

/* More separate changes than this, and emptying and filling the list is cheaper for everybody: a
 * list view makes all its rows anew then, and loses its place. */
#define MAX_CHANGES 4000

/* Which of the places in @targets (-1: gone) can stay: the longest run that rises (patience
 * sorting). */
static GArray *
find_stayers (const gint64 *targets, guint n)
{
  g_autoptr (GArray) tails = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *before = g_new (guint, MAX (n, 1));
  GArray *stays = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), n);

  g_array_set_size (stays, n);
  for (guint i = 0; i < n; i++)
    {
      guint low = 0, high = tails->len;

      if (targets[i] < 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (targets[g_array_index (tails, guint, middle)] < targets[i])
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? g_array_index (tails, guint, low - 1) : G_MAXUINT;
      if (low == tails->len)
        g_array_append_val (tails, i);
      else
        g_array_index (tails, guint, low) = i;
    }
  if (tails->len > 0)
    for (guint i = g_array_index (tails, guint, tails->len - 1); i != G_MAXUINT; i = before[i])
      g_array_index (stays, gboolean, i) = TRUE;
  return stays;
}

static gint64 *
find_targets (const gint64 *from, guint n_from, const gint64 *to, guint n_to)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 *targets = g_new (gint64, MAX (n_from, 1));

  /* All that was there stays, as when the rest of a list follows its beginning. */
  for (guint i = 0; i < (n_from > 0 ? n_to : 0); i++)
    g_hash_table_insert (places, (gpointer) &to[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n_from; i++)
    targets[i] = (gint64) GPOINTER_TO_UINT (g_hash_table_lookup (places, &from[i])) - 1;
  return targets;
}

static void
add_change (GArray *changes, guint position, guint removed, guint added)
{
  StallListChange change = { position, removed, added };

  if (removed > 0 || added > 0)
    g_array_append_val (changes, change);
}

/* Walks both lists between the items that stay; what lies between two of them is one change. */
static GArray *
collect_changes (guint offset, const gint64 *targets, guint n_from, guint n_to)
{
  g_autoptr (GArray) stays = find_stayers (targets, n_from);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (StallListChange));
  guint position = offset, removed = 0, next = 0;

  for (guint i = 0; i < n_from; i++)
    {
      guint added;

      if (!g_array_index (stays, gboolean, i))
        {
          removed++;
          continue;
        }
      added = targets[i] - next;
      add_change (changes, position, removed, added);
      position += added + 1;
      next = targets[i] + 1;
      removed = 0;
    }
  add_change (changes, position, removed, n_to - next);
  return changes;
}

/**
 * stall_list_diff:
 * @from: (array length=n_from): numbers, each once
 * @n_from: how many
 * @to: (array length=n_to): numbers, each once
 * @n_to: how many
 *
 * Finds the narrow changes that lead from one list to the other; an item that moves goes and comes.
 * When they would be many, the list is emptied and then filled, never both at once: a list view
 * that is told (0, n, n) reads every row.
 *
 * Returns: (transfer full) (element-type StallListChange): the changes, to be made one after the
 * other
 */
GArray *
stall_list_diff (const gint64 *from, guint n_from, const gint64 *to, guint n_to)
{
  guint head = 0, tail = 0;
  g_autofree gint64 *targets = NULL;
  g_autoptr (GArray) changes = NULL;

  while (head < MIN (n_from, n_to) && from[head] == to[head])
    head++;
  while (tail < MIN (n_from, n_to) - head && from[n_from - tail - 1] == to[n_to - tail - 1])
    tail++;
  targets = find_targets (from + head, n_from - head - tail, to + head, n_to - head - tail);
  changes = collect_changes (head, targets, n_from - head - tail, n_to - head - tail);
  if (changes->len <= MAX_CHANGES)
    return g_steal_pointer (&changes);
  g_array_set_size (changes, 0);
  add_change (changes, 0, n_from, 0);
  add_change (changes, 0, 0, n_to);
  return g_steal_pointer (&changes);
}
