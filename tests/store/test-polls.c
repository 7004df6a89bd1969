/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "stall-ballot.h"
#include "stall-figures.h"
#include "stall-poll-figures.h"
#include "stall-votes.h"
#include "test-util.h"

/* A poll of two options that has opened an hour ago; the first stands for @variant. */
static StallPoll *
add_poll (Fixture *fixture, const char *question, const char *variant, int threshold)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  StallPollOption *lilac = stall_poll_option_new ("Lilac"), *plum = stall_poll_option_new ("Plum");
  StallTime now = stall_time_now ();
  g_autoptr (StallDocument) document = NULL;

  lilac->variant = g_strdup (variant);
  g_ptr_array_add (options, lilac);
  g_ptr_array_add (options, plum);
  stall_poll_set_question (poll, question);
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, now - STALL_HOUR);
  stall_poll_set_closes_at (poll, now + STALL_HOUR);
  stall_poll_set_threshold_votes (poll, threshold);
  document = stall_poll_to_document (poll, "device");
  stall_receipt_free (test_put (fixture, "Poll", document));
  return poll;
}

static const char *
option_of (StallPoll *poll, guint index)
{
  return stall_poll_get_option (poll, index)->id;
}

static int
cast (Fixture *fixture, const char *poll_id, const char *voter, const char *option)
{
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  g_autoptr (GArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (votes, stall_vote_new (poll_id, voter, option, stall_time_now ()));
  answers = dex_await_boxed (stall_store_cast_votes (fixture->store, votes), &error);
  g_assert_no_error (error);
  return g_array_index (answers, int, 0);
}

static StallPollFigures *
figures_at (Fixture *fixture, StallPoll *poll, StallTime now)
{
  g_autoptr (GError) error = NULL;
  StallPollFigures *figures = dex_await_boxed (
      stall_store_poll_figures (fixture->store, stall_poll_get_id (poll), now), &error);

  g_assert_no_error (error);
  return figures;
}

static StallPollRow *
row_of (Fixture *fixture, StallPoll *poll)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_POLLS);
  g_autoptr (GListModel) rows = NULL;

  query->search = g_strdup (stall_poll_get_question (poll));
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

static void
assert_votes (Fixture *fixture, StallPoll *poll, gint64 lilac, gint64 plum)
{
  g_autoptr (StallPollFigures) figures = figures_at (fixture, poll, stall_time_now ());
  g_autoptr (StallPollRow) row = row_of (fixture, poll);
  gint64 in_buckets = 0;

  g_assert_cmpint (stall_tally_get_option_votes (figures->tally, 0), ==, lilac);
  g_assert_cmpint (stall_tally_get_option_votes (figures->tally, 1), ==, plum);
  /* The list counts in SQL what the page counts in C. */
  g_assert_cmpint (stall_poll_row_get_votes (row), ==, lilac + plum);
  g_assert_cmpint (stall_poll_row_get_deposits (row), ==,
                   stall_tally_get_deposits (figures->tally));
  for (guint i = 0; i < figures->n_buckets * figures->n_options; i++)
    in_buckets += figures->bucket_votes[i];
  g_assert_cmpint (in_buckets, <=, lilac + plum);
}

static gint64
seal (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 n_ballots = dex_await_int64 (stall_store_seal_votes (fixture->store), &error);

  g_assert_no_error (error);
  return n_ballots;
}

static void
close_now (Fixture *fixture, StallPoll *poll)
{
  g_autoptr (GError) error = NULL;

  stall_receipt_free (
      dex_await_boxed (stall_store_close_poll (fixture->store, stall_poll_get_id (poll)), &error));
  g_assert_no_error (error);
}

static gint64
count_ballots (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 number = dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_BALLOT), &error);

  g_assert_no_error (error);
  return number;
}

