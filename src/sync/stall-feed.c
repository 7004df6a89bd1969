/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-feed.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-json.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"

struct _StallPage
{
  GObject parent_instance;

  StallRemote *remote; /* only while it is fetched */
  GByteArray *text;    /* the results, one behind the other */
  GArray *ends;        /* gsize: where each ends */
  guint n_left_out;    /* results that are too large to be read */
  gsize n_bytes;
  JsonObject *outer;
};

G_DEFINE_FINAL_TYPE (StallPage, stall_page, G_TYPE_OBJECT)

static void
stall_page_finalize (GObject *object)
{
  StallPage *self = STALL_PAGE (object);

  g_clear_object (&self->remote);
  g_byte_array_unref (self->text);
  g_array_unref (self->ends);
  g_clear_pointer (&self->outer, json_object_unref);

  G_OBJECT_CLASS (stall_page_parent_class)->finalize (object);
}

static void
stall_page_class_init (StallPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_page_finalize;
}

static void
stall_page_init (StallPage *self)
{
  self->text = g_byte_array_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static gboolean
add_result (const char *text, gsize size, gpointer data, GError **error)
{
  StallPage *self = data;
  gsize end;

  g_byte_array_append (self->text, (const guint8 *) text, size);
  end = self->text->len;
  g_array_append_val (self->ends, end);
  return TRUE;
}

typedef struct
{
  StallPage *page;
  StallJsonSplitter *splitter;
  StallRemoteRequest request; /* its pointers are owned */
} Fetch;

static gboolean
feed_cb (const char *bytes, gsize size, gpointer data, GError **error)
{
  Fetch *fetch = data;

  fetch->page->n_bytes += size;
  if (fetch->page->n_bytes <= STALL_SYNC_MAX_PAGE)
    return stall_json_splitter_feed (fetch->splitter, bytes, size, error);
  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE,
                       _ ("The platform’s answer is larger than any document may be."));
  return FALSE;
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->page);
  stall_json_splitter_free (fetch->splitter);
  g_free ((char *) fetch->request.method);
  g_free ((char *) fetch->request.path);
  g_clear_pointer (&fetch->request.body, g_bytes_unref);
  g_clear_object (&fetch->request.cancellable);
  g_free (fetch);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *fetch = data;
  StallPage *self = fetch->page;
  g_autofree char *outer = NULL;
  GError *error = NULL;

  if (!dex_await (stall_remote_send (self->remote, &fetch->request), &error))
    return dex_future_new_for_error (error);
  g_clear_object (&self->remote);
  outer = stall_json_splitter_finish (fetch->splitter, &error);
  if (outer == NULL)
    return dex_future_new_for_error (error);
  self->n_left_out = stall_json_splitter_get_n_left_out (fetch->splitter);
  self->outer = stall_json_parse_object (outer, -1, NULL);
  /* An object without results is something else’s answer. */
  if (self->outer != NULL && stall_json_get_array (self->outer, "results") != NULL)
    return dex_future_new_take_object (g_object_ref (self));
  return dex_future_new_for_error (
      g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB,
                           _ ("Something else than a platform answers at this address.")));
}

/**
 * stall_page_fetch:
 * @remote: a database
 * @request: what is asked; its sink is not looked at
 *
 * Returns: (transfer full): a future of a #StallPage
 */
DexFuture *
stall_page_fetch (StallRemote *remote, const StallRemoteRequest *request)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->page = g_object_new (STALL_TYPE_PAGE, NULL);
  fetch->page->remote = g_object_ref (remote);
  fetch->splitter = stall_json_splitter_new (add_result, fetch->page);
  fetch->request = *request;
  fetch->request.method = g_strdup (request->method);
  fetch->request.path = g_strdup (request->path);
  fetch->request.body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  fetch->request.cancellable
      = request->cancellable != NULL ? g_object_ref (request->cancellable) : NULL;
  fetch->request.sink = feed_cb;
  fetch->request.sink_data = fetch;
  return stall_async (fetch_fiber, fetch, fetch_free);
}

