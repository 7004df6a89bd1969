/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-html-text.h"

static void
test_to_text (void)
{
  static const struct
  {
    const char *html;
    const char *text;
  } cases[] = {
    { "", "" },
    { "plain  text", "plain text" },
    { "one\n\ntwo", "one\n\ntwo" },
    { "<p>One</p>\n<p>Two &amp; a half</p>", "One\n\nTwo & a half" },
    { "a<br>b<br/>c<br><br>d", "a\nb\nc\n\nd" },
    { "<ul><li>Wool</li><li>Silk</li></ul>", "• Wool\n• Silk" },
    { "<b>bo</b>ld", "bold" },
    { "a <!-- not this <p> --> b", "a b" },
    { "<script>alert('<p>')</script>x<style>p { }</style>y", "xy" },
    { "<a href=\"x>y\">link</a>", "link" },
    { "1 < 2 & 3 &gt; 2 &#8364; &#x20AC; &nosuch; &nbsp;x", "1 < 2 & 3 > 2 € € &nosuch; x" },
    { "<p>open", "open" },
    { "text <unclosed", "text" },
    { "手作り<p>茶碗", "手作り\n\n茶碗" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stall_html_to_text (cases[i].html);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_round_trip (void)
{
  static const char *const texts[]
      = { "", "one line", "two\nlines", "a paragraph\n\nand “another” & <more>",
          "茶碗\n\n'quoted'" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *html = stall_html_from_text (texts[i]);
      g_autofree char *text = stall_html_to_text (html);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html-text/to-text", test_to_text);
  g_test_add_func ("/html-text/round-trip", test_round_trip);
  return g_test_run ();
}
