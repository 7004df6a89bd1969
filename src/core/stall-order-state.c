/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-order-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  StallOrder *order;
  StallOrderState *state;
  StallOrderEvent *event;
} Fold;

/* What a step needs and does; the table of them stands below. */
typedef struct
{
  gboolean (*is_offered) (const StallOrderState *self, StallStep step);
  gboolean (*apply) (Fold *fold); /* FALSE: not allowed, and nothing was changed */
} StepRule;

static const char *const status_names[STALL_N_STATUSES] = {
  "unpaid", "to-pack", "packed", "part-shipped", "shipped", "delivered", "cancelled", "refunded",
};

static const char *const status_labels[STALL_N_STATUSES] = {
  NC_ ("order status", "Unpaid"),    NC_ ("order status", "To pack"),
  NC_ ("order status", "Packed"),    NC_ ("order status", "Part shipped"),
  NC_ ("order status", "Shipped"),   NC_ ("order status", "Delivered"),
  NC_ ("order status", "Cancelled"), NC_ ("order status", "Refunded"),
};

static StallLineState *
get_line (const StallOrderState *self, guint index)
{
  return &g_array_index (self->lines, StallLineState, index);
}

/* Whether a step could move any goods. */
static gboolean
can_move (const StallOrderState *self, StallStep step)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (stall_order_state_get_movable (self, step, i) > 0)
      return TRUE;

  return FALSE;
}

