/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-attempt.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-feed.h"
#include "stall-replica.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"

/* A page goes through these stations: the feed, read beside the main thread, what of it is missing,
 * those revisions, written. Two pages are under way at a time, so that the platform looks for the
 * revisions of one while those of the other are read; they are written in their order. */

/* How much of the feed or of documents is asked for at a time, so that memory stays flat whatever
 * their size. */
#define FIRST_LIMIT 200
#define MIN_LIMIT 10
#define PAGE_BYTES (8 * 1024 * 1024)

typedef struct
{
  StallAttempt *attempt;
  StallCheckpoint *checkpoint;
  DexFuture *older;        /* pages under way, or NULL */
  DexFuture *newer;        /* and the one behind it */
  DexFuture *writing;      /* of the page before, or NULL */
  guint row_limit;         /* of the next page */
  guint fetch_limit;       /* of the next batch of revisions */
  gboolean with_documents; /* rows bring their document: pays while most are first revisions */
  gboolean no_bulk_get;    /* the peer does not know _bulk_get */
} Pull;

static void
pull_clear (Pull *self)
{
  dex_clear (&self->writing);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

static guint
adapt_limit (guint limit, guint n, gsize size, guint most)
{
  gsize each = n > 0 ? size / n + 1 : 1;

  if (n == 0)
    return limit;
  return CLAMP (PAGE_BYTES / each, MIN_LIMIT, most);
}

static DexFuture *
ask_for_page (Pull *self, JsonNode *since)
{
  g_autofree char *path
      = stall_feed_make_path (since, self->row_limit, self->with_documents, FALSE);

  return stall_page_fetch (
      self->attempt->remote,
      &(StallRemoteRequest) { .path = path, .cancellable = self->attempt->cancellable });
}

/* --- what is missing --- */

/* The names in rows, each once. Design documents are the platform’s own. */
static GPtrArray *
list_names (GPtrArray *rows)
{
  GPtrArray *names = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_revision_name_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const StallChangeRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->revisions->len; j++)
        {
          const char *revision = g_ptr_array_index (row->revisions, j);

          if (!g_str_has_prefix (row->id, "_design/")
              && g_hash_table_add (seen, g_strconcat (revision, " ", row->id, NULL)))
            g_ptr_array_add (names, stall_revision_name_new (row->id, revision));
        }
    }
  return names;
}

/* Takes from the rows what they bring themselves; the rest stays in @missing. */
static void
take_from_rows (GPtrArray *rows, GPtrArray *missing, GPtrArray *revisions)
{
  g_autoptr (GHashTable) bodies = g_hash_table_new (g_str_hash, g_str_equal);
  guint kept = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      StallChangeRow *row = g_ptr_array_index (rows, i);

      if (row->body != NULL)
        g_hash_table_insert (bodies, row->id, row);
    }
  for (guint i = 0; i < missing->len; i++)
    {
      StallRevisionName *name = g_ptr_array_index (missing, i);
      StallChangeRow *row = g_hash_table_lookup (bodies, name->id);

      if (row != NULL && row->body != NULL
          && strcmp (stall_document_get_revision (row->body->document), name->revision) == 0)
        {
          g_ptr_array_add (revisions, g_steal_pointer (&row->body));
          stall_revision_name_free (name);
        }
      else
        missing->pdata[kept++] = name;
    }
  /* What was freed must not be freed again. */
  missing->len = kept;
}

/* Rows with their documents pay when at least half of what is missing are first revisions. */
static gboolean
documents_would_pay (GPtrArray *missing)
{
  guint n_first = 0;

  for (guint i = 0; i < missing->len; i++)
    n_first += g_str_has_prefix (((StallRevisionName *) missing->pdata[i])->revision, "1-");
  return 2 * n_first > missing->len;
}

/* --- fetching --- */

