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

static char *
dup_refusal (StallStep step, guint n)
{
  switch (step)
    {
    case STALL_STEP_PACKED:
      return g_strdup_printf (
          ngettext ("%u order has nothing to pack", "%u orders have nothing to pack", n), n);
    case STALL_STEP_SHIPPED:
      return g_strdup_printf (
          ngettext ("%u order has nothing to ship", "%u orders have nothing to ship", n), n);
    default:
      return g_strdup_printf (
          ngettext ("%u order was left as it is", "%u orders were left as they are", n), n);
    }
}

static void
say_refused (Bulk *bulk, guint n_refused)
{
  g_autofree char *refusal = dup_refusal (bulk->step, n_refused);

  if (n_refused > 0)
    stall_desk_say (bulk->desk, refusal);
}

static DexFuture *
bulk_fiber (gpointer data)
{
  Bulk *bulk = data;
  StallStore *store = stall_desk_get_store (bulk->desk);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  guint n_refused = 0;
  gboolean done;

  for (guint i = 0; bulk->order_ids[i]; i++)
    {
      g_autoptr (StallOrder) order = NULL;
      g_autoptr (StallOrderState) state = NULL;

      if (!stall_order_await_state (store, bulk->order_ids[i], &order, &state, &error))
        {
          stall_desk_report (bulk->desk, error);
          return dex_future_new_for_error (g_steal_pointer (&error));
        }
      if (stall_order_state_allows (state, bulk->step))
        {
          g_autoptr (StallOrderEvent) event
              = stall_order_event_new (bulk->order_ids[i], bulk->step, stall_time_now ());

          g_ptr_array_add (
              documents, stall_order_event_to_document (event, stall_desk_get_device (bulk->desk)));
          if (!label)
            label = stall_order_step_dup_label (bulk->step, stall_order_get_number (order));
        }
      else
        n_refused++;
    }

  if (documents->len == 0)
    {
      say_refused (bulk, n_refused);
      return dex_future_new_false ();
    }

  if (documents->len > 1)
    {
      g_free (label);
      label = dup_bulk_label (bulk->step, documents->len);
    }
  changes = stall_change_set_new (label);
  for (guint i = 0; i < documents->len; i++)
    stall_change_set_put (changes, g_ptr_array_index (documents, i));
  /* The desk tells the person when it fails. */
  done = dex_await (stall_desk_apply (bulk->desk, changes), NULL);
  say_refused (bulk, n_refused);
  return dex_future_new_for_boolean (done);
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
 * Does @step with all that is open of every order that allows it, in one change set, and says how
 * many it left alone. Errors are reported to the person.
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
