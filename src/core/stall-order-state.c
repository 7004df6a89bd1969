/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-order-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What each step needs and does. A step that does nothing is ignored as a whole.
 *
 * | step      | needs                          | money                      | goods |
 * |-----------|--------------------------------|----------------------------|-----------------------------|
 * | paid      | an amount, or something due    | + amount, or what is due   | | | packed    |
 * something open and unpacked    |                            | open → packed               | |
 * shipped   | something open                 |                            | open → shipped, leave
 * place | | delivered | something shipped              |                            | shipped →
 * delivered         | | completed | not cancelled, something to do | + what is due              |
 * open → shipped → delivered  | | cancelled | something open, or no goods    | | open → cancelled |
 * |           | and no money moved             |                            | | | returned  |
 * something returnable           |                            | → returned; to place when   | | |
 * |                            | fit to sell                 | | refunded  | amount ≤ refundable >
 * 0, or a  | − amount, or all that is   | on a credit note as returned| |           | credit note
 * not yet refunded   | refundable                 | when fit to sell            |
 *
 * An event that names lines moves at most what those lines can; one that names none moves all. */

typedef struct
{
  StallOrder *order;
  StallOrderState *state;
  StallOrderEvent *event;
} Fold;

typedef struct
{
  gboolean (*is_offered) (const StallOrderState *self);
  gboolean (*apply) (Fold *fold); /* FALSE: not allowed, and nothing was changed */
} StepRule;

/* Moves up to @limit pieces of a line; returns how many. */
typedef int (*MoveFunc) (Fold *fold, guint line, int limit);

static const char *const status_names[STALL_N_STATUSES] = {
  "unpaid", "to-pack", "packed", "part-shipped", "shipped", "delivered", "cancelled", "refunded",
};

static const char *const status_labels[STALL_N_STATUSES] = {
  NC_ ("order status", "Unpaid"),    NC_ ("order status", "To pack"),
  NC_ ("order status", "Packed"),    NC_ ("order status", "Part shipped"),
  NC_ ("order status", "Shipped"),   NC_ ("order status", "Delivered"),
  NC_ ("order status", "Cancelled"), NC_ ("order status", "Refunded"),
};

/* The pieces of all lines together. */
typedef struct
{
  gint64 ordered, packed, shipped, delivered, cancelled, open, unpacked, returnable;
} Pieces;

static int
get_unpacked (const StallLineState *line)
{
  return line->open - (line->packed - line->shipped);
}

static Pieces
count_pieces (const StallOrderState *self)
{
  Pieces pieces = { 0 };

  for (guint i = 0; i < self->lines->len; i++)
    {
      const StallLineState *line = &g_array_index (self->lines, StallLineState, i);

      pieces.ordered += line->ordered;
      pieces.packed += line->packed;
      pieces.shipped += line->shipped;
      pieces.delivered += line->delivered;
      pieces.cancelled += line->cancelled;
      pieces.open += line->open;
      pieces.unpacked += get_unpacked (line);
      pieces.returnable += line->returnable;
    }
  return pieces;
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
  Pieces pieces = count_pieces (self);

  if ((self->paid > 0 || self->refunded > 0) && stall_order_state_get_refundable (self) == 0)
    return STALL_STATUS_REFUNDED;
  if (pieces.ordered > 0 && pieces.cancelled == pieces.ordered)
    return STALL_STATUS_CANCELLED;
  /* Without goods, or without money, nothing else remembers that it is over. */
  if (pieces.ordered == 0 && is_over (self))
    return self->status;
  if (pieces.shipped > 0 && pieces.open > 0)
    return STALL_STATUS_PART_SHIPPED;
  if (pieces.shipped > 0 && pieces.delivered < pieces.shipped)
    return STALL_STATUS_SHIPPED;
  if (pieces.shipped > 0)
    return STALL_STATUS_DELIVERED;
  if (pieces.open > 0 && pieces.unpacked == 0)
    return STALL_STATUS_PACKED;
  if (self->credit_note || stall_order_state_get_due (self) > 0)
    return STALL_STATUS_UNPAID;
  return pieces.open > 0 ? STALL_STATUS_TO_PACK : STALL_STATUS_DELIVERED;
}

static gboolean
offers_paid (const StallOrderState *self)
{
  return stall_order_state_get_due (self) > 0 && !is_over (self);
}

static gboolean
offers_packed (const StallOrderState *self)
{
  return count_pieces (self).unpacked > 0 && !is_over (self);
}

static gboolean
offers_shipped (const StallOrderState *self)
{
  return count_pieces (self).open > 0 && !is_over (self);
}

static gboolean
offers_delivered (const StallOrderState *self)
{
  Pieces pieces = count_pieces (self);

  return pieces.delivered < pieces.shipped;
}

static gboolean
offers_completed (const StallOrderState *self)
{
  return !self->credit_note && !is_over (self)
         && (stall_order_state_get_due (self) > 0 || count_pieces (self).open > 0
             || offers_delivered (self));
}

/* An order without goods (a fee, a voucher, a credit note) is cancelled before money moves. */
static gboolean
is_untouched (const StallOrderState *self)
{
  return count_pieces (self).ordered == 0 && self->paid == 0 && self->refunded == 0
         && !is_over (self);
}

