/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-stage-move.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-product-words.h"
#include "stall-stage-change.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  char *product_id;
  DexFuture *reason; /* string; NULL: none is asked for */
  StallStage to;
  gboolean revive; /* to where it was before it was dropped */
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->desk);
  g_free (move->product_id);
  dex_clear (&move->reason);
  g_free (move);
}

static Move *
move_new (StallDesk *desk, const char *product_id)
{
  Move *move = g_new0 (Move, 1);

  move->desk = g_object_ref (desk);
  move->product_id = g_strdup (product_id);
  return move;
}

static StallChangeSet *
make_changes (Move *move, StallProduct *product, const char *reason)
{
  const char *title = stall_product_words_title (stall_product_get_title (product));
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *label = NULL;
  StallChangeSet *changes;

  if (move->revive)
    stall_product_revive (product, NULL, stall_time_now ());
  else
    stall_product_move_to_stage (product, move->to, reason, stall_time_now ());
  /* Translators: the name of a product, and the stage it moved to */
  label = g_strdup_printf (_ ("“%s” moved to “%s”"), title,
                           stall_stage_get_label (stall_product_get_stage (product)));
  document = stall_product_to_document (product, stall_desk_get_device (move->desk));
  changes = stall_change_set_new (label);
  stall_change_set_put (changes, document);
  return changes;
}

static DexFuture *
move_fiber (gpointer data)
{
  Move *move = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProduct) product = NULL;
  g_autoptr (StallChangeSet) changes = NULL;

  if (move->reason != NULL)
    reason = dex_await_string (g_steal_pointer (&move->reason), &error);
  if (error == NULL)
    document = dex_await_object (
        stall_store_load (stall_desk_get_store (move->desk), move->product_id), &error);
  if (document != NULL)
    product = stall_product_new_from_document (document, &error);
  if (product == NULL)
    {
      stall_desk_report (move->desk, error);
      return dex_future_new_true ();
    }
  if (move->revive ? stall_product_get_stage (product) != STALL_STAGE_DROPPED
                   : stall_product_get_stage (product) == move->to)
    return dex_future_new_true ();
  changes = make_changes (move, product, reason);
  /* The desk tells the person when it fails. */
  dex_await (stall_desk_apply (move->desk, changes), NULL);
  return dex_future_new_true ();
}

/**
 * stall_stage_ask_reason:
 * @parent: over what the question is shown
 *
 * Returns: (transfer full): a future of why something is dropped, as string; rejected with
 * %G_IO_ERROR_CANCELLED when it is not
 */
DexFuture *
stall_stage_ask_reason (GtkWidget *parent)
{
  return stall_ask_name (parent, _ ("Why Is It Dropped?"),
                         _ ("Next season’s you will want to know."), _ ("_Drop"));
}

/**
 * stall_stage_move:
 * @desk: what every page is handed
 * @parent: over what the reason of a drop is asked for
 * @product_id: "product:…"
 * @to: where it goes
 *
 * Moves a style. Where it is already, nothing happens.
 */
void
stall_stage_move (StallDesk *desk, GtkWidget *parent, const char *product_id, StallStage to)
{
  Move *move;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (product_id != NULL && to < STALL_N_STAGES);

  move = move_new (desk, product_id);
  move->to = to;
  if (to == STALL_STAGE_DROPPED)
    move->reason = stall_stage_ask_reason (parent);
  stall_spawn (move_fiber, move, (GDestroyNotify) move_free);
}

/**
 * stall_stage_revive:
 * @desk: what every page is handed
 * @product_id: "product:…", dropped
 *
 * Takes a dropped style up again where it was; its history stays.
 */
void
stall_stage_revive (StallDesk *desk, const char *product_id)
{
  Move *move;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (product_id != NULL);

  move = move_new (desk, product_id);
  move->revive = TRUE;
  stall_spawn (move_fiber, move, (GDestroyNotify) move_free);
}
