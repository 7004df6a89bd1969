/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-markdown.h"

#include <string.h>

/* One line a block: type, level, quote, indent, marker, target, text, and its runs. */
static char *
describe (const char *source)
{
  static const char *const types[] = { "p", "h", "picture", "product", "code", "rule" };
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (source, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < stall_markdown_get_n_blocks (markdown); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (markdown, i);

      g_string_append (text, types[block->type]);
      if (block->level > 0)
        g_string_append_printf (text, "%d", block->level);
      for (int j = 0; j < block->quote; j++)
        g_string_append (text, ">");
      if (block->indent > 0)
        g_string_append_printf (text, "+%d", block->indent);
      if (block->marker != NULL)
        g_string_append_printf (text, " %s", block->marker);
      if (block->target != NULL)
        g_string_append_printf (text, " (%s)", block->target);
      g_string_append_printf (text, " “%s”", block->text);
      for (guint j = 0; j < block->runs->len; j++)
        {
          const StallMarkdownRun *run = &g_array_index (block->runs, StallMarkdownRun, j);

          g_string_append_printf (text, " %u-%u:%d%s%s", run->start, run->end, run->style,
                                  run->target != NULL ? "→" : "",
                                  run->target != NULL ? run->target : "");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
test_blocks (void)
{
  static const struct
  {
    const char *source;
    const char *blocks;
  } cases[] = {
    { "", "" },
    { "Plain", "p “Plain”\n" },
    { "# One\n\n### Three", "h1 “One”\nh3 “Three”\n" },
    { "a **b** *c* `d` ***e***", "p “a b c d e” 2-3:1 4-5:2 6-7:4 8-9:3\n" },
    { "two\nlines", "p “two lines”\n" },
    { "两\n行", "p “两行”\n" },
    { "two  \nlines", "p “two\nlines”\n" },
    { "- a\n- b\n  - c\n", "p+1 • “a”\np+1 • “b”\np+2 • “c”\n" },
    { "3. a\n4. b\n\n   more\n", "p+1 3. “a”\np+1 4. “b”\np+1 “more”\n" },
    { "> said\n>\n> > again", "p> “said”\np>> “again”\n" },
    { "    code <b>\n", "code “code <b>”\n" },
    { "a\n\n---\n\nb", "p “a”\nrule “”\np “b”\n" },
    { "![A cup](cup.png)", "picture (cup.png) “A cup”\n" },
    { "before ![A cup](cup%20two.png) after",
      "p “before”\npicture (cup two.png) “A cup”\np “after”\n" },
    { "[Cup](product:42)", "product (product:42) “Cup”\n" },
    { "the [Cup](product:42)!", "p “the Cup!” 4-7:16→product:42\n" },
    { "[site](https://example.org/a)", "p “site” 0-4:8→https://example.org/a\n" },
    /* What is not to be followed is text. */
    { "[x](javascript:alert(1))", "p “x”\n" },
    { "[x](product:)", "p “x”\n" },
    { "![x](https://example.org/a.png)", "p “![x](https://example.org/a.png)”\n" },
    { "![x](//example.org/a.png)", "p “![x](//example.org/a.png)”\n" },
    { "![x](../../etc/passwd)", "p “![x](../../etc/passwd)”\n" },
    { "![x](%2e%2e%2fpasswd)", "p “![x](%2e%2e%2fpasswd)”\n" },
    { "![x](data:image/png;base64,AA==)", "p “![x](data:image/png;base64,AA==)”\n" },
    { "a <b>bold</b>", "p “a <b>bold</b>”\n" },
    { "<script>alert(1)</script>\n", "p “<script>alert(1)</script>”\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *blocks = describe (cases[i].source);

      g_assert_cmpstr (blocks, ==, cases[i].blocks);
    }
}

static void
test_lines (void)
{
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse ("# A\n\nb\n\n- c\n- d\n", NULL);
  const int lines[] = { 1, 3, 5, 6 };

  g_assert_cmpuint (stall_markdown_get_n_blocks (markdown), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (stall_markdown_get_block (markdown, i)->line, ==, lines[i]);
}

static void
test_bounds (void)
{
  g_autofree char *deep = g_strnfill (100000, '>');
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *huge = g_strnfill (STALL_MARKDOWN_MAX_BYTES + 1, 'a');
  g_autoptr (StallMarkdown) markdown = NULL;
  g_autoptr (StallMarkdown) nested = NULL;
  g_autoptr (StallMarkdown) open = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < STALL_MARKDOWN_MAX_BLOCKS + 10; i++)
    g_string_append (many, "a\n\n");
  markdown = stall_markdown_parse (many->str, NULL);
  g_assert_cmpuint (stall_markdown_get_n_blocks (markdown), ==, STALL_MARKDOWN_MAX_BLOCKS);
  g_assert_true (stall_markdown_get_truncated (markdown));

  memcpy (deep + 99990, " deep", 5);
  nested = stall_markdown_parse (deep, NULL);
  for (guint i = 0; i < stall_markdown_get_n_blocks (nested); i++)
    g_assert_cmpint (stall_markdown_get_block (nested, i)->quote, <=, STALL_MARKDOWN_MAX_DEPTH);
  open = stall_markdown_parse (brackets, NULL);
  g_assert_cmpuint (stall_markdown_get_n_blocks (open), ==, 1);

  g_assert_null (stall_markdown_parse (huge, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
}

static void
test_facts (void)
{
  const char *source = "# 一天\n\n在[杯子](product:1)旁边 ![照片](a.jpg)\n\n[杯子](product:1)\n\n"
                       "[Bowl](product:2) and ![again](a.jpg)\n";
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (source, NULL);
  g_auto (GStrv) products = stall_markdown_find_products (source);
  g_auto (GStrv) pictures = stall_markdown_dup_pictures (markdown);
  g_autofree char *excerpt = stall_markdown_dup_excerpt (markdown, 6);
  g_autofree char *whole = stall_markdown_dup_excerpt (markdown, 100);
  g_autofree char *text = stall_markdown_dup_text (markdown);

  g_assert_cmpstr (products[0], ==, "product:1");
  g_assert_cmpstr (products[1], ==, "product:2");
  g_assert_null (products[2]);
  g_assert_cmpstr (pictures[0], ==, "a.jpg");
  g_assert_null (pictures[1]);
  g_assert_cmpstr (excerpt, ==, "在杯子旁边 杯…");
  g_assert_cmpstr (whole, ==, "在杯子旁边 杯子 Bowl and");
  g_assert_cmpstr (text, ==, "一天\n在杯子旁边\n杯子\nBowl and");
  g_assert_cmpuint (stall_markdown_count_words (markdown), ==, 2 + 5 + 2 + 2);
}

static void
test_words (void)
{
  g_assert_cmpuint (stall_text_count_words (""), ==, 0);
  g_assert_cmpuint (stall_text_count_words ("Don’t hand-make 3 cups."), ==, 4);
  g_assert_cmpuint (stall_text_count_words ("手工茶杯，只有三只。"), ==, 8);
  g_assert_cmpuint (stall_text_count_words ("用 wool 织的 scarf"), ==, 5);
  g_assert_cmpuint (stall_text_count_words ("お茶のカップ"), ==, 6);
  g_assert_cmpuint (stall_text_count_words ("– … !"), ==, 0);
}

static void
test_writing (void)
{
  g_autofree char *product = stall_markdown_write_product ("A [very] *good*\ncup", "product:1");
  g_autofree char *picture = stall_markdown_write_picture ("on_the_shelf", "a (1) é.jpg");
  g_autofree char *card = describe (product);
  g_autofree char *shown = describe (picture);

  g_assert_cmpstr (card, ==, "product (product:1) “A [very] *good* cup”\n");
  g_assert_cmpstr (shown, ==, "picture (a (1) é.jpg) “on_the_shelf”\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown/blocks", test_blocks);
  g_test_add_func ("/markdown/lines", test_lines);
  g_test_add_func ("/markdown/bounds", test_bounds);
  g_test_add_func ("/markdown/facts", test_facts);
  g_test_add_func ("/markdown/words", test_words);
  g_test_add_func ("/markdown/writing", test_writing);
  return g_test_run ();
}
