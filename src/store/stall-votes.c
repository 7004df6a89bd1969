/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-votes.h"

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-ballot.h"
#include "stall-query-model.h"
#include "stall-schema.h"
#include "stall-store-private.h"
#include "stall-votes-private.h"

/* Names of local values in `meta`, apart from what the store itself keeps there. */
#define LOCAL_PREFIX "local-"

/**
 * stall_vote_new:
 * @poll_id: "poll:…"
 * @voter: who votes; see stall_ballot_voter_is_valid()
 * @option: id of an option
 * @at: when, milliseconds UTC
 *
 * Returns: (transfer full): a vote
 */
StallVote *
stall_vote_new (const char *poll_id, const char *voter, const char *option, StallTime at)
{
  StallVote *self;

  g_return_val_if_fail (poll_id != NULL && option != NULL, NULL);
  g_return_val_if_fail (stall_ballot_voter_is_valid (voter), NULL);

  self = g_new0 (StallVote, 1);
  self->poll_id = g_strdup (poll_id);
  self->voter = g_strdup (voter);
  self->option = g_strdup (option);
  self->at = at;
  return self;
}

void
stall_vote_free (StallVote *self)
{
  g_free (self->poll_id);
  g_free (self->voter);
  g_free (self->option);
  g_free (self);
}

/* --- what a fiber holds --- */

typedef struct
{
  StallStore *store;
  GObject *object; /* a poll or a decision */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->store);
  g_clear_object (&request->object);
  g_free (request);
}

static Request *
request_new (StallStore *store, gpointer object)
{
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  g_set_object (&request->object, object);
  return request;
}

/* --- polls --- */

static DexFuture *
save_poll_fiber (gpointer data)
{
  Request *request = data;
  StallPoll *poll = STALL_POLL (request->object);
  g_autoptr (StallDocument) stored = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) before = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;
  GError *error = NULL;

  stored = dex_await_object (stall_store_load (request->store, stall_poll_get_id (poll)), &error);
  if (g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    g_clear_error (&error);
  if (stored != NULL)
    before = stall_poll_new_from_document (stored, &error);
  if (error != NULL || !stall_poll_check (poll, before, stall_time_now (), &error))
    return dex_future_new_for_error (error);

  label = g_strdup_printf (_ ("Save the poll “%s”"), stall_poll_get_question (poll));
  changes = stall_change_set_new (label);
  document = stall_poll_to_document (poll, stall_store_get_device (request->store));
  stall_change_set_put (changes, document);
  return stall_store_apply (request->store, changes);
}

/**
 * stall_store_save_poll:
 * @self: a store
 * @poll: a poll
 *
 * Saves a poll, if stall_poll_check() allows it beside the stored one.
 *
 * Returns: (transfer full): a future of a #StallReceipt; %STALL_ERROR_INVALID says what to change
 */
DexFuture *
stall_store_save_poll (StallStore *self, StallPoll *poll)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (STALL_IS_POLL (poll));

  return stall_async (save_poll_fiber, request_new (self, poll), request_free);
}

typedef struct
{
  StallStore *store;
  char *poll_id;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_object_unref (closing->store);
  g_free (closing->poll_id);
  g_free (closing);
}

static DexFuture *
close_poll_fiber (gpointer data)
{
  Closing *closing = data;
  g_autoptr (StallDocument) stored = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) before = NULL;
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;
  StallTime now;
  GError *error = NULL;

  stored = dex_await_object (stall_store_load (closing->store, closing->poll_id), &error);
  if (stored == NULL)
    return dex_future_new_for_error (error);
  before = stall_poll_new_from_document (stored, &error);
  poll = before != NULL ? stall_poll_new_from_document (stored, &error) : NULL;
  if (poll == NULL)
    return dex_future_new_for_error (error);
  now = stall_time_now ();
  stall_poll_set_closes_at (poll, now);
  if (!stall_poll_check (poll, before, now, &error))
    return dex_future_new_for_error (error);

  label = g_strdup_printf (_ ("Close the poll “%s”"), stall_poll_get_question (poll));
  changes = stall_change_set_new (label);
  document = stall_poll_to_document (poll, stall_store_get_device (closing->store));
  stall_change_set_put (changes, document);
  return stall_store_apply (closing->store, changes);
}

/**
 * stall_store_close_poll:
 * @self: a store
 * @poll_id: "poll:…", of an open poll
 *
 * Closes a poll now. It cannot be opened again.
 *
 * Returns: (transfer full): a future of a #StallReceipt; %STALL_ERROR_INVALID where it has closed
 */
DexFuture *
stall_store_close_poll (StallStore *self, const char *poll_id)
{
  Closing *closing;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (poll_id != NULL);

  closing = g_new0 (Closing, 1);
  closing->store = g_object_ref (self);
  closing->poll_id = g_strdup (poll_id);
  return stall_async (close_poll_fiber, closing, closing_free);
}

