/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-attempt.h"

#include "stall-async.h"
#include "stall-enclosed.h"
#include "stall-incoming.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

/* Attachments come after the text: small ones many at a time inside their documents, what did not
 * come so and large ones a few side by side, straight to disk. */

#define BATCH 1000

typedef struct _Round Round;
typedef gboolean (*Step) (Round *self, gpointer item, GError **error);

/* Workers that take items from one list. */
struct _Round
{
  StallAttempt *attempt;
  Step step;
  GPtrArray *items;
  guint next;
  GPtrArray *singles; /* what is to be fetched one by one */
  gboolean refused;   /* the peer does not send attachments inside of documents */
};

static DexFuture *
worker_fiber (gpointer data)
{
  Round *round = data;
  GError *error = NULL;

  while (round->next < round->items->len)
    if (!round->step (round, g_ptr_array_index (round->items, round->next++), &error))
      {
        round->next = round->items->len;
        return dex_future_new_for_error (error);
      }
  return dex_future_new_true ();
}

static gboolean
run_round (Round *round, Step step, GPtrArray *items, guint n_workers, GError **error)
{
  DexFuture *workers[STALL_SYNC_FILES];
  gboolean good = TRUE;

  g_assert (n_workers <= G_N_ELEMENTS (workers));
  round->step = step;
  round->items = items;
  round->next = 0;
  for (guint i = 0; i < n_workers; i++)
    workers[i] = stall_async (worker_fiber, round, NULL);
  /* Each is waited for: they share what lives here. */
  for (guint i = 0; i < n_workers; i++)
    good = dex_await (workers[i], good ? error : NULL) && good;
  return good;
}

/* --- one by one --- */

static gboolean
append_cb (const char *bytes, gsize size, gpointer data, GError **error)
{
  return stall_incoming_append (data, bytes, size, error);
}

static gboolean
fetch_file (Round *round, gpointer item, GError **error)
{
  StallAttempt *attempt = round->attempt;
  const StallWanted *wanted = item;
  const char *folder = stall_store_get_folder (attempt->store);
  g_autoptr (StallIncoming) incoming = stall_incoming_new (folder, wanted->length, error);
  g_autofree char *id = stall_wire_escape_id (wanted->id);
  g_autofree char *name = g_uri_escape_string (wanted->name, NULL, FALSE);
  /* Always with the revision, or another one's picture may come. */
  g_autofree char *path = g_strconcat (id, "/", name, "?rev=", wanted->revision, NULL);
  StallRemoteRequest request = { .path = path,
                                 .any_type = TRUE,
                                 .sink = append_cb,
                                 .sink_data = incoming,
                                 .cancellable = attempt->cancellable };
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_new_file_free);
  g_autoptr (GError) failed = NULL;
  StallNewFile *file = NULL;

  if (incoming == NULL)
    return FALSE;
  if (dex_await (stall_remote_send (attempt->remote, &request), &failed))
    file = stall_incoming_finish (incoming, wanted);
  /* The peer may have let go of it; perhaps a newer version comes with the next pull. */
  else if (!g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE)
           && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (file == NULL)
    {
      attempt->report.n_files_late++;
      return TRUE;
    }
  attempt->report.n_files++;
  g_ptr_array_add (files, file);
  return dex_await (stall_store_adopt_files (attempt->store, files), error);
}

/* --- inside their documents --- */

/* Each version once, whatever is wanted of it; they follow each other. */
static GBytes *
write_question (GPtrArray *list)
{
  GString *text = g_string_new ("{\"docs\":[");
  const StallWanted *before = NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const StallWanted *wanted = g_ptr_array_index (list, i);

      if (before != NULL && g_str_equal (before->id, wanted->id)
          && g_str_equal (before->revision, wanted->revision))
        continue;
      g_string_append (text, before != NULL ? ",{\"id\":" : "{\"id\":");
      stall_wire_append_string (text, wanted->id);
      g_string_append (text, ",\"rev\":");
      stall_wire_append_string (text, wanted->revision);
      g_string_append_c (text, '}');
      before = wanted;
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}

/* An answer that a peer, or what stands before it, will not give in one piece. */
static gboolean
may_go_one_by_one (const GError *error)
{
  return g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE)
         || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED)
         || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE)
         || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED)
         || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB);
}

