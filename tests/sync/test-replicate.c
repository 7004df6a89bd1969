/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "stall-async.h"
#include "stall-checkpoint.h"
#include "stall-replica.h"
#include "stall-replicator.h"
#include "test-peer.h"
#include "test-util.h"

/* Stores against a peer of ours, well behaved and not. */

#define RED "{\"kind\":\"remark\",\"flag\":\"red\",\"text\":\"a\"}"
#define BLUE "{\"kind\":\"remark\",\"flag\":\"blue\",\"text\":\"a\"}"
#define GREEN "{\"kind\":\"remark\",\"flag\":\"green\",\"text\":\"a\"}"
#define OTHER_TEXT "{\"kind\":\"remark\",\"flag\":\"red\",\"text\":\"b\"}"

static StallSyncReport *
try_sync (StallStore *store, TestPeer *peer, GError **error)
{
  g_autoptr (StallRemote) remote = test_peer_open (peer);

  return dex_await_boxed (stall_replicate (store, remote, NULL), error);
}

static StallSyncReport *
sync_whole (StallStore *store, TestPeer *peer)
{
  g_autoptr (GError) error = NULL;
  StallSyncReport *report = try_sync (store, peer, &error);

  g_assert_no_error (error);
  return report;
}

static void
bring_up_to_date (StallStore *store, TestPeer *peer)
{
  stall_sync_report_free (sync_whole (store, peer));
}

static void
assert_fails (StallStore *store, TestPeer *peer, StallSyncError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_sync (store, peer, &error));
  g_assert_error (error, STALL_SYNC_ERROR, (int) code);
}

static gint64
count_unsent (StallStore *store)
{
  return dex_await_int64 (stall_store_count_unsent (store), NULL);
}

static void
put (StallStore *store, const char *id, const char *body)
{
  g_autoptr (StallDocument) before = dex_await_object (stall_store_load (store, id), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (StallDocument) document = stall_document_new_revision (
      id, bytes, before != NULL ? stall_document_get_revision (before) : NULL, FALSE);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Edit");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (store, changes), &error);
  g_assert_no_error (error);
}

static char *
get_body (StallStore *store, const char *id)
{
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, id), NULL);
  GBytes *body = document != NULL ? stall_document_get_body (document) : NULL;

  return body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : NULL;
}

/* The store and the peer have the same winner. */
static void
assert_same (StallStore *store, TestPeer *peer, const char *id)
{
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, id), NULL);
  g_autofree char *leaves = test_peer_describe (peer, id);

  g_assert_nonnull (document);
  g_assert_true (g_str_has_prefix (leaves, stall_document_get_revision (document)));
}

/* A second store beside the fixture's. */
static StallStore *
open_other (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GError) error = NULL;
  StallStore *store = dex_await_object (
      stall_store_open (folder, STALL_STORE_WRITE | STALL_STORE_CREATE), &error);

  g_assert_no_error (error);
  return store;
}

static void
close_other (StallStore *store)
{
  dex_await (stall_store_close (store), NULL);
  g_object_unref (store);
}

static void
put_many (TestPeer *peer, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("remark:%05u", i);

      test_peer_put (peer, id, "1-a", "", RED);
    }
}

