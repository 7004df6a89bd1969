/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-replica.h"
#include "stall-remark.h"
#include "test-util.h"

/* What replication asks of the store, with revisions as a peer would send them. */

#define REMARK "remark:order"

static StallPeerRevision *
revision_new (const char *id, const char *name, const char *ancestors, const char *body)
{
  g_autofree char *all = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean deleted = *body == '-';
  gint64 generation = 0;
  const char *hash = NULL;

  g_assert_true (stall_revision_parse (name, &generation, &hash));
  all = *ancestors != '\0' ? g_strconcat (hash, " ", ancestors, NULL) : g_strdup (hash);
  body += deleted;
  bytes = g_bytes_new (body, strlen (body));
  return stall_peer_revision_new (id, generation, g_strsplit (all, " ", -1), deleted, bytes);
}

static StallReceipt *
receive (Fixture *fixture, GPtrArray *revisions, const char *checkpoint)
{
  g_autoptr (GError) error = NULL;
  StallReceipt *receipt
      = dex_await_boxed (stall_store_receive (fixture->store, revisions,
                                              checkpoint != NULL ? "pull" : NULL, checkpoint),
                         &error);

  g_assert_no_error (error);
  return receipt;
}

/* Several leaves may be given; a body that begins with - deletes. */
static void
receive_one (Fixture *fixture,
             const char *id,
             const char *name,
             const char *ancestors,
             const char *body)
{
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);

  g_ptr_array_add (revisions, revision_new (id, name, ancestors, body));
  stall_receipt_free (receive (fixture, revisions, NULL));
}

static GPtrArray *
list_unsent (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list
      = dex_await_boxed (stall_store_list_unsent (fixture->store, 0, 100, 1 << 20), &error);

  g_assert_no_error (error);
  return list;
}

static gint64
count_unsent (Fixture *fixture)
{
  return dex_await_int64 (stall_store_count_unsent (fixture->store), NULL);
}

static StallDocument *
load (Fixture *fixture, const char *id)
{
  return dex_await_object (stall_store_load (fixture->store, id), NULL);
}

static void
assert_revision (Fixture *fixture, const char *id, const char *revision)
{
  g_autoptr (StallDocument) document = load (fixture, id);

  g_assert_cmpstr (document != NULL ? stall_document_get_revision (document) : NULL, ==, revision);
}

/* The leaves of a document as “revision[-]”, the winner first; it has to be unsent. */
static char *
describe_leaves (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) list = list_unsent (fixture);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (list, i);

      for (guint j = 0; g_str_equal (outgoing->id, id) && j < outgoing->leaves->len; j++)
        {
          StallPeerRevision *leaf = g_ptr_array_index (outgoing->leaves, j);

          g_string_append_printf (text, "%s%s%s", j > 0 ? " " : "",
                                  stall_document_get_revision (leaf->document),
                                  stall_document_get_deleted (leaf->document) ? "-" : "");
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
put (Fixture *fixture, const char *id, const char *body)
{
  g_autoptr (StallDocument) before = load (fixture, id);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (StallDocument) document = stall_document_new_revision (
      id, bytes, before != NULL ? stall_document_get_revision (before) : NULL, FALSE);

  stall_receipt_free (test_put (fixture, "Edit", document));
}

static void
settle_all (Fixture *fixture, const char *code)
{
  g_autoptr (GPtrArray) list = list_unsent (fixture);
  g_autoptr (GPtrArray) verdicts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_verdict_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (list, i);
      StallVerdict *verdict = g_new0 (StallVerdict, 1);

      verdict->number = outgoing->number;
      verdict->sequence = outgoing->sequence;
      verdict->winner = outgoing->winner;
      verdict->code = g_strdup (code);
      verdict->reason = g_strdup (code != NULL ? "not yours" : NULL);
      g_ptr_array_add (verdicts, verdict);
    }
  dex_await (stall_store_settle (fixture->store, verdicts, NULL, NULL), &error);
  g_assert_no_error (error);
}

