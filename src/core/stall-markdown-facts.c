/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-markdown.h"

#include <string.h>

/* What can be told of a body without showing it: links, pictures, words, an excerpt. And how links
 * and pictures are written. */

static void
add_once (GHashTable *seen, GStrvBuilder *builder, const char *text)
{
  if (text != NULL && g_hash_table_add (seen, (gpointer) text))
    g_strv_builder_add (builder, text);
}

/**
 * stall_markdown_dup_pictures:
 * @self: what a body says
 *
 * Returns: (transfer full): names of the pictures that it shows, each once, in order
 */
GStrv
stall_markdown_dup_pictures (const StallMarkdown *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < stall_markdown_get_n_blocks (self); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (self, i);

      if (block->type == STALL_BLOCK_PICTURE)
        add_once (seen, builder, block->target);
    }
  return g_strv_builder_end (builder);
}

/* What a person reads as the note's own words: not a picture's alt text. */
static gboolean
is_words (const StallMarkdownBlock *block)
{
  return block->type != STALL_BLOCK_PICTURE && block->type != STALL_BLOCK_RULE
         && block->text[0] != '\0';
}

/**
 * stall_markdown_dup_text:
 * @self: what a body says
 *
 * Returns: (transfer full): its words without markup, a line a block
 */
char *
stall_markdown_dup_text (const StallMarkdown *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < stall_markdown_get_n_blocks (self); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (self, i);

      if (is_words (block))
        g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", block->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stall_markdown_dup_excerpt:
 * @self: what a body says
 * @n_characters: how many at most, spaces not counted
 *
 * Returns: (transfer full): how it begins, on one line, with “…” when it goes on; headings are left
 * out
 */
char *
stall_markdown_dup_excerpt (const StallMarkdown *self, guint n_characters)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_left = n_characters;
  gboolean space = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < stall_markdown_get_n_blocks (self); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (self, i);

      if (!is_words (block) || block->type == STALL_BLOCK_HEADING)
        continue;
      space = text->len > 0;
      for (const char *p = block->text; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (g_unichar_isspace (c))
            {
              space = TRUE;
              continue;
            }
          if (n_left-- == 0)
            {
              g_string_append (text, "…");
              return g_string_free (g_steal_pointer (&text), FALSE);
            }
          if (space)
            g_string_append_c (text, ' ');
          g_string_append_unichar (text, c);
          space = FALSE;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stall_markdown_count_words:
 * @self: what a body says
 *
 * Returns: how long it is, as stall_text_count_words() counts
 */
guint
stall_markdown_count_words (const StallMarkdown *self)
{
  guint n_words = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < stall_markdown_get_n_blocks (self); i++)
    {
      const StallMarkdownBlock *block = stall_markdown_get_block (self, i);

      if (is_words (block))
        n_words += stall_text_count_words (block->text);
    }
  return n_words;
}

/* Scripts that are written without spaces between words; Korean has them. */
static gboolean
counts_by_character (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * stall_text_count_words:
 * @text: text
 *
 * Counts as editors do where it is written: each Chinese character, each word of other scripts;
 * punctuation is none.
 *
 * Returns: how many
 */
guint
stall_text_count_words (const char *text)
{
  gboolean in_word = FALSE;
  guint n_words = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x2e80 && g_unichar_isalnum (c) && counts_by_character (c))
        {
          n_words++;
          in_word = FALSE;
        }
      else if (g_unichar_isalnum (c))
        {
          n_words += !in_word;
          in_word = TRUE;
        }
      else
        /* “don’t”, “hand-made” and accents that stand alone do not end a word. */
        in_word = in_word && (c == '\'' || c == 0x2019 || c == '-' || g_unichar_ismark (c));
    }
  return n_words;
}

/* Words between brackets: what would end them, or be markup, is escaped. */
static void
append_label (GString *text, const char *label)
{
  for (const char *p = label; *p != '\0'; p++)
    {
      if (*p == '\n' || *p == '\r')
        {
          g_string_append_c (text, ' ');
          continue;
        }
      if (strchr ("\\[]*_`<&!", *p) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
}

/**
 * stall_markdown_write_product:
 * @name: what the reader sees
 * @product_id: "product:…"
 *
 * Returns: (transfer full): Markdown of a link to a product
 */
char *
stall_markdown_write_product (const char *name, const char *product_id)
{
  g_autoptr (GString) text = g_string_new ("[");

  g_return_val_if_fail (name != NULL && product_id != NULL, NULL);

  append_label (text, name);
  g_string_append_printf (text, "](%s)", product_id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stall_markdown_write_picture:
 * @alt: what it shows, in words; may be ""
 * @name: name of the attachment
 *
 * Returns: (transfer full): Markdown of a picture
 */
char *
stall_markdown_write_picture (const char *alt, const char *name)
{
  g_autoptr (GString) text = g_string_new ("![");

  g_return_val_if_fail (alt != NULL && name != NULL, NULL);

  append_label (text, alt);
  g_string_append (text, "](");
  for (const char *p = name; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || strchr ("%()<>\\\"'&*_", *p) != NULL)
      g_string_append_printf (text, "%%%02X", (guchar) *p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, ')');
  return g_string_free (g_steal_pointer (&text), FALSE);
}