static GBytes *
write_question (GPtrArray *names, guint from, guint n)
{
  GString *text = g_string_new ("{\"docs\":[");

  for (guint i = from; i < from + n; i++)
    {
      const StallRevisionName *name = g_ptr_array_index (names, i);

      g_string_append (text, i > from ? ",{\"id\":" : "{\"id\":");
      stall_wire_append_string (text, name->id);
      g_string_append (text, ",\"rev\":");
      stall_wire_append_string (text, name->revision);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}

/* A newer revision than the one asked for is as good: the one asked for is in its history. */
static gboolean
answers (StallPeerRevision *revision, const StallRevisionName *name)
{
  gint64 generation, distance;
  const char *hash;

  if (strcmp (stall_document_get_id (revision->document), name->id) != 0
      || !stall_revision_parse (name->revision, &generation, &hash))
    return FALSE;
  distance = revision->generation - generation;
  return distance >= 0 && distance < (gint64) g_strv_length (revision->history)
         && strcmp (revision->history[distance], hash) == 0;
}

/* The names that none of the revisions answers. */
static GPtrArray *
list_unanswered (GPtrArray *names, guint from, guint n, GPtrArray *revisions, guint first)
{
  GPtrArray *open = g_ptr_array_new ();
  g_autoptr (GHashTable) by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = first; i < revisions->len; i++)
    {
      StallPeerRevision *revision = g_ptr_array_index (revisions, i);
      const char *id = stall_document_get_id (revision->document);
      GPtrArray *of_id = g_hash_table_lookup (by_id, id);

      if (of_id == NULL)
        g_hash_table_insert (by_id, (gpointer) id, of_id = g_ptr_array_new ());
      g_ptr_array_add (of_id, revision);
    }
  for (guint i = from; i < from + n; i++)
    {
      const StallRevisionName *name = g_ptr_array_index (names, i);
      GPtrArray *of_id = g_hash_table_lookup (by_id, name->id);
      gboolean answered = FALSE;

      for (guint j = 0; of_id != NULL && j < of_id->len && !answered; j++)
        answered = answers (g_ptr_array_index (of_id, j), name);
      if (!answered)
        g_ptr_array_add (open, (gpointer) name);
    }
  return open;
}

