/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hand FOLDER put ID | get ID | delete ID | attach FILE: does to a stall by hand what no page or
 * verb would. `put` reads the document's body; `get` writes it behind a line with its revision;
 * `attach` prints the digest. */

#include "config.h"

#include <stdio.h>

#include "stall-async.h"
#include "stall-store.h"

static GMainLoop *loop;
static char **arguments;

static GBytes *
read_all (FILE *file)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 chunk[65536];
  gsize n;

  while ((n = fread (chunk, 1, sizeof chunk, file)) > 0)
    g_byte_array_append (bytes, chunk, n);
  return g_byte_array_free_to_bytes (bytes);
}

static void
apply (StallStore *store, StallDocument *document, const char *deleted)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("By hand");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (document != NULL)
    stall_change_set_put (changes, document);
  else
    stall_change_set_delete (changes, deleted);
  receipt = dex_await_boxed (stall_store_apply (store, changes), &error);
  g_assert_no_error (error);
}

static void
act (StallStore *store, const char *what, const char *argument)
{
  g_autoptr (StallDocument) present = dex_await_object (stall_store_load (store, argument), NULL);
  const char *revision = present != NULL ? stall_document_get_revision (present) : NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (what, "put"))
    {
      g_autoptr (GBytes) body = read_all (stdin);
      g_autoptr (StallDocument) document
          = stall_document_new_revision (argument, body, revision, FALSE);

      apply (store, document, NULL);
    }
  else if (g_str_equal (what, "delete"))
    apply (store, NULL, argument);
  else if (g_str_equal (what, "get") && present != NULL)
    {
      GBytes *body = stall_document_get_body (present);

      g_print ("%s\n", revision);
      fwrite (g_bytes_get_data (body, NULL), 1, g_bytes_get_size (body), stdout);
    }
  else if (g_str_equal (what, "attach"))
    {
      FILE *file = fopen (argument, "rb");
      g_autoptr (GBytes) content = read_all (file);
      g_autofree char *digest = dex_await_string (stall_store_attach (store, content), &error);

      fclose (file);
      g_assert_no_error (error);
      g_print ("%s\n", digest);
    }
}

static DexFuture *
run_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallStore) store = dex_await_object (
      stall_store_open (arguments[1], STALL_STORE_WRITE | STALL_STORE_CREATE), &error);

  g_assert_no_error (error);
  act (store, arguments[2], arguments[3]);
  dex_await (stall_store_close (store), &error);
  g_assert_no_error (error);
  g_main_loop_quit (loop);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_autoptr (DexScheduler) pool = NULL;

  dex_init ();
  pool = dex_ref (dex_thread_pool_scheduler_get_default ());
  arguments = argv;
  if (argc != 4)
    return 2;
  loop = g_main_loop_new (NULL, FALSE);
  dex_future_disown (dex_scheduler_spawn (dex_scheduler_get_default (), 0, run_fiber, NULL, NULL));
  g_main_loop_run (loop);
  return 0;
}
