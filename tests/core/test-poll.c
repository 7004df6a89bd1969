/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-poll.h"
#include "stall-variant.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1780000000000)

static StallPoll *
make_poll (guint n_options)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);

  for (guint i = 0; i < n_options; i++)
    {
      g_autofree char *label = g_strdup_printf ("Option %u", i);

      g_ptr_array_add (options, stall_poll_option_new (label));
    }
  stall_poll_set_question (poll, " Which lilac? ");
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, NOW + STALL_HOUR);
  stall_poll_set_closes_at (poll, NOW + STALL_DAY);
  return poll;
}

static StallPoll *
round_trip (StallPoll *poll)
{
  g_autoptr (StallDocument) document = stall_poll_to_document (poll, "d");
  g_autoptr (StallDocument) stored = stall_document_new_revision (
      stall_document_get_id (document), stall_document_get_body (document), "1-a", FALSE);

  return stall_poll_new_from_document (stored, NULL);
}

static void
assert_refused (StallPoll *poll, StallPoll *before, StallTime now, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (stall_poll_check (poll, before, now, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_allowed (StallPoll *poll, StallPoll *before, StallTime now)
{
  g_autoptr (GError) error = NULL;

  stall_poll_check (poll, before, now, &error);
  g_assert_no_error (error);
}

static void
test_round_trip (void)
{
  g_autoptr (StallPoll) poll = make_poll (3);
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  StallPollOption *first = g_ptr_array_index (options, 0);
  g_autoptr (StallPoll) read = NULL;
  const StallPollOption *option;

  first->variant = g_strdup ("v1");
  first->picture = g_strdup ("lilac.svg");
  first->cost = 9900;
  first->price = 80000;
  first->currency = g_strdup ("CNY");
  first->minimum_run = 30;
  stall_poll_set_options (poll, options);
  stall_poll_set_attachment (poll, "lilac.svg", "image/svg+xml", 12, "md5-x");
  stall_poll_set_threshold_votes (poll, 300);
  stall_poll_set_threshold_deposits (poll, 20);
  stall_poll_set_hidden (poll, TRUE);
  read = round_trip (poll);

  option = stall_poll_get_option (read, 0);
  g_assert_cmpstr (stall_poll_get_question (read), ==, "Which lilac?");
  g_assert_cmpuint (stall_poll_get_n_options (read), ==, 3);
  g_assert_cmpstr (option->id, ==, first->id);
  g_assert_cmpstr (option->label, ==, "Option 0");
  g_assert_cmpstr (option->variant, ==, "v1");
  g_assert_cmpstr (option->digest, ==, "md5-x");
  g_assert_cmpint (option->cost, ==, 9900);
  g_assert_cmpint (option->price, ==, 80000);
  g_assert_cmpint (option->minimum_run, ==, 30);
  g_assert_cmpint (stall_poll_get_option (read, 1)->price, ==, STALL_PRICE_NONE);
  g_assert_cmpint (stall_poll_get_opens_at (read), ==, NOW + STALL_HOUR);
  g_assert_cmpint (stall_poll_get_closes_at (read), ==, NOW + STALL_DAY);
  g_assert_cmpint (stall_poll_get_threshold_votes (read), ==, 300);
  g_assert_cmpint (stall_poll_get_threshold_deposits (read), ==, 20);
  g_assert_true (stall_poll_get_hidden (read));
  g_assert_true (stall_poll_find_option (read, first->id) == option);
  g_assert_null (stall_poll_find_option (read, "no"));
}

/* What a newer version wrote stays, at every depth, also beside a change. */
static void
test_unknown_fields (void)
{
  const char *text
      = "{\"question\":\"Q\",\"mood\":{\"x\":[1]},\"threshold\":{\"votes\":9,\"likes\":4},"
        "\"options\":[{\"id\":\"a\",\"label\":\"A\",\"scent\":\"plum\"},{\"label\":\"nameless\"},"
        "{\"id\":\"b\",\"label\":\"B\"},{\"id\":\"b\",\"label\":\"again\"}],"
        "\"opens_at\":\"2026-05-01T08:00:00+08:00\"}";
  const char *after
      = "{\"question\":\"Q?\",\"mood\":{\"x\":[1]},\"threshold\":{\"likes\":4},"
        "\"options\":[{\"id\":\"b\",\"label\":\"B\"},{\"id\":\"a\",\"label\":\"A2\",\"scent\":"
        "\"plum\"}],\"opens_at\":\"2026-05-01T08:00:00+08:00\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new_revision ("poll:X", body, "1-a", FALSE);
  g_autoptr (StallPoll) poll = stall_poll_new_from_document (document, NULL);
  g_autoptr (StallDocument) same = stall_poll_to_document (poll, "d");
  g_autoptr (StallDocument) changed = NULL;
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  g_autoptr (GPtrArray) swapped = g_ptr_array_new ();

  g_assert_true (g_bytes_equal (stall_document_get_body (same), body));
  g_assert_cmpuint (options->len, ==, 2);
  g_set_str (&((StallPollOption *) g_ptr_array_index (options, 0))->label, "A2");
  g_ptr_array_add (swapped, g_ptr_array_index (options, 1));
  g_ptr_array_add (swapped, g_ptr_array_index (options, 0));
  stall_poll_set_options (poll, swapped);
  stall_poll_set_question (poll, "Q?");
  stall_poll_set_threshold_votes (poll, 0);
  changed = stall_poll_to_document (poll, "d");
  g_assert_cmpstr (g_bytes_get_data (stall_document_get_body (changed), NULL), ==, after);
}

static void
set_label (StallPoll *poll, guint index, const char *label, const char *variant)
{
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  StallPollOption *option = g_ptr_array_index (options, index);

  g_set_str (&option->label, label);
  g_set_str (&option->variant, variant);
  stall_poll_set_options (poll, options);
}

static void
test_check (void)
{
  g_autoptr (StallPoll) good = make_poll (2);
  g_autoptr (StallPoll) ten = make_poll (10);
  g_autoptr (StallPoll) one = make_poll (1);
  g_autoptr (StallPoll) eleven = make_poll (11);
  g_autoptr (StallPoll) draft = stall_poll_new ();

  assert_allowed (good, NULL, NOW);
  assert_allowed (ten, NULL, NOW);
  assert_allowed (draft, NULL, NOW);
  assert_refused (one, NULL, NOW, "two options");
  assert_refused (eleven, NULL, NOW, "at most 10");

  set_label (good, 1, "OPTION 0", NULL);
  assert_refused (good, NULL, NOW, "called");
  set_label (good, 1, "　", NULL);
  assert_refused (good, NULL, NOW, "name");
  set_label (good, 0, "Lilac", "v");
  set_label (good, 1, "Plum", "v");
  assert_refused (good, NULL, NOW, "same variant");
  set_label (good, 1, "Plum", "w");
  assert_allowed (good, NULL, NOW);

  stall_poll_set_closes_at (good, NOW);
  assert_refused (good, NULL, NOW, "past");
  stall_poll_set_closes_at (good, NOW + STALL_HOUR);
  assert_refused (good, NULL, NOW, "before it opens");
  stall_poll_set_closes_at (good, STALL_TIME_NONE);
  assert_refused (good, NULL, NOW, "closes");
  stall_poll_set_threshold_deposits (good, 5);
  assert_allowed (good, NULL, NOW);
  stall_poll_set_question (good, NULL);
  assert_refused (good, NULL, NOW, "question");
}

static void
test_frozen (void)
{
  g_autoptr (StallPoll) before = make_poll (2);
  g_autoptr (StallPoll) early = round_trip (before);
  g_autoptr (StallPoll) later = round_trip (before);
  g_autoptr (StallPoll) renamed = round_trip (before);
  g_autoptr (StallPoll) hidden = round_trip (before);
  g_autoptr (StallPoll) relabelled = round_trip (before);
  StallTime open = NOW + 2 * STALL_HOUR;

  stall_poll_set_closes_at (later, NOW + 2 * STALL_DAY);
  stall_poll_set_question (renamed, "Another?");
  stall_poll_set_hidden (hidden, TRUE);
  set_label (relabelled, 0, "Mint", NULL);
  assert_allowed (later, before, NOW);
  assert_allowed (renamed, before, NOW);

  assert_allowed (before, before, open);
  assert_refused (later, before, open, "earlier");
  assert_refused (renamed, before, open, "audience has seen");
  assert_refused (hidden, before, open, "audience has seen");
  assert_refused (relabelled, before, open, "audience has seen");
  stall_poll_set_closes_at (early, open);
  assert_allowed (early, before, open);
  stall_poll_set_closes_at (early, open - 1);
  assert_refused (early, before, open, "past");
  stall_poll_set_closes_at (early, STALL_TIME_NONE);
  assert_refused (early, before, open, "not later");
  stall_poll_set_closes_at (early, NOW + STALL_DAY - 1);
  assert_refused (early, before, NOW + STALL_DAY, "has closed");
}

static void
test_state (void)
{
  g_autoptr (StallPoll) poll = make_poll (2);
  const struct
  {
    StallTime after;
    gint64 votes;
    gint64 deposits;
    gboolean decided;
    StallPollState state;
  } cases[] = {
    { 0, 0, 0, FALSE, STALL_POLL_DRAFT },
    { STALL_HOUR - 1, 999, 0, FALSE, STALL_POLL_DRAFT },
    { STALL_HOUR, 0, 0, FALSE, STALL_POLL_OPEN },
    { STALL_HOUR, 99, 4, FALSE, STALL_POLL_OPEN },
    { STALL_HOUR, 100, 0, FALSE, STALL_POLL_CLOSED },
    { STALL_HOUR, 0, 5, FALSE, STALL_POLL_CLOSED },
    { STALL_DAY - 1, 0, 0, FALSE, STALL_POLL_OPEN },
    { STALL_DAY, 0, 0, FALSE, STALL_POLL_CLOSED },
    { STALL_DAY, 0, 0, TRUE, STALL_POLL_DECIDED },
    { 0, 0, 0, TRUE, STALL_POLL_DECIDED },
  };

  stall_poll_set_threshold_votes (poll, 100);
  stall_poll_set_threshold_deposits (poll, 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (stall_poll_get_state (poll, NOW + cases[i].after, cases[i].votes,
                                           cases[i].deposits, cases[i].decided),
                     ==, cases[i].state);
}

/* A draft that was never stored goes through a document and back, as often as it is looked at. */
static void
test_unsaved_twice (void)
{
  g_autoptr (StallPoll) poll = stall_poll_new ();
  g_autoptr (StallDocument) document = NULL, again = NULL;
  g_autoptr (StallPoll) copy = NULL;
  g_autoptr (GError) error = NULL;

  stall_poll_set_question (poll, "Which?");
  document = stall_poll_to_document (poll, "d");
  copy = stall_poll_new_from_document (document, &error);
  g_assert_no_error (error);
  again = stall_poll_to_document (copy, "d");
  g_assert_cmpstr (stall_document_get_id (again), ==, stall_poll_get_id (poll));
  g_assert_cmpstr (stall_poll_get_question (copy), ==, "Which?");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/poll/round-trip", test_round_trip);
  g_test_add_func ("/poll/unknown-fields", test_unknown_fields);
  g_test_add_func ("/poll/check", test_check);
  g_test_add_func ("/poll/frozen", test_frozen);
  g_test_add_func ("/poll/state", test_state);
  g_test_add_func ("/poll/unsaved-twice", test_unsaved_twice);
  return g_test_run ();
}
