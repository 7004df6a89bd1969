/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-words.h"

#include "stall-format.h"
#include "stall-product-words.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

static const struct
{
  const char *name;
  const char *label;
} payments[STALL_N_PAYMENTS] = {
  { "cash", N_ ("Cash") }, { "wechat", N_ ("WeChat Pay") }, { "alipay", N_ ("Alipay") },
  { "card", N_ ("Card") }, { "platform", N_ ("Platform") }, { "other", N_ ("Other") },
};

static void
take (GPtrArray *parts, char *text)
{
  g_ptr_array_add (parts, text);
}

/* Takes @parts over. */
static char *
join (GPtrArray *parts, const char *separator)
{
  g_autoptr (GPtrArray) owned = parts;

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (separator, (char **) parts->pdata);
}

static char *
dup_waiting (gint64 pieces)
{
  g_autofree char *count = stall_format_count (pieces);

  /* Translators: pieces of an order that wait until stock comes */
  return g_strdup_printf (ngettext ("%s waits", "%s wait", (gulong) pieces), count);
}

/**
 * stall_payment_get_name:
 * @index: below %STALL_N_PAYMENTS
 *
 * Returns: the payment kind as it is stored
 */
const char *
stall_payment_get_name (guint index)
{
  g_return_val_if_fail (index < STALL_N_PAYMENTS, "other");

  return payments[index].name;
}

/**
 * stall_payment_get_label:
 * @name: (nullable): a payment kind as it is stored
 *
 * Returns: (nullable): its name for a person; @name itself when it is not a known one
 */
const char *
stall_payment_get_label (const char *name)
{
  for (guint i = 0; i < STALL_N_PAYMENTS; i++)
    if (g_strcmp0 (payments[i].name, name) == 0)
      return _ (payments[i].label);
  return name;
}

/**
 * stall_payment_new_list:
 *
 * Returns: (transfer full): the names of all payment kinds for a person, in the order of
 *   stall_payment_get_name()
 */
GListModel *
stall_payment_new_list (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < STALL_N_PAYMENTS; i++)
    gtk_string_list_append (list, _ (payments[i].label));
  return G_LIST_MODEL (list);
}

/**
 * stall_payment_find_last:
 * @state: where an order stands
 *
 * Finds how it was paid: money usually goes back the way it came.
 *
 * Returns: the index of the payment kind; of cash when nothing is known
 */
guint
stall_payment_find_last (const StallOrderState *state)
{
  guint found = 0;

  g_return_val_if_fail (state, 0);

  for (guint i = 0; i < state->events->len; i++)
    {
      StallOrderEvent *event = g_ptr_array_index (state->events, i);
      StallStep step = stall_order_event_get_step (event);

      for (guint kind = 0; kind < STALL_N_PAYMENTS; kind++)
        if ((step == STALL_STEP_PAID || step == STALL_STEP_COMPLETED)
            && g_strcmp0 (stall_order_event_get_payment (event), payments[kind].name) == 0)
          found = kind;
    }
  return found;
}

/**
 * stall_order_charge_dup_title:
 * @charge: of an order
 *
 * Returns: (transfer full): what the charge is for
 */
char *
stall_order_charge_dup_title (const StallOrderCharge *charge)
{
  static const char *const labels[] = {
    [STALL_CHARGE_SHIPPING] = N_ ("Shipping"),
    [STALL_CHARGE_DISCOUNT] = N_ ("Discount"),
    [STALL_CHARGE_FEE] = N_ ("Fee"),
    [STALL_CHARGE_TAX] = N_ ("Tax"),
    [STALL_CHARGE_ADJUSTMENT] = N_ ("Adjustment"),
  };

  g_return_val_if_fail (charge, NULL);

  if (charge->title && *charge->title)
    return g_strdup (charge->title);
  return g_strdup (charge->kind < G_N_ELEMENTS (labels) ? _ (labels[charge->kind]) : "");
}

/**
 * stall_order_line_dup_state:
 * @state: of a line
 * @status: of the order as a whole
 *
 * Says what became of the pieces of a line where that differs from the order as a whole:
 * “1 of 3 shipped · 1 returned”.
 *
 * Returns: (transfer full): the words; empty when there is nothing to say
 */
char *
stall_order_line_dup_state (const StallLineState *state, StallStatus status)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  gboolean waits = status == STALL_STATUS_PART_SHIPPED && state->open > 0;

  if (state->shipped < state->ordered && (state->shipped > 0 || waits))
    take (parts, g_strdup_printf (_ ("%d of %d shipped"), state->shipped, state->ordered));
  else if (state->shipped == 0 && state->packed > 0 && state->packed < state->ordered)
    take (parts, g_strdup_printf (_ ("%d of %d packed"), state->packed, state->ordered));
  if (state->waiting > 0)
    take (parts, dup_waiting (state->waiting));
  if (state->cancelled > 0)
    take (parts, g_strdup_printf (_ ("%d cancelled"), state->cancelled));
  if (state->returned > 0)
    take (parts, g_strdup_printf (_ ("%d returned"), state->returned));
  return join (parts, " · ");
}