static gboolean
offers_cancelled (const StallOrderState *self)
{
  return count_pieces (self).open > 0 || is_untouched (self);
}

static gboolean
offers_returned (const StallOrderState *self)
{
  return count_pieces (self).returnable > 0 && self->status != STALL_STATUS_CANCELLED;
}

static gboolean
offers_refunded (const StallOrderState *self)
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

static StallLineState *
get_line (Fold *fold, guint line)
{
  return &g_array_index (fold->state->lines, StallLineState, line);
}

static int
pack (Fold *fold, guint index, int limit)
{
  StallLineState *line = get_line (fold, index);
  int moved = MIN (get_unpacked (line), limit);

  line->packed += moved;
  return moved;
}

static int
ship (Fold *fold, guint index, int limit)
{
  StallLineState *line = get_line (fold, index);
  int moved = MIN (line->open, limit);

  line->open -= moved;
  line->shipped += moved;
  line->packed = MAX (line->packed, line->shipped);
  line->returnable += moved;
  add_stock (fold, index, -moved);
  return moved;
}

static int
deliver (Fold *fold, guint index, int limit)
{
  StallLineState *line = get_line (fold, index);
  int moved = MIN (line->shipped - line->delivered, limit);

  line->delivered += moved;
  return moved;
}

static int
cancel (Fold *fold, guint index, int limit)
{
  StallLineState *line = get_line (fold, index);
  int moved = MIN (line->open, limit);

  line->open -= moved;
  line->cancelled += moved;
  line->packed = MIN (line->packed, line->shipped + line->open);
  return moved;
}

static int
take_back (Fold *fold, guint index, int limit)
{
  StallLineState *line = get_line (fold, index);
  int moved = MIN (line->returnable, limit);

  line->returnable -= moved;
  line->returned += moved;
  if (stall_order_event_get_restock (fold->event))
    add_stock (fold, index, moved);
  return moved;
}

/* Moves what the event names, or all; TRUE when that is anything. */
static gboolean
move (Fold *fold, MoveFunc func)
{
  guint n_lines = stall_order_event_get_n_lines (fold->event);
  gboolean moved = FALSE;

  for (guint i = 0; n_lines == 0 && i < fold->state->lines->len; i++)
    moved |= func (fold, i, G_MAXINT) > 0;

  for (guint i = 0; i < n_lines; i++)
    {
      const StallEventLine *named = stall_order_event_get_line (fold->event, i);

      moved |= func (fold, named->line, named->quantity) > 0;
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
apply_packed (Fold *fold)
{
  return move (fold, pack);
}

static gboolean
apply_shipped (Fold *fold)
{
  return move (fold, ship);
}

static gboolean
apply_delivered (Fold *fold)
{
  return move (fold, deliver);
}

static gboolean
apply_cancelled (Fold *fold)
{
  if (is_untouched (fold->state))
    {
      fold->state->status = STALL_STATUS_CANCELLED;
      return TRUE;
    }
  return move (fold, cancel);
}

static gboolean
apply_returned (Fold *fold)
{
  return fold->state->status != STALL_STATUS_CANCELLED && move (fold, take_back);
}

static gboolean
apply_refunded (Fold *fold)
{
  StallOrderState *state = fold->state;
  gint64 refundable = stall_order_state_get_refundable (state);
  gint64 amount;

  if (!offers_refunded (state) || !find_amount (fold, refundable, &amount) || amount > refundable
      || (amount == 0 && refundable > 0))
    return FALSE;

  add_money (fold, -amount);
  if (amount == 0)
    state->status = STALL_STATUS_REFUNDED;
  if (state->credit_note && stall_order_event_get_restock (fold->event))
    move (fold, take_back);
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
  changed |= move (fold, ship);
  changed |= move (fold, deliver);
  return changed;
}

static const StepRule step_rules[STALL_N_STEPS] = {
  [STALL_STEP_PAID] = { offers_paid, apply_paid },
  [STALL_STEP_PACKED] = { offers_packed, apply_packed },
  [STALL_STEP_SHIPPED] = { offers_shipped, apply_shipped },
  [STALL_STEP_DELIVERED] = { offers_delivered, apply_delivered },
  [STALL_STEP_COMPLETED] = { offers_completed, apply_completed },
  [STALL_STEP_CANCELLED] = { offers_cancelled, apply_cancelled },
  [STALL_STEP_RETURNED] = { offers_returned, apply_returned },
  [STALL_STEP_REFUNDED] = { offers_refunded, apply_refunded },
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

  return step_rules[step].is_offered (self);
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
    if (step_rules[way[i]].is_offered (self))
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
      return get_unpacked (state);
    case STALL_STEP_SHIPPED:
    case STALL_STEP_CANCELLED:
    case STALL_STEP_COMPLETED:
      return state->open;
    case STALL_STEP_DELIVERED:
      return state->shipped - state->delivered;
    case STALL_STEP_RETURNED:
      return state->returnable;
    case STALL_STEP_PAID:
    case STALL_STEP_REFUNDED:
    default:
      return 0;
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
