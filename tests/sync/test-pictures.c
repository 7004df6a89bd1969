/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "stall-replica.h"
#include "stall-replicator.h"
#include "stall-sync-error.h"
#include "test-peer.h"
#include "test-util.h"

/* Pictures come in many at a time, and one by one where that does not go. */

#define N 120
#define SIZE (50 * 1024)
#define LARGE (2 * 1024 * 1024)

static GBytes *
make_picture (guint number, gsize size)
{
  g_autofree char *content = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    content[i] = ((i + number) * 2654435761u) >> 13;
  return g_bytes_new (content, size);
}

/* As a peer keeps it: the picture of the document came inside it. */
static void
put_picture (TestPeer *peer, guint number, gsize size)
{
  g_autofree char *id = g_strdup_printf ("product:%u", number);
  g_autoptr (GBytes) bytes = make_picture (number, size);
  g_autofree char *data = g_base64_encode (g_bytes_get_data (bytes, NULL), size);
  g_autofree char *text = g_strdup_printf (
      "{\"_id\":\"%s\",\"_rev\":\"1-a\",\"_revisions\":{\"start\":1,\"ids\":[\"a\"]},"
      "\"kind\":\"product\",\"title\":\"x\",\"_attachments\":{\"a b.png\":{"
      "\"content_type\":\"image/png\",\"data\":\"%s\"}}}",
      id, data);

  g_assert_null (test_peer_store (peer, text, strlen (text), NULL));
}

static void
put_pictures (TestPeer *peer)
{
  for (guint i = 0; i < N; i++)
    put_picture (peer, i, SIZE);
}

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

static char *
find_picture (StallStore *store, guint number, gsize size)
{
  g_autoptr (GBytes) bytes = make_picture (number, size);
  guint8 md5[16];
  gsize md5_size = sizeof md5;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;

  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), size);
  g_checksum_get_digest (checksum, md5, &md5_size);
  text = g_base64_encode (md5, md5_size);
  digest = g_strconcat ("md5-", text, NULL);
  return stall_store_get_attachment_path (store, digest);
}

/* Each is there and says what it said. */
static void
assert_pictures (Fixture *fixture)
{
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *path = find_picture (fixture->store, i, SIZE);

      g_assert_nonnull (path);
    }
  test_check_is_clean (fixture);
}

static void
test_together (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;
  g_autofree char *large = NULL;

  put_pictures (peer);
  put_picture (peer, N, LARGE);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_files, ==, N + 1);
  g_assert_cmpuint (report->n_files_late, ==, 0);
  assert_pictures (fixture);
  large = find_picture (fixture->store, N, LARGE);
  g_assert_nonnull (large);
  /* 6 MB in two answers; what is large comes straight to disk. */
  g_assert_cmpuint (test_peer_count (peer, "POST _bulk_get"), ==, 2);
  g_assert_cmpuint (test_peer_count (peer, "GET product"), ==, 1);
}

/* A peer that does not, or not now, send attachments inside of documents. */
static void
test_one_by_one (Fixture *fixture)
{
  static const TestFault faults[] = { FAULT_STATUS, FAULT_GARBAGE };

  for (guint i = 0; i <= G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TestPeer) peer = test_peer_new ();
      g_autoptr (StallSyncReport) report = NULL;

      put_pictures (peer);
      if (i < G_N_ELEMENTS (faults))
        test_peer_fail (peer, "POST _bulk_get", faults[i], 400, 2);
      else
        test_peer_without_enclosed (peer);
      report = sync_whole (fixture->store, peer);
      g_assert_cmpuint (report->n_files, ==, N);
      g_assert_cmpuint (test_peer_count (peer, "GET product"), ==, N);
      assert_pictures (fixture);
      test_close (fixture);
      test_remove_folder (fixture->folder);
      test_open (fixture, STALL_STORE_WRITE | STALL_STORE_CREATE);
    }
}

/* What breaks off in the middle is asked for again, and nothing that came is asked for twice. */
static void
test_broken_off (Fixture *fixture)
{
  static const TestFault faults[] = { FAULT_TRUNCATED, FAULT_RESET, FAULT_LOST };
  g_autoptr (TestPeer) peer = test_peer_new ();

  put_pictures (peer);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      test_peer_fail (peer, "POST _bulk_get", faults[i], 0, 2);
      test_peer_fail (peer, "GET product", faults[i], 0, 1);
      stall_sync_report_free (try_sync (fixture->store, peer, &error));
      if (error != NULL)
        g_assert_true (stall_sync_error_is_transient (error));
      test_check_is_clean (fixture);
    }
  stall_sync_report_free (sync_whole (fixture->store, peer));
  assert_pictures (fixture);
}

/* Something else under the name of a picture is not taken for it. */
static void
test_something_else (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;
  g_autofree char *path = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *body = NULL;
  const char *from;

  put_picture (peer, 0, SIZE);
  body = test_peer_get_body (peer, "product:0");
  from = strstr (body, "md5-");
  digest = g_strndup (from, strchr (from, '"') - from);
  answer
      = g_strdup_printf ("{\"results\":[{\"id\":\"product:0\",\"docs\":[{\"ok\":{\"_attachments\":"
                         "{\"a b.png\":{\"digest\":\"%s\",\"data\":\"c29tZXRoaW5n\"},"
                         "\"b\":{\"digest\":\"%s\",\"data\":7},\"c\":null}}}]}]}",
                         digest, digest);
  test_peer_answer (peer, "POST _bulk_get", answer, 1);
  test_peer_answer (peer, "GET product", "something", 1);
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_files, ==, 0);
  g_assert_cmpuint (report->n_files_late, ==, 1);
  path = find_picture (fixture->store, 0, SIZE);
  g_assert_null (path);
  stall_sync_report_free (g_steal_pointer (&report));
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_files, ==, 1);
  path = find_picture (fixture->store, 0, SIZE);
  g_assert_nonnull (path);
  test_check_is_clean (fixture);
}

/* A program that was killed, or a computer that lost power, before the stall knew of the picture:
 * half of it may lie at its place, and it comes anew. */
static void
test_killed (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (GBytes) bytes = make_picture (0, SIZE);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *shelf = g_strndup (sha256, 2);
  g_autofree char *folder = g_build_filename (fixture->folder, "attachments", shelf, NULL);
  g_autofree char *half = g_build_filename (folder, sha256, NULL);
  g_autofree char *left
      = g_build_filename (fixture->folder, "attachments", "incoming-abc123", NULL);

  put_pictures (peer);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (half, "half", 4, NULL));
  g_assert_true (g_file_set_contents (left, "half", 4, NULL));
  stall_sync_report_free (sync_whole (fixture->store, peer));
  assert_pictures (fixture);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_autoptr (DexScheduler) pool = NULL;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  pool = dex_ref (dex_thread_pool_scheduler_get_default ());
  test_add ("/pictures/together", test_together);
  test_add ("/pictures/one-by-one", test_one_by_one);
  test_add ("/pictures/broken-off", test_broken_off);
  test_add ("/pictures/something-else", test_something_else);
  test_add ("/pictures/killed", test_killed);
  return g_test_run ();
}
