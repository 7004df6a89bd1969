/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-step-dialog.h"

#include "stall-async.h"
#include "stall-field.h"
#include "stall-format.h"
#include "stall-money.h"
#include "stall-order-pieces.h"
#include "stall-order-steps.h"
#include "stall-order-words.h"

#include <glib/gi18n-lib.h>

struct _StallOrderStepDialog
{
  AdwDialog parent;

  StallDesk *desk;
  StallOrderRecord *record;
  StallStep step;
  gboolean amount_typed; /* by the person: no longer follows the pieces */
  gboolean filling;

  GtkButton *do_button;
  AdwBanner *due_banner;
  StallOrderPieces *pieces;
  AdwPreferencesGroup *parcel_group;
  AdwEntryRow *carrier_row;
  AdwEntryRow *tracking_row;
  AdwPreferencesGroup *money_group;
  AdwEntryRow *amount_row;
  AdwComboRow *payment_row;
  GtkLabel *complaint;
  AdwPreferencesGroup *remark_group;
  AdwEntryRow *remark_row;
};

G_DEFINE_FINAL_TYPE (StallOrderStepDialog, stall_order_step_dialog, ADW_TYPE_DIALOG)

static gboolean
moves_goods (StallStep step)
{
  return step == STALL_STEP_SHIPPED || step == STALL_STEP_CANCELLED || step == STALL_STEP_RETURNED;
}

static gboolean
moves_money (StallStep step)
{
  return step == STALL_STEP_PAID || step == STALL_STEP_REFUNDED || step == STALL_STEP_RETURNED;
}

static gint64
suggest_amount (StallOrderStepDialog *self)
{
  if (self->step == STALL_STEP_PAID)
    return stall_order_state_get_due (self->record->state);
  if (self->step == STALL_STEP_REFUNDED)
    return stall_order_state_get_refundable (self->record->state);
  return stall_order_pieces_get_refund (self->pieces);
}

static void
fill_amount (StallOrderStepDialog *self)
{
  g_autofree char *text = NULL;

  if (self->amount_typed || !moves_money (self->step))
    return;
  text = stall_money_format_plain (suggest_amount (self),
                                   stall_order_get_currency (self->record->order));
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), text);
  self->filling = FALSE;
}

/* Why the amount cannot be taken; NULL when it can. Nothing written is nothing. */
static char *
read_amount (StallOrderStepDialog *self, gint64 *amount)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount_row));
  const char *currency = stall_order_get_currency (self->record->order);
  gint64 most = stall_order_state_get_refundable (self->record->state);
  g_autofree char *money = stall_format_money (most, currency);
  g_autoptr (GError) error = NULL;

  *amount = 0;
  if (!moves_money (self->step))
    return NULL;
  if (*text && !stall_money_parse_price (text, currency, amount, &error))
    return g_strdup (error->message);
  if (*amount == 0 && self->step != STALL_STEP_RETURNED)
    return g_strdup (_ ("Write an amount."));
  if (*amount > most && self->step != STALL_STEP_PAID)
    /* Translators: %s is a sum of money: what the customer paid and did not get back yet */
    return g_strdup_printf (_ ("At most %s can be refunded: no more was paid."), money);
  return NULL;
}

static void
check (StallOrderStepDialog *self)
{
  gint64 amount;
  g_autofree char *wrong = read_amount (self, &amount);

  stall_field_set_wrong (GTK_EDITABLE (self->amount_row), wrong);
  stall_field_complain (self->complaint, wrong);
  gtk_widget_set_sensitive (
      GTK_WIDGET (self->do_button),
      wrong == NULL
          && (!moves_goods (self->step) || stall_order_pieces_get_count (self->pieces) > 0));
}

static void
pieces_cb (StallOrderStepDialog *self)
{
  fill_amount (self);
  check (self);
}

static void
amount_cb (StallOrderStepDialog *self, GtkEditable *editable)
{
  if (!self->filling)
    self->amount_typed = TRUE;
  check (self);
}