/**
 * stall_order_get_pill:
 * @status: where an order stands
 * @waits: whether a piece of it waits for stock
 * @style: (out): the CSS class of the pill
 *
 * Returns: what the pill of the order says in a list
 */
const char *
stall_order_get_pill (StallStatus status, gboolean waits, const char **style)
{
  *style = stall_status_get_style (waits ? STALL_STATUS_UNPAID : status);
  return waits ? C_ ("order", "Waits") : stall_status_get_label (status);
}

/**
 * stall_oversold_dup_words:
 * @oversold: a variant of which more is promised than there is
 *
 * Returns: (transfer full): “Lilac / M · 2 pieces short · 1 on hand · 3 reserved”
 */
char *
stall_oversold_dup_words (const StallOversold *oversold)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *n_short = stall_format_count (oversold->undecided);
  g_autofree char *reserved = stall_format_count (oversold->reserved);

  g_return_val_if_fail (oversold, NULL);

  if (*oversold->title != '\0')
    take (parts, g_strdup (oversold->title));
  take (parts,
        g_strdup_printf (
            ngettext ("%s piece short", "%s pieces short", (gulong) oversold->undecided), n_short));
  take (parts, stall_product_words_on_hand (oversold->on_hand));
  if (oversold->reserved > 0)
    take (parts,
          g_strdup_printf (ngettext ("%s reserved", "%s reserved", (gulong) oversold->reserved),
                           reserved));
  if (oversold->waiting > 0)
    take (parts, dup_waiting (oversold->waiting));
  return join (parts, " · ");
}

/**
 * stall_claim_dup_title:
 * @claim: an order that wants what is short
 *
 * Returns: (transfer full): “H-0012 · 小鹿”
 */
char *
stall_claim_dup_title (const StallClaim *claim)
{
  g_return_val_if_fail (claim, NULL);

  return *claim->customer != '\0'
             ? g_strdup_printf ("%s · %s", claim->order_number, claim->customer)
             : g_strdup (claim->order_number);
}

/**
 * stall_claim_dup_words:
 * @claim: an order that wants what is short
 * @now: the present moment
 *
 * Returns: (transfer full): “Today, 14:03 · Fair · To pack · 2 pieces · 1 waits”
 */
char *
stall_claim_dup_words (const StallClaim *claim, StallTime now)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (claim, NULL);

  take (parts, stall_format_moment (claim->placed_at, now));
  take (parts, g_strdup (stall_source_get_label (claim->source)));
  take (parts, g_strdup (stall_status_get_label (claim->status)));
  take (parts, stall_format_pieces (claim->open));
  if (claim->waiting > 0)
    take (parts, dup_waiting (claim->waiting));
  return join (parts, " · ");
}

static void
add_pieces (GPtrArray *parts, StallOrderEvent *event, const StallOrderRecord *record)
{
  guint n = stall_order_event_get_n_lines (event);

  for (guint i = 0; i < n; i++)
    {
      const StallEventLine *line = stall_order_event_get_line (event, i);
      g_autofree char *title = NULL;

      if (line->line >= stall_order_get_n_lines (record->order))
        continue;
      title = stall_order_record_dup_title (record, line->line);
      /* Translators: quantity and name of what was packed or shipped: “2 × Lilac Suit” */
      take (parts, g_strdup_printf (_ ("%d × %s"), line->quantity, title));
    }
}

/* What an event took or gave back, also where it does not say how much itself. */
static void
add_money (GPtrArray *parts, StallOrderEvent *event, const StallOrderRecord *record)
{
  for (guint i = 0; i < record->state->money->len; i++)
    {
      const StallMoneyEffect *effect = &g_array_index (record->state->money, StallMoneyEffect, i);

      if (effect->event == event)
        take (parts, stall_format_money (effect->amount, stall_order_get_currency (record->order)));
    }
}

/**
 * stall_order_event_dup_details:
 * @event: of the order of @record
 * @record: the order
 *
 * Says what else is known of an event: money, pieces, place, remark. Its tracking number is not
 * among them, because that is shown to be copied.
 *
 * Returns: (transfer full): lines of text; empty when nothing else is known
 */
char *
stall_order_event_dup_details (StallOrderEvent *event, const StallOrderRecord *record)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  StallStep step = stall_order_event_get_step (event);
  const char *payment = stall_payment_get_label (stall_order_event_get_payment (event));
  const char *remark = stall_order_event_get_remark (event);
  const char *place = stall_order_event_get_place (event);

  add_money (parts, event, record);
  if (payment && *payment)
    take (parts, g_strdup (payment));
  add_pieces (parts, event, record);
  if (!g_str_equal (place, STALL_PLACE_WORKSHOP))
    take (parts, stall_format_place (place));
  if (step == STALL_STEP_RETURNED && !stall_order_event_get_restock (event))
    take (parts, g_strdup (_ ("not fit to sell")));
  if (remark && *remark)
    take (parts, g_strdup (remark));
  if (g_ptr_array_find (record->state->ignored, event, NULL))
    take (parts, g_strdup (_ ("changed nothing")));
  return join (parts, " · ");
}
