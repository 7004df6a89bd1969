/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-store.h"

#include "stall-async.h"
#include "stall-change-set-private.h"
#include "stall-receiver.h"
#include "stall-replica.h"
#include "stall-store-private.h"
#include "stall-writer.h"

/* The one door in: whoever edits, undoes or receives comes through here. */

/* After a change set of more documents than this the writer gives its memory back. */
#define LARGE_CHANGE 1000

typedef enum
{
  ACT_APPLY,
  ACT_UNDO,
  ACT_REDO,
  ACT_RECEIVE
} Act;

/* One passage through the door, and what the writing thread says of it. */
typedef struct
{
  grefcount count;
  StallStore *store;
  Act act;
  StallChangeSet *changes;
  gint64 change_set;
  GPtrArray *revisions; /* of a peer */
  char *checkpoint;
  char *checkpoint_body;
  StallOutcome outcome;
  char *undo_label;
  char *redo_label;
} Passage;

static Passage *
passage_ref (Passage *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

static void
passage_unref (gpointer data)
{
  Passage *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_clear_object (&self->store);
  g_clear_object (&self->changes);
  g_clear_pointer (&self->outcome.receipt, stall_receipt_free);
  g_clear_pointer (&self->revisions, g_ptr_array_unref);
  g_free (self->checkpoint);
  g_free (self->checkpoint_body);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self);
}

static gboolean
is_large (const Passage *self)
{
  const StallReceipt *receipt = self->outcome.receipt;

  return receipt == NULL /* it failed, as far on as it was */
         || receipt->added + receipt->changed + receipt->deleted > LARGE_CHANGE;
}

static DexFuture *
passage_job (StallDatabase *database, gpointer data)
{
  Passage *self = data;
  GError *error = NULL;

  /* Nobody knows how many documents a file holds; a pull comes in batches. */
  stall_database_set_large (database, self->act != ACT_RECEIVE);
  switch (self->act)
    {
    case ACT_APPLY:
      stall_database_set_cancellable (database, stall_change_set_get_cancellable (self->changes));
      stall_writer_apply (database, self->changes, &self->outcome, &error);
      stall_database_set_cancellable (database, NULL);
      break;
    case ACT_UNDO:
      stall_writer_undo (database, self->change_set, &self->outcome, &error);
      break;
    case ACT_RECEIVE:
      stall_receiver_apply (database, self->revisions, self->checkpoint, self->checkpoint_body,
                            &self->outcome, &error);
      break;
    case ACT_REDO:
    default:
      stall_writer_redo (database, &self->outcome, &error);
      break;
    }
  stall_database_set_large (database, FALSE);
  if (is_large (self))
    stall_database_trim (database);
  if (error != NULL)
    return dex_future_new_for_error (error);
  stall_writer_get_labels (database, &self->undo_label, &self->redo_label);
  return dex_future_new_true ();
}

static DexFuture *
passage_fiber (gpointer data)
{
  Passage *self = data;
  /* The store leaves the passage here: its last reference must never be dropped on the writing
   * thread, which the store waits for when it goes. */
  g_autoptr (StallStore) store = g_steal_pointer (&self->store);
  GError *error = NULL;

  if (!dex_await (stall_store_write (store, passage_job, passage_ref (self), passage_unref),
                  &error))
    {
      if (g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED))
        stall_store_note_damage (store);
      return dex_future_new_for_error (error);
    }
  stall_store_set_labels (store, self->undo_label, self->redo_label);
  if (self->outcome.kinds != 0)
    stall_store_note_change (store, self->outcome.kinds);
  return dex_future_new_take_boxed (STALL_TYPE_RECEIPT, g_steal_pointer (&self->outcome.receipt));
}

static Passage *
passage_new (StallStore *store, Act act)
{
  Passage *passage = g_new0 (Passage, 1);

  g_atomic_ref_count_init (&passage->count);
  passage->store = g_object_ref (store);
  passage->act = act;
  return passage;
}

static DexFuture *
pass (StallStore *self, Act act, StallChangeSet *changes, gint64 change_set)
{
  Passage *passage = passage_new (self, act);

  g_set_object (&passage->changes, changes);
  passage->change_set = change_set;
  return stall_async (passage_fiber, passage, passage_unref);
}

/**
 * stall_store_apply:
 * @self: a store
 * @changes: (transfer none): what changes
 *
 * The one door in. Applies a change set in one transaction; when the future resolves it is on disk.
 *
 * Returns: (transfer full): a future of a #StallReceipt
 */
DexFuture *
stall_store_apply (StallStore *self, StallChangeSet *changes)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (STALL_IS_CHANGE_SET (changes));

  return pass (self, ACT_APPLY, changes, 0);
}

/**
 * stall_store_undo:
 * @self: a store
 * @change_set: its number, from a receipt; 0: the last one
 *
 * Takes a change set back. What was edited since stays.
 *
 * Returns: (transfer full): a future of a #StallReceipt
 */
DexFuture *
stall_store_undo (StallStore *self, gint64 change_set)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return pass (self, ACT_UNDO, NULL, change_set);
}

/**
 * stall_store_redo:
 * @self: a store
 *
 * Does again what was undone last.
 *
 * Returns: (transfer full): a future of a #StallReceipt
 */
DexFuture *
stall_store_redo (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return pass (self, ACT_REDO, NULL, 0);
}

/**
 * stall_store_receive:
 * @self: a store
 * @revisions: (element-type StallPeerRevision): what a peer sent
 * @checkpoint: (nullable): the id of a checkpoint
 * @checkpoint_body: (nullable): what it says once @revisions are here
 *
 * Takes a peer's revisions in as they are, in one transaction with the checkpoint.
 *
 * Returns: (transfer full): a future of a #StallReceipt
 */
DexFuture *
stall_store_receive (StallStore *self,
                     GPtrArray *revisions,
                     const char *checkpoint,
                     const char *checkpoint_body)
{
  Passage *passage;

  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (revisions != NULL);

  passage = passage_new (self, ACT_RECEIVE);
  passage->revisions = g_ptr_array_ref (revisions);
  passage->checkpoint = g_strdup (checkpoint);
  passage->checkpoint_body = g_strdup (checkpoint_body);
  return stall_async (passage_fiber, passage, passage_unref);
}
