/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-html-text.h"

#include <string.h>

typedef struct
{
  GString *text;
  guint newlines; /* wanted before the next word */
  gboolean space; /* the same */
} Writer;

/* What a tag stands for in text: lines to break before what follows, and what the line starts with.
 */
typedef struct
{
  const char *name;
  guint newlines;
  const char *lead;
} Tag;

static const Tag tags[] = {
  { "br", 1, NULL }, { "p", 2, NULL },          { "div", 1, NULL }, { "ul", 2, NULL },
  { "ol", 2, NULL }, { "li", 1, "• " },         { "tr", 1, NULL },  { "h1", 2, NULL },
  { "h2", 2, NULL }, { "h3", 2, NULL },         { "h4", 2, NULL },  { "h5", 2, NULL },
  { "h6", 2, NULL }, { "td", 0, " " },          { "th", 0, " " },   { "table", 2, NULL },
  { "hr", 2, NULL }, { "blockquote", 2, NULL },
};

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" },    { "lt", "<" },    { "gt", ">" },    { "quot", "\"" },  { "apos", "'" },
  { "nbsp", " " },   { "ndash", "–" }, { "mdash", "—" }, { "hellip", "…" }, { "bull", "•" },
  { "lsquo", "‘" },  { "rsquo", "’" }, { "ldquo", "“" }, { "rdquo", "”" },  { "copy", "©" },
  { "reg", "®" },    { "trade", "™" }, { "times", "×" }, { "deg", "°" },    { "frac12", "½" },
  { "euro", "€" },   { "pound", "£" }, { "yen", "¥" },   { "cent", "¢" },   { "eacute", "é" },
  { "egrave", "è" }, { "auml", "ä" },  { "ouml", "ö" },  { "uuml", "ü" },   { "szlig", "ß" },
};

static void
write_text (Writer *self, const char *text, gsize length)
{
  if (self->text->len > 0)
    {
      for (guint i = 0; i < self->newlines; i++)
        g_string_append_c (self->text, '\n');
      if (self->newlines == 0 && self->space)
        g_string_append_c (self->text, ' ');
    }
  self->newlines = 0;
  self->space = FALSE;
  g_string_append_len (self->text, text, length);
}

static const Tag *
find_tag (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strlen (tags[i].name) == length && g_ascii_strncasecmp (tags[i].name, name, length) == 0)
      return &tags[i];
  return NULL;
}

