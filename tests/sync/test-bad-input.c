/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "stall-async.h"
#include "stall-replica.h"
#include "stall-replicator.h"
#include "test-peer.h"
#include "test-util.h"

/* Whatever answers instead of the platform, or whatever it holds: a message that says what is the
 * matter, and nothing is lost or mixed up. */

#define RED "{\"kind\":\"remark\",\"flag\":\"red\"}"
#define BLUE "{\"kind\":\"remark\",\"flag\":\"blue\"}"
#define OURS "{\"kind\":\"stall\",\"v\":1,\"name\":\"Drying Day\",\"currency\":\"CNY\"}"
#define THEIRS "{\"kind\":\"stall\",\"v\":1,\"name\":\"Old Mill\",\"currency\":\"CNY\"}"

static void
put (StallStore *store, const char *id, const char *body)
{
  g_autoptr (StallDocument) before = dex_await_object (stall_store_load (store, id), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (StallDocument) document = stall_document_new_revision (
      id, bytes, before != NULL ? stall_document_get_revision (before) : NULL, FALSE);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Edit");
  g_autoptr (GError) error = NULL;

  stall_change_set_put (changes, document);
  dex_await (stall_store_apply (store, changes), &error);
  g_assert_no_error (error);
}

static gboolean
has (StallStore *store, const char *id)
{
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, id), NULL);

  return document != NULL;
}

static gint64
count_unsent (StallStore *store)
{
  return dex_await_int64 (stall_store_count_unsent (store), NULL);
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

/* It fails so, says @words, and what is unsent stays unsent. */
static void
assert_fails (Fixture *fixture, TestPeer *peer, StallSyncError code, const char *words)
{
  gint64 unsent = count_unsent (fixture->store);
  g_autoptr (GError) error = NULL;

  g_assert_null (try_sync (fixture->store, peer, &error));
  g_assert_error (error, STALL_SYNC_ERROR, (int) code);
  g_test_message ("a person reads: %s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (count_unsent (fixture->store), ==, unsent);
}

static void
test_something_else (Fixture *fixture)
{
  static const char *const answers[]
      = { "{\"hello\":\"world\"}", "[]", "OK", "<?xml?><a/>", "7", "{\"db_name\":7}" };
  g_autoptr (TestPeer) peer = test_peer_new ();

  put (fixture->store, "remark:1", RED);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      test_peer_answer (peer, "GET ", answers[i], 1);
      assert_fails (fixture, peer, STALL_SYNC_ERROR_NOT_COUCHDB, "Something else");
    }
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 0);
}

static void
test_other_database (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();

  put (fixture->store, "remark:1", RED);
  test_peer_put (peer, "_design/reports", "1-a", "", "{}");
  test_peer_put (peer, "invoice-7", "1-a", "", "{\"total\":12}");
  test_peer_put (peer, "customer-3", "1-a", "", "{\"name\":\"x\"}");
  assert_fails (fixture, peer, STALL_SYNC_ERROR_NOT_THIS_STALL, "something else than a stall");
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 3);
  g_assert_false (has (fixture->store, "invoice-7"));
  /* what a stall knows makes it one, whatever else is there */
  test_peer_put (peer, "order:1", "1-a", "", "{\"kind\":\"order\"}");
  stall_sync_report_free (sync_whole (fixture->store, peer));
  g_assert_true (has (fixture->store, "invoice-7"));
}

static void
test_other_stall (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (TestPeer) own = test_peer_new ();

  put (fixture->store, "stall:profile", OURS);
  put (fixture->store, "remark:1", RED);
  stall_sync_report_free (sync_whole (fixture->store, own));
  put (fixture->store, "stall:profile", OURS);
  put (fixture->store, "remark:1", BLUE);
  test_peer_put (peer, "stall:profile", "3-c", "b a", THEIRS);
  test_peer_put (peer, "product:1", "1-a", "", "{\"kind\":\"product\",\"title\":\"x\"}");
  assert_fails (fixture, peer, STALL_SYNC_ERROR_NOT_THIS_STALL, "“Old Mill”");
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 2);
  g_assert_false (has (fixture->store, "product:1"));
  /* its own it knows again, also when that forgot where they were */
  test_peer_forget (own);
  stall_sync_report_free (sync_whole (fixture->store, own));
  g_assert_cmpint (count_unsent (fixture->store), ==, 0);
}