/* A voter has one vote, may change it until the close, and then has one ballot. */
static void
test_box (Fixture *fixture)
{
  g_autoptr (StallPoll) poll = add_poll (fixture, "Which?", NULL, 0);
  const char *id = stall_poll_get_id (poll), *lilac = option_of (poll, 0);
  const char *plum = option_of (poll, 1);
  g_autofree char *chosen = NULL;

  g_assert_cmpint (cast (fixture, id, "ann", lilac), ==, STALL_VOTE_COUNTED);
  g_assert_cmpint (cast (fixture, id, "ann", lilac), ==, STALL_VOTE_SAME);
  g_assert_cmpint (cast (fixture, id, "ann", plum), ==, STALL_VOTE_CHANGED);
  g_assert_cmpint (cast (fixture, id, "bo", lilac), ==, STALL_VOTE_COUNTED);
  g_assert_cmpint (cast (fixture, id, "cy", "no-such"), ==, STALL_VOTE_NO_OPTION);
  g_assert_cmpint (cast (fixture, "poll:none", "ann", lilac), ==, STALL_VOTE_NOT_OPEN);
  assert_votes (fixture, poll, 1, 1);
  g_assert_cmpint (seal (fixture), ==, 0);
  chosen = dex_await_string (stall_store_get_vote (fixture->store, id, "ann"), NULL);
  g_assert_cmpstr (chosen, ==, plum);

  /* What is in the box outlives the program. */
  test_close (fixture);
  test_open (fixture, STALL_STORE_WRITE);
  assert_votes (fixture, poll, 1, 1);

  close_now (fixture, poll);
  g_assert_cmpint (cast (fixture, id, "ann", lilac), ==, STALL_VOTE_NOT_OPEN);
  g_assert_cmpint (cast (fixture, id, "ann", plum), ==, STALL_VOTE_SAME);
  assert_votes (fixture, poll, 1, 1);
  g_assert_cmpint (seal (fixture), ==, 2);
  g_assert_cmpint (seal (fixture), ==, 0);
  assert_votes (fixture, poll, 1, 1);
  g_assert_cmpint (count_ballots (fixture), ==, 2);
  test_check_is_clean (fixture);
}

