/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-words.h"

#include "stall-format.h"
#include "stall-note-figures.h"

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

static char *
describe_draft (StallTime made_at, StallTime now)
{
  g_autofree char *date = NULL;
  int days = 0;

  if (made_at == STALL_TIME_NONE)
    return g_strdup (C_ ("note", "Draft"));
  while (days < 7 && made_at < stall_time_day_start (now, -days))
    days++;
  if (days == 0)
    return g_strdup (_ ("Draft, today"));
  if (days == 1)
    return g_strdup (_ ("Draft, yesterday"));
  if (days < 7)
    return g_strdup_printf (ngettext ("Draft, %d day ago", "Draft, %d days ago", (gulong) days),
                            days);
  date = stall_format_when (made_at, now);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("Draft, %s"), date);
}

/**
 * stall_note_words_state:
 * @state: of a note
 * @at: when it was begun, is to be or was published; %STALL_TIME_NONE when that is not known
 * @now: the present moment
 *
 * Returns: (transfer full): how far the note is, with the date
 */
char *
stall_note_words_state (StallNoteState state, StallTime at, StallTime now)
{
  g_autofree char *date = NULL;

  switch (state)
    {
    case STALL_NOTE_SCHEDULED:
      if (at <= now)
        return g_strdup (_ ("Ready, waits for the next sync"));
      date = stall_format_moment (at, now);
      /* Translators: %s is a date and time, such as “22 Nov, 20:00” */
      return g_strdup_printf (_ ("Scheduled for %s"), date);
    case STALL_NOTE_PUBLISHED:
      if (at == STALL_TIME_NONE)
        return g_strdup (C_ ("note", "Published"));
      date = stall_format_when (at, now);
      /* Translators: %s is a date, “Yesterday” or a time of the present day */
      return g_strdup_printf (_ ("Published, %s"), date);
    case STALL_NOTE_DRAFT:
    default:
      return describe_draft (at, now);
    }
}

/**
 * stall_note_words_facts:
 * @row: a loaded row
 *
 * Returns: (transfer full): what came back to a note that is out; how long another is
 */
char *
stall_note_words_facts (StallNoteRow *row)
{
  gint64 n_views = stall_note_row_get_views (row);
  gint64 n_likes = stall_note_row_get_likes (row);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *views = NULL;
  g_autofree char *likes = NULL;

  if (stall_note_row_get_state (row) != STALL_NOTE_PUBLISHED)
    return stall_note_words_count ((guint) stall_note_row_get_n_words (row),
                                   stall_note_row_get_excerpt (row));
  first = stall_format_count (n_views);
  second = stall_format_count (n_likes);
  /* Translators: %s is a number, already written out */
  views = g_strdup_printf (ngettext ("%s view", "%s views", (gulong) n_views), first);
  /* Translators: %s is a number, already written out */
  likes = g_strdup_printf (ngettext ("%s like", "%s likes", (gulong) n_likes), second);
  return g_strdup_printf ("%s · %s", views, likes);
}

/**
 * stall_note_words_problem:
 * @row: a loaded row
 *
 * Returns: (transfer full) (nullable): why a reader cannot buy what the note links; %NULL when
 * nothing is wrong
 */
char *
stall_note_words_problem (StallNoteRow *row)
{
  int n_gone = stall_note_row_get_n_gone (row);
  int n_sold_out = stall_note_row_get_n_sold_out (row);

  if (n_gone > 0)
    return g_strdup_printf (
        ngettext ("%d product is gone", "%d products are gone", (gulong) n_gone), n_gone);
  if (n_sold_out > 0)
    return g_strdup_printf (
        ngettext ("%d product is sold out", "%d products are sold out", (gulong) n_sold_out),
        n_sold_out);
  return NULL;
}

/**
 * stall_note_words_problems:
 * @problems: (element-type StallLinkProblem): links of one note that a reader cannot buy from
 *
 * Returns: (transfer full) (nullable): what is wrong with them; %NULL when nothing is
 */
char *
stall_note_words_problems (GPtrArray *problems)
{
  const StallLinkProblem *only = problems->len == 1 ? g_ptr_array_index (problems, 0) : NULL;

  if (problems->len == 0)
    return NULL;
  if (only == NULL)
    return g_strdup_printf (ngettext ("%u product that this note links is gone or sold out",
                                      "%u products that this note links are gone or sold out",
                                      problems->len),
                            problems->len);
  if (*only->title == '\0')
    return g_strdup (_ ("The product that this note links is gone"));
  /* Translators: %s is the title of a product */
  return g_strdup_printf (only->trouble == STALL_LINK_GONE
                              ? _ ("“%s”, which this note links, was dropped")
                              : _ ("“%s”, which this note links, is sold out"),
                          only->title);
}

/**
 * stall_note_words_n_notes:
 * @n: how many
 *
 * Returns: (transfer full): “6 notes”
 */
char *
stall_note_words_n_notes (guint n)
{
  g_autofree char *number = stall_format_count (n);

  /* Translators: %s is a number, already written out */
  return g_strdup_printf (ngettext ("%s note", "%s notes", n), number);
}
