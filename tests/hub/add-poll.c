/* SPDX-License-Identifier: GPL-3.0-or-later */
/* add-poll FOLDER SECONDS shown|hidden|VOTES [PICTURE…]: puts a poll that is open for so long into
 * a stall, and prints its id and those of its options. */

#include "config.h"

#include "stall-async.h"
#include "stall-votes.h"

static GMainLoop *loop;
static char **arguments;

/* Each option gets the next picture, as long as there are any. */
static void
add_pictures (StallStore *store, StallPoll *poll, GPtrArray *options)
{
  for (guint i = 0; i < options->len && arguments[4 + i] != NULL; i++)
    {
      StallPollOption *option = g_ptr_array_index (options, i);
      g_autofree char *name = g_strdup_printf ("%u.png", i);
      g_autofree char *digest = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      char *data;
      gsize size;

      g_file_get_contents (arguments[4 + i], &data, &size, &error);
      g_assert_no_error (error);
      bytes = g_bytes_new_take (data, size);
      digest = dex_await_string (stall_store_attach (store, bytes), &error);
      g_assert_no_error (error);
      g_set_str (&option->picture, name);
      g_set_str (&option->digest, digest);
      stall_poll_set_attachment (poll, name, "image/png", (gint64) size, digest);
    }
}

static StallPoll *
make_poll (StallStore *store)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  StallTime now = stall_time_now ();

  g_ptr_array_add (options, stall_poll_option_new ("Lilac <丁香>"));
  g_ptr_array_add (options, stall_poll_option_new ("Plum & “plum”"));
  g_ptr_array_add (options, stall_poll_option_new ("Sage"));
  add_pictures (store, poll, options);
  stall_poll_set_question (poll, "Which colour? <script>alert(1)</script>");
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, now);
  stall_poll_set_closes_at (poll, now + g_ascii_strtoll (arguments[2], NULL, 10) * STALL_SECOND);
  stall_poll_set_threshold_votes (poll, atoi (arguments[3]));
  stall_poll_set_hidden (poll, g_str_equal (arguments[3], "hidden"));
  g_print ("%s\n", stall_poll_get_id (poll));
  for (guint i = 0; i < options->len; i++)
    g_print ("%s\n", ((StallPollOption *) g_ptr_array_index (options, i))->id);
  return poll;
}

static DexFuture *
add_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallStore) store = dex_await_object (
      stall_store_open (arguments[1], STALL_STORE_WRITE | STALL_STORE_CREATE), &error);
  g_autoptr (StallPoll) poll = NULL;

  g_assert_no_error (error);
  poll = make_poll (store);
  g_boxed_free (STALL_TYPE_RECEIPT, dex_await_boxed (stall_store_save_poll (store, poll), &error));
  g_assert_no_error (error);
  dex_await (stall_store_close (store), &error);
  g_assert_no_error (error);
  g_main_loop_quit (loop);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  arguments = argv;
  loop = g_main_loop_new (NULL, FALSE);
  stall_spawn (add_fiber, NULL, NULL);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);
  return 0;
}