/* What the audience has seen stays: no undo touches a poll that has opened, nor its ballots. */
static void
test_undo (Fixture *fixture)
{
  g_autofree char *product = test_add_product (fixture, "Suit", "S-1", 100);
  g_autoptr (StallPoll) poll = add_poll (fixture, "Which?", NULL, 0);
  const char *id = stall_poll_get_id (poll);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  cast (fixture, id, "ann", option_of (poll, 0));
  close_now (fixture, poll);
  seal (fixture);
  g_assert_cmpint (count_ballots (fixture), ==, 1);
  g_object_get (fixture->store, "undo-label", &label, NULL);
  g_assert_cmpstr (label, !=, "Poll");
  receipt = dex_await_boxed (stall_store_undo (fixture->store, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->label, ==, label);
  /* It is the product that is gone. */
  g_assert_cmpint (cast (fixture, id, "bo", option_of (poll, 1)), ==, STALL_VOTE_NOT_OPEN);
  assert_votes (fixture, poll, 1, 0);
  test_check_is_clean (fixture);
}

/* The time alone opens and closes polls, and the figures know when it will next. */
static void
test_figures (Fixture *fixture)
{
  g_autoptr (StallPoll) open = add_poll (fixture, "Open one?", NULL, 0);
  g_autoptr (StallPoll) closed = add_poll (fixture, "Closed one?", NULL, 0);
  g_autoptr (StallFigures) figures = NULL;
  g_autoptr (StallQuery) query = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GError) error = NULL;

  close_now (fixture, closed);
  figures = dex_await_boxed (stall_store_figures (fixture->store, stall_time_now ()), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->n_polls[STALL_POLL_OPEN], ==, 1);
  g_assert_cmpuint (figures->n_polls[STALL_POLL_CLOSED], ==, 1);
  g_assert_cmpint (figures->poll_at, ==, stall_poll_get_closes_at (open));
  g_assert_cmpuint (g_list_model_get_n_items (figures->polls), ==, 2);
  query = stall_figures_query_polls (figures);
  rows = test_rows (fixture, query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
}

/* The vote that reaches the threshold is the last one, also within one batch. */
static void
test_threshold (Fixture *fixture)
{
  g_autoptr (StallPoll) poll = add_poll (fixture, "Which?", NULL, 3);
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  g_autoptr (GArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *voter = g_strdup_printf ("v%u", i);

      g_ptr_array_add (votes, stall_vote_new (stall_poll_get_id (poll), voter, option_of (poll, 0),
                                              stall_time_now ()));
    }
  answers = dex_await_boxed (stall_store_cast_votes (fixture->store, votes), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (g_array_index (answers, int, i), ==,
                     i < 3 ? STALL_VOTE_COUNTED : STALL_VOTE_NOT_OPEN);
  g_assert_cmpint (seal (fixture), ==, 3);
  assert_votes (fixture, poll, 3, 0);
}

static void
put_text (Fixture *fixture, const char *id, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new (id, body);

  stall_receipt_free (test_put (fixture, "Put", document));
}

/* The platform's ballots and tallies come in any order, twice, and before their poll. */
static void
test_platform (Fixture *fixture)
{
  g_autoptr (StallPoll) poll = add_poll (fixture, "Which?", NULL, 0);
  const char *uuid = strchr (stall_poll_get_id (poll), ':') + 1;
  g_autofree char *tally_id = g_strdup_printf ("tally:%s:live", uuid);
  g_autofree char *old = g_strdup_printf (
      "{\"kind\":\"tally\",\"votes\":{\"%s\":9},\"deposits\":{\"%s\":{\"count\":2,\"money\":"
      "{\"amount\":9900,\"currency\":\"CNY\"}}},\"as_of\":\"2026-05-01T00:00:00Z\"}",
      option_of (poll, 1), option_of (poll, 1));
  g_autofree char *odd_id = g_strdup_printf ("tally:%s:odd", uuid);
  g_auto (GStrv) found = NULL;

  put_text (fixture, tally_id, old);
  put_text (fixture, odd_id, "{\"kind\":\"tally\",\"votes\":7,\"as_of\":\"2026-05-01T00:00:00Z\"}");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *voter = g_strdup_printf ("live-%u", i);
      g_autoptr (StallBallot) ballot
          = stall_ballot_new (stall_poll_get_id (poll), voter, option_of (poll, 1),
                              stall_time_now (), i < 6 ? "live" : "note");
      g_autoptr (StallDocument) document = stall_ballot_to_document (ballot, "platform");

      stall_receipt_free (test_put (fixture, "Pull", document));
      stall_receipt_free (test_put (fixture, "Pull", document));
    }
  cast (fixture, stall_poll_get_id (poll), "ann", option_of (poll, 0));
  /* live: 9 reported ≥ 6 ballots; note: 6; page: 1 */
  assert_votes (fixture, poll, 1, 15);
  {
    g_autoptr (StallPollFigures) figures = figures_at (fixture, poll, stall_time_now ());

    g_assert_cmpint (stall_tally_get_deposits (figures->tally), ==, 2);
    g_assert_cmpint (stall_tally_get_option_money (figures->tally, 1), ==, 9900);
  }
  /* The odd tally is kept and said; nothing differs. */
  found = dex_await_boxed (stall_store_check (fixture->store), NULL);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
  g_assert_nonnull (strstr (found[0], odd_id));
}

static StallStage
stage_of (Fixture *fixture, StallProduct *product)
{
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (fixture->store, stall_product_get_id (product)), NULL);
  g_autoptr (StallProduct) loaded = stall_product_new_from_document (document, NULL);

  return stall_product_get_stage (loaded);
}

static gboolean
decide (Fixture *fixture,
        StallPoll *poll,
        StallDecisionOutcome outcome,
        const char *option,
        StallTime at)
{
  g_autoptr (StallDecision) decision
      = stall_decision_new (stall_poll_get_id (poll), outcome, option, 40, "They asked for it", at);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt
      = dex_await_boxed (stall_store_decide (fixture->store, decision), &error);

  return receipt != NULL;
}

