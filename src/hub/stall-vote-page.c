/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-page.h"

#include "stall-html-writer.h"
#include "stall-money.h"
#include "stall-variant.h"

/* Characters of each that a page shows. */
#define MAX_QUESTION 400
#define MAX_LABEL 160

/* Text on its ground is 7:1 or more in light and in dark; everything to touch is 48 px high. Only
 * text grows with the reader's own size of it, so that pictures leave it room; borders that are not
 * seen are drawn where colours are forced. */
static const char style[]
    = ":root{color-scheme:light dark;--ink:#241f31;--ground:#fff;--soft:#f3f0f7;--line:#8a8594;"
      "--accent:#5e35a8;--on-accent:#fff}"
      "@media(prefers-color-scheme:dark){:root{--ink:#f6f5f4;--ground:#1e1b26;--soft:#2c2836;"
      "--line:#9a95a6;--accent:#cdb4f5;--on-accent:#1e1b26}}"
      "*{box-sizing:border-box}body{margin:0 "
      "auto;max-width:40rem;padding:16px;color:var(--ink);overflow-wrap:anywhere;"
      "background:var(--ground);font:1.0625rem/1.5 system-ui,'Noto Sans CJK SC',sans-serif}"
      "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}h2{font-size:1.125rem;margin:2rem "
      "0 "
      ".5rem}fieldset{border:0;margin:0;padding:0}ul{list-style:none;margin:0;padding:0}"
      "label{display:flex;gap:12px;align-items:center;min-height:56px;padding:8px "
      "12px;margin:0 0 8px;border:2px solid var(--line);"
      "border-radius:.75rem}label:has(:checked){border-color:var(--accent);background:var(--soft)}"
      "input{flex:none;width:24px;height:24px;margin:0;accent-color:var(--accent)}"
      ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}"
      "img{flex:none;width:96px;height:128px;object-fit:cover;border-radius:.5rem;background:var("
      "--soft)}"
      ".name{min-width:0;font-weight:600}.price{display:block;font-"
      "weight:"
      "400}button{width:100%;min-height:52px;margin-top:.75rem;border:2px solid "
      "transparent;border-radius:.75rem;"
      "background:var(--accent)"
      ";"
      "color:var(--on-accent);font:inherit;font-weight:700}li{margin:0 0 .75rem}"
      ".row{display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:16px}"
      "progress{display:block;appearance:none;-webkit-appearance:none;width:100%;height:.75rem;"
      "margin-top:.25rem;border:0;border-radius:1rem;overflow:hidden;background:var(--soft);"
      "color:var(--accent)}progress::-webkit-progress-bar{background:var(--soft)}"
      "progress::-webkit-progress-value{background:var(--accent);border-radius:1rem}"
      "progress::-moz-progress-bar{background:var(--accent);border-radius:1rem}"
      "a{color:var(--accent)}"
      ".said{padding:12px;border:1px solid transparent;border-radius:.75rem;background:var(--soft)}"
      ".small{font-size:.9375rem}.screen{display:grid;align-content:center;min-height:100vh;max-"
      "width:80rem;padding:3rem;"
      "font-size:clamp(1.25rem,3vw,2.5rem)}.screen h1{font-size:1.6em}.screen "
      "li{display:flex;gap:1.5rem;align-items:center;margin:0 0 1.25rem}.screen "
      "div{flex:1;min-width:0}.screen img{width:9vh;height:12vh}.screen progress{height:2rem}"
      "@media(forced-colors:active){progress{forced-color-adjust:none;border:1px solid "
      "CanvasText;--soft:Canvas;--accent:Highlight}}";

const char *
stall_vote_page_get_style (void)
{
  return style;
}

static void
begin (GString *html,
       const char *path,
       const char *title,
       guint language,
       gboolean refresh,
       const char *class)
{
  stall_html_writer_add (
      html,
      "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<meta name=\"robots\" content=\"noindex\"><title>%s</title>"
      "<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/%s/style.css\">",
      stall_vote_words_get (language, STALL_WORD_LANGUAGE), title, path);
  if (refresh)
    g_string_append (html, "<meta http-equiv=\"refresh\" content=\"5\">");
  stall_html_writer_add (html, "</head><body class=\"%s\"><main><h1 id=\"q\">%s</h1>", class,
                         title);
}