static gboolean
append_page (StallPage *page, GPtrArray *revisions, GError **error)
{
  g_autoptr (GPtrArray) more = dex_await_boxed (stall_page_read_revisions (page), error);

  if (more == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (revisions, g_steal_pointer (&more));
  return TRUE;
}

static gboolean
wrap_cb (const char *bytes, gsize size, gpointer data, GError **error)
{
  return stall_json_splitter_feed (data, bytes, size, error);
}

/* What cannot be read counts as not there. */
static gboolean
result_cb (const char *text, gsize size, gpointer data, GError **error)
{
  stall_wire_read_results (text, size, data, NULL);
  return TRUE;
}

/* One revision by itself: for a peer without _bulk_get, and for what one did not have at first.
 * @found FALSE: the peer does not have it. */
static gboolean
fetch_single (Pull *self,
              const StallRevisionName *name,
              GPtrArray *revisions,
              gboolean *found,
              GError **error)
{
  guint before = revisions->len;
  g_autofree char *id = stall_wire_escape_id (name->id);
  g_autofree char *list = g_strconcat ("[\"", name->revision, "\"]", NULL);
  g_autofree char *escaped = g_uri_escape_string (list, NULL, FALSE);
  g_autofree char *path = g_strconcat (id, "?revs=true&latest=true&open_revs=", escaped, NULL);
  g_autoptr (StallJsonSplitter) splitter = stall_json_splitter_new (result_cb, revisions);
  g_autoptr (GError) failed = NULL;
  StallRemoteRequest request = {
    .path = path, .sink = wrap_cb, .sink_data = splitter, .cancellable = self->attempt->cancellable
  };
  g_autofree char *outer = NULL;

  /* The answer is an array without an object around it. */
  stall_json_splitter_feed (splitter, "{\"results\":", 11, NULL);
  *found = FALSE;
  if (dex_await (stall_remote_send (self->attempt->remote, &request), &failed)
      && stall_json_splitter_feed (splitter, "}", 1, &failed)
      && (outer = stall_json_splitter_finish (splitter, &failed)) != NULL)
    {
      *found = revisions->len > before;
      return TRUE;
    }
  if (g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* What a peer named and then did not have: a node of a cluster may be behind, so once more after a
 * moment; then it is counted as missing and the rest goes on. */
static gboolean
fetch_again (Pull *self, GPtrArray *names, GPtrArray *revisions, GError **error)
{
  if (names->len == 0)
    return TRUE;
  dex_await (dex_timeout_new_msec (STALL_SYNC_MISSING_WAIT), NULL);
  for (guint i = 0; i < names->len; i++)
    {
      gboolean found = FALSE;

      if (i < STALL_SYNC_MAX_SINGLE
          && !fetch_single (self, g_ptr_array_index (names, i), revisions, &found, error))
        return FALSE;
      self->attempt->report.n_missing += !found;
    }
  return TRUE;
}

static gboolean
fetch_singles (Pull *self, GPtrArray *names, guint from, GPtrArray *revisions, GError **error)
{
  for (guint i = from; i < names->len; i++)
    {
      gboolean found;

      if (!fetch_single (self, g_ptr_array_index (names, i), revisions, &found, error))
        return FALSE;
      self->attempt->report.n_missing += !found;
    }
  return TRUE;
}

static guint
count_ids (GPtrArray *names, guint from, guint n)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = from; i < from + n; i++)
    g_hash_table_add (ids, ((StallRevisionName *) g_ptr_array_index (names, i))->id);
  return g_hash_table_size (ids);
}

/* Whether the database itself is still there; a peer without _bulk_get answers 404 as well. */
static gboolean
is_there (Pull *self, GError **error)
{
  StallRemoteRequest request = { .path = "", .cancellable = self->attempt->cancellable };
  g_autoptr (JsonObject) answer
      = dex_await_boxed (stall_remote_send_for_object (self->attempt->remote, &request), error);

  return answer != NULL;
}

static gboolean
fetch_batch (Pull *self,
             GPtrArray *names,
             guint from,
             guint n,
             GPtrArray *revisions,
             guint *n_taken,
             GError **error)
{
  g_autoptr (GBytes) question = write_question (names, from, n);
  StallRemoteRequest request = { .method = "POST",
                                 .path = "_bulk_get?revs=true&latest=true",
                                 .body = question,
                                 .cancellable = self->attempt->cancellable };
  guint first = revisions->len;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (StallPage) page
      = dex_await_object (stall_page_fetch (self->attempt->remote, &request), &failed);

  *n_taken = n;
  if (g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE)
      || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED))
    {
      self->no_bulk_get = TRUE;
      return is_there (self, error);
    }
  if (n > MIN_LIMIT && g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE))
    {
      self->fetch_limit = MIN_LIMIT;
      return fetch_batch (self, names, from, MIN_LIMIT, revisions, n_taken, error);
    }
  if (page == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (stall_page_get_n_results (page) + stall_page_get_n_left_out (page)
      < count_ids (names, from, n))
    {
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
                           _ ("The platform’s answer broke off. It will be asked again."));
      return FALSE;
    }
  self->fetch_limit
      = adapt_limit (self->fetch_limit, n, stall_page_get_size (page), STALL_SYNC_FETCH);
  if (!append_page (page, revisions, error))
    return FALSE;
  open = list_unanswered (names, from, n, revisions, first);
  return fetch_again (self, open, revisions, error);
}

/* --- writing --- */

static gboolean
finish_writing (Pull *self, GError **error)
{
  g_autoptr (StallReceipt) receipt = NULL;

  if (self->writing == NULL)
    return TRUE;
  receipt = dex_await_boxed (g_steal_pointer (&self->writing), error);
  return receipt != NULL;
}

/* Hands revisions to the writing thread, behind those of the page @before; with @sequence also how
 * far that brings us. */
