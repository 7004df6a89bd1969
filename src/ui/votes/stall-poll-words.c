/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-words.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

/**
 * stall_poll_words_question:
 * @question: (nullable): what the audience is asked
 *
 * Returns: the question, or what a poll without one is called
 */
const char *
stall_poll_words_question (const char *question)
{
  return question != NULL && *question != '\0' ? question : _ ("Untitled Poll");
}

/**
 * stall_poll_words_votes:
 * @votes: how many
 *
 * Returns: (transfer full): “129 votes”
 */
char *
stall_poll_words_votes (gint64 votes)
{
  g_autofree char *count = stall_format_count (votes);

  return g_strdup_printf (ngettext ("%s vote", "%s votes", (gulong) votes), count);
}

/**
 * stall_poll_words_deposits:
 * @deposits: how many
 *
 * Returns: (transfer full): “12 deposits”
 */
char *
stall_poll_words_deposits (gint64 deposits)
{
  g_autofree char *count = stall_format_count (deposits);

  return g_strdup_printf (ngettext ("%s deposit", "%s deposits", (gulong) deposits), count);
}

/**
 * stall_poll_words_counts:
 * @votes: how many
 * @deposits: how many
 *
 * Returns: (transfer full): “129 votes · 12 deposits”; two numbers, never one
 */
char *
stall_poll_words_counts (gint64 votes, gint64 deposits)
{
  g_autofree char *free_words = stall_poll_words_votes (votes);
  g_autofree char *paid_words = stall_poll_words_deposits (deposits);

  /* Translators: two numbers of one poll: “129 votes · 12 deposits” */
  return g_strdup_printf (_ ("%s · %s"), free_words, paid_words);
}

/**
 * stall_poll_words_left:
 * @left: milliseconds until the close
 *
 * Returns: (transfer full): “3 days left”, in the largest unit that is not 1
 */
char *
stall_poll_words_left (StallTime left)
{
  int minutes = (int) (MAX (left, 0) / STALL_MINUTE);

  if (minutes >= 2 * 24 * 60)
    return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) minutes / (24 * 60)),
                            minutes / (24 * 60));
  if (minutes >= 2 * 60)
    return g_strdup_printf (ngettext ("%d hour left", "%d hours left", (gulong) minutes / 60),
                            minutes / 60);
  if (minutes >= 1)
    return g_strdup_printf (ngettext ("%d minute left", "%d minutes left", (gulong) minutes),
                            minutes);
  return g_strdup (_ ("Less than a minute left"));
}

/**
 * stall_poll_words_left_short:
 * @left: milliseconds until the close
 *
 * Returns: (transfer full): “3 days”, in the largest unit that is not 1
 */
char *
stall_poll_words_left_short (StallTime left)
{
  int minutes = (int) (MAX (left, 0) / STALL_MINUTE);

  if (minutes >= 2 * 24 * 60)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) minutes / (24 * 60)),
                            minutes / (24 * 60));
  if (minutes >= 2 * 60)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) minutes / 60), minutes / 60);
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
}

/**
 * stall_poll_words_rule:
 * @closes_at: when it closes, or %STALL_TIME_NONE
 * @votes: how many votes close it; 0: no such number
 * @deposits: how many deposits close it; 0: no such number
 *
 * Returns: (transfer full): “Closes on 22 Nov 2026, 20:00, or with 200 votes”; "" without a rule
 */
char *
stall_poll_words_rule (StallTime closes_at, int votes, int deposits)
{
  g_autofree char *when = closes_at != STALL_TIME_NONE ? stall_format_date_time (closes_at) : NULL;
  g_autofree char *free_words = votes > 0 ? stall_poll_words_votes (votes) : NULL;
  g_autofree char *paid_words = deposits > 0 ? stall_poll_words_deposits (deposits) : NULL;
  const char *first = free_words != NULL ? free_words : paid_words;

  if (when != NULL && free_words != NULL && paid_words != NULL)
    /* Translators: a date and time, a number of votes, a number of deposits */
    return g_strdup_printf (_ ("Closes on %s, with %s or with %s, whichever comes first"), when,
                            free_words, paid_words);
  if (free_words != NULL && paid_words != NULL)
    /* Translators: a number of votes, a number of deposits */
    return g_strdup_printf (_ ("Closes with %s or with %s"), free_words, paid_words);
  if (when != NULL && first != NULL)
    /* Translators: a date and time, then “200 votes” or “20 deposits” */
    return g_strdup_printf (_ ("Closes on %s or with %s"), when, first);
  if (when != NULL)
    /* Translators: a date and time */
    return g_strdup_printf (_ ("Closes on %s"), when);
  if (first != NULL)
    /* Translators: “200 votes” or “20 deposits” */
    return g_strdup_printf (_ ("Closes with %s"), first);
  return g_strdup ("");
}

