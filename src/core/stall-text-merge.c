/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-text-merge.h"

#include <string.h>

/* Texts that differ in more lines than this between their common head and tail are taken to differ
 * as a whole: what is searched grows with the square of it. */
#define MAX_DIFFERENCE 1000

/* A text cut into lines; the same line is the same number in all texts of one merge. */
typedef struct
{
  GPtrArray *lines; /* each with its line break */
  GArray *numbers;
} Lines;

static void
lines_clear (Lines *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lines, lines_clear)

static void
lines_cut (Lines *self, const char *text, GHashTable *known)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *start = text; *start != '\0';)
    {
      const char *end = strchr (start, '\n');
      gsize length = end != NULL ? (gsize) (end - start) + 1 : strlen (start);
      char *line = g_strndup (start, length);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (known, line));

      if (number == 0)
        {
          number = g_hash_table_size (known) + 1;
          g_hash_table_insert (known, g_strdup (line), GUINT_TO_POINTER (number));
        }
      g_ptr_array_add (self->lines, line);
      g_array_append_val (self->numbers, number);
      start += length;
    }
}

static guint
line_at (const Lines *self, gsize index)
{
  return g_array_index (self->numbers, guint, index);
}

/* Where the line of @base stands in @other; -1: it does not. Myers' greedy algorithm (“An O(ND)
 * Difference Algorithm and Its Variations”, 1986), keeping the furthest reach of every step to walk
 * back along. */
static void
match_middle (const Lines *base,
              const Lines *other,
              gsize head,
              gsize n_base,
              gsize n_other,
              int *matches)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  int limit = (int) MIN (n_base + n_other, MAX_DIFFERENCE);
  g_autofree int *reach = g_new0 (int, 2 * limit + 3);
  int *middle = reach + limit + 1;
  int d, x = 0, y = 0;

  for (d = 0; d <= limit; d++)
    {
      g_ptr_array_add (steps, g_memdup2 (middle - d - 1, (2 * d + 3) * sizeof (int)));
      for (int k = -d; k <= d; k += 2)
        {
          x = k == -d || (k != d && middle[k - 1] < middle[k + 1]) ? middle[k + 1]
                                                                   : middle[k - 1] + 1;
          y = x - k;
          while (x < (int) n_base && y >= 0 && y < (int) n_other
                 && line_at (base, head + x) == line_at (other, head + y))
            x++, y++;
          middle[k] = x;
          if (x >= (int) n_base && y >= (int) n_other)
            break;
        }
      if (x >= (int) n_base && y >= (int) n_other)
        break;
    }
  if (d > limit)
    return;
  for (; d >= 0; d--)
    {
      const int *before = (const int *) g_ptr_array_index (steps, d) + d + 1;
      int k = x - y;
      int from = k == -d || (k != d && before[k - 1] < before[k + 1]) ? k + 1 : k - 1;
      int from_x = d > 0 ? before[from] : 0, from_y = d > 0 ? from_x - from : 0;

      while (x > from_x && y > from_y)
        {
          x--, y--;
          matches[head + x] = (int) head + y;
        }
      x = from_x;
      y = from_y;
    }
}

static int *
match (const Lines *base, const Lines *other)
{
  gsize n_base = base->numbers->len, n_other = other->numbers->len, head = 0, tail = 0;
  int *matches = g_new (int, n_base + 1);

  for (gsize i = 0; i < n_base; i++)
    matches[i] = -1;
  while (head < n_base && head < n_other && line_at (base, head) == line_at (other, head))
    {
      matches[head] = (int) head;
      head++;
    }
  while (tail < n_base - head && tail < n_other - head
         && line_at (base, n_base - tail - 1) == line_at (other, n_other - tail - 1))
    {
      tail++;
      matches[n_base - tail] = (int) (n_other - tail);
    }
  match_middle (base, other, head, n_base - head - tail, n_other - head - tail, matches);
  return matches;
}

static char *
join (const Lines *self, gsize from, gsize until)
{
  GString *text = g_string_new (NULL);

  for (gsize i = from; i < until; i++)
    g_string_append (text, g_ptr_array_index (self->lines, i));
  return g_string_free (text, FALSE);
}

/* The chunks so far, and what follows them without a conflict. */
typedef struct
{
  GPtrArray *chunks;
  GString *plain;
} Merger;

static void
add_chunk (Merger *self, char *text, char *theirs)
{
  StallTextChunk *chunk = g_new0 (StallTextChunk, 1);

  chunk->text = text;
  chunk->theirs = theirs;
  chunk->conflict = theirs != NULL;
  g_ptr_array_add (self->chunks, chunk);
}

static void
end_plain (Merger *self)
{
  if (self->plain->len == 0)
    return;
  add_chunk (self, g_strndup (self->plain->str, self->plain->len), NULL);
  g_string_truncate (self->plain, 0);
}