static StallOrderEvent *
new_goods_event (StallOrderStepDialog *self, StallTime now)
{
  StallOrderEvent *event = stall_order_pieces_new_event (self->pieces, now);

  if (self->step == STALL_STEP_SHIPPED)
    stall_order_event_set_tracking (event, gtk_editable_get_text (GTK_EDITABLE (self->carrier_row)),
                                    gtk_editable_get_text (GTK_EDITABLE (self->tracking_row)));
  return event;
}

static StallOrderEvent *
new_money_event (StallOrderStepDialog *self, StallStep step, gint64 amount, StallTime now)
{
  StallOrderEvent *event
      = stall_order_event_new (stall_order_get_id (self->record->order), step, now);

  stall_order_event_set_money (event, amount, stall_order_get_currency (self->record->order));
  stall_order_event_set_payment (
      event, stall_payment_get_name (adw_combo_row_get_selected (self->payment_row)));
  return event;
}

static DexFuture *
apply_fiber (gpointer data)
{
  gpointer *pair = data;

  /* The desk tells the person when it fails. */
  dex_await (stall_desk_apply (pair[0], pair[1]), NULL);
  return dex_future_new_true ();
}

static void
pair_free (gpointer data)
{
  gpointer *pair = data;

  g_object_unref (pair[0]);
  g_object_unref (pair[1]);
  g_free (pair);
}

static void
do_cb (StallOrderStepDialog *self, GtkButton *button)
{
  const char *device = stall_desk_get_device (self->desk);
  const char *remark = gtk_editable_get_text (GTK_EDITABLE (self->remark_row));
  StallTime now = stall_time_now ();
  g_autoptr (StallOrderEvent) event = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  gpointer *pair;
  g_autofree char *wrong = NULL;
  gint64 amount;

  /* A number that is still being typed counts from the moment its entry is left. */
  gtk_widget_grab_focus (GTK_WIDGET (self->do_button));
  wrong = read_amount (self, &amount);
  if (wrong != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->do_button)))
    return;
  event = moves_goods (self->step) ? new_goods_event (self, now)
                                   : new_money_event (self, self->step, amount, now);
  if (*remark)
    stall_order_event_set_remark (event, remark);
  changes = stall_order_step_new_changes (self->record->order, event, device);

  /* Goods that come back and money that goes back are one act of a person, and two events. */
  if (self->step == STALL_STEP_RETURNED && amount > 0)
    {
      g_autoptr (StallOrderEvent) refund
          = new_money_event (self, STALL_STEP_REFUNDED, amount, now + 1);
      g_autoptr (StallDocument) document = stall_order_event_to_document (refund, device);

      stall_change_set_put (changes, document);
    }

  pair = g_new (gpointer, 2);
  pair[0] = g_object_ref (self->desk);
  pair[1] = g_steal_pointer (&changes);
  stall_spawn (apply_fiber, pair, pair_free);
  adw_dialog_close (ADW_DIALOG (self));
}

/* Whoever ships what is not paid should know it. It is not for a program to forbid. */
static void
show_due (StallOrderStepDialog *self)
{
  gint64 due = stall_order_state_get_due (self->record->state);
  g_autofree char *amount
      = stall_format_money (due, stall_order_get_currency (self->record->order));
  g_autofree char *text = NULL;

  if (self->step != STALL_STEP_SHIPPED || due == 0)
    return;
  if (self->record->state->paid > 0)
    /* Translators: a sum of money */
    text = g_strdup_printf (_ ("This order is not paid in full: %s is still due."), amount);
  else
    /* Translators: a sum of money */
    text = g_strdup_printf (_ ("This order is not paid: %s is due."), amount);
  adw_banner_set_title (self->due_banner, text);
  adw_banner_set_use_markup (self->due_banner, FALSE);
  adw_banner_set_revealed (self->due_banner, TRUE);
}