/**
 * stall_store_note_time:
 * @self: a store
 *
 * To be called when a poll opens or closes, or a note becomes ready, by itself: no document changes
 * then, but lists and figures do.
 */
void
stall_store_note_time (StallStore *self)
{
  g_return_if_fail (STALL_IS_STORE (self));

  stall_store_note_change (self, 1u << STALL_KIND_POLL | 1u << STALL_KIND_NOTE);
}

/* The product of the decided option, moved to where the decision leads; NULL when it stays. */
static StallDocument *
move_product (StallStore *store, StallDecision *decision, StallPoll *poll, GError **error)
{
  const StallPollOption *option
      = stall_poll_find_option (poll, stall_decision_get_option (decision));
  const char *ids[] = { option != NULL ? option->variant : NULL, NULL };
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallVariantRow) row = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProduct) product = NULL;
  StallStage stage;

  if (ids[0] == NULL)
    return NULL;
  rows = dex_await_object (stall_store_variant_rows (store, ids), error);
  row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  if (row == NULL)
    return NULL;
  document
      = dex_await_object (stall_store_load (store, stall_variant_row_get_product_id (row)), error);
  product = document != NULL ? stall_product_new_from_document (document, error) : NULL;
  if (product == NULL
      || !stall_decision_outcome_moves (stall_decision_get_outcome (decision),
                                        stall_product_get_stage (product), &stage))
    return NULL;
  stall_product_set_stage (product, stage);
  return stall_product_to_document (product, stall_store_get_device (store));
}

static gboolean
check_decision (StallDecision *decision, StallPoll *poll, GError **error)
{
  const char *option = stall_decision_get_option (decision);

  if (!stall_decision_check (decision, error))
    return FALSE;
  if (stall_poll_is_frozen (poll, stall_time_now ())
      && (option == NULL || stall_poll_find_option (poll, option) != NULL))
    return TRUE;
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                       option == NULL || stall_poll_find_option (poll, option) != NULL
                           ? _ ("This poll has not opened yet, so there is nothing to decide.")
                           : _ ("This poll has no such option."));
  return FALSE;
}

static DexFuture *
decide_fiber (gpointer data)
{
  Request *request = data;
  StallDecision *decision = STALL_DECISION (request->object);
  g_autoptr (StallDocument) stored = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallDocument) product = NULL;
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;
  GError *error = NULL;

  stored = dex_await_object (
      stall_store_load (request->store, stall_decision_get_poll_id (decision)), &error);
  if (stored != NULL)
    poll = stall_poll_new_from_document (stored, &error);
  if (poll == NULL || !check_decision (decision, poll, &error))
    return dex_future_new_for_error (error);
  product = move_product (request->store, decision, poll, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  label = g_strdup_printf (_ ("Decide “%s”"), stall_poll_get_question (poll));
  changes = stall_change_set_new (label);
  document = stall_decision_to_document (decision, stall_store_get_device (request->store));
  stall_change_set_put (changes, document);
  if (product != NULL)
    stall_change_set_put (changes, product);
  return stall_store_apply (request->store, changes);
}

/**
 * stall_store_decide:
 * @self: a store
 * @decision: how a poll ended
 *
 * Records a decision and moves the product of the chosen option in the style funnel, as one change
 * set. A poll may be decided before its close, and again later: the newest decision counts.
 *
 * Returns: (transfer full): a future of a #StallReceipt; %STALL_ERROR_INVALID says what to change
 */
DexFuture *
stall_store_decide (StallStore *self, StallDecision *decision)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (STALL_IS_DECISION (decision));

  return stall_async (decide_fiber, request_new (self, decision), request_free);
}

/* --- the box --- */

/* The vote that counts for a voter so far: the ballot, else what lies in the box. */
static char *
find_vote (StallDatabase *database, const char *poll_id, const char *voter, GError **error)
{
  return stall_database_get_text (
      database, error,
      "SELECT option FROM (SELECT option, 0 AS place FROM ballot WHERE poll = ?1 AND voter = ?2 "
      "UNION ALL SELECT option, 1 FROM box WHERE poll = ?1 AND voter = ?2) ORDER BY place LIMIT 1",
      "ss", poll_id, voter);
}

