/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-html-writer.h"

/**
 * stall_html_writer_text:
 * @html: where it goes
 * @text: (nullable): text of anybody's
 *
 * Appends text so that it is text in HTML too. Control characters, which HTML does not allow, and
 * the marks that turn the direction of what follows are left out.
 */
void
stall_html_writer_text (GString *html, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (html, "&amp;");
      else if (c == '<')
        g_string_append (html, "&lt;");
      else if (c == '>')
        g_string_append (html, "&gt;");
      else if (c == '"')
        g_string_append (html, "&quot;");
      else if (c == '\'')
        g_string_append (html, "&#39;");
      else if ((c >= 0x20 || c == '\n' || c == '\t') && (c < 0x7f || c > 0x9f)
               && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
        g_string_append_unichar (html, c);
    }
}

/**
 * stall_html_writer_add:
 * @html: where it goes
 * @format: HTML of ours in which every %s is text
 * @...: the texts
 *
 * Appends HTML with text in it.
 */
void
stall_html_writer_add (GString *html, const char *format, ...)
{
  va_list texts;

  va_start (texts, format);
  for (const char *p = format; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 's')
      {
        stall_html_writer_text (html, va_arg (texts, const char *));
        p++;
      }
    else
      {
        g_string_append_c (html, *p);
        p += p[0] == '%' && p[1] == '%';
      }
  va_end (texts);
}