static void
test_pull (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) first = NULL;
  g_autoptr (StallSyncReport) second = NULL;
  g_autoptr (StallSyncReport) third = NULL;

  put_many (peer, 2500);
  test_peer_put (peer, "remark:long", "3-c", "b a", BLUE);
  test_peer_put (peer, "remark:two", "2-b", "a", RED);
  test_peer_put (peer, "remark:two", "2-c", "a", BLUE);
  test_peer_put (peer, "remark:dead", "2-d", "a", "{\"gone\":1}");
  test_peer_put (peer, "_design/rules", "1-a", "", "{}");
  test_peer_put (peer, "a/b+c %d?e#\"é摊", "1-a", "", "{\"n\":12345678901234567890}");
  first = sync_whole (fixture->store, peer);
  g_assert_cmpuint (first->n_pulled, ==, 2505);
  g_assert_cmpuint (first->n_pushed, ==, 0);
  test_assert_body (fixture->store, "remark:00000", RED);
  test_assert_body (fixture->store, "remark:long", BLUE);
  test_assert_body (fixture->store, "remark:two", BLUE);
  test_assert_body (fixture->store, "remark:dead", NULL);
  test_assert_body (fixture->store, "a/b+c %d?e#\"é摊", "{\"n\":12345678901234567890}");
  g_assert_cmpint (count_unsent (fixture->store), ==, 0);
  /* what is known is not asked for again, nor looked at */
  second = sync_whole (fixture->store, peer);
  g_assert_cmpuint (second->n_rows, ==, 0);
  test_peer_put (peer, "remark:00007", "2-z", "a", GREEN);
  third = sync_whole (fixture->store, peer);
  g_assert_cmpuint (third->n_rows, ==, 1);
  g_assert_cmpuint (third->n_pulled, ==, 1);
  test_assert_body (fixture->store, "remark:00007", GREEN);
  test_check_is_clean (fixture);
}

static void
test_push (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) first = NULL;
  g_autoptr (StallSyncReport) second = NULL;
  g_autofree char *body = NULL;

  put (fixture->store, "remark:1", RED);
  put (fixture->store, "remark:1", BLUE);
  put (fixture->store, "remark:2", RED);
  first = sync_whole (fixture->store, peer);
  g_assert_cmpuint (first->n_pushed, ==, 2);
  g_assert_cmpint (count_unsent (fixture->store), ==, 0);
  body = test_peer_get_body (peer, "remark:1");
  g_assert_nonnull (strstr (body, "\"flag\":\"blue\""));
  assert_same (fixture->store, peer, "remark:1");
  second = sync_whole (fixture->store, peer);
  g_assert_cmpuint (second->n_pushed + second->n_pulled, ==, 0);
  g_assert_cmpuint (test_peer_count (peer, "POST _bulk_docs"), ==, 1);
}

/* Two devices that edit different fields offline agree, and nothing goes round in circles. */
static void
test_two_devices_merge (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  StallStore *other = open_other (fixture);
  g_autofree char *leaves = NULL;
  guint writes;

  put (fixture->store, "remark:1", RED);
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  put (fixture->store, "remark:1", BLUE);
  put (other, "remark:1", OTHER_TEXT);
  for (guint i = 0; i < 2; i++)
    {
      bring_up_to_date (fixture->store, peer);
      bring_up_to_date (other, peer);
    }
  test_assert_body (fixture->store, "remark:1",
                    "{\"flag\":\"blue\",\"kind\":\"remark\",\"text\":\"b\"}");
  test_assert_body (other, "remark:1", "{\"flag\":\"blue\",\"kind\":\"remark\",\"text\":\"b\"}");
  assert_same (fixture->store, peer, "remark:1");
  assert_same (other, peer, "remark:1");
  leaves = test_peer_describe (peer, "remark:1");
  g_assert_true (g_str_has_suffix (leaves, "-"));
  writes = test_peer_count (peer, "POST _bulk_docs");
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  g_assert_cmpuint (test_peer_count (peer, "POST _bulk_docs"), ==, writes);
  test_check_is_clean (fixture);
  close_other (other);
}

/* What cannot be merged stays, both versions, on both sides. */
static void
test_two_devices_conflict (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  StallStore *other = open_other (fixture);
  g_autofree char *leaves = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  put (fixture->store, "remark:1", RED);
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  put (fixture->store, "remark:1", BLUE);
  put (other, "remark:1", GREEN);
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  bring_up_to_date (fixture->store, peer);
  leaves = test_peer_describe (peer, "remark:1");
  g_assert_nonnull (strchr (leaves, ' '));
  g_assert_null (strstr (leaves, "- "));
  here = get_body (fixture->store, "remark:1");
  there = get_body (other, "remark:1");
  g_assert_cmpstr (here, ==, there);
  g_assert_cmpint (count_unsent (fixture->store) + count_unsent (other), ==, 0);
  close_other (other);
}