static void
show_step (StallOrderStepDialog *self)
{
  const char *title = NULL, *verb = NULL;

  switch (self->step)
    {
    case STALL_STEP_PAID:
      title = _ ("Mark as Paid"), verb = _ ("_Mark as Paid");
      break;
    case STALL_STEP_SHIPPED:
      title = _ ("Ship"), verb = _ ("_Ship");
      break;
    case STALL_STEP_CANCELLED:
      title = _ ("Cancel Pieces"), verb = _ ("Cancel _Pieces");
      gtk_widget_remove_css_class (GTK_WIDGET (self->do_button), "suggested-action");
      gtk_widget_add_css_class (GTK_WIDGET (self->do_button), "destructive-action");
      break;
    case STALL_STEP_RETURNED:
      title = _ ("Take Back"), verb = _ ("_Take Back");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount_row), _ ("Refund"));
      break;
    case STALL_STEP_REFUNDED:
      title = _ ("Refund"), verb = _ ("_Refund");
      break;
    case STALL_STEP_PACKED:
    case STALL_STEP_DELIVERED:
    case STALL_STEP_COMPLETED:
    case STALL_STEP_WAITING:
    case STALL_STEP_RESUMED:
    default:
      g_assert_not_reached ();
    }
  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_button_set_label (self->do_button, verb);
  gtk_widget_set_visible (GTK_WIDGET (self->pieces), moves_goods (self->step));
  gtk_widget_set_visible (GTK_WIDGET (self->parcel_group), self->step == STALL_STEP_SHIPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->money_group), moves_money (self->step));
  gtk_widget_set_visible (GTK_WIDGET (self->remark_group),
                          self->step != STALL_STEP_PAID && self->step != STALL_STEP_SHIPPED);
  if (self->step == STALL_STEP_SHIPPED)
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->tracking_row));
  else if (!moves_goods (self->step))
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->amount_row));
}

static void
stall_order_step_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_ORDER_STEP_DIALOG);

  G_OBJECT_CLASS (stall_order_step_dialog_parent_class)->dispose (object);
}

static void
stall_order_step_dialog_finalize (GObject *object)
{
  StallOrderStepDialog *self = STALL_ORDER_STEP_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->record, stall_order_record_unref);

  G_OBJECT_CLASS (stall_order_step_dialog_parent_class)->finalize (object);
}

static void
stall_order_step_dialog_class_init (StallOrderStepDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_order_step_dialog_dispose;
  object_class->finalize = stall_order_step_dialog_finalize;

  g_type_ensure (STALL_TYPE_ORDER_PIECES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-step-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, do_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, due_banner);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, pieces);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, parcel_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, carrier_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, tracking_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, money_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, payment_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, complaint);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, remark_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderStepDialog, remark_row);
  gtk_widget_class_bind_template_callback (widget_class, do_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_cb);
  gtk_widget_class_bind_template_callback (widget_class, pieces_cb);
}

static void
stall_order_step_dialog_init (StallOrderStepDialog *self)
{
  g_autoptr (GListModel) payments = stall_payment_new_list ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->payment_row, payments);
  adw_dialog_set_default_widget (ADW_DIALOG (self), GTK_WIDGET (self->do_button));
}

/**
 * stall_order_step_dialog_new:
 * @desk: the desk
 * @record: the order
 * @step: one of paid, shipped, cancelled, returned, refunded
 *
 * Asks what @step needs to know, and does it.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
stall_order_step_dialog_new (StallDesk *desk, StallOrderRecord *record, StallStep step)
{
  StallOrderStepDialog *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (record, NULL);

  self = g_object_new (STALL_TYPE_ORDER_STEP_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->record = stall_order_record_ref (record);
  self->step = step;
  adw_combo_row_set_selected (self->payment_row, stall_payment_find_last (record->state));
  show_step (self);
  show_due (self);
  if (moves_goods (step))
    stall_order_pieces_show (self->pieces, record, step);
  fill_amount (self);
  check (self);
  return ADW_DIALOG (self);
}