/**
 * stall_poll_words_terms:
 * @option: an option
 *
 * Returns: (transfer full): “Target price ¥800.00 · cost ¥310.00 · at least 20 pieces”, as far as
 * it was said
 */
char *
stall_poll_words_terms (const StallPollOption *option)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (option->price != STALL_PRICE_NONE && option->currency != NULL)
    {
      g_autofree char *price = stall_format_money (option->price, option->currency);

      g_strv_builder_take (parts, g_strdup_printf (_ ("target price %s"), price));
    }
  if (option->cost != STALL_PRICE_NONE && option->currency != NULL)
    {
      g_autofree char *cost = stall_format_money (option->cost, option->currency);

      g_strv_builder_take (parts, g_strdup_printf (_ ("cost %s"), cost));
    }
  if (option->minimum_run > 0)
    {
      g_autofree char *pieces = stall_format_pieces (option->minimum_run);

      g_strv_builder_take (parts, g_strdup_printf (_ ("at least %s"), pieces));
    }
  all = g_strv_builder_end (parts);
  return g_strjoinv (" · ", all);
}

static const char *
label_of (StallTally *tally, int option)
{
  return stall_poll_get_option (stall_tally_get_poll (tally), (guint) option)->label;
}

/**
 * stall_poll_words_lead:
 * @tally: how a poll stands
 * @closed: whether no more votes come
 *
 * Returns: (transfer full): “Lilac leads; 40 more votes would settle it.”
 */
char *
stall_poll_words_lead (StallTally *tally, gboolean closed)
{
  StallLead lead = stall_tally_get_lead (tally);

  switch (lead.kind)
    {
    case STALL_LEAD_TIE:
      return closed ? g_strdup (_ ("It ended in a tie.")) : g_strdup (_ ("It is a tie so far."));
    case STALL_LEAD_SETTLED:
      if (closed)
        /* Translators: an option of a poll */
        return g_strdup_printf (_ ("%s won, by more than chance would give."),
                                label_of (tally, lead.option));
      /* Translators: an option of a poll */
      return g_strdup_printf (_ ("%s leads, by more than chance would give."),
                              label_of (tally, lead.option));
    case STALL_LEAD_LEADS:
      {
        g_autofree char *more = stall_format_count (lead.more);

        if (closed)
          /* Translators: an option of a poll */
          return g_strdup_printf (_ ("%s got the most votes, but it may be chance."),
                                  label_of (tally, lead.option));
        /* Translators: an option of a poll, and how many votes */
        return g_strdup_printf (ngettext ("%s leads; %s more vote would settle it.",
                                          "%s leads; %s more votes would settle it.",
                                          (gulong) lead.more),
                                label_of (tally, lead.option), more);
      }
    case STALL_LEAD_NONE:
    default:
      return closed ? g_strdup (_ ("Nobody voted.")) : g_strdup (_ ("No votes yet."));
    }
}

/**
 * stall_poll_words_range:
 * @tally: how a poll stands
 * @option: index of an option
 *
 * Returns: (transfer full): “between 40 % and 56 %”, its 95 % interval; "" without votes
 */
char *
stall_poll_words_range (StallTally *tally, guint option)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  double low, high;

  if (!stall_tally_get_option_interval (tally, option, &low, &high))
    return g_strdup ("");
  from = stall_format_percent (low);
  to = stall_format_percent (high);
  /* Translators: two shares of the votes, such as 40 % and 56 % */
  return g_strdup_printf (_ ("between %s and %s"), from, to);
}

/**
 * stall_poll_words_option:
 * @tally: how a poll stands
 * @option: index of an option
 *
 * Returns: (transfer full): “Lilac: 62 votes, 48 %, between 40 % and 56 %”, for who hears it
 */
char *
stall_poll_words_option (StallTally *tally, guint option)
{
  gint64 deposits = stall_tally_get_option_deposits (tally, option);
  const char *label = label_of (tally, (int) option);
  g_autofree char *votes = stall_poll_words_votes (stall_tally_get_option_votes (tally, option));
  g_autofree char *share = stall_format_percent (stall_tally_get_option_share (tally, option));
  g_autofree char *range = stall_poll_words_range (tally, option);
  g_autofree char *words = NULL;
  g_autofree char *paid = NULL;

  if (*range == '\0')
    /* Translators: an option and its votes: “Lilac: 0 votes” */
    words = g_strdup_printf (_ ("%s: %s"), label, votes);
  else
    /* Translators: an option, its votes, their share, and the range of the share: “Lilac: 62 votes,
     * 48 %, between 40 % and 56 %” */
    words = g_strdup_printf (_ ("%s: %s, %s, %s"), label, votes, share, range);
  if (deposits == 0)
    return g_steal_pointer (&words);
  paid = stall_poll_words_deposits (deposits);
  /* Translators: the votes of an option, and its deposits */
  return g_strdup_printf (_ ("%s; %s"), words, paid);
}