/* Who begins on a second laptop has given the stall a name there, and nothing more. */
static void
test_just_begun (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = test_peer_new ();

  put (fixture->store, "stall:profile", OURS);
  test_peer_put (peer, "stall:profile", "3-c", "b a", THEIRS);
  test_peer_put (peer, "product:1", "1-a", "", "{\"kind\":\"product\",\"title\":\"x\"}");
  stall_sync_report_free (sync_whole (fixture->store, peer));
  g_assert_true (has (fixture->store, "product:1"));
}

/* Nobody vouches for it. */
static const char own_certificate[]
    = "-----BEGIN CERTIFICATE-----\n"
      "MIIBjjCCATOgAwIBAgIUZBrpZbmF2T01TtjocWtt3YeiJ9cwCgYIKoZIzj0EAwIw\n"
      "GzEZMBcGA1UEAwwQcGxhdGZvcm0uZXhhbXBsZTAgFw0yNjExMjIxMjQ3NTFaGA8y\n"
      "MTI2MTAyOTEyNDc1MVowGzEZMBcGA1UEAwwQcGxhdGZvcm0uZXhhbXBsZTBZMBMG\n"
      "ByqGSM49AgEGCCqGSM49AwEHA0IABL0OJTvpSJSJwVowPfkAVQbzdmKCiV1ipOcs\n"
      "wBuPRoWLQiJNtIYZHFIsB375lGQux5vUWnndzMS4SJHYuG+MTqWjUzBRMB0GA1Ud\n"
      "DgQWBBTA6IgCIxtBibdP6n6uVY9IugeQajAfBgNVHSMEGDAWgBTA6IgCIxtBibdP\n"
      "6n6uVY9IugeQajAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDW\n"
      "Rrj6YnIIj50dFTOXtx2xhj+9YcxH83kRKP2Id2O2IgIhAISwwjpLQuGhm7zGC293\n"
      "GL5YgqzcnB45t8Bk9VcsjzMj\n"
      "-----END CERTIFICATE-----\n"
      "-----BEGIN PRIVATE KEY-----\n"
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEeZi3DhpwrcF1QHi\n"
      "xJOg+rYjJzveiXM0ulrmXJFO9NWhRANCAAS9DiU76UiUicFaMD35AFUG83Zigold\n"
      "YqTnLMAbj0aFi0IiTbSGGRxSLAd++ZRkLseb1Fp53czEuEiR2LhvjE6l\n"
      "-----END PRIVATE KEY-----\n";

static void
greeted_cb (GObject *connection, GAsyncResult *result, gpointer data)
{
  g_assert_false (g_tls_connection_handshake_finish (G_TLS_CONNECTION (connection), result, NULL));
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             GTlsCertificate *certificate)
{
  g_autoptr (GIOStream) tls
      = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, greeted_cb,
                                    NULL);
  return TRUE;
}

static void
test_certificate (Fixture *fixture)
{
  g_autoptr (GTlsCertificate) certificate
      = g_tls_certificate_new_from_pem (own_certificate, -1, NULL);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/stall", port);
  g_autoptr (StallRemote) remote = stall_remote_new (address, FALSE, NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), certificate);
  put (fixture->store, "remark:1", RED);
  g_assert_null (dex_await_boxed (stall_replicate (fixture->store, remote, NULL), &error));
  g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_CERTIFICATE);
  g_test_message ("a person reads: %s", error->message);
  g_assert_cmpint (count_unsent (fixture->store), ==, 1);
  g_socket_service_stop (service);
}