/* Deleted here, edited there: the edit stays. */
static void
test_deleted_and_edited (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  StallStore *other = open_other (fixture);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Delete");

  put (fixture->store, "remark:1", RED);
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  stall_change_set_delete (changes, "remark:1");
  stall_receipt_free (test_apply (fixture, changes));
  put (other, "remark:1", GREEN);
  bring_up_to_date (fixture->store, peer);
  bring_up_to_date (other, peer);
  bring_up_to_date (fixture->store, peer);
  test_assert_body (other, "remark:1", GREEN);
  test_assert_body (fixture->store, "remark:1", GREEN);
  close_other (other);
}

/* Whatever request goes wrong in whatever way, once: nothing is lost, nothing is called sent that
 * is not, and the next attempt brings both sides to the same. */
static void
test_any_fault (Fixture *fixture)
{
  static const char *const requests[] = { "GET ",           "GET _local/",     "GET _changes",
                                          "POST _bulk_get", "POST _revs_diff", "POST _bulk_docs",
                                          "PUT _local/",    "PUT product",     "GET product" };
  static const TestFault faults[]
      = { FAULT_RESET, FAULT_LOST, FAULT_TRUNCATED, FAULT_GARBAGE, FAULT_STATUS };
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (GBytes) picture = g_bytes_new_static ("picture", 7);
  g_autofree char *digest = dex_await_string (stall_store_attach (fixture->store, picture), NULL);
  StallStore *other = open_other (fixture);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++, n++)
      {
        g_autofree char *mine = g_strdup_printf ("remark:mine%u", n);
        g_autofree char *theirs = g_strdup_printf ("remark:theirs%u", n);
        g_autofree char *product = g_strdup_printf ("product:%u", n);
        g_autofree char *body = g_strdup_printf (
            "{\"kind\":\"product\",\"title\":\"%u\",\"_attachments\":{\"a b\":{\"digest\":\"%s\","
            "\"content_type\":\"image/png\",\"length\":7,\"stub\":true}}}",
            n, digest);
        g_autofree char *arrived = NULL;
        g_autoptr (GError) error = NULL;

        put (fixture->store, mine, RED);
        put (fixture->store, product, body);
        test_peer_put (peer, theirs, "2-b", "a", BLUE);
        test_peer_fail (peer, requests[i], faults[j], 503, 1);
        stall_sync_report_free (try_sync (fixture->store, peer, &error));
        if (error != NULL && !stall_sync_error_is_transient (error))
          g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB);
        bring_up_to_date (fixture->store, peer);
        g_assert_cmpint (count_unsent (fixture->store), ==, 0);
        test_assert_body (fixture->store, theirs, BLUE);
        arrived = test_peer_get_body (peer, mine);
        g_assert_cmpstr (arrived, ==, RED);
        assert_same (fixture->store, peer, product);
        stall_sync_report_free (try_sync (other, peer, NULL));
      }
  bring_up_to_date (other, peer);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 3 * n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *mine = g_strdup_printf ("remark:mine%u", i);

      test_assert_body (other, mine, RED);
    }
  {
    g_autofree char *path = stall_store_get_attachment_path (other, digest);

    g_assert_nonnull (path);
  }
  test_check_is_clean (fixture);
  close_other (other);
}

static void
test_errors_have_names (Fixture *fixture)
{
  static const struct
  {
    TestFault fault;
    guint status;
    StallSyncError code;
  } cases[] = {
    { FAULT_STATUS, 401, STALL_SYNC_ERROR_SIGN_IN },
    { FAULT_STATUS, 403, STALL_SYNC_ERROR_FORBIDDEN },
    { FAULT_STATUS, 404, STALL_SYNC_ERROR_GONE },
    { FAULT_STATUS, 429, STALL_SYNC_ERROR_RETRY },
    { FAULT_STATUS, 500, STALL_SYNC_ERROR_RETRY },
    { FAULT_RESET, 0, STALL_SYNC_ERROR_RETRY },
    { FAULT_GARBAGE, 0, STALL_SYNC_ERROR_NOT_COUCHDB },
    { FAULT_HTML, 0, STALL_SYNC_ERROR_LOGIN_PAGE },
    { FAULT_REDIRECT, 0, STALL_SYNC_ERROR_REDIRECTED },
  };
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (GError) error = NULL;

  put (fixture->store, "remark:1", RED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      test_peer_fail (peer, "GET ", cases[i].fault, cases[i].status, 1);
      assert_fails (fixture->store, peer, cases[i].code);
      g_assert_cmpint (count_unsent (fixture->store), ==, 1);
    }
  test_peer_fail (peer, "POST _bulk_docs", FAULT_STATUS, 503, 1);
  g_assert_null (try_sync (fixture->store, peer, &error));
  g_assert_cmpuint (stall_sync_error_get_retry_after (error), ==, 7);
  bring_up_to_date (fixture->store, peer);
}

