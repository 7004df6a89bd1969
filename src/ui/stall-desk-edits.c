/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-desk-private.h"

#include "stall-async.h"
#include "stall-busy.h"

#include <glib/gi18n-lib.h>

/* What a person did, takes back and does again, and the toast that says so. */

typedef struct
{
  StallDesk *desk;
  StallChangeSet *changes;
  char *words;
  gint64 change_set;
} Step;

static Step *
step_new (StallDesk *desk)
{
  Step *step = g_new0 (Step, 1);

  step->desk = g_object_ref (desk);
  return step;
}

static void
step_free (Step *step)
{
  g_clear_object (&step->desk);
  g_clear_object (&step->changes);
  g_free (step->words);
  g_free (step);
}

static DexFuture *
apply_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  receipt = dex_await_boxed (stall_store_apply (stall_desk_get_store (step->desk), step->changes),
                             &error);
  if (receipt == NULL)
    {
      stall_desk_report (step->desk, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (receipt->change_set != 0)
    stall_desk_offer_undo (step->desk, step->words, receipt->change_set);
  return dex_future_new_take_boxed (STALL_TYPE_RECEIPT, g_steal_pointer (&receipt));
}

/* Taking an import back, or doing it again, takes as long as the import. */
static StallReceipt *
await_turn (StallDesk *self, DexFuture *work, const char *label, GError **error)
{
  g_autoptr (DexFuture) turn = work;
  g_autoptr (AdwToast) busy = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  if (!stall_busy_await_patience (turn))
    {
      busy = stall_busy_new_toast (label, NULL);
      stall_desk_show_toast (self, g_object_ref (busy));
    }
  receipt = dex_await_boxed (dex_ref (turn), error);
  if (busy != NULL)
    adw_toast_dismiss (busy);
  return g_steal_pointer (&receipt);
}

static DexFuture *
undo_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  receipt = await_turn (step->desk,
                        stall_store_undo (stall_desk_get_store (step->desk), step->change_set),
                        _ ("Undoing…"), &error);
  if (receipt == NULL)
    {
      stall_desk_report (step->desk, error);
      return dex_future_new_true ();
    }
  /* Translators: %s is what was taken back, such as “Stock of Lilac Suit adjusted” */
  text = g_strdup_printf (_ ("Undone: %s"), receipt->label);
  toast = stall_desk_new_toast (text);
  adw_toast_set_button_label (toast, _ ("Redo"));
  adw_toast_set_action_name (toast, "win.redo");
  stall_desk_show_toast (step->desk, toast);
  return dex_future_new_true ();
}

static DexFuture *
redo_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  receipt = await_turn (step->desk, stall_store_redo (stall_desk_get_store (step->desk)),
                        _ ("Doing it again…"), &error);
  if (receipt == NULL)
    {
      stall_desk_report (step->desk, error);
      return dex_future_new_true ();
    }
  /* Translators: %s is what was done again, such as “Stock of Lilac Suit adjusted” */
  text = g_strdup_printf (_ ("Done again: %s"), receipt->label);
  toast = stall_desk_new_toast (text);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  stall_desk_show_toast (step->desk, toast);
  return dex_future_new_true ();
}

/**
 * stall_desk_apply:
 * @self: a desk
 * @changes: what the person did
 *
 * Applies a change set and tells the person: a toast with its label and Undo, or the error.
 *
 * Returns: (transfer full): a future of the StallReceipt; rejected with the store's error
 */
DexFuture *
stall_desk_apply (StallDesk *self, StallChangeSet *changes)
{
  dex_return_error_if_fail (STALL_IS_CHANGE_SET (changes));

  return stall_desk_apply_and_say (self, changes, stall_change_set_get_label (changes));
}

/**
 * stall_desk_apply_and_say:
 * @self: a desk
 * @changes: what the person did
 * @words: what the toast says, where there is more to say than what Undo takes back
 *
 * Applies a change set and tells the person: a toast with @words and Undo, or the error.
 *
 * Returns: (transfer full): a future of the StallReceipt; rejected with the store's error
 */
DexFuture *
stall_desk_apply_and_say (StallDesk *self, StallChangeSet *changes, const char *words)
{
  DexFuture *future;
  Step *step;

  dex_return_error_if_fail (STALL_IS_DESK (self));
  dex_return_error_if_fail (STALL_IS_CHANGE_SET (changes));
  dex_return_error_if_fail (words != NULL);

  step = step_new (self);
  step->changes = g_object_ref (changes);
  step->words = g_strdup (words);
  future = stall_async (apply_fiber, step, (GDestroyNotify) step_free);
  stall_desk_hold (self, dex_ref (future));
  return future;
}

/**
 * stall_desk_undo:
 * @self: a desk
 * @change_set: number of the change set to take back; 0: the last one
 *
 * Takes a change set back and tells the person.
 */
void
stall_desk_undo (StallDesk *self, gint64 change_set)
{
  Step *step;

  g_return_if_fail (STALL_IS_DESK (self));

  step = step_new (self);
  step->change_set = change_set;
  stall_spawn (undo_fiber, step, (GDestroyNotify) step_free);
}

/**
 * stall_desk_redo:
 * @self: a desk
 *
 * Does again what was undone last and tells the person.
 */
void
stall_desk_redo (StallDesk *self)
{
  g_return_if_fail (STALL_IS_DESK (self));

  stall_spawn (redo_fiber, step_new (self), (GDestroyNotify) step_free);
}

/**
 * stall_desk_offer_undo:
 * @self: a desk
 * @label: what was done
 * @change_set: its number
 *
 * Tells the person about a change that was applied elsewhere, with a way to take it back.
 */
void
stall_desk_offer_undo (StallDesk *self, const char *label, gint64 change_set)
{
  AdwToast *toast;

  g_return_if_fail (STALL_IS_DESK (self));
  g_return_if_fail (label != NULL && change_set != 0);

  toast = stall_desk_new_toast (label);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo-change");
  adw_toast_set_action_target (toast, "x", change_set);
  stall_desk_show_toast (self, toast);
}
