/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "stall-replica.h"
#include "stall-sync-limits.h"
#include "stall-sync.h"
#include "test-network.h"
#include "test-peer.h"
#include "test-util.h"

/* When an attempt is made, how trouble is waited out, and what a person is told meanwhile. */

#define PATIENCE 60 /* s */

static TestPeer *
new_peer (void)
{
  TestPeer *peer = test_peer_new ();

  test_peer_require (peer, "secret");
  return peer;
}

static StallConnection *
connection_to (TestPeer *peer)
{
  g_autofree char *address = test_peer_get_address (peer);

  return stall_connection_new (address, "owner", STALL_SIGN_IN_PASSWORD, FALSE);
}

static gboolean
connect_with (StallSync *sync, TestPeer *peer, const char *password, GError **error)
{
  g_autoptr (StallConnection) connection = connection_to (peer);

  return dex_await_boolean (stall_sync_connect (sync, connection, password), error);
}

static void
wait_a_little (void)
{
  dex_await (dex_timeout_new_msec (10), NULL);
}

#define wait_until(condition)                                          \
  G_STMT_START                                                         \
  {                                                                    \
    gint64 end_ = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC; \
    while (!(condition) && g_get_monotonic_time () < end_)             \
      wait_a_little ();                                                \
    g_assert_true (condition);                                         \
  }                                                                    \
  G_STMT_END

static void
wait_for_state (StallSync *sync, StallSyncState state)
{
  wait_until (stall_sync_get_state (sync) == state);
}

static void
put (StallStore *store, const char *id)
{
  static const char body[] = "{\"kind\":\"remark\",\"flag\":\"red\"}";
  g_autoptr (StallDocument) before = dex_await_object (stall_store_load (store, id), NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (StallDocument) document = stall_document_new_revision (
      id, bytes, before != NULL ? stall_document_get_revision (before) : NULL, FALSE);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Edit");
  g_autoptr (StallReceipt) receipt = NULL;

  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (store, changes), NULL);
  g_assert_nonnull (receipt);
}

static gboolean
has (StallStore *store, const char *id)
{
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, id), NULL);

  return document != NULL;
}

static void
stop (StallSync *sync)
{
  g_autoptr (GError) error = NULL;

  dex_await (stall_sync_stop (sync), &error);
  g_assert_no_error (error);
}

static void
test_not_connected (Fixture *fixture)
{
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

  stall_sync_start (sync);
  put (fixture->store, "remark:a");
  g_assert_cmpint (stall_sync_get_state (sync), ==, STALL_SYNC_NOT_CONNECTED);
  g_assert_null (stall_sync_get_connection (sync));
  stop (sync);
}

/* What is written here goes there by itself, and the reverse; never is “all sent” said before. */
static void
test_looks_after_itself (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);
  g_autoptr (GError) error = NULL;

  put (fixture->store, "remark:a");
  test_peer_put (peer, "remark:there", "1-a", "", "{\"kind\":\"remark\"}");
  connect_with (sync, peer, "secret", &error);
  g_assert_no_error (error);
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_cmpuint (stall_sync_get_n_unsent (sync), ==, 0);
  g_assert_true (has (fixture->store, "remark:there"));
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 2);

  put (fixture->store, "remark:b");
  wait_until (stall_sync_get_state (sync) != STALL_SYNC_ALL_SENT
              && stall_sync_get_n_unsent (sync) == 1);
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 3);

  test_peer_put (peer, "remark:later", "1-a", "", "{\"kind\":\"remark\"}");
  wait_until (has (fixture->store, "remark:later"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stall_sync_get_log (sync))), >=, 2);
  stop (sync);
}

/* The platform is down, and comes back. */
static void
test_offline (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

  g_assert_true (connect_with (sync, peer, "secret", NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  test_peer_fail (peer, "", FAULT_STATUS, 503, 2);
  put (fixture->store, "remark:a");
  wait_until (stall_sync_get_state (sync) == STALL_SYNC_OFFLINE
              && stall_sync_get_n_unsent (sync) == 1);
  g_assert_nonnull (stall_sync_get_error (sync));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_null (stall_sync_get_error (sync));
  stop (sync);
}

/* The password was changed elsewhere: nothing is lost, and signing in again goes on. */
static void
test_sign_in_again (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);
  g_autoptr (GError) error = NULL;

  test_peer_require (peer, "old");
  g_assert_false (connect_with (sync, peer, "wrong", &error));
  g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN);
  g_assert_cmpint (stall_sync_get_state (sync), ==, STALL_SYNC_NOT_CONNECTED);
  g_assert_true (connect_with (sync, peer, "old", NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);

  test_peer_require (peer, "new");
  test_peer_expire (peer);
  put (fixture->store, "remark:a");
  wait_until (stall_sync_get_state (sync) == STALL_SYNC_NEEDS_YOU
              && stall_sync_get_n_unsent (sync) == 1);
  g_assert_error (stall_sync_get_error (sync), STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN);

  g_assert_true (connect_with (sync, peer, "new", NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 1);
  stop (sync);
}

/* The next start finds the address with the stall and the password in the Secret Service. */
static void
test_start (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallConnection) connection = connection_to (peer);
  g_autofree char *file = g_build_filename (fixture->folder, "platform.ini", NULL);
  g_autofree char *text = NULL;

  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

      put (fixture->store, run == 0 ? "remark:a" : "remark:b");
      if (run == 0)
        g_assert_true (connect_with (sync, peer, "secret", NULL));
      else
        stall_sync_start (sync);
      /* Not before it is known that nothing is unsent. */
      wait_for_state (sync, STALL_SYNC_ALL_SENT);
      g_assert_cmpuint (test_peer_get_n_documents (peer), ==, run + 1);
      g_assert_cmpstr (stall_sync_get_connection (sync)->address, ==, connection->address);
      stop (sync);
    }
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_null (strstr (text, "secret"));
}

