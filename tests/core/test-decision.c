/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-ballot.h"
#include "stall-decision.h"
#include "stall-error.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1780000000000)

/* The same document as it comes from the wire, without the object it was made of. */
static StallDocument *
as_text (StallDocument *document)
{
  return stall_document_new (stall_document_get_id (document), stall_document_get_body (document));
}

static void
test_ballot (void)
{
  g_autoptr (StallBallot) ballot = stall_ballot_new ("poll:P", "Ab_-9", "o1", NOW, "page");
  g_autoptr (StallDocument) document = stall_ballot_to_document (ballot, "d");
  g_autoptr (StallDocument) text = as_text (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallBallot) read = stall_ballot_new_from_document (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (stall_ballot_get_id (read), ==, "ballot:P:Ab_-9");
  g_assert_cmpstr (stall_ballot_get_poll_id (read), ==, "poll:P");
  g_assert_cmpstr (stall_ballot_get_voter (read), ==, "Ab_-9");
  g_assert_cmpstr (stall_ballot_get_option (read), ==, "o1");
  g_assert_cmpint (stall_ballot_get_at (read), ==, NOW);
  g_assert_cmpstr (stall_ballot_get_via (read), ==, "page");
}

static void
test_bad_ballots (void)
{
  const struct
  {
    const char *id;
    const char *body;
    const char *wrong;
  } cases[] = {
    { "ballot:P", "{\"option\":\"a\",\"at\":\"2026-05-01T00:00:00Z\"}", "_id" },
    { "ballot:P:", "{\"option\":\"a\",\"at\":\"2026-05-01T00:00:00Z\"}", "_id" },
    { "ballot:P:a b", "{\"option\":\"a\",\"at\":\"2026-05-01T00:00:00Z\"}", "_id" },
    { "ballot:P:v", "{\"at\":\"2026-05-01T00:00:00Z\"}", "option" },
    { "ballot:P:v", "{\"option\":\"a\",\"at\":\"yesterday\"}", "at" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (StallDocument) document = stall_document_new (cases[i].id, body);
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_ballot_new_from_document (document, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
}

static void
test_decision (void)
{
  g_autoptr (StallDecision) made
      = stall_decision_new ("poll:P", STALL_OUTCOME_PRE_SELL, "o1", 120, " They asked. ", NOW);
  g_autoptr (StallDocument) document = stall_decision_to_document (made, "d");
  g_autoptr (StallDocument) text = as_text (document);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDecision) read = stall_decision_new_from_document (text, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (stall_decision_get_id (read), "decision:P:"));
  g_assert_cmpstr (stall_decision_get_poll_id (read), ==, "poll:P");
  g_assert_cmpint (stall_decision_get_outcome (read), ==, STALL_OUTCOME_PRE_SELL);
  g_assert_cmpstr (stall_decision_get_option (read), ==, "o1");
  g_assert_cmpint (stall_decision_get_quantity (read), ==, 120);
  g_assert_cmpstr (stall_decision_get_reason (read), ==, "They asked.");
  g_assert_cmpint (stall_decision_get_at (read), ==, NOW);
  g_assert_cmpint (stall_decision_compare (made, read), ==, 0);
}

static void
test_check (void)
{
  const struct
  {
    StallDecisionOutcome outcome;
    const char *option;
    int quantity;
    const char *reason;
    const char *wrong;
  } cases[] = {
    { STALL_OUTCOME_MAKE, "o", 30, NULL, NULL },
    { STALL_OUTCOME_MAKE, NULL, 30, NULL, "option" },
    { STALL_OUTCOME_PRE_SELL, "o", 0, NULL, "how many" },
    { STALL_OUTCOME_HOLD, NULL, 0, NULL, NULL },
    { STALL_OUTCOME_KILL, NULL, 0, " ", "why" },
    { STALL_OUTCOME_KILL, NULL, 0, "Too few asked", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StallDecision) decision = stall_decision_new (
          "poll:P", cases[i].outcome, cases[i].option, cases[i].quantity, cases[i].reason, NOW);
      g_autoptr (GError) error = NULL;

      g_assert_true (stall_decision_check (decision, &error) == (cases[i].wrong == NULL));
      if (cases[i].wrong != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
}

/* The newest counts, and what was killed comes back. */
static void
test_newest (void)
{
  g_autoptr (StallDecision) killed
      = stall_decision_new ("poll:P", STALL_OUTCOME_KILL, NULL, 0, "No", NOW);
  g_autoptr (StallDecision) revived
      = stall_decision_new ("poll:P", STALL_OUTCOME_MAKE, "o", 9, NULL, NOW + 1);
  g_autoptr (StallDecision) same_time
      = stall_decision_new ("poll:P", STALL_OUTCOME_HOLD, NULL, 0, NULL, NOW);

  g_assert_cmpint (stall_decision_compare (killed, revived), <, 0);
  g_assert_cmpint (stall_decision_compare (revived, killed), >, 0);
  g_assert_cmpint (stall_decision_compare (killed, same_time), <, 0);
}

static void
test_moves (void)
{
  const struct
  {
    StallDecisionOutcome outcome;
    StallStage from;
    int to; /* -1: stays */
  } cases[] = {
    { STALL_OUTCOME_MAKE, STALL_STAGE_TESTING, STALL_STAGE_PRODUCTION },
    { STALL_OUTCOME_MAKE, STALL_STAGE_DROPPED, STALL_STAGE_PRODUCTION },
    { STALL_OUTCOME_MAKE, STALL_STAGE_PRODUCTION, -1 },
    { STALL_OUTCOME_MAKE, STALL_STAGE_ON_SALE, -1 },
    { STALL_OUTCOME_MAKE, STALL_STAGE_REORDERED, -1 },
    { STALL_OUTCOME_PRE_SELL, STALL_STAGE_IDEA, STALL_STAGE_ON_SALE },
    { STALL_OUTCOME_PRE_SELL, STALL_STAGE_PRODUCTION, STALL_STAGE_ON_SALE },
    { STALL_OUTCOME_HOLD, STALL_STAGE_TESTING, -1 },
    { STALL_OUTCOME_KILL, STALL_STAGE_TESTING, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StallStage to;
      gboolean moves = stall_decision_outcome_moves (cases[i].outcome, cases[i].from, &to);

      g_assert_true (moves == (cases[i].to >= 0));
      if (moves)
        g_assert_cmpint (to, ==, cases[i].to);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/ballot", test_ballot);
  g_test_add_func ("/decision/bad-ballots", test_bad_ballots);
  g_test_add_func ("/decision/round-trip", test_decision);
  g_test_add_func ("/decision/check", test_check);
  g_test_add_func ("/decision/newest", test_newest);
  g_test_add_func ("/decision/moves", test_moves);
  return g_test_run ();
}
