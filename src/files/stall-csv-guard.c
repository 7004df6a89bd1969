/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-csv-guard.h"

#include <string.h>

/* Excel shows numbers of 12 digits and more in powers of ten. */
#define LONG_NUMBER 12

static gboolean
is_number_to_keep (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return digits > 0 && text[digits] == '\0'
         && (digits >= LONG_NUMBER || (text[0] == '0' && digits > 1));
}

/**
 * stall_csv_needs_guard:
 * @text: what goes into a cell
 *
 * Tells whether a spreadsheet would take the text for something else, or stall_csv_unguard() would
 * take something off it that belongs to it.
 *
 * Returns: %TRUE when the cell must start with a tab
 */
gboolean
stall_csv_needs_guard (const char *text)
{
  return (text[0] != '\0' && strchr ("=+-@\t\r'", text[0]) != NULL) || is_number_to_keep (text);
}

/**
 * stall_csv_unguard:
 * @text: (inout): a cell as it was read
 * @length: bytes of @text
 *
 * Takes off, in place, the white space around the text and one guard: the tab that we write, ="…",
 * or an apostrophe in front of a formula or a number, as other programs write it.
 *
 * Returns: (transfer none): the text inside @text
 */
char *
stall_csv_unguard (char *text, gsize length)
{
  gboolean tabbed;

  if (length == 0
      || (g_ascii_isgraph (text[0]) && g_ascii_isgraph (text[length - 1]) && text[0] != '='
          && text[0] != '\''))
    return text;
  tabbed = text[0] == '\t';
  text = g_strstrip (text);
  length = strlen (text);
  if (tabbed || length < 2)
    return text;
  if (length >= 3 && g_str_has_prefix (text, "=\"") && text[length - 1] == '"')
    {
      text[length - 1] = '\0';
      return text + 2;
    }
  if (text[0] == '\'' && (strchr ("=+-@", text[1]) != NULL || is_number_to_keep (text + 1)))
    return text + 1;
  return text;
}