/* At whatever request the Wi-Fi puts itself between. */
static void
test_wifi (Fixture *fixture)
{
  static const char *const requests[] = { "GET ",           "GET _local/",     "GET _changes",
                                          "POST _bulk_get", "POST _revs_diff", "POST _bulk_docs",
                                          "PUT _local/" };
  g_autoptr (TestPeer) peer = test_peer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (guint html = 0; html < 2; html++)
      {
        g_autofree char *mine = g_strdup_printf ("remark:mine%u-%u", i, html);
        g_autofree char *theirs = g_strdup_printf ("remark:theirs%u-%u", i, html);
        TestFault fault = html ? FAULT_HTML : FAULT_REDIRECT;

        put (fixture->store, mine, RED);
        put (fixture->store, mine, BLUE);
        test_peer_put (peer, theirs, "2-b", "a", RED);
        test_peer_fail (peer, requests[i], fault, 0, 1);
        if (html)
          assert_fails (fixture, peer, STALL_SYNC_ERROR_LOGIN_PAGE, "Open a browser");
        else
          assert_fails (fixture, peer, STALL_SYNC_ERROR_REDIRECTED, "Nothing was sent there");
        stall_sync_report_free (sync_whole (fixture->store, peer));
        g_assert_true (has (fixture->store, theirs));
        g_assert_cmpint (count_unsent (fixture->store), ==, 0);
      }
}

static gint64
measure_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

/* Three gigabytes of anything: given up long before, and the next attempt goes well. */
static void
test_floods (Fixture *fixture)
{
  static const struct
  {
    const char *what;
    const char *text;
    const char *more;
  } cases[] = {
    { "GET ", "{\"db_name\":\"", "xxxxxxxx" },
    { "GET _local/", " ", "        " },
    { "GET _changes", " ", " \n\n\n " },
    { "GET _changes", "{\"results\":[", "\n\n\n\n" },
    { "GET _changes", "{\"results\":[{\"id\":\"", "xxxxxxxx" },
    { "GET _changes", "{\"results\":[", "{\"id\":\"remark:1\",\"changes\":[]},\n" },
    { "GET _changes", "{\"results\":[],\"last_seq\":", "11111111" },
    { "POST _bulk_get", "{\"results\":[", "{\"docs\":[]}," },
    { "POST _revs_diff", "{\"remark:1\":", "[" },
    { "POST _bulk_docs", "[", "{\"ok\":true}," },
    { "PUT _local/", "x", "xxxxxxxx" },
  };
  g_autoptr (TestPeer) peer = test_peer_new ();
  gint64 before = measure_memory ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mine = g_strdup_printf ("remark:mine%u", i);
      g_autofree char *theirs = g_strdup_printf ("remark:theirs%u", i);

      put (fixture->store, mine, RED);
      test_peer_put (peer, theirs, "2-b", "a", RED);
      g_test_message ("%s %s%s…", cases[i].what, cases[i].text, cases[i].more);
      test_peer_flood (peer, cases[i].what, cases[i].text, cases[i].more);
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (StallSyncReport) report = try_sync (fixture->store, peer, &error);

        /* where a smaller answer would do, that is asked for at once */
        g_test_message ("a person reads: %s", error != NULL ? error->message : "nothing");
        g_assert_true (report != NULL || error->domain == STALL_SYNC_ERROR);
      }
      stall_sync_report_free (sync_whole (fixture->store, peer));
      g_assert_true (has (fixture->store, theirs));
      g_assert_cmpint (count_unsent (fixture->store), ==, 0);
    }
  g_test_message ("at most %d MB of memory", (int) (measure_memory () - before));
  /* 0.4 GB; a sanitizer keeps more */
  g_assert_cmpint (measure_memory () - before, <, 2048);
}