static gboolean
cast_vote (StallDatabase *database, const StallVote *vote, int *answer, GError **error)
{
  gint64 state = STALL_POLL_DRAFT, has_option = FALSE, has_ballot = FALSE;
  g_autofree char *before = NULL;
  g_autoptr (GError) failed = NULL;

  stall_database_get_int (database, &state, &failed,
                          "SELECT " STALL_POLL_STATE " FROM poll p WHERE p.id = ?", "s",
                          vote->poll_id);
  if (failed == NULL)
    stall_database_get_int (database, &has_option, &failed,
                            "SELECT EXISTS (SELECT 1 FROM poll p JOIN poll_option o ON o.poll = "
                            "p.number WHERE p.id = ? AND o.id = ?)",
                            "ss", vote->poll_id, vote->option);
  if (failed == NULL)
    stall_database_get_int (database, &has_ballot, &failed,
                            "SELECT EXISTS (SELECT 1 FROM ballot WHERE poll = ? AND voter = ?)",
                            "ss", vote->poll_id, vote->voter);
  if (failed == NULL)
    before = find_vote (database, vote->poll_id, vote->voter, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (g_strcmp0 (before, vote->option) == 0)
    *answer = STALL_VOTE_SAME;
  else if (state != STALL_POLL_OPEN || has_ballot)
    *answer = STALL_VOTE_NOT_OPEN;
  else if (!has_option)
    *answer = STALL_VOTE_NO_OPTION;
  else
    *answer = before != NULL ? STALL_VOTE_CHANGED : STALL_VOTE_COUNTED;
  return *answer > STALL_VOTE_CHANGED
         || stall_database_run (database, error, "INSERT OR REPLACE INTO box VALUES (?, ?, ?, ?)",
                                "sssi", vote->poll_id, vote->voter, vote->option, vote->at);
}

/* Whether the poll is open is asked here, on the thread that writes, so that no vote slips in after
 * the one that reached the threshold. */
static DexFuture *
cast_votes_job (StallDatabase *database, gpointer data)
{
  GPtrArray *votes = data;
  g_autoptr (GArray) answers = g_array_sized_new (FALSE, TRUE, sizeof (int), votes->len);
  GError *error = NULL;
  gboolean good = stall_database_run_script (database, "BEGIN IMMEDIATE;", &error);

  for (guint i = 0; good && i < votes->len; i++)
    {
      int answer = STALL_VOTE_NOT_OPEN;

      good = cast_vote (database, g_ptr_array_index (votes, i), &answer, &error);
      g_array_append_val (answers, answer);
    }
  if (good && stall_database_run_script (database, "COMMIT;", &error))
    return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&answers));
  if (!sqlite3_get_autocommit (stall_database_get_handle (database)))
    stall_database_run_script (database, "ROLLBACK;", NULL);
  return dex_future_new_for_error (error);
}

typedef struct
{
  StallStore *store;
  GPtrArray *votes;
} Casting;

static void
casting_free (gpointer data)
{
  Casting *casting = data;

  g_object_unref (casting->store);
  g_ptr_array_unref (casting->votes);
  g_free (casting);
}

static DexFuture *
cast_votes_fiber (gpointer data)
{
  Casting *casting = data;
  g_autoptr (GArray) answers = NULL;
  GError *error = NULL;
  gboolean changed = FALSE;

  answers = dex_await_boxed (stall_store_write (casting->store, cast_votes_job,
                                                g_ptr_array_ref (casting->votes),
                                                (GDestroyNotify) g_ptr_array_unref),
                             &error);
  if (answers == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < answers->len; i++)
    changed |= g_array_index (answers, int, i) <= STALL_VOTE_CHANGED;
  if (changed)
    stall_store_note_change (casting->store, 1u << STALL_KIND_BALLOT);
  return dex_future_new_take_boxed (G_TYPE_ARRAY, g_steal_pointer (&answers));
}

/**
 * stall_store_cast_votes:
 * @self: a store
 * @votes: (element-type StallVote): votes, in the order in which they came; not to be changed any
 * more
 *
 * Takes votes in, all in one transaction. When the future resolves they are on disk: who is told
 * that a vote counts is told the truth.
 *
 * Returns: (transfer full): a future of a #GArray of #StallVoteAnswer, one a vote
 */
DexFuture *
stall_store_cast_votes (StallStore *self, GPtrArray *votes)
{
  Casting *casting;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (votes != NULL);

  casting = g_new0 (Casting, 1);
  casting->store = g_object_ref (self);
  casting->votes = g_ptr_array_ref (votes);
  return stall_async (cast_votes_fiber, casting, casting_free);
}

static DexFuture *
get_vote_job (StallDatabase *database, gpointer data)
{
  const StallVote *vote = data;
  GError *error = NULL;
  char *option = find_vote (database, vote->poll_id, vote->voter, &error);

  return error == NULL ? dex_future_new_take_string (option) : dex_future_new_for_error (error);
}

/**
 * stall_store_get_vote:
 * @self: a store
 * @poll_id: "poll:…"
 * @voter: who voted
 *
 * Returns: (transfer full): a future of the id of the option that the voter has chosen, or of %NULL
 */