static void
test_receive_is_whole (Fixture *fixture)
{
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallReceipt) again = NULL;
  g_autofree char *checkpoint = NULL;
  /* what this Stall does not know, long numbers and U+0000 are kept to the byte */
  const char *strange = "{\"b\":1.0,\"a\":12345678901234567890,\"c\":{\"\\u0000\":[1e2]}}";

  g_ptr_array_add (revisions, revision_new ("unknown:1", "3-c", "b a", strange));
  g_ptr_array_add (revisions, revision_new ("remark:1", "1-a", "", "{\"kind\":\"remark\"}"));
  g_ptr_array_add (revisions, revision_new ("remark:2", "2-d", "c", "-{\"why\":\"sold\"}"));
  receipt = receive (fixture, revisions, "{\"seq\":\"7\"}");
  g_assert_cmpuint (receipt->added, ==, 2);
  test_assert_body (fixture->store, "unknown:1", strange);
  assert_revision (fixture, "remark:1", "1-a");
  assert_revision (fixture, "remark:2", NULL);
  g_assert_cmpint (count_unsent (fixture), ==, 0);
  checkpoint = dex_await_string (stall_store_load_checkpoint (fixture->store, "pull"), NULL);
  g_assert_cmpstr (checkpoint, ==, "{\"seq\":\"7\"}");
  again = receive (fixture, revisions, NULL);
  g_assert_cmpuint (again->skipped, ==, 3);
  g_assert_cmpuint (again->added + again->changed + again->deleted, ==, 0);
  test_check_is_clean (fixture);
}

static void
test_missing (Fixture *fixture)
{
  g_autoptr (GPtrArray) names
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_revision_name_free);
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GError) error = NULL;

  receive_one (fixture, REMARK, "3-c", "b a", "{}");
  g_ptr_array_add (names, stall_revision_name_new (REMARK, "3-c"));
  g_ptr_array_add (names, stall_revision_name_new (REMARK, "2-b")); /* an ancestor */
  g_ptr_array_add (names, stall_revision_name_new (REMARK, "2-c")); /* the hash at another number */
  g_ptr_array_add (names, stall_revision_name_new ("remark:other", "3-c"));
  g_ptr_array_add (names, stall_revision_name_new (REMARK, "nonsense"));
  missing = dex_await_boxed (stall_store_find_missing (fixture->store, names), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_cmpstr (((StallRevisionName *) missing->pdata[0])->revision, ==, "2-c");
  g_assert_cmpstr (((StallRevisionName *) missing->pdata[1])->id, ==, "remark:other");
}

/* Whatever the order of arrival, the winner is that of CouchDB. */
static void
test_winner (Fixture *fixture)
{
  static const char *const leaves[][3] = {
    { "2-b", "a", "{\"n\":1}" },   { "2-c", "a", "{\"n\":2}" }, { "10-a", "", "{\"n\":3}" },
    { "11-z", "y", "-{\"n\":4}" }, { "9-f", "e", "{\"n\":5}" },
  };
  static const int orders[][5]
      = { { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 }, { 3, 2, 1, 0, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *id = g_strdup_printf ("unknown:%u", i);
      g_autofree char *described = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (leaves); j++)
        receive_one (fixture, id, leaves[orders[i][j]][0], leaves[orders[i][j]][1],
                     leaves[orders[i][j]][2]);
      assert_revision (fixture, id, "10-a");
      dex_await (stall_store_mark_unsent (fixture->store, 0), NULL);
      described = describe_leaves (fixture, id);
      g_assert_cmpstr (described, ==, "10-a 9-f 2-c 2-b 11-z-");
    }
  /* A hash of 32 digits counts as the bytes it spells, another as its letters. */
  g_assert_cmpint (stall_revision_compare_hashes ("ff", "fe"), >, 0);
  g_assert_cmpint (stall_revision_compare_hashes ("ffffffffffffffffffffffffffffffff", "zz"), >, 0);
  g_assert_cmpint (stall_revision_compare_hashes ("7b000000000000000000000000000000", "zz"), >, 0);
  test_check_is_clean (fixture);
}

static void
test_tombstones (Fixture *fixture)
{
  receive_one (fixture, REMARK, "1-a", "", "{\"kind\":\"remark\",\"flag\":\"red\"}");
  receive_one (fixture, REMARK, "2-b", "a", "-{\"who\":\"x\"}");
  assert_revision (fixture, REMARK, NULL);
  /* an edit of the version before beats the deletion */
  receive_one (fixture, REMARK, "2-a", "a", "{\"kind\":\"remark\",\"flag\":\"blue\"}");
  assert_revision (fixture, REMARK, "2-a");
  receive_one (fixture, REMARK, "3-f", "a a", "-{}");
  assert_revision (fixture, REMARK, NULL);
  test_check_is_clean (fixture);
}