/* What did not come is left to be fetched one by one. */
static void
keep_singles (Round *round, GPtrArray *list, GPtrArray *files)
{
  g_autoptr (GHashTable) came = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; files != NULL && i < files->len; i++)
    g_hash_table_add (came, ((StallNewFile *) files->pdata[i])->digest);
  for (guint i = 0; i < list->len; i++)
    if (!g_hash_table_contains (came, ((StallWanted *) list->pdata[i])->digest))
      g_ptr_array_add (round->singles, list->pdata[i]);
}

static gboolean
fetch_enclosed (Round *round, gpointer item, GError **error)
{
  GPtrArray *list = item;
  StallAttempt *attempt = round->attempt;
  g_autoptr (GBytes) question = write_question (list);
  StallRemoteRequest request = { .method = "POST",
                                 .path = "_bulk_get?revs=true&attachments=true",
                                 .body = question,
                                 .cancellable = attempt->cancellable };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (StallPage) page = NULL;
  g_autoptr (GError) failed = NULL;

  if (!round->refused)
    page = dex_await_object (stall_page_fetch (attempt->remote, &request), &failed);
  if (page == NULL && (round->refused || may_go_one_by_one (failed)))
    {
      round->refused = TRUE;
      keep_singles (round, list, NULL);
      return TRUE;
    }
  if (page != NULL)
    files = dex_await_boxed (
        stall_enclosed_read (page, list, stall_store_get_folder (attempt->store)), &failed);
  if (files == NULL || !dex_await (stall_store_adopt_files (attempt->store, files), &failed))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  attempt->report.n_files += files->len;
  keep_singles (round, list, files);
  return TRUE;
}

/* --- all --- */

/* Into @batches what is small; a version is never split. */
static gboolean
sort_out (Round *round, GPtrArray *list, GPtrArray *batches, GError **error)
{
  const StallWanted *before = NULL;
  GPtrArray *batch = NULL;
  gint64 size = 0;

  for (guint i = 0; i < list->len; i++)
    {
      StallWanted *wanted = g_ptr_array_index (list, i);
      gboolean same = before != NULL && g_str_equal (before->id, wanted->id)
                      && g_strcmp0 (before->revision, wanted->revision) == 0;

      before = wanted;
      if (wanted->revision == NULL)
        {
          if (!dex_await (stall_store_drop_wanted (round->attempt->store, wanted->digest), error))
            return FALSE;
          continue;
        }
      if (wanted->all_lengths > STALL_SYNC_INLINE || wanted->length == 0)
        {
          g_ptr_array_add (round->singles, wanted);
          continue;
        }
      size += same ? 0 : wanted->all_lengths;
      if (batch == NULL || (!same && size > STALL_SYNC_ENCLOSED_BYTES))
        {
          batch = g_ptr_array_new ();
          g_ptr_array_add (batches, batch);
          size = wanted->all_lengths;
        }
      g_ptr_array_add (batch, wanted);
    }
  return TRUE;
}

static gboolean
fetch_list (Round *round, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) batches
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) singles = g_ptr_array_new ();

  round->singles = singles;
  return sort_out (round, list, batches, error)
         && run_round (round, fetch_enclosed, batches, STALL_SYNC_ENCLOSED, error)
         && run_round (round, fetch_file, singles, STALL_SYNC_FILES, error);
}

/**
 * stall_pull_files:
 * @attempt: the attempt
 * @error: return location
 *
 * Fetches the attachments that documents speak of and the stall does not have, each once.
 *
 * Returns: whether it came to the end; what the peer does not have is asked for next time
 */
gboolean
stall_pull_files (StallAttempt *attempt, GError **error)
{
  Round round = { .attempt = attempt };

  stall_incoming_sweep (stall_store_get_folder (attempt->store));
  for (;;)
    {
      guint64 before = attempt->report.n_files;
      g_autoptr (GPtrArray) list
          = dex_await_boxed (stall_store_list_wanted (attempt->store, BATCH), error);

      if (list == NULL)
        return FALSE;
      if (list->len == 0)
        return TRUE;
      attempt->report.n_files_late = 0;
      if (!fetch_list (&round, list, error))
        return FALSE;
      if (attempt->report.n_files == before)
        return TRUE;
      stall_store_note_files (attempt->store);
    }
}
