/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-text.h"

#include "stall-json.h"

#include <limits.h>
#include <locale.h>
#include <string.h>

#define MINUS_SIGN "\xe2\x88\x92"

/* What most text is: NFC already, because it is ASCII. */
static gboolean
is_clean_ascii (const char *text)
{
  gsize length = strlen (text);

  if (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] >= 0x80)
      return FALSE;

  return TRUE;
}

static const char *
skip_space (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/**
 * stall_text_clean:
 * @text: (nullable): text as it was typed
 *
 * The space that Chinese is typed with (U+3000) is white space too.
 *
 * Returns: (transfer full): the text as documents keep it; "" for %NULL
 */
char *
stall_text_clean (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *normal = NULL;
  const char *start, *end;

  if (text == NULL || is_clean_ascii (text))
    return g_strdup (text != NULL ? text : "");

  valid = g_utf8_make_valid (text, -1);
  normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  start = skip_space (normal);
  end = start + strlen (start);
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return g_strndup (start, end - start);
}

/**
 * stall_text_fold:
 * @text: (nullable): text as it was typed
 *
 * Makes texts that differ only in case, in the width of their letters or in white space the same.
 *
 * Returns: (transfer full): what to compare
 */
char *
stall_text_fold (const char *text)
{
  g_autofree char *clean = stall_text_clean (text);
  g_autofree char *even = g_utf8_normalize (clean, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = g_utf8_casefold (even, -1);
  GString *key = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isspace (letter))
        {
          gap = TRUE;
          continue;
        }
      if (gap)
        g_string_append_c (key, ' ');
      gap = FALSE;
      g_string_append_unichar (key, letter);
    }
  return g_string_free_and_steal (key);
}

/* Puts the locale's separators into a string of digits, from the right, by localeconv()'s grouping:
 * each byte a group's length, the last one repeated, CHAR_MAX for “no more groups”. The C locale
 * has none: a person still gets a readable text. */
static void
append_grouped (GString *text, const char *digits)
{
  const struct lconv *locale = localeconv ();
  const char *grouping = *locale->grouping ? locale->grouping : "\3";
  const char *separator = *locale->thousands_sep ? locale->thousands_sep : ",";
  gsize start = text->len;
  gsize position = strlen (digits);

  g_string_append (text, digits);
  while (*grouping != CHAR_MAX && *grouping > 0 && position > (gsize) *grouping)
    {
      position -= (gsize) *grouping;
      g_string_insert (text, (gssize) (start + position), separator);
      if (grouping[1])
        grouping++;
    }
}

/**
 * stall_text_from_count:
 * @count: any number of things
 *
 * Writes a whole number with the locale's grouping: “1,234”, “−12”.
 *
 * Returns: (transfer full): the text
 */
char *
stall_text_from_count (gint64 count)
{
  g_autoptr (GString) text = g_string_new (count < 0 ? MINUS_SIGN : NULL);
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT,
              count < 0 ? -(guint64) count : (guint64) count);
  append_grouped (text, digits);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * stall_text_set_member:
 * @object: an object
 * @member: name of a member
 * @text: (nullable): text as it was typed; nothing removes the member
 *
 * Sets a member to cleaned text.
 *
 * Returns: whether that changes anything
 */
gboolean
stall_text_set_member (JsonObject *object, const char *member, const char *text)
{
  g_autofree char *clean = stall_text_clean (text);

  if (strcmp (clean, stall_json_get_string (object, member, "")) == 0)
    return FALSE;

  if (*clean != '\0')
    json_object_set_string_member (object, member, clean);
  else
    json_object_remove_member (object, member);
  return TRUE;
}

/**
 * stall_text_get_pairs:
 * @object: an object
 * @member: name of a member that is an object of texts
 *
 * Returns: (transfer full): name, value, name, value, … in their order; values of other types are
 * passed over
 */
GStrv
stall_text_get_pairs (JsonObject *object, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonObject *texts = stall_json_get_object (object, member);
  JsonObjectIter iter;
  const char *name;

  if (texts == NULL)
    return g_strv_builder_end (builder);

  json_object_iter_init_ordered (&iter, texts);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const char *text = stall_json_get_string (texts, name, NULL);

      if (text != NULL)
        g_strv_builder_add_many (builder, name, text, NULL);
    }
  return g_strv_builder_end (builder);
}