/* What stands between two lines that all three have. */
static void
merge_gap (Merger *self, const char *base, char *ours, char *theirs)
{
  g_autofree char *our_text = ours;
  g_autofree char *their_text = theirs;

  if (strcmp (base, their_text) == 0 || strcmp (our_text, their_text) == 0)
    g_string_append (self->plain, our_text);
  else if (strcmp (base, our_text) == 0)
    g_string_append (self->plain, their_text);
  else
    {
      end_plain (self);
      add_chunk (self, g_steal_pointer (&our_text), g_steal_pointer (&their_text));
    }
}

/**
 * stall_text_chunk_free:
 * @self: (nullable): a chunk
 *
 * Frees a chunk.
 */
void
stall_text_chunk_free (StallTextChunk *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->theirs);
  g_free (self);
}

/**
 * stall_text_merge_chunks:
 * @base: the last version that both sides had; "" for none
 * @ours: this side's version
 * @theirs: the other side's version
 *
 * Merges two versions of a text line by line. What only one side changed is as that side has it.
 *
 * Returns: (transfer full) (element-type StallTextChunk): the merged text from top to bottom
 */
GPtrArray *
stall_text_merge_chunks (const char *base, const char *ours, const char *theirs)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  GPtrArray *chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_text_chunk_free);
  Merger self = { chunks, plain };
  g_auto (Lines) b = { 0 };
  g_auto (Lines) o = { 0 };
  g_auto (Lines) t = { 0 };
  g_autofree int *in_ours = NULL;
  g_autofree int *in_theirs = NULL;
  gsize b_from = 0, o_from = 0, t_from = 0;

  g_return_val_if_fail (base != NULL && ours != NULL && theirs != NULL, chunks);

  lines_cut (&b, base, known);
  lines_cut (&o, ours, known);
  lines_cut (&t, theirs, known);
  in_ours = match (&b, &o);
  in_theirs = match (&b, &t);
  for (gsize i = 0; i <= b.lines->len; i++)
    {
      gboolean end = i == b.lines->len;
      g_autofree char *was = NULL;
      gsize o_at, t_at;

      if (!end && (in_ours[i] < 0 || in_theirs[i] < 0))
        continue;
      o_at = end ? o.lines->len : (gsize) in_ours[i];
      t_at = end ? t.lines->len : (gsize) in_theirs[i];
      was = join (&b, b_from, i);
      merge_gap (&self, was, join (&o, o_from, o_at), join (&t, t_from, t_at));
      if (!end)
        g_string_append (plain, g_ptr_array_index (b.lines, i));
      b_from = i + 1;
      o_from = o_at + 1;
      t_from = t_at + 1;
    }
  end_plain (&self);
  return chunks;
}

/**
 * stall_text_merge:
 * @base: the last version that both sides had; "" for none
 * @ours: this side's version
 * @theirs: the other side's version
 * @conflict: (out) (optional): whether both changed the same place differently; ours stands there
 *
 * Returns: (transfer full): the merged text
 */
char *
stall_text_merge (const char *base, const char *ours, const char *theirs, gboolean *conflict)
{
  g_autoptr (GPtrArray) chunks = stall_text_merge_chunks (base, ours, theirs);
  GString *text = g_string_new (NULL);

  if (conflict != NULL)
    *conflict = FALSE;
  for (guint i = 0; i < chunks->len; i++)
    {
      const StallTextChunk *chunk = g_ptr_array_index (chunks, i);

      g_string_append (text, chunk->text);
      if (conflict != NULL)
        *conflict |= chunk->conflict;
    }
  return g_string_free (text, FALSE);
}

/**
 * stall_text_compare:
 * @before: a version of a text
 * @after: another
 *
 * Puts two versions beside each other, line by line.
 *
 * Returns: (transfer full) (element-type StallTextChunk): from top to bottom; where they differ,
 * `conflict` is set, `text` is of @before and `theirs` of @after
 */
GPtrArray *
stall_text_compare (const char *before, const char *after)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  GPtrArray *chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_text_chunk_free);
  Merger self = { chunks, plain };
  g_auto (Lines) b = { 0 };
  g_auto (Lines) a = { 0 };
  g_autofree int *matches = NULL;
  gsize b_from = 0, a_from = 0;

  g_return_val_if_fail (before != NULL && after != NULL, chunks);

  lines_cut (&b, before, known);
  lines_cut (&a, after, known);
  matches = match (&b, &a);
  for (gsize i = 0; i <= b.lines->len; i++)
    {
      gboolean end = i == b.lines->len;
      gsize a_at = end ? a.lines->len : (gsize) matches[i];

      if (!end && matches[i] < 0)
        continue;
      if (i > b_from || a_at > a_from)
        {
          end_plain (&self);
          add_chunk (&self, join (&b, b_from, i), join (&a, a_from, a_at));
        }
      if (!end)
        g_string_append (plain, g_ptr_array_index (b.lines, i));
      b_from = i + 1;
      a_from = a_at + 1;
    }
  end_plain (&self);
  return chunks;
}