static void
test_acknowledge (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  StallVerdict *verdict = g_new0 (StallVerdict, 1);
  g_autoptr (GPtrArray) verdicts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_verdict_free);
  StallOutgoing *outgoing;

  put (fixture, REMARK, "{\"kind\":\"remark\",\"flag\":\"red\"}");
  list = list_unsent (fixture);
  g_assert_cmpuint (list->len, ==, 1);
  outgoing = g_ptr_array_index (list, 0);
  /* edited between the sending and the answer: what is sent is not what is here */
  put (fixture, REMARK, "{\"kind\":\"remark\",\"flag\":\"blue\"}");
  verdict->number = outgoing->number;
  verdict->sequence = outgoing->sequence;
  verdict->winner = outgoing->winner;
  g_ptr_array_add (verdicts, verdict);
  dex_await (stall_store_settle (fixture->store, verdicts, "push", "{}"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_unsent (fixture), ==, 1);
  /* refused: set aside with the platform's words, still unsent, offered again when asked */
  settle_all (fixture, "forbidden");
  g_assert_cmpint (count_unsent (fixture), ==, 1);
  g_ptr_array_unref (g_steal_pointer (&list));
  list = list_unsent (fixture);
  g_assert_cmpuint (list->len, ==, 0);
  refused = dex_await_boxed (stall_store_list_refused (fixture->store), &error);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((StallRefusal *) refused->pdata[0])->reason, ==, "not yours");
  dex_await (stall_store_retry_refused (fixture->store, REMARK), &error);
  g_assert_no_error (error);
  settle_all (fixture, NULL);
  g_assert_cmpint (count_unsent (fixture), ==, 0);
  dex_await (stall_store_mark_unsent (fixture->store, 0), &error);
  g_assert_cmpint (count_unsent (fixture), ==, 1);
}

/* Two devices that see the same two leaves write the same merge, whichever was theirs. */
static void
test_merge_is_the_same_everywhere (Fixture *fixture)
{
  const char *base = "{\"kind\":\"remark\",\"flag\":\"red\",\"text\":\"a\"}";
  const char *one = "{\"kind\":\"remark\",\"flag\":\"blue\",\"text\":\"a\",\"n\":1.0}";
  const char *two = "{\"text\":\"b\",\"kind\":\"remark\",\"flag\":\"red\"}";
  const char *again = "{\"kind\":\"remark\",\"n\":1,\"flag\":\"blue\",\"text\":\"a\"}";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  receive_one (fixture, "remark:1", "1-a", "", base);
  receive_one (fixture, "remark:1", "2-b", "a", one);
  receive_one (fixture, "remark:1", "2-c", "a", two);
  test_assert_body (fixture->store, "remark:1",
                    "{\"flag\":\"blue\",\"kind\":\"remark\",\"n\":1,\"text\":\"b\"}");
  first = describe_leaves (fixture, "remark:1");
  /* as another device has it: the other way round, and as a server lays it out */
  receive_one (fixture, "remark:2", "1-a", "", base);
  receive_one (fixture, "remark:2", "2-c", "a", two);
  receive_one (fixture, "remark:2", "2-b", "a", again);
  second = describe_leaves (fixture, "remark:2");
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_str_has_prefix (first, "3-"));
  g_assert_true (g_str_has_suffix (first, "-"));
  test_check_is_clean (fixture);
}

static void
test_conflict_keeps_both (Fixture *fixture)
{
  g_autofree char *leaves = NULL;

  receive_one (fixture, REMARK, "1-a", "", "{\"kind\":\"remark\",\"flag\":\"red\"}");
  put (fixture, REMARK, "{\"kind\":\"remark\",\"flag\":\"blue\"}");
  receive_one (fixture, REMARK, "2-0", "a", "{\"kind\":\"remark\",\"flag\":\"green\"}");
  leaves = describe_leaves (fixture, REMARK);
  g_assert_nonnull (strstr (leaves, "2-0"));
  g_assert_nonnull (strchr (leaves, ' '));
  /* who deletes the thing deletes both */
  {
    g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");

    stall_change_set_delete (changes, REMARK);
    stall_receipt_free (test_apply (fixture, changes));
  }
  assert_revision (fixture, REMARK, NULL);
  test_check_is_clean (fixture);
}

/* Of facts and of what only the platform writes nothing is merged. */
static void
test_facts_are_not_merged (Fixture *fixture)
{
  g_autofree char *leaves = NULL;

  receive_one (fixture, "contact:1", "1-a", "", "{\"kind\":\"contact\",\"name\":\"A\"}");
  receive_one (fixture, "contact:1", "2-b", "a", "{\"kind\":\"contact\",\"name\":\"B\"}");
  receive_one (fixture, "contact:1", "2-c", "a",
               "{\"kind\":\"contact\",\"name\":\"A\",\"phone\":\"1\"}");
  dex_await (stall_store_mark_unsent (fixture->store, 0), NULL);
  leaves = describe_leaves (fixture, "contact:1");
  g_assert_cmpstr (leaves, ==, "2-c 2-b");
}