static void
test_refused (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;
  g_autoptr (StallSyncReport) again = NULL;
  g_autoptr (GPtrArray) refused = NULL;

  put (fixture->store, "remark:1", RED);
  put (fixture->store, "remark:2", RED);
  put (fixture->store, "remark:3", RED);
  test_peer_forbid (peer, "remark:2");
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_pushed, ==, 2);
  g_assert_cmpuint (report->n_refused, ==, 1);
  g_assert_cmpint (count_unsent (fixture->store), ==, 1);
  refused = dex_await_boxed (stall_store_list_refused (fixture->store), NULL);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((StallRefusal *) refused->pdata[0])->id, ==, "remark:2");
  g_assert_cmpstr (((StallRefusal *) refused->pdata[0])->reason, ==, "no");
  /* it is not offered for ever, but again once it was changed */
  again = sync_whole (fixture->store, peer);
  g_assert_cmpuint (again->n_refused, ==, 0);
  put (fixture->store, "remark:2", BLUE);
  stall_sync_report_free (g_steal_pointer (&again));
  again = sync_whole (fixture->store, peer);
  g_assert_cmpuint (again->n_refused, ==, 1);
}

/* A server that takes a change and does not keep it is not believed. */
static void
test_not_kept (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;
  g_autoptr (GPtrArray) refused = NULL;

  put (fixture->store, "remark:1", RED);
  bring_up_to_date (fixture->store, peer);
  test_peer_drop_changes (peer);
  put (fixture->store, "remark:1", BLUE);
  put (fixture->store, "remark:2", BLUE);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_pushed, ==, 1);
  g_assert_cmpuint (report->n_refused, ==, 1);
  g_assert_cmpint (count_unsent (fixture->store), ==, 1);
  refused = dex_await_boxed (stall_store_list_refused (fixture->store), NULL);
  g_assert_cmpstr (((StallRefusal *) refused->pdata[0])->id, ==, "remark:1");
  g_assert_cmpstr (((StallRefusal *) refused->pdata[0])->code, ==, "not_kept");
}

/* A node of a cluster that does not know yet what another one stored is asked for it by name. */
static void
test_behind (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;

  test_peer_lag (peer);
  put (fixture->store, "remark:1", RED);
  put (fixture->store, "remark:1", BLUE);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_pushed, ==, 1);
  g_assert_cmpuint (report->n_refused, ==, 0);
  g_assert_cmpuint (test_peer_count (peer, "POST _revs_diff"), ==, 3);
  g_assert_cmpuint (test_peer_count (peer, "GET remark"), ==, 1);
  g_assert_cmpint (count_unsent (fixture->store), ==, 0);
}

/* What is too large for one request goes in several; what is too large by itself is set aside. */
static void
test_too_large (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autofree char *long_text = g_strnfill (6000, 'x');
  g_autofree char *large = g_strdup_printf ("{\"kind\":\"remark\",\"text\":\"%s\"}", long_text);
  g_autoptr (StallSyncReport) report = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("remark:%u", i);

      put (fixture->store, id, i == 30 ? large : RED);
    }
  bring_up_to_date (fixture->store, peer);
  test_peer_clear (peer);
  test_peer_limit (peer, 4500);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_pushed, ==, 49);
  g_assert_cmpuint (report->n_refused, ==, 1);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 49);
}

