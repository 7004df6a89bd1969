/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-markdown.h"
#include "stall-text-merge.h"

#include <string.h>

/* Runs stand in order inside their text, on whole characters. */
static void
check_block (const StallMarkdownBlock *block)
{
  gsize length = strlen (block->text);
  guint from = 0;

  g_assert_true (g_utf8_validate (block->text, -1, NULL));
  g_assert_cmpint (block->quote, <=, STALL_MARKDOWN_MAX_DEPTH);
  g_assert_cmpint (block->indent, <=, STALL_MARKDOWN_MAX_DEPTH);
  for (guint i = 0; i < block->runs->len; i++)
    {
      const StallMarkdownRun *run = &g_array_index (block->runs, StallMarkdownRun, i);

      g_assert_cmpuint (run->start, >=, from);
      g_assert_cmpuint (run->start, <=, run->end);
      g_assert_cmpuint (run->end, <=, length);
      g_assert_true (g_utf8_validate (block->text + run->start, run->end - run->start, NULL));
      from = run->end;
    }
  if (block->type == STALL_BLOCK_PICTURE)
    {
      g_autofree char *written = stall_markdown_write_picture ("", block->target);
      g_autoptr (StallMarkdown) again = stall_markdown_parse (written, NULL);

      g_assert_null (strchr (block->target, '/'));
      g_assert_cmpuint (stall_markdown_get_n_blocks (again), ==, 1);
      g_assert_cmpstr (stall_markdown_get_block (again, 0)->target, ==, block->target);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, size);
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (text, NULL);
  const char *middle = text + strlen (text) / 2;
  g_autofree char *merged = stall_text_merge (text, middle, text, NULL);

  g_assert_cmpstr (merged, ==, middle);
  if (markdown == NULL)
    return 0;
  for (guint i = 0; i < stall_markdown_get_n_blocks (markdown); i++)
    check_block (stall_markdown_get_block (markdown, i));
  g_autofree char *excerpt = stall_markdown_dup_excerpt (markdown, 40);
  g_autofree char *plain = stall_markdown_dup_text (markdown);
  g_auto (GStrv) products = stall_markdown_find_products (text);

  g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, 2 * 40 + 1);
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_nonnull (products);
  stall_markdown_count_words (markdown);
  return 0;
}