guint
stall_page_get_n_results (StallPage *self)
{
  return self->ends->len;
}

/**
 * stall_page_get_n_left_out:
 * @self: a page
 *
 * Returns: how many results were larger or deeper than any document may be; they are not among the
 *   others
 */
guint
stall_page_get_n_left_out (StallPage *self)
{
  return self->n_left_out;
}

gsize
stall_page_get_size (StallPage *self)
{
  return self->text->len;
}

/**
 * stall_page_get_last_sequence:
 * @self: a page of the feed
 *
 * Returns: (transfer none) (nullable): where the next page begins
 */
JsonNode *
stall_page_get_last_sequence (StallPage *self)
{
  return json_object_get_member (self->outer, "last_seq");
}

/**
 * stall_page_get_result:
 * @self: a page
 * @n: below stall_page_get_n_results()
 * @size: (out): its bytes
 *
 * Returns: (transfer none): the text of a result, not terminated
 */
const char *
stall_page_get_result (StallPage *self, guint n, gsize *size)
{
  gsize start = n > 0 ? g_array_index (self->ends, gsize, n - 1) : 0;

  *size = g_array_index (self->ends, gsize, n) - start;
  return (const char *) self->text->data + start;
}

static DexFuture *
read_rows_work (gpointer data)
{
  StallPage *self = data;
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_full (self->ends->len, (GDestroyNotify) stall_change_row_free);
  GError *error = NULL;

  for (guint i = 0; i < self->ends->len; i++)
    {
      gsize size;
      const char *text = stall_page_get_result (self, i, &size);
      StallChangeRow *row = stall_change_row_read (text, size, &error);

      if (row == NULL)
        return dex_future_new_for_error (error);
      g_ptr_array_add (rows, row);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&rows));
}

/**
 * stall_page_read_rows:
 * @self: a page of the feed
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallChangeRow
 */
DexFuture *
stall_page_read_rows (StallPage *self)
{
  return stall_run_in_thread (read_rows_work, g_object_ref (self), g_object_unref);
}

static DexFuture *
read_revisions_work (gpointer data)
{
  StallPage *self = data;
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_full (self->ends->len, (GDestroyNotify) stall_peer_revision_free);

  for (guint i = 0; i < self->ends->len; i++)
    {
      gsize size;
      const char *text = stall_page_get_result (self, i, &size);

      stall_wire_read_results (text, size, revisions, NULL);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&revisions));
}

/**
 * stall_page_read_revisions:
 * @self: an answer to `_bulk_get`
 *
 * One that cannot be read is left out, so that it does not hold up the others.
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallPeerRevision
 */
DexFuture *
stall_page_read_revisions (StallPage *self)
{
  return stall_run_in_thread (read_revisions_work, g_object_ref (self), g_object_unref);
}

/**
 * stall_feed_make_path:
 * @since: (nullable): a sequence of the peer’s, or %NULL for the beginning
 * @limit: rows
 * @with_documents: whether each row brings its document
 * @waits: whether to wait when there is nothing new
 *
 * Returns: (transfer full): what to ask the database for
 */
char *
stall_feed_make_path (JsonNode *since, guint limit, gboolean with_documents, gboolean waits)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *waiting = NULL;

  /* A sequence is whatever the peer made it; it goes back as it came. */
  if (since != NULL && JSON_NODE_HOLDS_VALUE (since)
      && json_node_get_value_type (since) == G_TYPE_STRING)
    text = json_node_dup_string (since);
  else
    text = since != NULL ? json_to_string (since, FALSE) : g_strdup ("0");
  escaped = g_uri_escape_string (text, NULL, FALSE);
  waiting = waits ? g_strdup_printf ("&feed=longpoll&heartbeat=%d", STALL_SYNC_HEARTBEAT)
                  : g_strdup_printf ("&seq_interval=%u", limit);
  return g_strdup_printf ("_changes?style=all_docs&since=%s&limit=%u%s%s", escaped, limit, waiting,
                          with_documents ? "&include_docs=true" : "");
}
