/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a poll's tally and ballots say in a file is what our own reader finds there. */

#include "config.h"

#include "stall-csv-reader.h"
#include "stall-export-polls.h"
#include "stall-votes.h"
#include "test-util.h"

#define QUESTION "Lilac, “plum” 还是 \"sage\"?\nSay it!"

/* What a spreadsheet, and a careless reader, would take for something else. */
static const char *const labels[] = { "=HYPERLINK(\"x\")", "-5, \"or\" more", "梅子色；0012" };

static StallPoll *
add_poll (Fixture *fixture)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  g_autoptr (StallDocument) document = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_ptr_array_add (options, stall_poll_option_new (labels[i]));
  stall_poll_set_question (poll, QUESTION);
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, stall_time_now () - STALL_HOUR);
  stall_poll_set_closes_at (poll, stall_time_now () + STALL_HOUR);
  document = stall_poll_to_document (poll, "device");
  stall_receipt_free (test_put (fixture, "Poll", document));
  return poll;
}

/* The first option gets 1 vote, the second 2, the third 3. */
static void
cast (Fixture *fixture, StallPoll *poll)
{
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  g_autoptr (GArray) answers = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    for (guint n = 0; n <= i; n++)
      {
        g_autofree char *voter = g_strdup_printf ("%u-%u", i, n);

        g_ptr_array_add (votes,
                         stall_vote_new (stall_poll_get_id (poll), voter,
                                         stall_poll_get_option (poll, i)->id, stall_time_now ()));
      }
  answers = dex_await_boxed (stall_store_cast_votes (fixture->store, votes), NULL);
  g_assert_cmpuint (answers->len, ==, 6);
}

static GFile *
file_in (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_new_for_path (path);
}

static StallCsvReader *
read_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallTextReader) text = stall_text_reader_new (file, NULL, &error);
  StallCsvReader *reader;

  g_assert_no_error (error);
  reader = stall_csv_reader_new (text, ',');
  g_assert_true (stall_csv_reader_next (reader, &error));
  return reader;
}

static void
test_tally (Fixture *fixture)
{
  g_autoptr (StallPoll) poll = add_poll (fixture);
  g_autoptr (GFile) file = file_in (fixture, "tally.csv");
  g_autoptr (StallCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  cast (fixture, poll);
  g_assert_cmpint (
      dex_await_int64 (stall_export_tally (fixture->store, stall_poll_get_id (poll), file), &error),
      ==, 3);
  g_assert_no_error (error);
  reader = read_file (file);
  g_assert_cmpstr (stall_csv_reader_get_text (reader, 3), ==, "Option");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *votes = g_strdup_printf ("%u", i + 1);

      g_assert_true (stall_csv_reader_next (reader, &error));
      g_assert_cmpuint (stall_csv_reader_get_n_fields (reader), ==, 11);
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 0), ==, stall_poll_get_id (poll));
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 1), ==, QUESTION);
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 3), ==, labels[i]);
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 4), ==, votes);
    }
  g_assert_false (stall_csv_reader_next (reader, &error));
  g_assert_no_error (error);
}

/* Ballots leave only when nobody can change theirs any more. */
static void
test_ballots (Fixture *fixture)
{
  g_autoptr (StallPoll) poll = add_poll (fixture);
  g_autoptr (GFile) file = file_in (fixture, "ballots.csv");
  g_autoptr (StallCsvReader) reader = NULL;
  g_autoptr (GHashTable) voters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  guint counts[G_N_ELEMENTS (labels)] = { 0 };

  cast (fixture, poll);
  dex_await_int64 (stall_export_ballots (fixture->store, stall_poll_get_id (poll), file), &error);
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (g_file_query_exists (file, NULL));
  g_boxed_free (
      STALL_TYPE_RECEIPT,
      dex_await_boxed (stall_store_close_poll (fixture->store, stall_poll_get_id (poll)), &error));
  g_assert_no_error (error);
  g_assert_cmpint (dex_await_int64 (stall_store_seal_votes (fixture->store), &error), ==, 6);
  g_assert_cmpint (
      dex_await_int64 (stall_export_ballots (fixture->store, stall_poll_get_id (poll), file),
                       &error),
      ==, 6);
  reader = read_file (file);
  while (stall_csv_reader_next (reader, &error))
    {
      for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        counts[i] += g_str_equal (stall_csv_reader_get_text (reader, 2), labels[i]);
      g_assert_true (g_hash_table_add (voters, g_strdup (stall_csv_reader_get_text (reader, 3))));
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 5), ==, "page");
    }
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_assert_cmpuint (counts[i], ==, i + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_add ("/export-polls/tally", test_tally);
  test_add ("/export-polls/ballots", test_ballots);
  return g_test_run ();
}