/* A revision that is named and then is not there: the rest comes, and it is counted. */
static void
test_missing (Fixture *fixture)
{
  for (guint as_pouchdb = 0; as_pouchdb < 2; as_pouchdb++)
    {
      g_autoptr (TestPeer) peer = test_peer_new ();
      g_autofree char *hidden = g_strdup_printf ("remark:hidden%u", as_pouchdb);
      g_autofree char *seen = g_strdup_printf ("remark:seen%u", as_pouchdb);
      g_autoptr (StallSyncReport) report = NULL;

      test_peer_put (peer, hidden, "2-b", "a", BLUE);
      test_peer_put (peer, seen, "2-b", "a", BLUE);
      test_peer_hide (peer, hidden, as_pouchdb);
      report = sync_whole (fixture->store, peer);
      g_assert_cmpuint (report->n_missing, ==, 1);
      test_assert_body (fixture->store, seen, BLUE);
      test_assert_body (fixture->store, hidden, NULL);
    }
}

/* A platform that was deleted and made anew gets everything again. */
static void
test_made_anew (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();

  test_peer_put (peer, "remark:theirs", "2-b", "a", BLUE);
  put (fixture->store, "remark:mine", RED);
  bring_up_to_date (fixture->store, peer);
  test_peer_clear (peer);
  test_peer_put (peer, "remark:new", "1-a", "", GREEN);
  bring_up_to_date (fixture->store, peer);
  assert_same (fixture->store, peer, "remark:mine");
  assert_same (fixture->store, peer, "remark:theirs");
  test_assert_body (fixture->store, "remark:new", GREEN);
  g_assert_cmpint (count_unsent (fixture->store), ==, 0);
}

static void
test_older_servers (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;

  test_peer_without_bulk_get (peer);
  test_peer_with_odd_sequences (peer);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("remark:%u", i);

      test_peer_put (peer, id, "2-b", "a", BLUE);
    }
  bring_up_to_date (fixture->store, peer);
  test_assert_body (fixture->store, "remark:19", BLUE);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_rows, ==, 0);
}

/* Who may read and write nothing down gets everything all the same, each time from the beginning.
 */
static void
test_read_only (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;

  test_peer_fail (peer, "PUT _local/", FAULT_STATUS, 403, 100);
  test_peer_put (peer, "remark:1", "2-b", "a", BLUE);
  bring_up_to_date (fixture->store, peer);
  test_assert_body (fixture->store, "remark:1", BLUE);
  test_peer_put (peer, "remark:2", "2-b", "a", RED);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_rows, ==, 2);
  g_assert_cmpuint (report->n_pulled, ==, 1);
}

/* What changed between the feed and the question is answered by what it is now. */
static void
test_latest (Fixture *fixture)
{
  static const char *const before
      = "{\"results\":[{\"seq\":1,\"id\":\"remark:1\",\"changes\":[{\"rev\":\"2-b\"}]}],"
        "\"last_seq\":1}";
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;

  test_peer_put (peer, "remark:1", "2-b", "a", BLUE);
  test_peer_put (peer, "remark:1", "3-c", "b a", GREEN);
  /* once for who looks whose database it is */
  test_peer_answer (peer, "GET _changes", before, 2);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_missing, ==, 0);
  test_assert_body (fixture->store, "remark:1", GREEN);
}

/* A checkpoint belongs to an installation, a direction, an address and who signs in there. */
static void
test_replication_ids (Fixture *fixture)
{
  static const char *const addresses[]
      = { "https://platform.example/a", "https://platform.example/b",
          "https://li@platform.example/a", "https://mo@platform.example/a",
          "https://platform.example:6984/a" };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StallStore *other = open_other (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (StallRemote) remote = stall_remote_new (addresses[i], FALSE, NULL);
      g_autofree char *id = stall_checkpoint_make_id (fixture->store, remote, "pull");
      g_autofree char *again = NULL;

      stall_remote_set_token (remote, "another secret");
      again = stall_checkpoint_make_id (fixture->store, remote, "pull");
      g_assert_cmpstr (id, ==, again);
      g_hash_table_add (ids, g_steal_pointer (&id));
      g_hash_table_add (ids, stall_checkpoint_make_id (fixture->store, remote, "push"));
      g_hash_table_add (ids, stall_checkpoint_make_id (other, remote, "pull"));
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, 3 * G_N_ELEMENTS (addresses));
  close_other (other);
}