static char *
end (GString *html)
{
  g_string_append (html, "</main></body></html>");
  return g_string_free (html, FALSE);
}

/* What others sent may have any length; a page does not. */
static char *
shorten (const char *text, glong max_characters)
{
  g_autofree char *begin = NULL;

  if (g_utf8_strlen (text, -1) <= max_characters)
    return g_strdup (text);
  begin = g_utf8_substring (text, 0, max_characters);
  return g_strconcat (begin, "…", NULL);
}

static char *
dup_label (const StallPollFigures *figures, guint index)
{
  return shorten (stall_poll_get_option (figures->poll, index)->label, MAX_LABEL);
}

static char *
dup_question (const StallPollFigures *figures)
{
  return shorten (stall_poll_get_question (figures->poll), MAX_QUESTION);
}

static void
write_picture (GString *html, const StallPollFigures *figures, guint index, const char *path)
{
  g_autofree char *number = g_strdup_printf ("%u", index);

  if (figures->options[index].cover != NULL)
    stall_html_writer_add (
        html, "<img src=\"/%s/picture/%s\" alt=\"\" width=\"96\" height=\"128\">", path, number);
}

static void
write_option (GString *html,
              const StallPollFigures *figures,
              guint index,
              const char *path,
              const char *chosen)
{
  const StallPollOption *option = stall_poll_get_option (figures->poll, index);
  g_autofree char *label = dup_label (figures, index);

  stall_html_writer_add (html, "<label><input type=\"radio\" name=\"option\" required value=\"%s\"",
                         option->id);
  g_string_append (html, g_strcmp0 (chosen, option->id) == 0 ? " checked>" : ">");
  write_picture (html, figures, index, path);
  stall_html_writer_add (html, "<span class=\"name\">%s", label);
  if (option->price != STALL_PRICE_NONE && option->currency != NULL)
    {
      g_autofree char *price = stall_money_format (option->price, option->currency);

      stall_html_writer_add (html, "<span class=\"price\">%s</span>", price);
    }
  g_string_append (html, "</span></label>");
}

static const char *
votes_word (gint64 votes, guint language)
{
  return stall_vote_words_get (language, votes == 1 ? STALL_WORD_ONE_VOTE : STALL_WORD_VOTES);
}

/* With pictures where there is a @path to them: who votes on a phone has just seen them. */
static void
write_results (GString *html, const StallPollFigures *figures, const char *path, guint language)
{
  for (guint i = 0; i < figures->n_options; i++)
    {
      gint64 votes = stall_tally_get_option_votes (figures->tally, i);
      g_autofree char *label = dup_label (figures, i);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, votes);
      g_autofree char *share
          = g_strdup_printf ("%.0f", 100 * stall_tally_get_option_share (figures->tally, i));

      if (i == 0)
        g_string_append (html, "<ul>");
      g_string_append (html, "<li>");
      if (path != NULL)
        write_picture (html, figures, i, path);
      stall_html_writer_add (
          html,
          "<div><span class=\"row\"><span>%s</span><span>%s %s · %s%%</span></span>"
          "<progress max=\"100\" value=\"%s\" aria-hidden=\"true\"></progress></div></li>",
          label, number, votes_word (votes, language), share, share);
    }
  if (figures->n_options > 0)
    g_string_append (html, "</ul>");
}

static gboolean
shows_results (const StallPollFigures *figures)
{
  return figures->state >= STALL_POLL_CLOSED || !stall_poll_get_hidden (figures->poll);
}

static void
say (GString *html, StallWord word, guint language)
{
  stall_html_writer_add (html, "<p class=\"said\" role=\"status\">%s</p>",
                         stall_vote_words_get (language, word));
}

static void
write_form (GString *html,
            const StallPollFigures *figures,
            const char *path,
            const char *chosen,
            const char *token,
            guint language)
{
  if (chosen != NULL)
    say (html, STALL_WORD_CHOSEN, language);
  stall_html_writer_add (html,
                         "<form method=\"post\" action=\"/%s/vote\"><input type=\"hidden\" "
                         "name=\"token\" value=\"%s\"><fieldset aria-labelledby=\"q\">",
                         path, token);
  for (guint i = 0; i < figures->n_options; i++)
    write_option (html, figures, i, path, chosen);
  stall_html_writer_add (
      html, "</fieldset><button type=\"submit\">%s</button></form>",
      stall_vote_words_get (language, chosen != NULL ? STALL_WORD_CHANGE : STALL_WORD_VOTE));
}