/* Votes → decision → pieces sold; the product moves with the decision and back with its undo. */
static void
test_decide (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Suit", "S-1", 80000);
  g_autofree char *variant = g_strdup (test_first_variant (product));
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallPollFigures) figures = NULL;
  g_autoptr (StallPollRow) row = NULL;
  g_autoptr (StallOrder) before = NULL;
  g_autoptr (StallOrder) order = NULL;
  StallTime now = stall_time_now ();
  StallDecisionOutcome outcome;

  stall_product_set_stage (product, STALL_STAGE_TESTING);
  document = stall_product_to_document (product, "device");
  stall_receipt_free (test_put (fixture, "Product", document));
  poll = add_poll (fixture, "Which suit?", variant, 0);
  cast (fixture, stall_poll_get_id (poll), "ann", option_of (poll, 0));

  g_assert_false (decide (fixture, poll, STALL_OUTCOME_MAKE, "no-such", now));
  g_assert_false (decide (fixture, poll, STALL_OUTCOME_MAKE, NULL, now));
  g_assert_true (decide (fixture, poll, STALL_OUTCOME_KILL, NULL, now - STALL_HOUR));
  g_assert_cmpint (stage_of (fixture, product), ==, STALL_STAGE_TESTING);
  g_assert_true (
      decide (fixture, poll, STALL_OUTCOME_MAKE, option_of (poll, 0), now - STALL_MINUTE));
  g_assert_cmpint (stage_of (fixture, product), ==, STALL_STAGE_PRODUCTION);

  before = test_make_order ("1", variant, 5, 80000, now - 2 * STALL_HOUR);
  order = test_make_order ("2", variant, 3, 80000, now);
  {
    g_autoptr (StallDocument) a = stall_order_to_document (before, "device");
    g_autoptr (StallDocument) b = stall_order_to_document (order, "device");

    stall_receipt_free (test_put (fixture, "Order", a));
    stall_receipt_free (test_put (fixture, "Order", b));
  }
  test_add_event (fixture, before, STALL_STEP_PAID, now);
  test_add_event (fixture, order, STALL_STEP_PAID, now);

  figures = figures_at (fixture, poll, now);
  g_assert_cmpint (figures->state, ==, STALL_POLL_DECIDED);
  g_assert_cmpuint (figures->decisions->len, ==, 2);
  g_assert_cmpint (stall_decision_get_outcome (figures->decision), ==, STALL_OUTCOME_MAKE);
  g_assert_cmpstr (figures->options[0].product, ==, stall_product_get_id (product));
  g_assert_cmpint (figures->options[0].stage, ==, STALL_STAGE_PRODUCTION);
  g_assert_cmpint (figures->options[0].sold, ==, 3);
  g_assert_cmpint (figures->options[0].sold_period, ==, 3);
  g_assert_cmpint (figures->options[0].first_sold, ==, now);
  g_assert_cmpint (figures->options[1].stage, ==, -1);
  g_assert_false (figures->has_history);

  row = row_of (fixture, poll);
  g_assert_true (stall_poll_row_get_outcome (row, &outcome));
  g_assert_cmpint (outcome, ==, STALL_OUTCOME_MAKE);
  g_assert_cmpstr (stall_poll_row_get_decided_option (row), ==, "Lilac");
  g_assert_cmpstr (stall_poll_row_get_leader (row), ==, "Lilac");
  g_assert_cmpint (stall_poll_row_get_quantity (row), ==, 40);
  g_assert_cmpint (stall_poll_row_get_sold (row), ==, 3);
  test_check_is_clean (fixture);
}

/* One change set: undo brings both back. */
static void
test_undo_decision (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Suit", "S-1", 80000);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallPollFigures) figures = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  stall_product_set_stage (product, STALL_STAGE_TESTING);
  document = stall_product_to_document (product, "device");
  stall_receipt_free (test_put (fixture, "Product", document));
  poll = add_poll (fixture, "Which suit?", test_first_variant (product), 0);
  g_assert_true (
      decide (fixture, poll, STALL_OUTCOME_PRE_SELL, option_of (poll, 0), stall_time_now ()));
  g_assert_cmpint (stage_of (fixture, product), ==, STALL_STAGE_ON_SALE);
  receipt = dex_await_boxed (stall_store_undo (fixture->store, 0), NULL);
  g_assert_cmpint (stage_of (fixture, product), ==, STALL_STAGE_TESTING);
  figures = figures_at (fixture, poll, stall_time_now ());
  g_assert_null (figures->decision);
  g_assert_cmpint (figures->state, ==, STALL_POLL_OPEN);
  test_check_is_clean (fixture);
}