static StallSyncReport *
sync_as_owner (StallStore *store, TestPeer *peer, const char *password, GError **error)
{
  g_autoptr (StallRemote) remote = test_peer_open (peer);

  stall_remote_set_password (remote, "owner", password);
  return dex_await_boxed (stall_replicate (store, remote, NULL), error);
}

static void
test_sign_in (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallRemote) remote = test_peer_open (peer);
  g_autoptr (GError) error = NULL;

  test_peer_require (peer, "geheim & +%");
  put (fixture->store, "remark:1", RED);
  g_assert_null (sync_as_owner (fixture->store, peer, "wrong", &error));
  g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "wrong"));
  g_clear_error (&error);
  g_assert_cmpint (count_unsent (fixture->store), ==, 1);
  stall_remote_set_password (remote, "owner", "geheim & +%");
  stall_sync_report_free (dex_await_boxed (stall_replicate (fixture->store, remote, NULL), &error));
  g_assert_no_error (error);
  /* the session runs out: once more by itself */
  test_peer_expire (peer);
  put (fixture->store, "remark:2", RED);
  stall_sync_report_free (dex_await_boxed (stall_replicate (fixture->store, remote, NULL), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 2);
  g_assert_cmpuint (test_peer_count (peer, "POST /_session"), ==, 3);
}

static char *
attach (StallStore *store, gsize size)
{
  g_autofree char *content = g_malloc (size + 1);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < size; i++)
    content[i] = (i * 2654435761u) >> 13;
  bytes = g_bytes_new (content, size);
  return dex_await_string (stall_store_attach (store, bytes), NULL);
}

static void
test_attachments (Fixture *fixture)
{
  static const gsize sizes[] = { 0, 1, 50 * 1024, 3 * 1024 * 1024 };
  g_autoptr (TestPeer) peer = test_peer_new ();
  StallStore *other = open_other (fixture);
  g_autoptr (GString) body
      = g_string_new ("{\"kind\":\"product\",\"title\":\"x\",\"_attachments\":{");
  g_auto (GStrv) digests = g_new0 (char *, G_N_ELEMENTS (sizes) + 1);
  g_autoptr (StallSyncReport) report = NULL;
  g_autofree char *left
      = g_build_filename (stall_store_get_folder (other), "attachments", "incoming-abc123", NULL);
  guint puts;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      digests[i] = attach (fixture->store, sizes[i]);
      g_string_append_printf (
          body,
          "%s\"p%u.png\":{\"content_type\":\"image/png\",\"length\":%" G_GSIZE_FORMAT
          ",\"digest\":\"%s\",\"stub\":true}",
          i > 0 ? "," : "", i, sizes[i], digests[i]);
    }
  g_string_append (body, "}}");
  put (fixture->store, "product:1", body->str);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_pushed, ==, 1);
  stall_sync_report_free (g_steal_pointer (&report));
  report = sync_whole (other, peer);
  g_assert_cmpuint (report->n_files, ==, G_N_ELEMENTS (sizes));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = stall_store_get_attachment_path (other, digests[i]);
      GStatBuf facts;

      g_assert_nonnull (path);
      g_assert_cmpint (g_stat (path, &facts), ==, 0);
      g_assert_cmpint (facts.st_size, ==, (goffset) sizes[i]);
    }
  /* an edit of the text does not carry the pictures again */
  puts = test_peer_count (peer, "PUT product");
  g_string_replace (body, "\"x\"", "\"y\"", 0);
  put (fixture->store, "product:1", body->str);
  stall_sync_report_free (g_steal_pointer (&report));
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (test_peer_count (peer, "PUT product"), ==, puts + 1);
  g_assert_cmpuint (report->n_sent, <, 8192);
  /* and a picture twice is fetched once; what a killed program left behind goes */
  g_assert_true (g_file_set_contents (left, "half", 4, NULL));
  stall_sync_report_free (g_steal_pointer (&report));
  report = sync_whole (other, peer);
  g_assert_cmpuint (report->n_files, ==, 0);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  /* a platform that let go of it gets it again */
  test_peer_clear (peer);
  bring_up_to_date (fixture->store, peer);
  assert_same (fixture->store, peer, "product:1");
  test_check_is_clean (fixture);
  close_other (other);
}

