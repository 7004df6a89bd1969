/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-attempt.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-json.h"
#include "stall-push-document.h"
#include "stall-replica.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

/* One leaf on its way, and the document it belongs to. */
typedef struct
{
  StallOutgoing *outgoing;
  StallPeerRevision *revision;
  StallVerdict *verdict;
} Item;

typedef struct
{
  StallAttempt *attempt;
  GPtrArray *verdicts;   /* of the documents of a batch, in its order */
  GHashTable *undecided; /* set of verdicts that must not be stored: the platform could not say */
  GError *transient;     /* why */
} Push;

static void
push_clear (Push *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_pointer (&self->undecided, g_hash_table_unref);
  g_clear_error (&self->transient);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Push, push_clear)

static void
refuse (Item *item, const char *code, const char *reason)
{
  g_set_str (&item->verdict->code, code);
  g_set_str (&item->verdict->reason, reason != NULL && *reason != '\0' ? reason : code);
}

/* Not now: it stays unsent, and the attempt ends so that the next one tries again. */
static void
postpone (Push *self, Item *item, const GError *why)
{
  g_hash_table_add (self->undecided, item->verdict);
  if (self->transient == NULL)
    self->transient = g_error_copy (why);
}

static gboolean
has_attachments (StallPeerRevision *revision)
{
  static const char needle[] = "\"_attachments\"";
  gsize size;
  const char *text = g_bytes_get_data (stall_document_get_body (revision->document), &size);

  return text != NULL && memmem (text, size, needle, sizeof needle - 1) != NULL
         && stall_json_get_object (stall_document_get_root (revision->document, NULL),
                                   "_attachments")
                != NULL;
}

static JsonObject *
post (StallAttempt *attempt, const char *path, GString *text, GError **error)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (text);
  StallRemoteRequest request
      = { .method = "POST", .path = path, .body = body, .cancellable = attempt->cancellable };

  return dex_await_boxed (stall_remote_send_for_object (attempt->remote, &request), error);
}

/* --- which leaves the platform lacks --- */

/* @batch is of StallOutgoing, each once. */
static JsonObject *
ask_for_differences (StallAttempt *attempt, GPtrArray *batch, GError **error)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < batch->len; i++)
    {
      const StallOutgoing *outgoing = g_ptr_array_index (batch, i);

      if (i > 0)
        g_string_append_c (text, ',');
      stall_wire_append_string (text, outgoing->id);
      g_string_append (text, ":[");
      for (guint j = 0; j < outgoing->leaves->len; j++)
        {
          StallPeerRevision *leaf = g_ptr_array_index (outgoing->leaves, j);

          if (j > 0)
            g_string_append_c (text, ',');
          stall_wire_append_string (text, stall_document_get_revision (leaf->document));
        }
      g_string_append_c (text, ']');
    }
  g_string_append_c (text, '}');
  return post (attempt, "_revs_diff", text, error);
}

static gboolean
is_listed (JsonObject *difference, const char *revision)
{
  g_auto (GStrv) missing = stall_json_get_strv (difference, "missing");

  return g_strv_contains ((const char *const *) missing, revision);
}

/* What is to be sent, and a verdict for every document: those that lack nothing are stored there.
 */
static GPtrArray *
list_items (Push *self, GPtrArray *batch, JsonObject *differences)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < batch->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (batch, i);
      JsonObject *difference = stall_json_get_object (differences, outgoing->id);
      StallVerdict *verdict = g_new0 (StallVerdict, 1);

      verdict->number = outgoing->number;
      verdict->sequence = outgoing->sequence;
      verdict->winner = outgoing->winner;
      g_ptr_array_add (self->verdicts, verdict);
      for (guint j = 0; difference != NULL && j < outgoing->leaves->len; j++)
        {
          StallPeerRevision *leaf = g_ptr_array_index (outgoing->leaves, j);
          Item *item;

          if (!is_listed (difference, stall_document_get_revision (leaf->document)))
            continue;
          item = g_new0 (Item, 1);
          item->outgoing = outgoing;
          item->revision = leaf;
          item->verdict = verdict;
          g_ptr_array_add (items, item);
        }
    }
  return items;
}