/* Undo takes back what was done here and keeps what came since; redo does it again. */
static void
test_undo_after_pull (Fixture *fixture)
{
  const char *red = "{\"kind\":\"remark\",\"flag\":\"red\",\"text\":\"a\"}";
  g_autoptr (StallDocument) mine = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *history = NULL;
  const char *hash;
  gint64 generation;

  receive_one (fixture, REMARK, "1-a", "", red);
  g_object_get (fixture->store, "undo-label", &label, NULL);
  g_assert_null (label); /* what a peer did is not ours to take back */
  put (fixture, REMARK, "{\"kind\":\"remark\",\"flag\":\"blue\",\"text\":\"a\"}");
  mine = load (fixture, REMARK);
  g_assert_true (stall_revision_parse (stall_document_get_revision (mine), &generation, &hash));
  history = g_strconcat (hash, " a", NULL);
  receive_one (fixture, REMARK, "3-c", history,
               "{\"kind\":\"remark\",\"flag\":\"blue\",\"text\":\"b\"}");
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  g_assert_no_error (error);
  test_assert_body (fixture->store, REMARK,
                    "{\"kind\":\"remark\",\"flag\":\"red\",\"text\":\"b\"}");
  stall_receipt_free (dex_await_boxed (stall_store_redo (fixture->store), &error));
  g_assert_no_error (error);
  test_assert_body (fixture->store, REMARK,
                    "{\"kind\":\"remark\",\"flag\":\"blue\",\"text\":\"b\"}");
  test_check_is_clean (fixture);
}

/* Projections of what comes in any order are those of a rebuild. */
static void
test_pull_feeds_the_lists (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C-1", 5000);
  g_autoptr (StallOrder) order = test_make_order ("7", variant, 2, 5000, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (StallOrderEvent) event
      = stall_order_event_new (stall_order_get_id (order), STALL_STEP_SHIPPED, TEST_NOON + 1);
  g_autoptr (StallDocument) told = stall_order_event_to_document (event, "device");
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (StallVariantRow) row = NULL;

  test_move (fixture, variant, 10, TEST_NOON - STALL_DAY);
  g_ptr_array_add (revisions, stall_peer_revision_new (stall_document_get_id (told), 1,
                                                       g_strsplit ("a", " ", 1), FALSE,
                                                       stall_document_get_body (told)));
  g_ptr_array_add (revisions, stall_peer_revision_new (stall_document_get_id (document), 1,
                                                       g_strsplit ("b", " ", 1), FALSE,
                                                       stall_document_get_body (document)));
  stall_receipt_free (receive (fixture, revisions, NULL));
  row = test_get_variant (fixture, variant);
  g_assert_cmpint (stall_variant_row_get_on_hand (row), ==, 8);
  test_check_is_clean (fixture);
}

static void
test_long_history (Fixture *fixture)
{
  g_auto (GStrv) hashes = g_new0 (char *, 1501);
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GPtrArray) list = NULL;
  StallPeerRevision *leaf;

  for (guint i = 0; i < 1500; i++)
    hashes[i] = g_strdup_printf ("%u", 1500 - i);
  g_ptr_array_add (revisions,
                   stall_peer_revision_new (REMARK, 1500, g_steal_pointer (&hashes), FALSE, body));
  stall_receipt_free (receive (fixture, revisions, NULL));
  assert_revision (fixture, REMARK, "1500-1500");
  dex_await (stall_store_mark_unsent (fixture->store, 0), NULL);
  list = list_unsent (fixture);
  leaf = g_ptr_array_index (((StallOutgoing *) list->pdata[0])->leaves, 0);
  g_assert_cmpuint (g_strv_length (leaf->history), ==, STALL_PEER_MAX_HISTORY);
  g_assert_cmpstr (leaf->history[STALL_PEER_MAX_HISTORY - 1], ==, "501");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/replica/receive", test_receive_is_whole);
  test_add ("/replica/missing", test_missing);
  test_add ("/replica/winner", test_winner);
  test_add ("/replica/tombstones", test_tombstones);
  test_add ("/replica/acknowledge", test_acknowledge);
  test_add ("/replica/merge", test_merge_is_the_same_everywhere);
  test_add ("/replica/conflict", test_conflict_keeps_both);
  test_add ("/replica/facts", test_facts_are_not_merged);
  test_add ("/replica/undo", test_undo_after_pull);
  test_add ("/replica/lists", test_pull_feeds_the_lists);
  test_add ("/replica/long-history", test_long_history);
  return g_test_run ();
}