static DexFuture *
write_later_fiber (gpointer data)
{
  dex_await (dex_timeout_new_msec (150), NULL);
  test_peer_put (data, "remark:late", "1-a", "", RED);
  return dex_future_new_true ();
}

/* One held connection tells of what is new; what came from here is no news. */
static void
test_wait (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallRemote) remote = test_peer_open (peer);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  DexFuture *waiting;

  put (fixture->store, "remark:1", RED);
  bring_up_to_date (fixture->store, peer);
  stall_spawn (write_later_fiber, peer, NULL);
  dex_await (stall_replicate_wait (fixture->store, remote, NULL), &error);
  g_assert_no_error (error);
  bring_up_to_date (fixture->store, peer);
  test_assert_body (fixture->store, "remark:late", RED);
  g_assert_cmpuint (test_peer_count (peer, "GET _changes"), <, 12);
  /* and can be told to stop */
  waiting = stall_replicate_wait (fixture->store, remote, stop);
  dex_await (dex_timeout_new_msec (100), NULL);
  g_cancellable_cancel (stop);
  g_assert_false (dex_await_boolean (waiting, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_addresses (Fixture *fixture)
{
  static const struct
  {
    const char *address;
    int code; /* -1: good */
  } cases[] = {
    { "https://platform.example/stall", -1 },
    { "https://owner@platform.example:6984/stall/", -1 },
    { "http://localhost:5984/stall", -1 },
    { "http://[::1]:5984/stall", -1 },
    { "http://platform.example/stall", STALL_SYNC_ERROR_INSECURE },
    { "http://localhost.evil.example/stall", STALL_SYNC_ERROR_INSECURE },
    { "https://platform.example", STALL_SYNC_ERROR_NOT_COUCHDB },
    { "https://platform.example/", STALL_SYNC_ERROR_NOT_COUCHDB },
    { "file:///etc/passwd", STALL_SYNC_ERROR_NOT_COUCHDB },
    { "my stall", STALL_SYNC_ERROR_NOT_COUCHDB },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallRemote) remote = stall_remote_new (cases[i].address, FALSE, &error);

      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, STALL_SYNC_ERROR, cases[i].code);
    }
  {
    g_autoptr (StallRemote) remote
        = stall_remote_new ("https://owner:secret@platform.example/stall/", FALSE, NULL);

    g_assert_cmpstr (stall_remote_get_address (remote), ==, "https://platform.example/stall");
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (DexScheduler) pool = NULL;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  pool = dex_ref (dex_thread_pool_scheduler_get_default ());
  test_add ("/replicate/pull", test_pull);
  test_add ("/replicate/push", test_push);
  test_add ("/replicate/two-devices-merge", test_two_devices_merge);
  test_add ("/replicate/two-devices-conflict", test_two_devices_conflict);
  test_add ("/replicate/deleted-and-edited", test_deleted_and_edited);
  test_add ("/replicate/any-fault", test_any_fault);
  test_add ("/replicate/errors-have-names", test_errors_have_names);
  test_add ("/replicate/refused", test_refused);
  test_add ("/replicate/not-kept", test_not_kept);
  test_add ("/replicate/behind", test_behind);
  test_add ("/replicate/too-large", test_too_large);
  test_add ("/replicate/missing", test_missing);
  test_add ("/replicate/made-anew", test_made_anew);
  test_add ("/replicate/older-servers", test_older_servers);
  test_add ("/replicate/read-only", test_read_only);
  test_add ("/replicate/latest", test_latest);
  test_add ("/replicate/ids", test_replication_ids);
  test_add ("/replicate/sign-in", test_sign_in);
  test_add ("/replicate/attachments", test_attachments);
  test_add ("/replicate/wait", test_wait);
  test_add ("/replicate/addresses", test_addresses);
  return g_test_run ();
}