/* --- many at a time --- */

static gboolean
is_refusal (const char *code)
{
  static const char *const codes[] = { "forbidden",      "unauthorized",       "bad_request",
                                       "doc_validation", "document_too_large", NULL };

  return g_strv_contains (codes, code);
}

/* Only what failed is listed, or what went well too: an answer without an error is good. */
static void
read_answers (Push *self, JsonObject *answer, GPtrArray *items, guint from, guint n)
{
  JsonArray *results = stall_json_get_array (answer, "results");
  guint n_results = results != NULL ? json_array_get_length (results) : 0;

  for (guint i = 0; i < n_results; i++)
    {
      JsonNode *node = json_array_get_element (results, i);
      JsonObject *result = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = stall_json_get_string (result, "id", NULL);
      const char *revision = stall_json_get_string (result, "rev", NULL);
      const char *code
          = stall_json_get_string (result, "error", stall_json_get_string (result, "name", NULL));
      const char *reason = stall_json_get_string (result, "reason", code);

      if (code == NULL)
        continue;
      for (guint j = from; j < from + n; j++)
        {
          Item *item = g_ptr_array_index (items, j);

          /* An answer that names no document could be about any of them. */
          if ((id != NULL && strcmp (id, item->outgoing->id) != 0)
              || (revision != NULL
                  && strcmp (revision, stall_document_get_revision (item->revision->document))
                         != 0))
            continue;
          if (id != NULL && is_refusal (code))
            refuse (item, code, reason);
          else
            {
              g_autoptr (GError) why = stall_sync_error_new_retry (0, reason);

              postpone (self, item, why);
            }
        }
    }
}

/* A 401 for what is sent may be about a document; about us it is when the database says so too. */
static gboolean
is_about_us (Push *self, const GError *failed)
{
  StallRemoteRequest request = { .path = "", .cancellable = self->attempt->cancellable };
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) again = NULL;

  if (!g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN)
      && !g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_FORBIDDEN))
    return FALSE;
  answer = dex_await_boxed (stall_remote_send_for_object (self->attempt->remote, &request), &again);
  return answer == NULL;
}

/* The whole request was not taken for what one of its documents is. */
static gboolean
names_a_document (const GError *failed)
{
  return g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE)
         || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED)
         || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LACKS)
         || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_FORBIDDEN)
         || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN);
}

static const char *
code_of (const GError *failed)
{
  switch ((StallSyncError) failed->code)
    {
    case STALL_SYNC_ERROR_TOO_LARGE:
      return "too_large";
    case STALL_SYNC_ERROR_FORBIDDEN:
      return "forbidden";
    case STALL_SYNC_ERROR_SIGN_IN:
      return "unauthorized";
    default:
      return "bad_request";
    }
}

/* What is said of a request with one document is said of the document; FALSE: it is about us. */
static gboolean
judge (Push *self, Item *item, GError *failed, GError **error)
{
  g_autoptr (GError) why = failed;

  if (!names_a_document (why) || is_about_us (self, why))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  refuse (item, code_of (why), why->message);
  return TRUE;
}

static gboolean
send_many (Push *self, GPtrArray *items, guint from, guint n, GError **error)
{
  GString *text = g_string_sized_new (n * 1024);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) failed = NULL;

  g_string_append (text, "{\"new_edits\":false,\"docs\":[");
  for (guint i = from; i < from + n; i++)
    {
      if (i > from)
        g_string_append_c (text, ',');
      stall_wire_write_document (text, ((Item *) g_ptr_array_index (items, i))->revision, NULL);
    }
  g_string_append (text, "]}");
  answer = post (self->attempt, "_bulk_docs", text, &failed);
  if (answer != NULL && stall_json_get_array (answer, "results") != NULL)
    {
      read_answers (self, answer, items, from, n);
      return TRUE;
    }
  if (answer != NULL)
    failed = g_error_new_literal (
        STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
        _ ("The platform’s answer is not what it should be. It will be asked again."));
  if (n > 1 && names_a_document (failed) && !is_about_us (self, failed))
    return send_many (self, items, from, n / 2, error)
           && send_many (self, items, from + n / 2, n - n / 2, error);
  if (n > 1)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return judge (self, g_ptr_array_index (items, from), g_steal_pointer (&failed), error);
}

