/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-merge.h"
#include "stall-json.h"
#include "stall-text-merge.h"

#include <string.h>

static void
test_table (void)
{
  static const struct
  {
    const char *base, *ours, *theirs, *merged;
    gboolean conflict;
  } cases[] = {
    { "", "", "", "", FALSE },
    { "a\n", "a\n", "a\n", "a\n", FALSE },
    { "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", FALSE },
    { "a\nb\n", "a\nb\nnew\n", "new0\na\nb\n", "new0\na\nb\nnew\n", FALSE },
    { "a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n", FALSE },
    { "a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", "a\nx\nc\n", FALSE },
    { "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", "a\nx\nc\n", TRUE },
    { "", "ours", "theirs", "ours", TRUE },
    { "a\nb\nc\n", "", "a\nb\nC\n", "", TRUE },
    { "一\n\n二\n", "一点\n\n二\n", "一\n\n二\n\n三\n", "一点\n\n二\n\n三\n", FALSE },
    { "a", "a\n", "a", "a\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean conflict;
      g_autofree char *merged
          = stall_text_merge (cases[i].base, cases[i].ours, cases[i].theirs, &conflict);

      g_assert_cmpstr (merged, ==, cases[i].merged);
      g_assert_cmpint (conflict, ==, cases[i].conflict);
    }
}

static void
test_chunks (void)
{
  g_autoptr (GPtrArray) chunks = stall_text_merge_chunks ("a\nb\nc\n", "a\nx\nc\nd\n", "a\ny\nc\n");
  const StallTextChunk *chunk;

  g_assert_cmpuint (chunks->len, ==, 3);
  chunk = g_ptr_array_index (chunks, 0);
  g_assert_cmpstr (chunk->text, ==, "a\n");
  g_assert_false (chunk->conflict);
  chunk = g_ptr_array_index (chunks, 1);
  g_assert_true (chunk->conflict);
  g_assert_cmpstr (chunk->text, ==, "x\n");
  g_assert_cmpstr (chunk->theirs, ==, "y\n");
  chunk = g_ptr_array_index (chunks, 2);
  g_assert_cmpstr (chunk->text, ==, "c\nd\n");
}

static char *
edit (const char *text, guint n_edits)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) result = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || lines[i][0] != '\0'); i++)
    g_ptr_array_add (all, g_strdup (lines[i]));
  for (guint i = 0; i < n_edits; i++)
    {
      guint at = all->len > 0 ? g_test_rand_int_range (0, all->len) : 0;

      if (all->len > 0 && g_test_rand_bit ())
        g_ptr_array_remove_index (all, at);
      else
        g_ptr_array_insert (all, at, g_strdup_printf ("%d", g_test_rand_int_range (0, 6)));
    }
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (result, "%s\n", (char *) g_ptr_array_index (all, i));
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* What only one side changed is as that side has it, and which side is which does not matter but in
 * a conflict. */
static void
test_properties (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *base = edit ("1\n2\n3\n4\n5\n1\n2\n3\n", 3);
      g_autofree char *ours = edit (base, g_test_rand_int_range (0, 5));
      g_autofree char *theirs = edit (base, g_test_rand_int_range (0, 5));
      gboolean conflict, other_conflict;
      g_autofree char *one_sided = stall_text_merge (base, ours, base, &conflict);
      g_autofree char *other_sided = NULL;
      g_autofree char *merged = NULL;
      g_autofree char *swapped = NULL;

      g_assert_cmpstr (one_sided, ==, ours);
      g_assert_false (conflict);
      other_sided = stall_text_merge (base, base, theirs, &conflict);
      g_assert_cmpstr (other_sided, ==, theirs);
      g_assert_false (conflict);
      merged = stall_text_merge (base, ours, theirs, &conflict);
      swapped = stall_text_merge (base, theirs, ours, &other_conflict);
      g_assert_cmpint (conflict, ==, other_conflict);
      if (!conflict)
        g_assert_cmpstr (merged, ==, swapped);
    }
}

static void
test_large (void)
{
  g_autoptr (GString) base = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);
  g_autofree char *ours = NULL;
  g_autofree char *merged = NULL;
  gboolean conflict;

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (base, "line %u\n", i);
      g_string_append_printf (other, "%s %u\n", i < 50000 ? "other" : "line", i);
    }
  ours = g_strconcat (base->str, "last\n", NULL);
  merged = stall_text_merge (base->str, ours, other->str, &conflict);
  g_assert_false (conflict);
  g_assert_true (g_str_has_prefix (merged, "other 0\n"));
  g_assert_true (g_str_has_suffix (merged, "\nlast\n"));
}

static void
test_compare (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *shown; /* [before|after] where they differ */
  } cases[] = {
    { "", "", "" },
    { "a\n", "a\n", "a\n" },
    { "", "a\n", "[|a\n]" },
    { "a\n", "", "[a\n|]" },
    { "a\nb\nc\n", "a\nB\nc\n", "a\n[b\n|B\n]c\n" },
    { "a\nb\nc\n", "a\nc\nd\n", "a\n[b\n|]c\n[|d\n]" },
    { "a", "a\n", "[a|a\n]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) chunks = stall_text_compare (cases[i].before, cases[i].after);
      g_autoptr (GString) shown = g_string_new (NULL);

      for (guint j = 0; j < chunks->len; j++)
        {
          const StallTextChunk *chunk = g_ptr_array_index (chunks, j);

          if (chunk->conflict)
            g_string_append_printf (shown, "[%s|%s]", chunk->text, chunk->theirs);
          else
            g_string_append (shown, chunk->text);
        }
      g_assert_cmpstr (shown->str, ==, cases[i].shown);
    }
}

static JsonObject *
note (const char *title, const char *body)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", "note");
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "body", body);
  return object;
}

static void
test_note (void)
{
  g_autoptr (JsonObject) base = note ("A", "one\n\ntwo\n");
  g_autoptr (JsonObject) ours = note ("A", "one!\n\ntwo\n");
  g_autoptr (JsonObject) theirs = note ("B", "one\n\ntwo\n\nthree\n");
  g_autoptr (JsonObject) clash = note ("A", "one?\n\ntwo\n");
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (JsonObject) clashed = NULL;
  g_auto (GStrv) conflicts = NULL;
  g_auto (GStrv) clashes = NULL;

  merged = stall_merge (base, ours, theirs, &conflicts);
  g_assert_cmpuint (g_strv_length (conflicts), ==, 0);
  g_assert_cmpstr (stall_json_get_string (merged, "title", ""), ==, "B");
  g_assert_cmpstr (stall_json_get_string (merged, "body", ""), ==, "one!\n\ntwo\n\nthree\n");

  clashed = stall_merge (base, ours, clash, &clashes);
  g_assert_cmpuint (g_strv_length (clashes), ==, 1);
  g_assert_cmpstr (clashes[0], ==, "/body");
  g_assert_cmpstr (stall_json_get_string (clashed, "body", ""), ==, "one!\n\ntwo\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-merge/table", test_table);
  g_test_add_func ("/text-merge/chunks", test_chunks);
  g_test_add_func ("/text-merge/properties", test_properties);
  g_test_add_func ("/text-merge/large", test_large);
  g_test_add_func ("/text-merge/compare", test_compare);
  g_test_add_func ("/text-merge/note", test_note);
  return g_test_run ();
}