DexFuture *
stall_store_get_vote (StallStore *self, const char *poll_id, const char *voter)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (poll_id != NULL && stall_ballot_voter_is_valid (voter));

  return stall_store_read (self, STALL_READER_ROWS, get_vote_job,
                           stall_vote_new (poll_id, voter, "", 0), (GDestroyNotify) stall_vote_free,
                           NULL);
}

/* --- sealing --- */

/* Every vote in the box of a poll that has closed, as a vote. */
static DexFuture *
list_closed_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT box.poll, box.voter, box.option, box.at FROM box JOIN (SELECT p.id FROM poll p WHERE "
      "EXISTS (SELECT 1 FROM box WHERE poll = p.id) AND (" STALL_POLL_STATE
      ") >= 2) closed ON closed.id = box.poll WHERE " STALL_BOX_WITHOUT_BALLOT
      " ORDER BY box.poll, box.at, box.voter",
      "");

  while (stall_database_step (database, row, &error))
    g_ptr_array_add (votes,
                     stall_vote_new (stall_column_text (row, 0), stall_column_text (row, 1),
                                     stall_column_text (row, 2), sqlite3_column_int64 (row, 3)));
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&votes));
}

static DexFuture *
clear_sealed_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;

  if (!stall_database_run (database, &error,
                           "DELETE FROM box WHERE NOT (" STALL_BOX_WITHOUT_BALLOT ")", ""))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

static DexFuture *
seal_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  GError *error = NULL;

  votes = dex_await_boxed (
      stall_store_read (request->store, STALL_READER_REST, list_closed_job, NULL, NULL, NULL),
      &error);
  if (votes == NULL)
    return dex_future_new_for_error (error);
  if (votes->len == 0)
    return dex_future_new_for_int64 (0);

  changes = stall_change_set_new (_ ("Close a poll"));
  stall_change_set_set_undoable (changes, FALSE);
  for (guint i = 0; i < votes->len; i++)
    {
      const StallVote *vote = g_ptr_array_index (votes, i);
      g_autoptr (StallBallot) ballot = stall_ballot_new (vote->poll_id, vote->voter, vote->option,
                                                         vote->at, STALL_BALLOT_VIA_PAGE);
      g_autoptr (StallDocument) document
          = stall_ballot_to_document (ballot, stall_store_get_device (request->store));

      stall_change_set_put (changes, document);
    }
  receipt = dex_await_boxed (stall_store_apply (request->store, changes), &error);
  /* Cut short here, the box counts for nobody any more and is emptied the next time. */
  if (receipt == NULL
      || !dex_await (stall_store_write (request->store, clear_sealed_job, NULL, NULL), &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_int64 (receipt->added);
}

/**
 * stall_store_seal_votes:
 * @self: a store
 *
 * Makes ballots of the votes for all polls that have closed. May be called at any time and as often
 * as wanted.
 *
 * Returns: (transfer full): a future of how many ballots that made, as int64
 */
DexFuture *
stall_store_seal_votes (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_async (seal_fiber, request_new (self, NULL), request_free);
}

/* --- this installation's own --- */

static DexFuture *
keep_local_job (StallDatabase *database, gpointer data)
{
  char **pair = data;
  g_autofree char *known = stall_schema_get_meta (database, pair[0]);
  GError *error = NULL;

  if (known != NULL)
    return dex_future_new_take_string (g_steal_pointer (&known));
  if (!stall_schema_set_meta (database, pair[0], pair[1], &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_string (g_strdup (pair[1]));
}

static DexFuture *
set_local_job (StallDatabase *database, gpointer data)
{
  char **pair = data;
  GError *error = NULL;

  if (!stall_schema_set_meta (database, pair[0], pair[1], &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

static GStrv
make_pair (const char *name, const char *value)
{
  GStrv pair = g_new0 (char *, 3);

  pair[0] = g_strconcat (LOCAL_PREFIX, name, NULL);
  pair[1] = g_strdup (value);
  return pair;
}

/**
 * stall_store_keep_local:
 * @self: a store
 * @name: which value
 * @initial: what it is from now on when there is none yet
 *
 * Returns: (transfer full): a future of the value, a string
 */
DexFuture *
stall_store_keep_local (StallStore *self, const char *name, const char *initial)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (name != NULL && initial != NULL);

  return stall_store_write (self, keep_local_job, make_pair (name, initial),
                            (GDestroyNotify) g_strfreev);
}

/**
 * stall_store_set_local:
 * @self: a store
 * @name: which value
 * @value: what it is from now on
 *
 * Returns: (transfer full): a future that resolves when it is on disk
 */
DexFuture *
stall_store_set_local (StallStore *self, const char *name, const char *value)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (name != NULL && value != NULL);

  return stall_store_write (self, set_local_job, make_pair (name, value),
                            (GDestroyNotify) g_strfreev);
}