/* --- one with its attachments --- */

static gboolean
put (Push *self, Item *item, GHashTable *known, gboolean *has_stubs, GError **error)
{
  g_auto (StallParcel) parcel = { 0 };
  g_autofree char *id = stall_wire_escape_id (item->outgoing->id);
  g_autofree char *path = g_strconcat (id, "?new_edits=false", NULL);
  g_autoptr (JsonObject) answer = NULL;

  if (!stall_parcel_pack (&parcel, self->attempt->store, item->revision, known, error))
    return FALSE;
  *has_stubs = parcel.has_stubs;
  answer
      = dex_await_boxed (stall_remote_send_for_object (
                             self->attempt->remote,
                             &(StallRemoteRequest) { .method = "PUT",
                                                     .path = path,
                                                     .body = parcel.body,
                                                     .body_type = parcel.type,
                                                     .cancellable = self->attempt->cancellable }),
                         error);
  return answer != NULL;
}

static gboolean
send_one (Push *self, Item *item, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean has_stubs = FALSE;

  if (put (self, item, item->outgoing->known, &has_stubs, &failed))
    return TRUE;
  /* The platform has let go of what it had: then all of it once more. */
  if (has_stubs && g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LACKS))
    {
      g_clear_error (&failed);
      if (put (self, item, NULL, &has_stubs, &failed))
        return TRUE;
      if (has_stubs && g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_LACKS))
        {
          /* Its picture is on its way to us, or nobody has it any more. */
          postpone (self, item, failed);
          return TRUE;
        }
    }
  return judge (self, item, g_steal_pointer (&failed), error);
}

static gboolean
send_items (Push *self, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) plain = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (!has_attachments (item->revision))
        g_ptr_array_add (plain, item);
      else if (!send_one (self, item, error))
        return FALSE;
    }
  return plain->len == 0 || send_many (self, plain, 0, plain->len, error);
}

/* --- whether it is there --- */

/* A server may say that it stored a change and not have it: one of the field lets go of every
 * revision but a document's first once a database has rules. A first revision of a document that
 * was not there before is not doubted. */
static GPtrArray *
list_doubtful (Push *self, GPtrArray *items)
{
  GPtrArray *doubtful = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (item->verdict->code == NULL && !g_hash_table_contains (self->undecided, item->verdict)
          && (item->revision->generation > 1 || item->outgoing->leaves->len > 1))
        g_ptr_array_add (doubtful, item);
    }
  return doubtful;
}

/* Keeps of @items those that the platform does not name as its own. */
static gboolean
ask_again (Push *self, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_autoptr (JsonObject) differences = NULL;
  guint kept = 0;

  /* The items of a document follow one another. */
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      if (batch->len == 0 || batch->pdata[batch->len - 1] != item->outgoing)
        g_ptr_array_add (batch, item->outgoing);
    }
  differences = ask_for_differences (self->attempt, batch, error);
  if (differences == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);
      JsonObject *difference = stall_json_get_object (differences, item->outgoing->id);

      if (difference != NULL
          && is_listed (difference, stall_document_get_revision (item->revision->document)))
        items->pdata[kept++] = item;
    }
  g_ptr_array_set_size (items, kept);
  return TRUE;
}