/* Where no tag breaks lines, the text does so itself. */
static gboolean
has_line_tags (const char *html)
{
  while ((html = strchr (html, '<')) != NULL)
    {
      gsize length = 0;

      html += html[1] == '/' ? 2 : 1;
      while (g_ascii_isalnum (html[length]))
        length++;
      if (find_tag (html, length) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
write_tag (Writer *self, const Tag *tag, gboolean closes)
{
  /* One <br> more is one line more; what ends and begins beside each other breaks once. */
  if (g_str_equal (tag->name, "br"))
    self->newlines = MIN (self->newlines + 1, 2);
  else
    self->newlines = MAX (self->newlines, tag->newlines);
  if (tag->lead == NULL || closes)
    return;
  if (tag->newlines > 0)
    write_text (self, tag->lead, strlen (tag->lead));
  else
    self->space = TRUE;
}

/* Behind the end of a comment, or of an element whose content nobody reads. */
static const char *
skip_element (const char *at)
{
  static const char *const silent[][2]
      = { { "<!--", "-->" }, { "<script", "</script" }, { "<style", "</style" } };

  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      if (g_ascii_strncasecmp (at, silent[i][0], strlen (silent[i][0])) != 0)
        continue;
      gsize n = strlen (silent[i][1]);
      while (*at != '\0' && g_ascii_strncasecmp (at, silent[i][1], n) != 0)
        at++;
      return *at == '\0' ? at : at + (i == 0 ? n : 0);
    }
  return NULL;
}

static const char *
read_tag (Writer *self, const char *at)
{
  const char *skipped = skip_element (at), *name, *end;
  const Tag *tag;
  gboolean closes;

  if (skipped != NULL)
    return skipped;
  name = at + 1;
  closes = *name == '/';
  name += closes;
  /* “a < b” is no tag */
  if (!g_ascii_isalpha (*name) && *name != '!' && *name != '?')
    {
      write_text (self, "<", 1);
      return at + 1;
    }
  for (end = name; g_ascii_isalnum (*end); end++)
    continue;
  tag = find_tag (name, end - name);
  if (tag != NULL)
    write_tag (self, tag, closes);
  for (char quote = 0; *end != '\0' && (quote != 0 || *end != '>'); end++)
    {
      if (quote != 0)
        quote = *end == quote ? 0 : quote;
      else if (*end == '"' || *end == '\'')
        quote = *end;
    }
  return *end == '>' ? end + 1 : end;
}

static const char *
read_entity (Writer *self, const char *at)
{
  const char *end
      = at + 1 + strspn (at + 1, "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (*end == ';' && at[1] == '#')
    {
      gboolean hexadecimal = at[2] == 'x' || at[2] == 'X';
      guint64 code = g_ascii_strtoull (at + (hexadecimal ? 3 : 2), NULL, hexadecimal ? 16 : 10);
      char buffer[6];

      if (code >= 0x20 && code <= 0x10FFFF && g_unichar_validate (code))
        {
          if (code == 0xA0)
            self->space = TRUE;
          else
            write_text (self, buffer, g_unichar_to_utf8 (code, buffer));
        }
      return end + 1;
    }
  for (guint i = 0; *end == ';' && i < G_N_ELEMENTS (entities); i++)
    {
      gsize length = strlen (entities[i].name);

      if ((gsize) (end - at) != length + 1 || strncmp (at + 1, entities[i].name, length) != 0)
        continue;
      if (entities[i].text[0] == ' ')
        self->space = TRUE;
      else
        write_text (self, entities[i].text, strlen (entities[i].text));
      return end + 1;
    }
  write_text (self, "&", 1);
  return at + 1;
}

/**
 * stall_html_to_text:
 * @html: a description as a shop exports it: HTML, or plain text already
 *
 * Takes the tags off: paragraphs, line breaks and list items become lines, entities their
 * character, scripts and comments nothing. Broken HTML loses no words.
 *
 * Returns: (transfer full): plain text
 */
char *
stall_html_to_text (const char *html)
{
  gboolean plain = !has_line_tags (html);
  Writer writer = { .text = g_string_sized_new (strlen (html) + 1) };

  for (const char *at = html; *at != '\0';)
    {
      gsize length = strcspn (at, "<& \t\r\n");

      if (length > 0)
        {
          write_text (&writer, at, length);
          at += length;
        }
      else if (*at == '<')
        at = read_tag (&writer, at);
      else if (*at == '&')
        at = read_entity (&writer, at);
      else
        {
          writer.space = TRUE;
          if (plain && *at == '\n')
            writer.newlines = MIN (writer.newlines + 1, 2);
          at++;
        }
    }
  return g_string_free_and_steal (writer.text);
}

/**
 * stall_html_from_text:
 * @text: plain text
 *
 * Writes text so that stall_html_to_text() gives it back: blank lines part paragraphs.
 *
 * Returns: (transfer full): HTML; "" for ""
 */
char *
stall_html_from_text (const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  GString *html = g_string_new (NULL);

  for (guint i = 0; paragraphs[i] != NULL && *text != '\0'; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (paragraphs[i], -1);
      g_auto (GStrv) lines = g_strsplit (escaped, "\n", -1);
      g_autofree char *joined = g_strjoinv ("<br>", lines);

      g_string_append_printf (html, "<p>%s</p>", joined);
    }
  return g_string_free_and_steal (html);
}
