/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-first-run.h"
#include "stall-tally.h"

#include <math.h>
#include <string.h>

static StallPoll *
make_poll (guint n_options)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);

  for (guint i = 0; i < n_options; i++)
    {
      StallPollOption *option = stall_poll_option_new ("x");

      g_free (option->id);
      option->id = g_strdup_printf ("o%u", i);
      g_ptr_array_add (options, option);
    }
  stall_poll_set_options (poll, options);
  return poll;
}

/* R. G. Newcombe, “Two-sided confidence intervals for the single proportion”, Statistics in
 * Medicine 17 (1998) 857–872, table I, method 3 (Wilson's score without correction). */
static void
test_interval (void)
{
  const struct
  {
    gint64 hits;
    gint64 trials;
    double low;
    double high;
  } published[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };
  double low, high;

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_assert_true (stall_wilson_interval (published[i].hits, published[i].trials, &low, &high));
      g_assert_cmpfloat_with_epsilon (low, published[i].low, 0.00005);
      g_assert_cmpfloat_with_epsilon (high, published[i].high, 0.00005);
      /* Those who did not vote for it are its mirror. */
      stall_wilson_interval (published[i].trials - published[i].hits, published[i].trials, &low,
                             &high);
      g_assert_cmpfloat_with_epsilon (1 - high, published[i].low, 0.00005);
    }
  g_assert_false (stall_wilson_interval (0, 0, &low, &high));
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
  stall_wilson_interval (G_GINT64_CONSTANT (1) << 40, G_GINT64_CONSTANT (1) << 40, &low, &high);
  g_assert_cmpfloat (high, ==, 1);
}

typedef struct
{
  gboolean is_report;
  guint origin;
  guint option;
  gint64 votes;
  gint64 deposits;
} Entry;

static StallTally *
fold (StallPoll *poll, const Entry *entries, guint n_entries)
{
  StallTally *tally = stall_tally_new (poll);

  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *origin = g_strdup_printf ("place-%u", entries[i].origin);
      g_autofree char *option = g_strdup_printf ("o%u", entries[i].option);

      if (entries[i].is_report)
        stall_tally_add_report (tally, origin, option, entries[i].votes, entries[i].deposits,
                                entries[i].deposits * 5000);
      else
        stall_tally_add_ballots (tally, origin, option, entries[i].votes);
    }
  return tally;
}

/* Whatever comes first, and whatever old report comes again, the sums are the same. */
static void
test_order (void)
{
  g_autoptr (StallPoll) poll = make_poll (4);

  for (guint round = 0; round < 500; round++)
    {
      Entry entries[60];
      guint n_entries = g_test_rand_int_range (1, 50), n_more = n_entries;
      g_autoptr (StallTally) one = NULL;
      g_autoptr (StallTally) other = NULL;

      for (guint i = 0; i < n_entries; i++)
        /* The fifth option is one that the poll does not have. */
        entries[i] = (Entry) { g_test_rand_int_range (0, 2), g_test_rand_int_range (0, 3),
                               g_test_rand_int_range (0, 5), g_test_rand_int_range (0, 50),
                               g_test_rand_int_range (0, 9) };
      one = fold (poll, entries, n_entries);
      for (guint i = 0; i < n_entries && n_more < G_N_ELEMENTS (entries); i++)
        if (entries[i].is_report)
          entries[n_more++] = entries[i];
      for (guint i = n_more - 1; i > 0; i--)
        {
          guint j = g_test_rand_int_range (0, i + 1);
          Entry swap = entries[i];

          entries[i] = entries[j];
          entries[j] = swap;
        }
      other = fold (poll, entries, n_more);
      for (guint i = 0; i < 4; i++)
        {
          g_assert_cmpint (stall_tally_get_option_votes (one, i), ==,
                           stall_tally_get_option_votes (other, i));
          g_assert_cmpint (stall_tally_get_option_deposits (one, i), ==,
                           stall_tally_get_option_deposits (other, i));
          g_assert_cmpint (stall_tally_get_option_money (one, i), ==,
                           stall_tally_get_option_deposits (one, i) * 5000);
        }
    }
}

static void
test_sums (void)
{
  g_autoptr (StallPoll) poll = make_poll (3);
  g_autoptr (StallTally) tally = stall_tally_new (poll);
  double low, high;

  g_assert_cmpint (stall_tally_get_lead (tally).kind, ==, STALL_LEAD_NONE);
  g_assert_cmpfloat (stall_tally_get_option_share (tally, 0), ==, 0);
  g_assert_false (stall_tally_get_option_interval (tally, 0, &low, &high));

  stall_tally_add_ballots (tally, "page", "o0", 30);
  stall_tally_add_ballots (tally, "live", "o1", 8);
  /* The platform counts its own ballots too, and knows of more than it sent. */
  stall_tally_add_report (tally, "live", "o1", 20, 4, 20000);
  stall_tally_add_report (tally, "live", "o1", 19, 3, 15000);
  stall_tally_add_report (tally, "market", "o0", 10, 0, 0);
  g_assert_cmpint (stall_tally_get_votes (tally), ==, 60);
  g_assert_cmpint (stall_tally_get_deposits (tally), ==, 4);
  g_assert_cmpint (stall_tally_get_option_money (tally, 1), ==, 20000);
  g_assert_cmpint (stall_tally_get_option_votes (tally, 0), ==, 40);
  g_assert_cmpfloat_with_epsilon (stall_tally_get_option_share (tally, 1), 1 / 3.0, 1e-12);
}

