/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-markup.h"

#include <string.h>

/* --- around --- */

static gboolean
has_text_at (const GtkTextIter *at, const char *text, gboolean before)
{
  GtkTextIter other = *at;
  g_autofree char *there = NULL;
  int n = (int) strlen (text);

  if (before ? !gtk_text_iter_backward_chars (&other, n)
             : gtk_text_iter_get_offset (&other) + n
                   > gtk_text_buffer_get_char_count (gtk_text_iter_get_buffer (at)))
    return FALSE;
  if (!before)
    gtk_text_iter_forward_chars (&other, n);
  there = gtk_text_iter_get_text (before ? &other : at, before ? at : &other);
  return g_str_equal (there, text);
}

static void
delete_chars (GtkTextBuffer *buffer, int offset, int n)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, offset + n);
  gtk_text_buffer_delete (buffer, &start, &end);
}

static void
insert_chars (GtkTextBuffer *buffer, int offset, const char *text)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, offset);
  gtk_text_buffer_insert (buffer, &at, text, -1);
}

static void
select_chars (GtkTextBuffer *buffer, int from, int to)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  gtk_text_buffer_select_range (buffer, &end, &start);
}

/* Italic's one star is not half of bold's two. */
static gboolean
is_marked (const GtkTextIter *start, const GtkTextIter *end, const char *mark)
{
  gboolean single = mark[1] == '\0';

  return has_text_at (start, mark, TRUE) && has_text_at (end, mark, FALSE)
         && (!single || !has_text_at (start, "**", TRUE) || has_text_at (start, "***", TRUE));
}

static void
toggle_around (GtkTextBuffer *buffer, const char *mark)
{
  GtkTextIter start, end;
  int n = (int) strlen (mark), from, to;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end)
      && gtk_text_iter_inside_word (&start) && !gtk_text_iter_starts_word (&start))
    {
      gtk_text_iter_backward_word_start (&start);
      gtk_text_iter_forward_word_end (&end);
    }
  from = gtk_text_iter_get_offset (&start);
  to = gtk_text_iter_get_offset (&end);
  if (is_marked (&start, &end, mark))
    {
      delete_chars (buffer, to, n);
      delete_chars (buffer, from - n, n);
      select_chars (buffer, from - n, to - n);
    }
  else
    {
      insert_chars (buffer, to, mark);
      insert_chars (buffer, from, mark);
      select_chars (buffer, from + n, to + n);
    }
}

/* --- before --- */

static const char *const prefixes[] = {
  [STALL_MARKUP_LIST] = "- ",
  [STALL_MARKUP_QUOTE] = "> ",
};

static char *
dup_line (GtkTextBuffer *buffer, int line)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  return gtk_text_iter_get_text (&start, &end);
}

static void
set_prefix (GtkTextBuffer *buffer, int line, gsize n_before, const char *prefix)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  gtk_text_iter_forward_chars (&end, (int) n_before);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, prefix, -1);
}

static void
toggle_heading (GtkTextBuffer *buffer, int line)
{
  g_autofree char *text = dup_line (buffer, line);
  gsize rank = strspn (text, "#");
  gsize n = rank > 0 && text[rank] == ' ' ? rank + 1 : 0;

  set_prefix (buffer, line, n, n == 0 ? "## " : rank < 3 ? "### " : "");
}

static void
toggle_prefix (GtkTextBuffer *buffer, int first, int last, const char *prefix)
{
  gboolean all = TRUE;

  for (int line = first; line <= last && all; line++)
    {
      g_autofree char *text = dup_line (buffer, line);

      all = g_str_has_prefix (text, prefix) || (*text == '\0' && first != last);
    }
  for (int line = first; line <= last; line++)
    {
      g_autofree char *text = dup_line (buffer, line);
      gboolean has = g_str_has_prefix (text, prefix);

      if (all && has)
        set_prefix (buffer, line, strlen (prefix), "");
      else if (!all && !has && (*text != '\0' || first == last))
        set_prefix (buffer, line, 0, prefix);
    }
}

/**
 * stall_note_markup_toggle:
 * @buffer: a note's text
 * @markup: what the selection, or the word or line of the cursor, is to be
 *
 * Marks it up, or no longer if it was.
 */
void
stall_note_markup_toggle (GtkTextBuffer *buffer, StallMarkup markup)
{
  GtkTextIter start, end;
  int first, last;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_line (&start);
  last = gtk_text_iter_get_line (&end);
  gtk_text_buffer_begin_user_action (buffer);
  switch (markup)
    {
    case STALL_MARKUP_BOLD:
      toggle_around (buffer, "**");
      break;
    case STALL_MARKUP_ITALIC:
      toggle_around (buffer, "*");
      break;
    case STALL_MARKUP_HEADING:
      toggle_heading (buffer, first);
      break;
    case STALL_MARKUP_LIST:
    case STALL_MARKUP_QUOTE:
    default:
      toggle_prefix (buffer, first, last, prefixes[markup]);
    }
  gtk_text_buffer_end_user_action (buffer);
}

/* How many bytes at the start of @line make it an item or a quote; in @next what the next line
 * begins with. 0: neither. */
static gsize
read_prefix (const char *line, char **next)
{
  gsize indent = strspn (line, " \t");
  const char *marker = line + indent;
  gsize digits = strspn (marker, "0123456789");

  if ((*marker == '-' || *marker == '*' || *marker == '+' || *marker == '>') && marker[1] == ' ')
    {
      *next = g_strndup (line, indent + 2);
      return indent + 2;
    }
  if (digits > 0 && digits < 9 && (marker[digits] == '.' || marker[digits] == ')')
      && marker[digits + 1] == ' ')
    {
      *next = g_strdup_printf ("%.*s%" G_GINT64_FORMAT "%c ", (int) indent, line,
                               g_ascii_strtoll (marker, NULL, 10) + 1, marker[digits]);
      return indent + digits + 2;
    }
  return 0;
}

/**
 * stall_note_markup_go_on:
 * @buffer: a note's text
 * @at: (inout): where a line break was just typed, and where the cursor is afterwards
 *
 * Does what Enter means in a list or quote: begins the next item, or ends the list when the one
 * above is empty.
 */
void
stall_note_markup_go_on (GtkTextBuffer *buffer, GtkTextIter *at)
{
  g_autofree char *line = NULL;
  g_autofree char *next = NULL;
  GtkTextIter start;
  int number = gtk_text_iter_get_line (at);
  gsize n;

  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  if (number == 0)
    return;
  line = dup_line (buffer, number - 1);
  n = read_prefix (line, &next);
  if (n == 0)
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &start, number - 1);
  if (line[n] == '\0')
    gtk_text_buffer_delete (buffer, &start, at);
  else
    gtk_text_buffer_insert (buffer, at, next, -1);
}