/**
 * stall_poll_words_decision:
 * @outcome: how a poll ended
 * @option: (nullable): label of the option it is about
 * @quantity: pieces; 0: not said
 *
 * Returns: (transfer full): “Make: Lilac, 80 pieces”
 */
char *
stall_poll_words_decision (StallDecisionOutcome outcome, const char *option, int quantity)
{
  const char *label = stall_decision_outcome_get_label (outcome);
  g_autofree char *pieces = stall_format_pieces (quantity);

  if (option == NULL || *option == '\0')
    return g_strdup (label);
  if (quantity <= 0)
    /* Translators: a decision and the option it is about: “Make: Lilac” */
    return g_strdup_printf (_ ("%s: %s"), label, option);
  /* Translators: a decision, the option it is about, how many: “Make: Lilac, 80 pieces” */
  return g_strdup_printf (_ ("%s: %s, %s"), label, option, pieces);
}

/**
 * stall_poll_words_first_run:
 * @conversion: what votes turned into before
 * @run: what is suggested from it
 *
 * Returns: (transfer full): the working: “62 votes × 0.31 sold per vote in 30 days = 19, between 9
 * and 33”
 */
char *
stall_poll_words_first_run (const StallConversion *conversion, const StallFirstRun *run)
{
  g_autofree char *votes = stall_poll_words_votes (run->votes);
  g_autofree char *pieces = stall_format_count (run->pieces);
  g_autofree char *low = stall_format_count (run->low);
  g_autofree char *high = stall_format_count (run->high);

  /* Translators: a number of votes, a rate, then three numbers of pieces: “62 votes × 0.31 sold per
   * vote in 30 days = 19, between 9 and 33” */
  return g_strdup_printf (_ ("%s × %.2f sold per vote in 30 days = %s, between %s and %s"), votes,
                          conversion->rate, pieces, low, high);
}

/**
 * stall_poll_words_history:
 * @conversion: (nullable): what votes turned into before; %NULL when there is too little of it
 *
 * Returns: (transfer full): what a suggestion rests on
 */
char *
stall_poll_words_history (const StallConversion *conversion)
{
  g_autofree char *votes = NULL;
  g_autofree char *sold = NULL;

  if (conversion == NULL)
    return g_strdup (_ ("Not enough history yet. It takes two decided polls whose pieces have been "
                        "on sale for 30 days."));
  votes = stall_poll_words_votes (conversion->votes);
  sold = stall_format_pieces (conversion->sold);
  /* Translators: how many polls, pieces, votes */
  return g_strdup_printf (ngettext ("From %u decided poll: %s sold for %s.",
                                    "From %u decided polls: %s sold for %s.", conversion->n_polls),
                          conversion->n_polls, sold, votes);
}

/**
 * stall_poll_words_result:
 * @figures: of a decided poll
 * @option: index of the option that was chosen
 *
 * Returns: (transfer full): “62 votes → 60 pieces decided → 57 pieces sold since”
 */
char *
stall_poll_words_result (const StallPollFigures *figures, guint option)
{
  g_autofree char *votes
      = stall_poll_words_votes (stall_tally_get_option_votes (figures->tally, option));
  g_autofree char *decided = stall_format_pieces (stall_decision_get_quantity (figures->decision));
  g_autofree char *sold = stall_format_pieces (figures->options[option].sold);

  if (stall_decision_get_quantity (figures->decision) <= 0)
    /* Translators: “62 votes”, “57 pieces” */
    return g_strdup_printf (_ ("%s → %s sold since"), votes, sold);
  /* Translators: “62 votes”, “60 pieces”, “57 pieces” */
  return g_strdup_printf (_ ("%s → %s decided → %s sold since"), votes, decided, sold);
}

/**
 * stall_poll_words_summary:
 * @poll: a draft that is about to open
 *
 * Returns: (transfer full): what stays as it is from then on
 */