/* What nobody can read is named in the report, and the rest comes. */
static void
test_over_the_limits (Fixture *fixture)
{
  g_autofree char *spaces = g_strnfill (33 * 1024 * 1024, ' ');
  g_autofree char *large = g_strdup_printf ("{\"kind\":\"remark\",\"text\":\"%s\"}", spaces);
  g_autofree char *open = g_strnfill (10000, '[');
  g_autofree char *close = g_strnfill (10000, ']');
  g_autofree char *deep = g_strdup_printf ("{\"kind\":\"remark\",\"text\":%s%s}", open, close);
  const char *const bodies[] = { large, deep, "{\"kind\":\"remark\",\"text\":[1,,2]}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (guint first = 0; first < 2; first++)
      {
        g_autoptr (TestPeer) peer = test_peer_new ();
        g_autoptr (StallSyncReport) report = NULL;
        g_autoptr (StallSyncReport) again = NULL;
        g_autofree char *bad = g_strdup_printf ("remark:bad%u-%u", i, first);
        g_autofree char *id = g_strdup_printf ("remark:good%u-%u", i, first);
        const char *revision = first ? "1-a" : "2-b";
        const char *ancestors = first ? "" : "a";

        test_peer_put (peer, bad, revision, ancestors, bodies[i]);
        test_peer_put (peer, id, revision, ancestors, RED);
        report = sync_whole (fixture->store, peer);
        g_assert_cmpuint (report->n_missing, ==, 1);
        g_assert_true (has (fixture->store, id));
        g_assert_false (has (fixture->store, bad));
        /* it is not asked for at every attempt */
        again = sync_whole (fixture->store, peer);
        g_assert_cmpuint (again->n_pulled + again->n_missing, ==, 0);
        /* and comes once it is mended */
        test_peer_put (peer, bad, first ? "2-c" : "3-c", first ? "a" : "b a", RED);
        stall_sync_report_free (sync_whole (fixture->store, peer));
        g_assert_true (has (fixture->store, bad));
      }
}

/* A body of every kind under an id of every kind, and ids that only begin like one. */
static void
test_shapes (Fixture *fixture)
{
  static const char *const ids[] = { "KIND:xN",           "KIND:",    "KIND",
                                     "KIND:x:y:zN",       "KIND:\"N", "KIND:摊/N",
                                     "KIND:note:n:2026-N" };
  g_autoptr (TestPeer) peer = test_peer_new ();
  g_autoptr (StallSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = NULL;
  guint n = 0;

  test_peer_put (peer, "remark:good", "1-a", "", RED);
  for (guint kind = 0; kind < STALL_N_KINDS; kind++)
    for (guint body = 0; body < STALL_N_KINDS; body++)
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          const char *of_id = kind > 0 ? stall_kind_to_string (kind) : "oracle";
          const char *of_body = body > 0 ? stall_kind_to_string (body) : "oracle";
          g_autofree char *number = g_strdup_printf ("%u", body);
          g_autofree char *text = g_strdup_printf (
              "{\"kind\":\"%s\",\"v\":%u,\"at\":\"x\",\"lines\":{},\"variants\":7,\"title\":[],"
              "\"order\":\"product:1\",\"poll\":null,\"quantity\":1e400,\"options\":[[]]}",
              of_body, i);
          g_autoptr (GString) id = g_string_new (ids[i]);

          g_string_replace (id, "KIND", of_id, 0);
          if (g_string_replace (id, "N", number, 0) == 0 && body > 0)
            continue;
          test_peer_put (peer, id->str, "1-a", "", text);
          n++;
        }
  report = sync_whole (fixture->store, peer);
  g_assert_cmpuint (report->n_missing + report->n_pulled, ==, n + 1);
  g_test_message ("%u documents, %u of them could not be read", n, (guint) report->n_missing);
  g_assert_true (has (fixture->store, "remark:good"));
  found = dex_await_boxed (stall_store_check (fixture->store), &error);
  g_assert_no_error (error);
  /* each that means nothing is named, and nothing else is wrong */
  g_assert_cmpuint (g_strv_length (found), >, 0);
  for (guint i = 0; found[i] != NULL; i++)
    g_assert_nonnull (strstr (found[i], "is set aside"));
}

int
main (int argc, char **argv)
{
  g_autoptr (DexScheduler) pool = NULL;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  pool = dex_ref (dex_thread_pool_scheduler_get_default ());
  test_add ("/bad-input/something-else", test_something_else);
  test_add ("/bad-input/other-database", test_other_database);
  test_add ("/bad-input/other-stall", test_other_stall);
  test_add ("/bad-input/just-begun", test_just_begun);
  test_add ("/bad-input/certificate", test_certificate);
  test_add ("/bad-input/wifi", test_wifi);
  test_add ("/bad-input/floods", test_floods);
  test_add ("/bad-input/over-the-limits", test_over_the_limits);
  test_add ("/bad-input/shapes", test_shapes);
  return g_test_run ();
}