/* The last word: what a node of a cluster says of one revision is never behind. */
static gboolean
is_kept_there (Push *self, Item *item, gboolean *kept, GError **error)
{
  g_autofree char *id = stall_wire_escape_id (item->outgoing->id);
  g_autofree char *path
      = g_strconcat (id, "?rev=", stall_document_get_revision (item->revision->document), NULL);
  StallRemoteRequest request = { .path = path, .cancellable = self->attempt->cancellable };
  g_autoptr (GError) failed = NULL;
  g_autoptr (JsonObject) answer
      = dex_await_boxed (stall_remote_send_for_object (self->attempt->remote, &request), &failed);

  *kept = answer != NULL;
  if (answer != NULL || g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
verify (Push *self, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) doubtful = list_doubtful (self, items);

  if (doubtful->len > 0 && !ask_again (self, doubtful, error))
    return FALSE;
  if (doubtful->len > 0)
    {
      /* A node of a cluster may be behind another for a moment. */
      dex_await (dex_timeout_new_msec (STALL_SYNC_SETTLING), NULL);
      if (!ask_again (self, doubtful, error))
        return FALSE;
    }
  for (guint i = 0; i < doubtful->len; i++)
    {
      Item *item = g_ptr_array_index (doubtful, i);
      gboolean kept;

      if (!is_kept_there (self, item, &kept, error))
        return FALSE;
      if (!kept)
        refuse (item, "not_kept", _ ("The platform took this version and did not keep it."));
    }
  return TRUE;
}

/* --- the answers --- */

static void
count_verdicts (Push *self)
{
  guint kept = 0;
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->verdicts);

  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_verdict_free);
  for (guint i = 0; i < all->len; i++)
    {
      StallVerdict *verdict = g_ptr_array_index (all, i);

      if (g_hash_table_contains (self->undecided, verdict))
        {
          all->pdata[kept++] = verdict;
          continue;
        }
      g_ptr_array_add (self->verdicts, verdict);
      if (verdict->code == NULL)
        self->attempt->report.n_pushed++;
      else
        self->attempt->report.n_refused++;
    }
  all->len = kept;
}

static gboolean
push_batch (StallAttempt *attempt, GPtrArray *batch, GError **error)
{
  g_auto (Push) self = { .attempt = attempt };
  g_autoptr (JsonObject) differences = ask_for_differences (attempt, batch, error);
  g_autoptr (GPtrArray) items = NULL;

  if (differences == NULL)
    return FALSE;
  self.verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_verdict_free);
  self.undecided = g_hash_table_new (NULL, NULL);
  items = list_items (&self, batch, differences);
  if (!send_items (&self, items, error) || !verify (&self, items, error))
    return FALSE;
  count_verdicts (&self);
  if (!dex_await (stall_store_settle (attempt->store, self.verdicts, NULL, NULL), error))
    return FALSE;
  if (self.transient == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self.transient));
  return FALSE;
}

/* Both sides remember that everything up to @sequence was offered. */
static gboolean
record (StallAttempt *attempt, StallCheckpoint *checkpoint, gint64 sequence, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_int (json_node_alloc (), sequence);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autofree char *text = stall_checkpoint_advance (checkpoint, node);

  return dex_await (stall_store_settle (attempt->store, nothing,
                                        stall_checkpoint_get_id (checkpoint), text),
                    error)
         && stall_checkpoint_tell (checkpoint, attempt->remote, attempt->cancellable, error);
}

/**
 * stall_push_run:
 * @attempt: the attempt
 * @checkpoint: of pushing
 * @error: return location
 *
 * Offers the platform what it has not acknowledged, until nothing is left but what it refused.
 *
 * Returns: whether it came to the end
 */
gboolean
stall_push_run (StallAttempt *attempt, StallCheckpoint *checkpoint, GError **error)
{
  gint64 after = 0, sequence = 0;
  gboolean goes_on = TRUE, pushed = FALSE;

  while (goes_on)
    {
      g_autoptr (GError) failed = NULL;
      g_autoptr (GPtrArray) batch = NULL;

      if (after == 0)
        sequence = dex_await_int64 (stall_store_get_sequence (attempt->store), &failed);
      if (failed == NULL)
        batch = dex_await_boxed (stall_store_list_unsent (attempt->store, after, STALL_SYNC_BATCH,
                                                          STALL_SYNC_BATCH_BYTES),
                                 &failed);
      if (failed == NULL && batch->len > 0)
        push_batch (attempt, batch, &failed);
      stall_attempt_tell (attempt);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      pushed |= batch->len > 0;
      /* What changed behind the place we are at is found in another round. */
      goes_on = batch->len > 0 || after > 0;
      after = batch->len > 0 ? ((StallOutgoing *) batch->pdata[batch->len - 1])->number : 0;
    }
  return (!pushed && stall_checkpoint_is_in_step (checkpoint))
         || record (attempt, checkpoint, sequence, error);
}