static gboolean
write_revisions (Pull *self,
                 DexFuture *before,
                 GPtrArray *revisions,
                 JsonNode *sequence,
                 GError **error)
{
  g_autofree char *record = NULL;

  if ((before != NULL && !dex_await (dex_ref (before), error)) || !finish_writing (self, error))
    return FALSE;
  /* What is on disk here by now the peer may be told. */
  if (stall_checkpoint_is_due (self->checkpoint)
      && !stall_checkpoint_tell (self->checkpoint, self->attempt->remote,
                                 self->attempt->cancellable, error))
    return FALSE;
  if (sequence != NULL)
    record = stall_checkpoint_advance (self->checkpoint, sequence);
  self->attempt->report.n_pulled += revisions->len;
  stall_attempt_tell (self->attempt);
  self->writing = stall_store_receive (self->attempt->store, revisions,
                                       stall_checkpoint_get_id (self->checkpoint), record);
  return TRUE;
}

static GPtrArray *
new_revisions (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
}

/* Fetches what is missing in batches and writes each; the last one with the page’s sequence. */
static gboolean
fetch_and_write (Pull *self,
                 DexFuture *before,
                 GPtrArray *missing,
                 GPtrArray *revisions,
                 JsonNode *sequence,
                 GError **error)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_ref (revisions);
  guint from = 0;

  while (from < missing->len)
    {
      guint n = MIN (self->fetch_limit, missing->len - from);

      if (self->no_bulk_get)
        {
          if (!fetch_singles (self, missing, from, batch, error))
            return FALSE;
          break;
        }
      if (!fetch_batch (self, missing, from, n, batch, &n, error))
        return FALSE;
      if (self->no_bulk_get)
        continue;
      from += n;
      if (from < missing->len)
        {
          if (!write_revisions (self, before, batch, NULL, error))
            return FALSE;
          g_ptr_array_unref (batch);
          batch = new_revisions ();
        }
    }
  return write_revisions (self, before, batch, sequence, error);
}

static gboolean
take_page (Pull *self, DexFuture *before, StallPage *page, GError **error)
{
  g_autoptr (GPtrArray) rows = dex_await_boxed (stall_page_read_rows (page), error);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) revisions = new_revisions ();
  JsonNode *sequence = stall_page_get_last_sequence (page);

  if (rows == NULL)
    return FALSE;
  names = list_names (rows);
  missing = dex_await_boxed (stall_store_find_missing (self->attempt->store, names), error);
  if (missing == NULL)
    return FALSE;
  self->attempt->report.n_rows += rows->len;
  self->with_documents = documents_would_pay (missing);
  take_from_rows (rows, missing, revisions);
  return fetch_and_write (self, before, missing, revisions, sequence, error);
}

/* One page under way. */
typedef struct
{
  Pull *pull;        /* waits for all its pages */
  DexFuture *before; /* of the page before, or NULL */
  StallPage *page;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  dex_clear (&taking->before);
  g_object_unref (taking->page);
  g_free (taking);
}

static DexFuture *
take_page_fiber (gpointer data)
{
  Taking *taking = data;
  GError *error = NULL;

  if (!take_page (taking->pull, taking->before, taking->page, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

/* Waits until at most @n pages are under way. */
static gboolean
await_pages (Pull *self, guint n, GError **error)
{
  gboolean good = self->older == NULL || dex_await (g_steal_pointer (&self->older), error);

  if (n == 0 && self->newer != NULL)
    good = dex_await (g_steal_pointer (&self->newer), good ? error : NULL) && good;
  return good;
}

static gboolean
begin_page (Pull *self, StallPage *page, GError **error)
{
  Taking *taking;

  if (!await_pages (self, 1, error))
    return FALSE;
  taking = g_new0 (Taking, 1);
  taking->pull = self;
  taking->before = self->newer != NULL ? dex_ref (self->newer) : NULL;
  taking->page = g_object_ref (page);
  self->older = g_steal_pointer (&self->newer);
  self->newer = stall_async (take_page_fiber, taking, taking_free);
  return TRUE;
}

/* A page in which documents are too large for it, or one of them for any: once more, small and
 * without them. */
static StallPage *
ask_for_bare_page (Pull *self, JsonNode *since, GError **error)
{
  StallPage *page;

  self->row_limit = MIN_LIMIT;
  self->with_documents = FALSE;
  page = dex_await_object (ask_for_page (self, since), error);
  if (page == NULL || stall_page_get_n_left_out (page) == 0)
    return page;
  g_clear_object (&page);
  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
                       _ ("The platform’s answer is larger than any document may be."));
  return NULL;
}

/* The next page, or from the beginning when the peer does not know the place where we were. */
static StallPage *
await_page (Pull *self, JsonNode *since, DexFuture *future, GError **error)
{
  g_autoptr (GError) failed = NULL;
  StallPage *page = dex_await_object (future, &failed);

  if (page == NULL && g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED)
      && stall_checkpoint_get_common (self->checkpoint) != NULL)
    {
      stall_checkpoint_start_over (self->checkpoint);
      return dex_await_object (ask_for_page (self, NULL), error);
    }
  if (page != NULL ? stall_page_get_n_left_out (page) > 0
                   : g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE))
    {
      g_clear_object (&page);
      g_clear_error (&failed);
      page = ask_for_bare_page (self, since, &failed);
    }
  if (page == NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (stall_page_get_last_sequence (page) == NULL)
    {
      g_clear_object (&page);
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB,
                           _ ("Something else than a platform answers at this address."));
    }
  return page;
}

