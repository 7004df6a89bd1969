/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-search-text.h"

#include <string.h>

#define MAX_TYPED 200

/* The search tables use SQLite's unicode61 tokenizer, which knows no Chinese: a run of ideographs
 * would be one token. Cut into overlapping pairs, 手工茶杯 is found by any two characters that
 * stand together: 手工 工茶 茶杯 杯. The last character stands alone too, so that every character
 * begins a token and one of them can be asked for by prefix. */

static gboolean
is_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum (c) : g_unichar_isalnum (c);
}

static gboolean
is_cjk (gunichar c)
{
  if (c < 0x1100)
    return FALSE;
  if (c == 0x30fc) /* the long vowel mark belongs to two scripts, so Unicode gives it none */
    return TRUE;
  if (!is_word (c))
    return FALSE;

  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The letter without its accents, for the scripts where people leave them out. */
static gunichar
strip_accents (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c < 0xc0)
    return c;

  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
      g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
      return parts[0];
    default:
      return c;
    }
}

/* Folds what people do not tell apart: case, width, accents. */
static char *
fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  GString *plain;

  /* Most of what an import folds is, and this is many times as fast. */
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  valid = g_utf8_make_valid (text, -1);
  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  folded = g_utf8_casefold (normal, -1);
  plain = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_accent = c >= 0x300 && c <= 0x36f;

      if (!is_accent)
        g_string_append_unichar (plain, strip_accents (c));
    }

  return g_string_free_and_steal (plain);
}

/* The next character, 0 at the end. */
static gunichar
peek_next (const char *p)
{
  return g_utf8_get_char (g_utf8_next_char (p));
}

/* Pairs of the run at @p, as a phrase; or a prefix where it is a single character. */
static const char *
ask_cjk (GString *query, const char *p)
{
  g_string_append_c (query, '"');
  g_string_append_unichar (query, g_utf8_get_char (p));
  if (!is_cjk (peek_next (p)))
    {
      g_string_append (query, "\"*");
      return g_utf8_next_char (p);
    }

  g_string_append_unichar (query, peek_next (p));
  for (p = g_utf8_next_char (p); is_cjk (peek_next (p)); p = g_utf8_next_char (p))
    {
      g_string_append_c (query, ' ');
      g_string_append_unichar (query, g_utf8_get_char (p));
      g_string_append_unichar (query, peek_next (p));
    }
  g_string_append_c (query, '"');
  return g_utf8_next_char (p);
}

/* The word at @p by prefix. What punctuation holds together, such as LS-01/A, is a phrase. */
static const char *
ask_word (GString *query, const char *p)
{
  gboolean apart = FALSE;

  g_string_append_c (query, '"');
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_cjk (c) || g_unichar_isspace (c))
        break;
      if (!is_word (c))
        {
          apart = TRUE;
          continue;
        }
      if (apart)
        g_string_append_c (query, ' ');
      apart = FALSE;
      g_string_append_unichar (query, c);
    }
  g_string_append (query, "\"*");
  return p;
}

/**
 * stall_search_text:
 * @text: (nullable): words of any language
 *
 * Makes the text that a search table holds: tokens apart by spaces, Latin, Greek and Cyrillic words
 * without case and accents, CJK runs as overlapping pairs.
 *
 * Returns: (transfer full): the tokens; "" for none
 */
char *
stall_search_text (const char *text)
{
  g_autofree char *folded = fold (text != NULL ? text : "");
  GString *tokens = g_string_sized_new (strlen (folded) * 2);
  gboolean in_word = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean cjk = is_cjk (c);
      const char *end = g_utf8_next_char (p);

      if (!cjk && !is_word (c))
        {
          in_word = FALSE;
          continue;
        }
      if ((cjk || !in_word) && tokens->len > 0)
        g_string_append_c (tokens, ' ');
      if (cjk && is_cjk (peek_next (p)))
        end = g_utf8_next_char (end);
      g_string_append_len (tokens, p, end - p);
      in_word = !cjk;
    }

  return g_string_free_and_steal (tokens);
}

/**
 * stall_search_query:
 * @typed: (nullable): what a person typed; its first 200 characters count
 *
 * Makes an FTS5 query: all words must be there, each by prefix, CJK runs as phrases. Everything
 * stands in quotation marks, so nothing that is typed is syntax.
 *
 * Returns: (transfer full) (nullable): the query, or %NULL when there is nothing to ask for
 */
char *
stall_search_query (const char *typed)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autofree char *folded = NULL;
  const char *p;

  if (g_utf8_strlen (valid, -1) > MAX_TYPED)
    *g_utf8_offset_to_pointer (valid, MAX_TYPED) = '\0';
  folded = fold (valid);

  p = folded;
  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      gboolean cjk = is_cjk (c);

      if (!cjk && !is_word (c))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if (query->len > 0)
        g_string_append_c (query, ' ');
      p = cjk ? ask_cjk (query, p) : ask_word (query, p);
    }

  return query->len > 0 ? g_string_free_and_steal (g_steal_pointer (&query)) : NULL;
}
