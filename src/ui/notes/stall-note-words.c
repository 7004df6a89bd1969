/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-words.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

/**
 * stall_note_words_title:
 * @title: of a note
 *
 * Returns: (transfer none): the title, or what stands for a missing one
 */
const char *
stall_note_words_title (const char *title)
{
  return title != NULL && *title != '\0' ? title : _ ("Untitled note");
}

static gboolean
is_mostly_wide (const char *text)
{
  gint64 balance = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        balance += g_unichar_iswide (c) ? 4 : -1;
    }
  return balance > 0;
}

/**
 * stall_note_words_count:
 * @n_words: how many words, or characters of Chinese, it has
 * @body: of a note
 *
 * Returns: (transfer full): “1,204 words”
 */
char *
stall_note_words_count (guint n_words, const char *body)
{
  g_autofree char *count = stall_format_count (n_words);

  if (is_mostly_wide (body))
    /* Translators: how long a Chinese text is, %s is a number */
    return g_strdup_printf (ngettext ("%s character", "%s characters", n_words), count);
  /* Translators: how long a text is, %s is a number */
  return g_strdup_printf (ngettext ("%s word", "%s words", n_words), count);
}

/**
 * stall_note_words_state:
 * @state: of a note
 * @at: when it is to be, or was, published
 * @now: what time it is
 *
 * Returns: (transfer full): “Draft”, “Scheduled for 22 Nov 2026, 20:00”
 */
char *
stall_note_words_state (StallNoteState state, StallTime at, StallTime now)
{
  g_autofree char *when = at != STALL_TIME_NONE ? stall_format_date_time (at) : NULL;

  if (when == NULL || state == STALL_NOTE_DRAFT)
    return g_strdup (stall_note_state_get_label (state));
  if (state == STALL_NOTE_PUBLISHED)
    return g_strdup_printf (_ ("Published %s"), when);
  if (at <= now)
    return g_strdup (_ ("Ready, waits to be published"));
  return g_strdup_printf (_ ("Scheduled for %s"), when);
}