/* Also where nothing was to be pulled the next attempt goes on from here. */
static gboolean
note_end (Pull *self, JsonNode *since, GError **error)
{
  g_autoptr (GPtrArray) nothing = new_revisions ();

  if (self->attempt->report.n_rows > 0
      || (since != NULL && json_node_equal (since, self->attempt->since)))
    return TRUE;
  return write_revisions (self, NULL, nothing, self->attempt->since, error);
}

static gboolean
pull_pages (Pull *self, JsonNode *since, GError **error)
{
  StallAttempt *attempt = self->attempt;
  gboolean is_first = TRUE;
  DexFuture *next = ask_for_page (self, since);

  for (;;)
    {
      g_autoptr (StallPage) page
          = await_page (self, is_first ? since : attempt->since, next, error);

      if (page == NULL)
        return FALSE;
      g_clear_pointer (&attempt->since, json_node_unref);
      attempt->since = json_node_copy (stall_page_get_last_sequence (page));
      /* Rows end where a page has none: a short page is no end, and neither is `pending`. */
      if (stall_page_get_n_results (page) == 0)
        return await_pages (self, 0, error) && note_end (self, since, error);
      self->row_limit = adapt_limit (self->row_limit, stall_page_get_n_results (page),
                                     stall_page_get_size (page), STALL_SYNC_PAGE);
      /* The first page, a small one, tells whether rows should bring their documents. */
      next = is_first ? NULL : ask_for_page (self, attempt->since);
      if (!begin_page (self, page, error) || (is_first && !await_pages (self, 0, error)))
        {
          if (next != NULL)
            dex_future_disown (next);
          return FALSE;
        }
      if (next == NULL)
        next = ask_for_page (self, attempt->since);
      is_first = FALSE;
    }
}

/**
 * stall_pull_run:
 * @attempt: the attempt
 * @checkpoint: of pulling
 * @error: return location
 *
 * Pulls what the platform has and this stall lacks, until its feed is empty.
 *
 * Returns: whether it came to the end
 */
gboolean
stall_pull_run (StallAttempt *attempt, StallCheckpoint *checkpoint, GError **error)
{
  g_auto (Pull) self = { .attempt = attempt,
                         .checkpoint = checkpoint,
                         .row_limit = FIRST_LIMIT,
                         .fetch_limit = FIRST_LIMIT };
  JsonNode *since = stall_checkpoint_get_common (checkpoint);
  gboolean good;

  self.with_documents = since == NULL;
  good = pull_pages (&self, since, error);
  /* Each page is waited for: they share what lives here. */
  good = await_pages (&self, 0, good ? error : NULL) && good;
  return good && finish_writing (&self, error)
         && stall_checkpoint_tell (checkpoint, attempt->remote, attempt->cancellable, error);
}