/* A computer without a Secret Service: the secret is for this run, and the next one asks. */
static void
test_without_secret_service (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) first = stall_sync_new (fixture->store);
  g_autoptr (StallSync) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (connect_with (first, peer, "secret", &error));
  g_assert_no_error (error);
  wait_for_state (first, STALL_SYNC_ALL_SENT);
  stop (first);

  second = stall_sync_new (fixture->store);
  stall_sync_start (second);
  wait_for_state (second, STALL_SYNC_NEEDS_YOU);
  g_assert_error (stall_sync_get_error (second), STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN);
  stop (second);
}

static void
test_no_secret_service (void)
{
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "SECRET_FILE_TEST_PASSWORD");

  environment = g_environ_setenv (environment, "TEST_NO_SECRETS", "1", TRUE);
  g_test_trap_subprocess_with_envp ("/sync/no-secret-service/subprocess",
                                    (const char *const *) environment, 0,
                                    G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* One refused thing is set aside, needs the owner, and the rest goes on. */
static void
test_stuck (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

  test_peer_forbid (peer, "remark:bad");
  put (fixture->store, "remark:bad");
  put (fixture->store, "remark:good");
  g_assert_true (connect_with (sync, peer, "secret", NULL));
  wait_for_state (sync, STALL_SYNC_NEEDS_YOU);
  g_assert_null (stall_sync_get_error (sync));
  g_assert_cmpuint (stall_sync_get_n_stuck (sync), ==, 1);
  g_assert_cmpuint (test_peer_get_n_documents (peer), ==, 1);

  g_assert_true (dex_await (stall_sync_retry (sync, NULL), NULL));
  wait_until (stall_sync_get_n_stuck (sync) == 1
              && stall_sync_get_state (sync) == STALL_SYNC_NEEDS_YOU);
  g_assert_true (dex_await (stall_sync_keep_here (sync, "remark:bad"), NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_cmpuint (stall_sync_get_n_stuck (sync), ==, 0);
  stop (sync);
}

static void
test_sign_out (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);
  g_autoptr (StallConnection) left = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (connect_with (sync, peer, "secret", NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  test_peer_fail (peer, "", FAULT_RESET, 0, 1000);
  put (fixture->store, "remark:a");
  wait_for_state (sync, STALL_SYNC_OFFLINE);
  g_assert_false (dex_await (stall_sync_sign_out (sync, FALSE), &error));
  g_assert_error (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_UNSENT);
  g_assert_nonnull (stall_sync_get_connection (sync));

  g_assert_true (dex_await (stall_sync_sign_out (sync, TRUE), NULL));
  g_assert_cmpint (stall_sync_get_state (sync), ==, STALL_SYNC_NOT_CONNECTED);
  left = stall_connection_load (fixture->folder);
  g_assert_null (left);
  g_assert_true (has (fixture->store, "remark:a"));
}

/* A page of the Wi-Fi: a person has to do something, and no attempt is made every second. */
static void
test_login_page (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

  g_assert_true (connect_with (sync, peer, "secret", NULL));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  test_peer_fail (peer, "", FAULT_HTML, 0, 1);
  put (fixture->store, "remark:a");
  wait_for_state (sync, STALL_SYNC_NEEDS_YOU);
  g_assert_error (stall_sync_get_error (sync), STALL_SYNC_ERROR, STALL_SYNC_ERROR_LOGIN_PAGE);
  stall_sync_now (sync);
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  stop (sync);
}

static void
test_back_off (void)
{
  g_assert_cmpuint (stall_sync_back_off (0, 0), ==, STALL_SYNC_BACK_OFF / 2);
  g_assert_cmpuint (stall_sync_back_off (0, 1), ==, STALL_SYNC_BACK_OFF);
  g_assert_cmpuint (stall_sync_back_off (3, 1), ==, 8 * STALL_SYNC_BACK_OFF);
  for (guint n = 0; n < 100; n++)
    {
      g_assert_cmpuint (stall_sync_back_off (n, 1), <=, STALL_SYNC_MAX_BACK_OFF);
      g_assert_cmpuint (stall_sync_back_off (n + 1, 0.5), >=, stall_sync_back_off (n, 0.5));
    }
}

static void
test_log (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-log-XXXXXX", NULL);
  StallSyncReport report = { .n_pulled = 3, .n_received = 1000 };

  for (guint run = 0; run < 2; run++)
    {
      g_autoptr (StallSyncLog) log = stall_sync_log_new (folder);
      StallSyncEntry *newest = stall_sync_log_get_newest (log);

      if (run == 1)
        {
          g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==,
                            STALL_SYNC_LOG_LENGTH);
          g_assert_cmpstr (stall_sync_entry_get_problem (newest), ==, "Down");
          stall_sync_log_forget (log);
          g_assert_null (stall_sync_log_get_newest (log));
          break;
        }
      for (guint i = 0; i < 2 * STALL_SYNC_LOG_LENGTH; i++)
        {
          g_autoptr (StallSyncEntry) entry = stall_sync_entry_new (TEST_NOON + i, &report, NULL);

          stall_sync_log_add (log, entry);
        }
      /* The same trouble again and again is one line. */
      for (guint i = 0; i < 3; i++)
        {
          g_autoptr (StallSyncEntry) entry = stall_sync_entry_new (TEST_NOON, NULL, "Down");

          stall_sync_log_add (log, entry);
        }
      newest = stall_sync_log_get_newest (log);
      g_assert_cmpstr (stall_sync_entry_get_problem (newest), ==, "Down");
    }
  test_remove_folder (folder);
}

static void
put_picture (TestPeer *peer, const char *id, const char *data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"_id\":\"%s\",\"_rev\":\"1-a\",\"kind\":\"product\",\"title\":\"x\","
      "\"_attachments\":{\"a\":{\"content_type\":\"image/png\",\"data\":\"%s\"}}}",
      id, data);

  g_assert_null (test_peer_store (peer, text, strlen (text), NULL));
}

static gboolean
has_picture (StallStore *store, TestPeer *peer, const char *id)
{
  g_autofree char *body = test_peer_get_body (peer, id);
  const char *from = strstr (body, "md5-");
  g_autofree char *digest = g_strndup (from, strcspn (from, "\""));
  g_autofree char *path = stall_store_get_attachment_path (store, digest);

  return path != NULL;
}

/* Where every byte costs, pictures wait until they are asked for or cost nothing; text does not. */
static void
test_metered (Fixture *fixture)
{
  g_autoptr (TestPeer) peer = new_peer ();
  g_autoptr (StallSync) sync = stall_sync_new (fixture->store);

  test_network_set_metered (TRUE);
  put_picture (peer, "product:1", "b25l");
  g_assert_true (connect_with (sync, peer, "secret", NULL));
  wait_until (has (fixture->store, "product:1") && stall_sync_get_pictures_wait (sync));
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  put (fixture->store, "remark:a");
  wait_until (test_peer_get_n_documents (peer) == 2);
  wait_for_state (sync, STALL_SYNC_ALL_SENT);
  g_assert_false (has_picture (fixture->store, peer, "product:1"));
  g_assert_true (stall_sync_get_pictures_wait (sync));

  stall_sync_fetch_pictures (sync);
  wait_until (has_picture (fixture->store, peer, "product:1")
              && !stall_sync_get_pictures_wait (sync));

  /* That was for once. */
  put_picture (peer, "product:2", "dHdv");
  wait_until (has (fixture->store, "product:2") && stall_sync_get_pictures_wait (sync));
  g_assert_false (has_picture (fixture->store, peer, "product:2"));
  test_network_set_metered (FALSE);
  wait_until (has_picture (fixture->store, peer, "product:2")
              && !stall_sync_get_pictures_wait (sync));
  stop (sync);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "test.keyring", NULL);
  int status;

  /* libsecret’s own file, so that no test asks the keyring of who runs it. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  if (g_getenv ("TEST_NO_SECRETS") == NULL)
    g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_network_install ();
  g_test_add_func ("/sync/back-off", test_back_off);
  g_test_add_func ("/sync/log", test_log);
  test_add ("/sync/not-connected", test_not_connected);
  test_add ("/sync/looks-after-itself", test_looks_after_itself);
  test_add ("/sync/offline", test_offline);
  test_add ("/sync/sign-in-again", test_sign_in_again);
  test_add ("/sync/start", test_start);
  g_test_add_func ("/sync/no-secret-service", test_no_secret_service);
  test_add ("/sync/no-secret-service/subprocess", test_without_secret_service);
  test_add ("/sync/stuck", test_stuck);
  test_add ("/sync/sign-out", test_sign_out);
  test_add ("/sync/login-page", test_login_page);
  test_add ("/sync/metered", test_metered);
  status = g_test_run ();
  test_remove_folder (folder);
  return status;
}