char *
stall_poll_words_summary (StallPoll *poll)
{
  guint n_options = stall_poll_get_n_options (poll);
  g_autofree char *options
      = g_strdup_printf (ngettext ("%u option", "%u options", n_options), n_options);
  g_autofree char *rule = stall_poll_words_rule (stall_poll_get_closes_at (poll),
                                                 stall_poll_get_threshold_votes (poll),
                                                 stall_poll_get_threshold_deposits (poll));

  /* Translators: a question, “3 options”, “Closes on 22 Nov 2026, 20:00”, then a sentence */
  return g_strdup_printf (
      _ ("“%s”, with %s. %s. %s\n\nOnce it is open, only an earlier close can be "
         "set. Question, options and rule stay as the audience saw them."),
      stall_poll_get_question (poll), options, rule,
      stall_poll_get_hidden (poll) ? _ ("The audience sees no results before the close.")
                                   : _ ("The audience sees results as they come in."));
}

/**
 * stall_poll_words_state_style:
 * @state: how far a poll is
 *
 * Returns: the CSS class of its pill
 */
const char *
stall_poll_words_state_style (StallPollState state)
{
  static const char *const styles[STALL_N_POLL_STATES]
      = { "status-waiting", "status-to-do", "status-moving", "status-done" };

  g_return_val_if_fail ((guint) state < STALL_N_POLL_STATES, NULL);

  return styles[state];
}

static char *
gist_of_decided (StallPollRow *row)
{
  StallDecisionOutcome outcome;
  g_autofree char *decision = NULL;
  g_autofree char *count = NULL;
  g_autofree char *sold = NULL;

  if (!stall_poll_row_get_outcome (row, &outcome))
    return g_strdup ("");
  decision = stall_poll_words_decision (outcome, stall_poll_row_get_decided_option (row),
                                        stall_poll_row_get_quantity (row));
  if (stall_poll_row_get_sold (row) == 0)
    return g_steal_pointer (&decision);
  count = stall_format_count (stall_poll_row_get_sold (row));
  sold = g_strdup_printf (
      ngettext ("%s sold since", "%s sold since", (gulong) stall_poll_row_get_sold (row)), count);
  /* Translators: a decision and what was sold since: “Make: Lilac, 80 pieces · 57 sold since” */
  return g_strdup_printf (_ ("%s · %s"), decision, sold);
}

/**
 * stall_poll_words_gist:
 * @row: a poll
 * @now: the time, milliseconds UTC
 *
 * Returns: (transfer full): what it comes down to: the leader, the decision, or what is missing
 */
char *
stall_poll_words_gist (StallPollRow *row, StallTime now)
{
  const char *leader = stall_poll_row_get_leader (row);
  int n_options = stall_poll_row_get_n_options (row);

  switch (stall_poll_row_get_state (row, now))
    {
    case STALL_POLL_DRAFT:
      return g_strdup_printf (ngettext ("%d option", "%d options", (gulong) n_options), n_options);
    case STALL_POLL_OPEN:
      if (stall_poll_row_get_votes (row) == 0)
        return g_strdup (_ ("No votes yet"));
      return *leader != '\0' ? g_strdup_printf (_ ("%s leads"), leader)
                             : g_strdup (_ ("A tie so far"));
    case STALL_POLL_CLOSED:
      if (stall_poll_row_get_votes (row) == 0)
        return g_strdup (_ ("Nobody voted; waits for your decision"));
      /* Translators: %s is an option */
      return *leader != '\0' ? g_strdup_printf (_ ("%s won; waits for your decision"), leader)
                             : g_strdup (_ ("A tie; waits for your decision"));
    case STALL_POLL_DECIDED:
    default:
      return gist_of_decided (row);
    }
}

/**
 * stall_poll_words_when:
 * @row: a poll
 * @now: the time, milliseconds UTC
 *
 * Returns: (transfer full): “3 days left”, “With 200 votes”, “Closed yesterday”; "" when there is
 * nothing to say
 */
char *
stall_poll_words_when (StallPollRow *row, StallTime now)
{
  StallTime opens_at = stall_poll_row_get_opens_at (row);
  StallTime closes_at = stall_poll_row_get_closes_at (row);

  switch (stall_poll_row_get_state (row, now))
    {
    case STALL_POLL_DRAFT:
      if (opens_at == STALL_TIME_NONE)
        return g_strdup ("");
      {
        g_autofree char *when = stall_format_date_time (opens_at);

        return g_strdup_printf (_ ("Opens on %s"), when);
      }
    case STALL_POLL_OPEN:
      if (closes_at != STALL_TIME_NONE)
        return stall_poll_words_left (closes_at - now);
      return stall_poll_words_rule (STALL_TIME_NONE, stall_poll_row_get_threshold_votes (row),
                                    stall_poll_row_get_threshold_deposits (row));
    case STALL_POLL_CLOSED:
    case STALL_POLL_DECIDED:
    default:
      return opens_at != STALL_TIME_NONE ? stall_format_when (opens_at, now) : g_strdup ("");
    }
}
