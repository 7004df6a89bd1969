/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-steps.h"

#include "stall-async.h"
#include "stall-order-record.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  GStrv order_ids;
  StallStep step;
} Bulk;

static void
bulk_free (Bulk *bulk)
{
  g_clear_object (&bulk->desk);
  g_strfreev (bulk->order_ids);
  g_free (bulk);
}

/* What was done, and with how many. */
static char *
dup_bulk_label (StallStep step, guint n)
{
  switch (step)
    {
    case STALL_STEP_PACKED:
      return g_strdup_printf (ngettext ("%u order packed", "%u orders packed", n), n);
    case STALL_STEP_SHIPPED:
      return g_strdup_printf (ngettext ("%u order shipped", "%u orders shipped", n), n);
    default:
      return g_strdup_printf (ngettext ("%u order changed", "%u orders changed", n), n);
    }
}

static const char *
get_nothing_done (StallStep step)
{
  switch (step)
    {
    case STALL_STEP_PACKED:
      return _ ("Nothing was packed");
    case STALL_STEP_SHIPPED:
      return _ ("Nothing was shipped");
    default:
      return _ ("Nothing was changed");
    }
}

static char *
dup_left_out (StallBulkAnswer why, guint n)
{
  switch (why)
    {
    case STALL_BULK_UNPAID:
      return g_strdup_printf (ngettext ("%u not paid", "%u not paid", n), n);
    case STALL_BULK_CANCELLED:
      return g_strdup_printf (ngettext ("%u cancelled", "%u cancelled", n), n);
    case STALL_BULK_WAITING:
      return g_strdup_printf (ngettext ("%u waits", "%u wait", n), n);
    case STALL_BULK_NOTHING:
      return g_strdup_printf (
          ngettext ("%u with nothing left to do", "%u with nothing left to do", n), n);
    case STALL_BULK_DONE:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * stall_order_step_describe_bulk:
 * @step: what was to be done
 * @answers: (array fixed-size=4): how many orders gave each #StallBulkAnswer
 *
 * Says what became of many orders: “3 orders shipped. Left out: 2 not paid, 1 cancelled”.
 *
 * Returns: (transfer full): the words
 */
char *
stall_order_step_describe_bulk (StallStep step, const guint answers[STALL_N_BULK_ANSWERS])
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *done = answers[STALL_BULK_DONE] > 0
                              ? dup_bulk_label (step, answers[STALL_BULK_DONE])
                              : g_strdup (get_nothing_done (step));
  g_auto (GStrv) left_out = NULL;
  g_autofree char *list = NULL;

  for (int i = STALL_BULK_DONE + 1; i < STALL_N_BULK_ANSWERS; i++)
    if (answers[i] > 0)
      g_strv_builder_take (builder, dup_left_out ((StallBulkAnswer) i, answers[i]));
  left_out = g_strv_builder_end (builder);
  if (left_out[0] == NULL)
    return g_steal_pointer (&done);
  list = g_strjoinv (_ (", "), left_out);
  /* Translators: what became of many orders: “3 orders shipped. Left out: 2 not paid, 1 cancelled”
   */
  return g_strdup_printf (_ ("%s. Left out: %s"), done, list);
}

/* Where each order stands; NULL when one of them could not be read. */
static StallChangeSet *
await_changes (Bulk *bulk, guint answers[STALL_N_BULK_ANSWERS], GError **error)
{
  const char *device = stall_desk_get_device (bulk->desk);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *label = NULL;
  StallChangeSet *changes;

  for (guint i = 0; bulk->order_ids[i]; i++)
    {
      g_autoptr (StallOrder) order = NULL;
      g_autoptr (StallOrderState) state = NULL;
      g_autoptr (StallOrderEvent) event = NULL;
      StallBulkAnswer answer;

      if (!stall_order_await_state (stall_desk_get_store (bulk->desk), bulk->order_ids[i], &order,
                                    &state, error))
        return NULL;
      answer = stall_order_state_ask_in_bulk (state, bulk->step);
      answers[answer]++;
      if (answer != STALL_BULK_DONE)
        continue;
      event = stall_order_event_new (bulk->order_ids[i], bulk->step, stall_time_now ());
      g_ptr_array_add (documents, stall_order_event_to_document (event, device));
      if (!label)
        label = stall_order_step_dup_label (bulk->step, stall_order_get_number (order));
    }
  if (documents->len > 1)
    {
      g_free (label);
      label = dup_bulk_label (bulk->step, documents->len);
    }
  changes = stall_change_set_new (label ? label : "");
  for (guint i = 0; i < documents->len; i++)
    stall_change_set_put (changes, g_ptr_array_index (documents, i));
  return changes;
}

static DexFuture *
bulk_fiber (gpointer data)
{
  Bulk *bulk = data;
  guint answers[STALL_N_BULK_ANSWERS] = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StallChangeSet) changes = await_changes (bulk, answers, &error);
  g_autofree char *words = NULL;

  if (!changes)
    {
      stall_desk_report (bulk->desk, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  words = stall_order_step_describe_bulk (bulk->step, answers);
  if (answers[STALL_BULK_DONE] == 0)
    {
      stall_desk_say (bulk->desk, words);
      return dex_future_new_false ();
    }
  /* One order and nothing left out is said as on its own page. */
  if (answers[STALL_BULK_DONE] == g_strv_length (bulk->order_ids))
    g_set_str (&words, stall_change_set_get_label (changes));
  /* The desk tells the person when it fails. */
  return dex_future_new_for_boolean (
      dex_await (stall_desk_apply_and_say (bulk->desk, changes, words), NULL));
}

/**
 * stall_order_step_dup_label:
 * @step: what was done
 * @number: the order's number
 *
 * Says what was done with one order: “Order 1042 shipped”.
 *
 * Returns: (transfer full): the words
 */
char *
stall_order_step_dup_label (StallStep step, const char *number)
{
  switch (step)
    {
    case STALL_STEP_PAID:
      return g_strdup_printf (_ ("Order %s paid"), number);
    case STALL_STEP_PACKED:
      return g_strdup_printf (_ ("Order %s packed"), number);
    case STALL_STEP_SHIPPED:
      return g_strdup_printf (_ ("Order %s shipped"), number);
    case STALL_STEP_DELIVERED:
      return g_strdup_printf (_ ("Order %s delivered"), number);
    case STALL_STEP_COMPLETED:
      return g_strdup_printf (_ ("Order %s completed"), number);
    case STALL_STEP_CANCELLED:
      return g_strdup_printf (_ ("Order %s cancelled"), number);
    case STALL_STEP_RETURNED:
      return g_strdup_printf (_ ("Goods of order %s returned"), number);
    case STALL_STEP_REFUNDED:
      return g_strdup_printf (_ ("Order %s refunded"), number);
    case STALL_STEP_WAITING:
      return g_strdup_printf (_ ("Order %s waits"), number);
    case STALL_STEP_RESUMED:
      return g_strdup_printf (_ ("Order %s no longer waits"), number);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * stall_order_step_new_changes:
 * @order: the order
 * @event: what happened to it
 * @device: this installation
 *
 * Makes the change set of one step with one order.
 *
 * Returns: (transfer full): the change set
 */
StallChangeSet *
stall_order_step_new_changes (StallOrder *order, StallOrderEvent *event, const char *device)
{
  g_autoptr (StallDocument) document = stall_order_event_to_document (event, device);
  g_autofree char *label = stall_order_step_dup_label (stall_order_event_get_step (event),
                                                       stall_order_get_number (order));
  StallChangeSet *changes = stall_change_set_new (label);

  stall_change_set_put (changes, document);
  return changes;
}

/**
 * stall_order_step_apply_to_all:
 * @desk: the desk
 * @order_ids: ids of orders
 * @step: what to do with each
 *
 * Does @step with all that is open of every order that stall_order_state_ask_in_bulk() has nothing
 * against, in one change set, and says how many it left out and why. Errors are reported to the
 * person.
 *
 * Returns: (transfer full): a future of a boolean: whether anything was done
 */
DexFuture *
stall_order_step_apply_to_all (StallDesk *desk, const char *const *order_ids, StallStep step)
{
  Bulk *bulk;

  dex_return_error_if_fail (STALL_IS_DESK (desk));
  dex_return_error_if_fail (order_ids);

  bulk = g_new0 (Bulk, 1);
  bulk->desk = g_object_ref (desk);
  bulk->order_ids = g_strdupv ((char **) order_ids);
  bulk->step = step;
  return stall_async (bulk_fiber, bulk, (GDestroyNotify) bulk_free);
}