/* Two past polls whose month of selling is over make a history; one does not. */
static void
test_first_run (Fixture *fixture)
{
  StallTime now = stall_time_now ();
  g_autoptr (StallPoll) present = add_poll (fixture, "Now?", NULL, 0);
  const guint voters[] = { 4, 2 }, sold[] = { 2, 2 };

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *voter = g_strdup_printf ("n%u", i);

      cast (fixture, stall_poll_get_id (present), voter, option_of (present, 0));
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StallPollFigures) figures = figures_at (fixture, present, now);
      g_autofree char *question = g_strdup_printf ("Past %u?", i);
      g_autofree char *variant = test_add_product (fixture, question, question, 100);
      g_autoptr (StallPoll) poll = add_poll (fixture, question, variant, 0);
      g_autoptr (StallOrder) order
          = test_make_order (question, variant, sold[i], 100, now - 40 * STALL_DAY);
      g_autoptr (StallDocument) document = stall_order_to_document (order, "device");

      g_assert_false (figures->has_history);
      for (guint j = 0; j < voters[i]; j++)
        {
          g_autofree char *voter = g_strdup_printf ("p%u", j);

          cast (fixture, stall_poll_get_id (poll), voter, option_of (poll, 0));
        }
      stall_receipt_free (test_put (fixture, "Order", document));
      test_add_event (fixture, order, STALL_STEP_PAID, now - 40 * STALL_DAY);
      g_assert_true (
          decide (fixture, poll, STALL_OUTCOME_MAKE, option_of (poll, 0), now - 50 * STALL_DAY));
    }
  {
    g_autoptr (StallPollFigures) figures = figures_at (fixture, present, now);

    g_assert_true (figures->has_history);
    g_assert_cmpint (figures->conversion.votes, ==, 6);
    g_assert_cmpint (figures->conversion.sold, ==, 4);
    g_assert_cmpint (figures->options[0].first_run.pieces, ==, 20);
    g_assert_cmpint (figures->options[0].first_run.low, ==, 15);
    g_assert_cmpint (figures->options[0].first_run.high, ==, 30);
  }
}

static void
test_lists (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Suit", "S-1", 100);
  g_autoptr (StallPoll) open = add_poll (fixture, "Open one?", variant, 0);
  g_autoptr (StallPoll) decided = add_poll (fixture, "Decided one?", NULL, 0);
  g_autoptr (StallPoll) draft = stall_poll_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  const struct
  {
    guint states;
    const char *variant;
    const char *search;
    const char *found;
  } cases[] = {
    { 0, NULL, NULL, "Open one?|Draft one?|Decided one?" },
    { 1u << STALL_POLL_DRAFT, NULL, NULL, "Draft one?" },
    { 1u << STALL_POLL_OPEN | 1u << STALL_POLL_DECIDED, NULL, NULL, "Open one?|Decided one?" },
    { 0, variant, NULL, "Open one?" },
    { 0, NULL, "plum", "Open one?|Decided one?" },
    { 0, NULL, "draft", "Draft one?" },
  };

  stall_poll_set_question (draft, "Draft one?");
  receipt = dex_await_boxed (stall_store_save_poll (fixture->store, draft), &error);
  g_assert_no_error (error);
  g_assert_true (decide (fixture, decided, STALL_OUTCOME_HOLD, NULL, stall_time_now ()));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_POLLS);
      g_autoptr (GString) found = g_string_new (NULL);
      g_autoptr (GListModel) rows = NULL;

      query->poll_states = cases[i].states;
      query->variant = g_strdup (cases[i].variant);
      query->search = g_strdup (cases[i].search);
      rows = test_rows (fixture, query);
      for (guint j = 0; j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr (StallPollRow) row = g_list_model_get_item (rows, j);

          g_string_append_printf (found, "%s%s", j > 0 ? "|" : "",
                                  stall_poll_row_get_question (row));
        }
      g_assert_cmpstr (found->str, ==, cases[i].found);
    }
}

static void
test_local (Fixture *fixture)
{
  g_autofree char *first = NULL, *again = NULL, *changed = NULL;

  first = dex_await_string (stall_store_keep_local (fixture->store, "key", "a"), NULL);
  again = dex_await_string (stall_store_keep_local (fixture->store, "key", "b"), NULL);
  dex_await (stall_store_set_local (fixture->store, "key", "c"), NULL);
  changed = dex_await_string (stall_store_keep_local (fixture->store, "key", "d"), NULL);
  g_assert_cmpstr (first, ==, "a");
  g_assert_cmpstr (again, ==, "a");
  g_assert_cmpstr (changed, ==, "c");
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/polls/box", test_box);
  test_add ("/polls/undo", test_undo);
  test_add ("/polls/figures", test_figures);
  test_add ("/polls/threshold", test_threshold);
  test_add ("/polls/platform", test_platform);
  test_add ("/polls/decide", test_decide);
  test_add ("/polls/undo-decision", test_undo_decision);
  test_add ("/polls/first-run", test_first_run);
  test_add ("/polls/lists", test_lists);
  test_add ("/polls/local", test_local);
  return g_test_run ();
}