/* Whether a step could move goods that need not wait. */
static gboolean
has_ready (const StallOrderState *self, StallStep step)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (stall_order_state_get_ready (self, step, i) > 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_ordered (const StallOrderState *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (get_line (self, i)->ordered > 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_shipped (const StallOrderState *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (get_line (self, i)->shipped > 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_over (const StallOrderState *self)
{
  return self->status == STALL_STATUS_CANCELLED || self->status == STALL_STATUS_REFUNDED;
}

/* The first line that is true is the status. */
static StallStatus
find_status (const StallOrderState *self)
{
  gboolean ordered = has_ordered (self);
  gboolean shipped = has_shipped (self);
  gboolean open = can_move (self, STALL_STEP_SHIPPED);

  if ((self->paid > 0 || self->refunded > 0) && stall_order_state_get_refundable (self) == 0)
    return STALL_STATUS_REFUNDED;
  if (ordered && !shipped && !open)
    return STALL_STATUS_CANCELLED;
  /* Where neither goods nor money moved, nothing else remembers that it is over. */
  if (!ordered && is_over (self))
    return self->status;
  if (shipped && open)
    return STALL_STATUS_PART_SHIPPED;
  if (shipped)
    return can_move (self, STALL_STEP_DELIVERED) ? STALL_STATUS_SHIPPED : STALL_STATUS_DELIVERED;
  if (open && !can_move (self, STALL_STEP_PACKED))
    return STALL_STATUS_PACKED;
  if (self->credit_note || stall_order_state_get_due (self) > 0)
    return STALL_STATUS_UNPAID;
  return open ? STALL_STATUS_TO_PACK : STALL_STATUS_DELIVERED;
}

/* An order without goods (a fee, a voucher, a credit note) is cancelled before money moves. */
static gboolean
is_untouched (const StallOrderState *self)
{
  return !has_ordered (self) && self->paid == 0 && self->refunded == 0 && !is_over (self);
}

static gboolean
offers_paid (const StallOrderState *self, StallStep step)
{
  return stall_order_state_get_due (self) > 0 && !is_over (self);
}

static gboolean
offers_goods (const StallOrderState *self, StallStep step)
{
  return can_move (self, step) && !is_over (self);
}

/* Who picked an order to wait is not offered to send it off all the same. */
static gboolean
offers_ready (const StallOrderState *self, StallStep step)
{
  return has_ready (self, step) && !is_over (self);
}

static gboolean
offers_completed (const StallOrderState *self, StallStep step)
{
  return !self->credit_note
         && (offers_paid (self, STALL_STEP_PAID) || offers_goods (self, STALL_STEP_SHIPPED)
             || offers_goods (self, STALL_STEP_DELIVERED));
}

static gboolean
offers_cancelled (const StallOrderState *self, StallStep step)
{
  return can_move (self, step) || is_untouched (self);
}

static gboolean
offers_returned (const StallOrderState *self, StallStep step)
{
  return can_move (self, step) && self->status != STALL_STATUS_CANCELLED;
}

static gboolean
offers_refunded (const StallOrderState *self, StallStep step)
{
  return stall_order_state_get_refundable (self) > 0 || (self->credit_note && !is_over (self));
}

/* The money of the event, or @otherwise when it says none. FALSE: money that cannot be. */
static gboolean
find_amount (Fold *fold, gint64 otherwise, gint64 *amount)
{
  gint64 paid;

  if (!stall_order_event_get_money (fold->event, amount))
    *amount = otherwise;
  else if (!g_str_equal (stall_order_event_get_currency (fold->event),
                         stall_order_get_currency (fold->order)))
    return FALSE;

  return *amount >= 0 && !__builtin_add_overflow (fold->state->paid, *amount, &paid);
}

static void
add_money (Fold *fold, gint64 amount)
{
  StallMoneyEffect effect = { amount, stall_order_event_get_at (fold->event), fold->event };

  if (amount > 0)
    fold->state->paid += amount;
  else
    fold->state->refunded -= amount;
  if (amount != 0)
    g_array_append_val (fold->state->money, effect);
}

static void
add_stock (Fold *fold, guint line, int quantity)
{
  StallStockEffect effect = {
    .line = line,
    .quantity = quantity,
    .at = stall_order_event_get_at (fold->event),
    .place = stall_order_event_get_place (fold->event),
    .event = fold->event,
  };

  if (quantity != 0)
    g_array_append_val (fold->state->stock, effect);
}

/* What is in the parcel waits no longer, whoever packed or sent it. */
static void
keep_waiting (StallLineState *line)
{
  line->waiting = MIN (line->waiting, line->open - (line->packed - line->shipped));
}

/* Moves up to @limit pieces of a line; returns whether that is any. */
static gboolean
move_line (Fold *fold, StallStep step, guint index, int limit)
{
  StallLineState *line = get_line (fold->state, index);
  int moved = MIN (stall_order_state_get_movable (fold->state, step, index), limit);

  switch (step)
    {
    case STALL_STEP_PACKED:
      line->packed += moved;
      keep_waiting (line);
      break;
    case STALL_STEP_SHIPPED:
      line->open -= moved;
      line->shipped += moved;
      line->packed = MAX (line->packed, line->shipped);
      keep_waiting (line);
      line->returnable += moved;
      add_stock (fold, index, -moved);
      break;
    case STALL_STEP_DELIVERED:
      line->delivered += moved;
      break;
    case STALL_STEP_CANCELLED:
      line->open -= moved;
      line->cancelled += moved;
      line->waiting = MAX (line->waiting - moved, 0);
      line->packed = MIN (line->packed, line->shipped + line->open - line->waiting);
      break;
    case STALL_STEP_RETURNED:
      line->returnable -= moved;
      line->returned += moved;
      /* What came back is on its way to nobody any more. */
      line->delivered = MAX (line->delivered, MIN (line->returned, line->shipped));
      if (stall_order_event_get_restock (fold->event))
        add_stock (fold, index, moved);
      break;
    case STALL_STEP_WAITING:
      line->waiting += moved;
      /* What was packed for it may be unpacked for somebody else. */
      line->packed = MIN (line->packed, line->shipped + line->open - line->waiting);
      break;
    case STALL_STEP_RESUMED:
      line->waiting -= moved;
      break;
    case STALL_STEP_PAID:
    case STALL_STEP_COMPLETED:
    case STALL_STEP_REFUNDED:
    default:
      g_assert_not_reached ();
    }
  return moved > 0;
}

/* Moves what the event names, or all; returns whether that is anything. */
static gboolean
move (Fold *fold, StallStep step)
{
  guint n_lines = stall_order_event_get_n_lines (fold->event);
  gboolean moved = FALSE;

  for (guint i = 0; n_lines == 0 && i < fold->state->lines->len; i++)
    moved |= move_line (fold, step, i, G_MAXINT);

  for (guint i = 0; i < n_lines; i++)
    {
      const StallEventLine *named = stall_order_event_get_line (fold->event, i);

      moved |= move_line (fold, step, named->line, named->quantity);
    }
  return moved;
}

static gboolean
apply_paid (Fold *fold)
{
  gint64 amount;

  if (!find_amount (fold, stall_order_state_get_due (fold->state), &amount) || amount == 0)
    return FALSE;

  add_money (fold, amount);
  return TRUE;
}

static gboolean
apply_goods (Fold *fold)
{
  return move (fold, stall_order_event_get_step (fold->event));
}

static gboolean
apply_cancelled (Fold *fold)
{
  if (!is_untouched (fold->state))
    return apply_goods (fold);

  fold->state->status = STALL_STATUS_CANCELLED;
  return TRUE;
}

static gboolean
apply_returned (Fold *fold)
{
  return fold->state->status != STALL_STATUS_CANCELLED && apply_goods (fold);
}

static gboolean
apply_refunded (Fold *fold)
{
  StallOrderState *state = fold->state;
  gint64 refundable = stall_order_state_get_refundable (state);
  gint64 amount;

  if (!offers_refunded (state, STALL_STEP_REFUNDED) || !find_amount (fold, refundable, &amount)
      || amount > refundable || (amount == 0 && refundable > 0))
    return FALSE;

  add_money (fold, -amount);
  if (amount == 0)
    state->status = STALL_STATUS_REFUNDED;
  if (state->credit_note && stall_order_event_get_restock (fold->event))
    move (fold, STALL_STEP_RETURNED);
  return TRUE;
}

static gboolean
apply_completed (Fold *fold)
{
  StallOrderState *state = fold->state;
  gboolean changed;
  gint64 amount;

  if (state->credit_note)
    return apply_refunded (fold);

  if (state->status == STALL_STATUS_CANCELLED
      || !find_amount (fold, stall_order_state_get_due (state), &amount))
    return FALSE;

  /* An order below zero is settled by giving money back. */
  if (state->total < 0)
    amount = -stall_order_state_get_refundable (state);
  add_money (fold, amount);
  changed = amount != 0;
  changed |= move (fold, STALL_STEP_SHIPPED);
  changed |= move (fold, STALL_STEP_DELIVERED);
  return changed;
}

/* A step that moves neither goods nor money nor the status is not allowed. Goods move by line, at
 * most what can, or all of them when the event names no line. Money is what the event says, in the
 * order's currency, or all that there is to move. */
static const StepRule step_rules[STALL_N_STEPS] = {
  /* Money comes in. Too much of it, or after a cancellation, counts all the same. */
  [STALL_STEP_PAID] = { offers_paid, apply_paid },
  /* What is open is packed, paid or not. */
  [STALL_STEP_PACKED] = { offers_ready, apply_goods },
  /* What is open leaves the event's place, packed or not. */
  [STALL_STEP_SHIPPED] = { offers_ready, apply_goods },
  /* What was shipped arrives. */
  [STALL_STEP_DELIVERED] = { offers_goods, apply_goods },
  /* Paid, shipped and delivered at once, unless all was cancelled; a credit note is refunded. */
  [STALL_STEP_COMPLETED] = { offers_completed, apply_completed },
  /* What is open is not wanted any more; an order without goods is over if no money has moved. */
  [STALL_STEP_CANCELLED] = { offers_cancelled, apply_cancelled },
  /* What was shipped, or what a credit note lists, comes back: into stock if it is fit to sell. */
  [STALL_STEP_RETURNED] = { offers_returned, apply_returned },
  /* Money goes back, at most what is refundable; on a credit note goods may come back with it. */
  [STALL_STEP_REFUNDED] = { offers_refunded, apply_refunded },
  /* What is open waits until stock comes. It stays reserved; packing, shipping or cancelling it
   * ends that by itself. */
  [STALL_STEP_WAITING] = { offers_goods, apply_goods },
  /* What waits need not any more. */
  [STALL_STEP_RESUMED] = { offers_goods, apply_goods },
};

static int
compare_events (gconstpointer a, gconstpointer b)
{
  StallOrderEvent *first = (gpointer) a;
  StallOrderEvent *second = (gpointer) b;
  StallTime first_at = stall_order_event_get_at (first);
  StallTime second_at = stall_order_event_get_at (second);

  if (first_at != second_at)
    return first_at < second_at ? -1 : 1;
  return strcmp (stall_order_event_get_id (first), stall_order_event_get_id (second));
}

static gboolean
names_known_lines (Fold *fold)
{
  for (guint i = 0; i < stall_order_event_get_n_lines (fold->event); i++)
    if (stall_order_event_get_line (fold->event, i)->line >= fold->state->lines->len)
      return FALSE;

  return TRUE;
}

static void
add_lines (StallOrderState *self, StallOrder *order)
{
  gboolean asks = FALSE;
  gboolean gives = self->total < 0;

  for (guint i = 0; i < stall_order_get_n_lines (order); i++)
    {
      int quantity = stall_order_get_line (order, i)->quantity;
      StallLineState line = {
        .ordered = MAX (quantity, 0),
        .open = MAX (quantity, 0),
        .returnable = MAX (-quantity, 0),
      };

      asks |= quantity > 0;
      gives |= quantity < 0;
      g_array_append_val (self->lines, line);
    }
  self->credit_note = gives && !asks;
}

/**
 * stall_status_to_string:
 * @status: where an order stands
 *
 * Returns: its name in files and on the command line
 */
const char *
stall_status_to_string (StallStatus status)
{
  g_return_val_if_fail (status < STALL_N_STATUSES, NULL);

  return status_names[status];
}

/**
 * stall_status_from_string:
 * @text: (nullable): the name of a status
 * @status: (out): the status
 *
 * Returns: %FALSE when there is no such status
 */
gboolean
stall_status_from_string (const char *text, StallStatus *status)
{
  for (guint i = 0; i < STALL_N_STATUSES; i++)
    if (g_strcmp0 (status_names[i], text) == 0)
      {
        *status = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * stall_status_get_label:
 * @status: where an order stands
 *
 * Returns: its name for a person, translated
 */
const char *
stall_status_get_label (StallStatus status)
{
  g_return_val_if_fail (status < STALL_N_STATUSES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "order status", status_labels[status]);
}

/**
 * stall_status_is_open:
 * @status: where an order stands
 *
 * Returns: whether something still has to leave the stall
 */
gboolean
stall_status_is_open (StallStatus status)
{
  return status <= STALL_STATUS_PART_SHIPPED;
}

/**
 * stall_order_state_new:
 * @order: an order
 * @events: (element-type StallOrderEvent): what happened to it, in any order
 *
 * Folds the events of an order, by time and then by id. An event that the table of steps does not
 * allow changes nothing and is listed as ignored.
 *
 * Returns: (transfer full): where the order stands
 */
StallOrderState *
stall_order_state_new (StallOrder *order, GPtrArray *events)
{
  StallOrderState *self;
  Fold fold;

  g_return_val_if_fail (STALL_IS_ORDER (order), NULL);
  g_return_val_if_fail (events != NULL, NULL);

  self = g_new0 (StallOrderState, 1);
  self->total = stall_order_get_total (order);
  self->lines
      = g_array_sized_new (FALSE, FALSE, sizeof (StallLineState), stall_order_get_n_lines (order));
  self->stock = g_array_new (FALSE, FALSE, sizeof (StallStockEffect));
  self->money = g_array_new (FALSE, FALSE, sizeof (StallMoneyEffect));
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->ignored = g_ptr_array_new ();
  add_lines (self, order);
  self->status = find_status (self);

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (self->events, g_object_ref (g_ptr_array_index (events, i)));
  g_ptr_array_sort_values (self->events, compare_events);

  fold = (Fold) { order, self, NULL };
  for (guint i = 0; i < self->events->len; i++)
    {
      fold.event = g_ptr_array_index (self->events, i);
      if (names_known_lines (&fold)
          && step_rules[stall_order_event_get_step (fold.event)].apply (&fold))
        self->status = find_status (self);
      else
        g_ptr_array_add (self->ignored, fold.event);
    }
  return self;
}

/**
 * stall_order_state_free:
 * @self: where an order stands
 *
 * Frees a state and lets go of its events.
 */
void
stall_order_state_free (StallOrderState *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->stock);
  g_array_unref (self->money);
  g_ptr_array_unref (self->ignored);
  g_ptr_array_unref (self->events);
  g_free (self);
}

/**
 * stall_order_state_allows:
 * @self: where an order stands
 * @step: what a person might do next
 *
 * Tells whether a step makes sense now. The fold is more patient: what another device saw happen,
 * such as a payment after a cancellation, counts even where nobody would be offered to do it.
 *
 * Returns: whether to offer the step
 */
gboolean
stall_order_state_allows (const StallOrderState *self, StallStep step)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (step < STALL_N_STEPS, FALSE);

  return step_rules[step].is_offered (self, step);
}

/**
 * stall_order_state_ask_in_bulk:
 * @self: where an order stands
 * @step: what a person does with many orders at once
 *
 * Tells whether the step is taken with this order too. Nobody looks at each of many: goods leave
 * only with orders that are paid in full and of which nothing waits. One that is left out can still
 * be shipped by itself.
 *
 * Returns: %STALL_BULK_DONE, or why the order is left out
 */
StallBulkAnswer
stall_order_state_ask_in_bulk (const StallOrderState *self, StallStep step)
{
  g_return_val_if_fail (self != NULL, STALL_BULK_NOTHING);

  if (self->status == STALL_STATUS_CANCELLED)
    return STALL_BULK_CANCELLED;
  if (stall_order_state_get_waiting (self) > 0)
    return STALL_BULK_WAITING;
  if (!stall_order_state_allows (self, step))
    return STALL_BULK_NOTHING;
  if (step == STALL_STEP_SHIPPED && stall_order_state_get_due (self) > 0)
    return STALL_BULK_UNPAID;
  return STALL_BULK_DONE;
}

/**
 * stall_order_state_get_next:
 * @self: where an order stands
 * @step: (out): the step
 *
 * Finds what a person usually does next with an order on its way to the customer.
 *
 * Returns: %FALSE when there is nothing left to do
 */
gboolean
stall_order_state_get_next (const StallOrderState *self, StallStep *step)
{
  static const StallStep way[]
      = { STALL_STEP_PAID, STALL_STEP_PACKED, STALL_STEP_SHIPPED, STALL_STEP_DELIVERED };

  g_return_val_if_fail (self != NULL && step != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    if (stall_order_state_allows (self, way[i]))
      {
        *step = way[i];
        return TRUE;
      }

  return FALSE;
}

/**
 * stall_order_state_get_movable:
 * @self: where an order stands
 * @step: what a person might do next
 * @line: index of a line
 *
 * Counts the pieces of one line that a step could move.
 *
 * Returns: how many pieces; 0 for a step of money
 */
int
stall_order_state_get_movable (const StallOrderState *self, StallStep step, guint line)
{
  const StallLineState *state;

  g_return_val_if_fail (self != NULL && line < self->lines->len, 0);

  state = &g_array_index (self->lines, StallLineState, line);
  switch (step)
    {
    case STALL_STEP_PACKED:
      return state->open - (state->packed - state->shipped);
    case STALL_STEP_SHIPPED:
    case STALL_STEP_CANCELLED:
    case STALL_STEP_COMPLETED:
      return state->open;
    case STALL_STEP_DELIVERED:
      return state->shipped - state->delivered;
    case STALL_STEP_RETURNED:
      return state->returnable;
    case STALL_STEP_WAITING:
      return state->open - state->waiting;
    case STALL_STEP_RESUMED:
      return state->waiting;
    case STALL_STEP_PAID:
    case STALL_STEP_REFUNDED:
    default:
      return 0;
    }
}

/**
 * stall_order_state_get_ready:
 * @self: where an order stands
 * @step: what a person might do next
 * @line: index of a line
 *
 * Counts the pieces of one line that a person would move: those that wait for stock are not among
 * what is packed or shipped.
 *
 * Returns: how many pieces; 0 for a step of money
 */
int
stall_order_state_get_ready (const StallOrderState *self, StallStep step, guint line)
{
  int movable = stall_order_state_get_movable (self, step, line);

  if (step == STALL_STEP_PACKED || step == STALL_STEP_SHIPPED)
    movable -= g_array_index (self->lines, StallLineState, line).waiting;
  return movable;
}

/**
 * stall_order_state_get_waiting:
 * @self: where an order stands
 *
 * Returns: how many pieces of it wait for stock
 */
int
stall_order_state_get_waiting (const StallOrderState *self)
{
  int waiting = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->lines->len; i++)
    waiting += g_array_index (self->lines, StallLineState, i).waiting;
  return waiting;
}

/**
 * stall_order_state_name_ready:
 * @self: where an order stands
 * @event: one that names no lines, and so concerns all that is open
 *
 * Makes @event concern what does not wait, where something waits.
 */
void
stall_order_state_name_ready (const StallOrderState *self, StallOrderEvent *event)
{
  StallStep step = stall_order_event_get_step (event);

  g_return_if_fail (self != NULL);

  for (guint i = 0; stall_order_state_get_waiting (self) > 0 && i < self->lines->len; i++)
    {
      int ready = stall_order_state_get_ready (self, step, i);

      if (ready > 0)
        stall_order_event_add_line (event, i, ready);
    }
}

/**
 * stall_order_state_get_due:
 * @self: where an order stands
 *
 * Returns: minor units still to be paid, 0 or more
 */
gint64
stall_order_state_get_due (const StallOrderState *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->total - self->paid, 0);
}

/**
 * stall_order_state_get_refundable:
 * @self: where an order stands
 *
 * Counts what was taken and not given back, and what an order below zero promises.
 *
 * Returns: minor units that can be given back, 0 or more
 */
gint64
stall_order_state_get_refundable (const StallOrderState *self)
{
  gint64 promised, refundable;

  g_return_val_if_fail (self != NULL, 0);

  promised = self->status != STALL_STATUS_CANCELLED ? MAX (-self->total, 0) : 0;
  if (__builtin_add_overflow (self->paid, promised, &refundable))
    refundable = G_MAXINT64;
  return MAX (refundable - self->refunded, 0);
}