/* The number that would settle it does, and one vote fewer does not, when votes fall as before. */
static void
test_lead (void)
{
  const struct
  {
    gint64 votes[3];
    StallLeadKind kind;
    int option;
    int runner_up;
    gint64 more;
  } cases[] = {
    { { 0, 0, 0 }, STALL_LEAD_NONE, -1, -1, 0 },
    { { 5, 5, 1 }, STALL_LEAD_TIE, 0, 1, 0 },
    { { 1, 0, 0 }, STALL_LEAD_LEADS, 0, 1, 3 }, /* four of four are more than chance */
    { { 0, 4, 0 }, STALL_LEAD_SETTLED, 1, 0, 0 },
    { { 38, 52, 30 }, STALL_LEAD_LEADS, 1, 0, 92 },
    { { 100, 300, 0 }, STALL_LEAD_SETTLED, 1, 0, 0 },
    { { 49, 30, 51 }, STALL_LEAD_LEADS, 2, 0, 12355 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StallPoll) poll = make_poll (3);
      g_autoptr (StallTally) tally = stall_tally_new (poll);
      StallLead lead;

      for (guint j = 0; j < 3; j++)
        {
          g_autofree char *option = g_strdup_printf ("o%u", j);

          stall_tally_add_ballots (tally, "page", option, cases[i].votes[j]);
        }
      lead = stall_tally_get_lead (tally);
      g_assert_cmpint (lead.kind, ==, cases[i].kind);
      g_assert_cmpint (lead.option, ==, cases[i].option);
      g_assert_cmpint (lead.runner_up, ==, cases[i].runner_up);
      g_assert_cmpint (lead.more, ==, cases[i].more);
      if (lead.kind == STALL_LEAD_LEADS)
        {
          double n = stall_tally_get_votes (tally);
          double a = cases[i].votes[lead.option], b = cases[i].votes[lead.runner_up];
          double k = (n + lead.more) / n, less = (n + lead.more - 1) / n;

          g_assert_cmpfloat (k * (a - b), >, 1.959963984540054 * sqrt (k * (a + b)));
          g_assert_cmpfloat (less * (a - b), <=, 1.959963984540054 * sqrt (less * (a + b)));
        }
    }
}

static void
test_report (void)
{
  const struct
  {
    const char *id;
    const char *body;
    const char *wrong;
  } cases[] = {
    { "tally:P:live",
      "{\"votes\":{\"o0\":3},\"deposits\":{\"o0\":{\"count\":2,\"money\":{\"amount\":9900,"
      "\"currency\":\"CNY\"}},\"o1\":1},\"as_of\":\"2026-05-01T00:00:00Z\"}",
      NULL },
    { "tally:P", "{\"as_of\":\"2026-05-01T00:00:00Z\"}", "_id" },
    { "tally:P:live", "{\"votes\":{}}", "as_of" },
    { "tally:P:live", "{\"votes\":{\"o0\":-3},\"as_of\":\"2026-05-01T00:00:00Z\"}", "votes" },
    { "tally:P:live", "{\"votes\":[1],\"as_of\":\"2026-05-01T00:00:00Z\"}", "votes" },
    { "tally:P:live", "{\"deposits\":{\"o0\":\"3\"},\"as_of\":\"2026-05-01T00:00:00Z\"}",
      "deposits" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (StallDocument) document = stall_document_new (cases[i].id, body);
      g_autoptr (GError) error = NULL;
      g_autoptr (StallTallyReport) report = stall_tally_report_read (document, &error);

      if (cases[i].wrong != NULL)
        {
          g_assert_null (report);
          g_assert_nonnull (strstr (error->message, cases[i].wrong));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (report->poll_id, ==, "poll:P");
      g_assert_cmpstr (report->origin, ==, "live");
      g_assert_cmpuint (report->counts->len, ==, 2);
      g_assert_cmpint (g_array_index (report->counts, StallTallyCount, 0).votes, ==, 3);
      g_assert_cmpint (g_array_index (report->counts, StallTallyCount, 0).deposits, ==, 2);
      g_assert_cmpint (g_array_index (report->counts, StallTallyCount, 0).money, ==, 9900);
      g_assert_cmpint (g_array_index (report->counts, StallTallyCount, 1).deposits, ==, 1);
    }
}

static void
test_first_run (void)
{
  const StallPastPoll polls[] = { { 200, 100 }, { 50, 40 }, { 0, 7 } };
  StallConversion conversion;
  StallFirstRun run;

  g_assert_false (stall_conversion_compute (NULL, 0, &conversion));
  g_assert_false (stall_conversion_compute (polls, 1, &conversion));
  g_assert_true (stall_conversion_compute (polls, 3, &conversion));
  g_assert_cmpuint (conversion.n_polls, ==, 2);
  g_assert_cmpint (conversion.votes, ==, 250);
  g_assert_cmpint (conversion.sold, ==, 140);
  g_assert_cmpfloat_with_epsilon (conversion.rate, 0.56, 1e-12);
  run = stall_conversion_suggest (&conversion, 75);
  g_assert_cmpint (run.pieces, ==, 42);
  g_assert_cmpint (run.low, ==, 37);
  g_assert_cmpint (run.high, ==, 60);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tally/interval", test_interval);
  g_test_add_func ("/tally/order", test_order);
  g_test_add_func ("/tally/sums", test_sums);
  g_test_add_func ("/tally/lead", test_lead);
  g_test_add_func ("/tally/report", test_report);
  g_test_add_func ("/tally/first-run", test_first_run);
  return g_test_run ();
}