/**
 * stall_vote_page_write:
 * @figures: how the poll stands
 * @path: the page's path, without slashes
 * @chosen: (nullable): id of the option that this phone has voted for
 * @token: what proves that the form is ours
 * @language: from stall_vote_words_choose()
 *
 * Returns: (transfer full): the page that a phone votes on
 */
char *
stall_vote_page_write (const StallPollFigures *figures,
                       const char *path,
                       const char *chosen,
                       const char *token,
                       guint language)
{
  GString *html = g_string_sized_new (4096);
  g_autofree char *question = dup_question (figures);

  begin (html, path, question, language, FALSE, "phone");
  if (figures->state == STALL_POLL_OPEN)
    write_form (html, figures, path, chosen, token, language);
  else if (figures->state == STALL_POLL_DRAFT)
    say (html, STALL_WORD_NOT_OPEN, language);
  else
    say (html, chosen != NULL ? STALL_WORD_COUNTED : STALL_WORD_CLOSED, language);
  if (!shows_results (figures))
    stall_html_writer_add (html, "<p class=\"small\">%s</p>",
                           stall_vote_words_get (language, STALL_WORD_HIDDEN));
  /* Who has not voted yet is not told what others think. */
  else if (figures->state != STALL_POLL_OPEN || chosen != NULL)
    {
      stall_html_writer_add (html, "<h2>%s</h2>",
                             stall_vote_words_get (language, figures->state == STALL_POLL_OPEN
                                                                 ? STALL_WORD_RESULTS
                                                                 : STALL_WORD_FINAL));
      write_results (html, figures, NULL, language);
    }
  stall_html_writer_add (html, "<p class=\"small\">%s</p>",
                         stall_vote_words_get (language, STALL_WORD_PRIVACY));
  return end (html);
}

/**
 * stall_vote_page_write_screen:
 * @figures: how the poll stands
 * @path: the page's path, without slashes
 * @language: from stall_vote_words_choose()
 *
 * Returns: (transfer full): the results for a screen at a fair, which renew themselves
 */
char *
stall_vote_page_write_screen (const StallPollFigures *figures, const char *path, guint language)
{
  GString *html = g_string_sized_new (4096);
  g_autofree char *question = dup_question (figures);
  g_autofree char *votes
      = g_strdup_printf ("%" G_GINT64_FORMAT, stall_tally_get_votes (figures->tally));

  begin (html, path, question, language, figures->state <= STALL_POLL_OPEN, "screen");
  if (figures->state >= STALL_POLL_CLOSED)
    say (html, STALL_WORD_CLOSED, language);
  if (shows_results (figures))
    write_results (html, figures, path, language);
  else
    stall_html_writer_add (html, "<p>%s</p>", stall_vote_words_get (language, STALL_WORD_HIDDEN));
  stall_html_writer_add (html, "<p>%s %s</p>", votes,
                         votes_word (stall_tally_get_votes (figures->tally), language));
  /* The screen is a laptop's, and it may have this stall. */
  stall_html_writer_add (html, "<p class=\"small\"><a href=\"stall:%s\">%s</a></p>",
                         stall_poll_get_id (figures->poll),
                         stall_vote_words_get (language, STALL_WORD_OPEN));
  return end (html);
}

/**
 * stall_vote_page_write_problem:
 * @path: the page's path, or "" when the phone does not know it
 * @word: what went wrong
 * @language: from stall_vote_words_choose()
 *
 * Returns: (transfer full): a page that says what to do
 */
char *
stall_vote_page_write_problem (const char *path, StallWord word, guint language)
{
  GString *html = g_string_sized_new (1024);

  begin (html, path, stall_vote_words_get (language, STALL_WORD_PROBLEM), language, FALSE, "phone");
  stall_html_writer_add (html, "<p class=\"said\" role=\"alert\">%s</p>",
                         stall_vote_words_get (language, word));
  if (*path != '\0')
    stall_html_writer_add (html, "<p><a href=\"/%s/\">%s</a></p>", path,
                           stall_vote_words_get (language, STALL_WORD_BACK));
  return end (html);
}
