/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-pieces.h"

#include "stall-format.h"
#include "stall-spin-row.h"

#include <glib/gi18n-lib.h>

struct _StallOrderPieces
{
  AdwPreferencesGroup parent;

  StallOrderRecord *record;
  StallStep step;
  GPtrArray *rows; /* AdwSpinRow a line of the order; NULL where nothing can be moved; unowned */
  AdwSwitchRow *restock_row;
  AdwComboRow *place_row;
};

G_DEFINE_FINAL_TYPE (StallOrderPieces, stall_order_pieces, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
get_quantity (StallOrderPieces *self, guint line)
{
  AdwSpinRow *row = g_ptr_array_index (self->rows, line);

  return row ? (int) adw_spin_row_get_value (row) : 0;
}

static void
quantity_cb (StallOrderPieces *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_places (StallOrderPieces *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; self->record->places[i]; i++)
    {
      g_autofree char *label = stall_format_place (self->record->places[i]);

      gtk_string_list_append (labels, label);
    }
  adw_combo_row_set_model (self->place_row, G_LIST_MODEL (labels));
  gtk_widget_set_visible (GTK_WIDGET (self->place_row), g_strv_length (self->record->places) > 1);
}

/* Moving all that is left is the rule, but for what waits; what comes back is said piece by piece.
 */
static GtkWidget *
row_new (StallOrderPieces *self, guint line, int movable, int usual)
{
  GtkWidget *row = stall_spin_row_new (0, movable);
  g_autofree char *title = stall_order_record_dup_title (self->record, line);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               stall_order_record_get_options (self->record, line));
  adw_spin_row_set_value (ADW_SPIN_ROW (row), self->step == STALL_STEP_RETURNED ? 0 : usual);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (quantity_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_place_rows (StallOrderPieces *self)
{
  self->restock_row = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->restock_row), _ ("_Put Back in Stock"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->restock_row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->restock_row),
                               _ ("The goods are fit to sell again"));
  adw_switch_row_set_active (self->restock_row, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->restock_row), self->step == STALL_STEP_RETURNED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->restock_row));

  self->place_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place_row), _ ("P_lace"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->place_row), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->place_row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->place_row));
}

static void
stall_order_pieces_finalize (GObject *object)
{
  StallOrderPieces *self = STALL_ORDER_PIECES (object);

  g_clear_pointer (&self->record, stall_order_record_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_order_pieces_parent_class)->finalize (object);
}

static void
stall_order_pieces_class_init (StallOrderPiecesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_order_pieces_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_order_pieces_init (StallOrderPieces *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * stall_order_pieces_show:
 * @self: a group that shows nothing yet
 * @record: an order
 * @step: one of shipped, cancelled, returned
 *
 * Shows what @step can move of the order.
 */
void
stall_order_pieces_show (StallOrderPieces *self, StallOrderRecord *record, StallStep step)
{
  g_return_if_fail (STALL_IS_ORDER_PIECES (self));
  g_return_if_fail (record && !self->record);

  self->record = stall_order_record_ref (record);
  self->step = step;
  for (guint i = 0; i < record->state->lines->len; i++)
    {
      int movable = stall_order_state_get_movable (record->state, step, i);
      int usual = stall_order_state_get_ready (record->state, step, i);
      GtkWidget *row = movable > 0 ? row_new (self, i, movable, usual) : NULL;

      if (row)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  add_place_rows (self);
  if (step != STALL_STEP_CANCELLED)
    show_places (self);
}

/**
 * stall_order_pieces_get_count:
 * @self: a group
 *
 * Returns: how many pieces are chosen
 */
int
stall_order_pieces_get_count (StallOrderPieces *self)
{
  int pieces = 0;

  g_return_val_if_fail (STALL_IS_ORDER_PIECES (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    pieces += get_quantity (self, i);
  return pieces;
}

/**
 * stall_order_pieces_get_refund:
 * @self: a group
 *
 * Returns: what the chosen pieces cost, as far as it was paid, in minor units
 */
gint64
stall_order_pieces_get_refund (StallOrderPieces *self)
{
  gint64 amount = 0;

  g_return_val_if_fail (STALL_IS_ORDER_PIECES (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    amount += stall_order_get_line (self->record->order, i)->price * get_quantity (self, i);
  return CLAMP (amount, 0, stall_order_state_get_refundable (self->record->state));
}

/**
 * stall_order_pieces_new_event:
 * @self: a group
 * @now: when it happens
 *
 * Returns: (transfer full): the event that moves the chosen pieces
 */
StallOrderEvent *
stall_order_pieces_new_event (StallOrderPieces *self, StallTime now)
{
  StallOrderEvent *event;
  guint place;

  g_return_val_if_fail (STALL_IS_ORDER_PIECES (self), NULL);

  event = stall_order_event_new (stall_order_get_id (self->record->order), self->step, now);
  place = adw_combo_row_get_selected (self->place_row);
  for (guint i = 0; i < self->rows->len; i++)
    if (get_quantity (self, i) > 0)
      stall_order_event_add_line (event, i, get_quantity (self, i));
  if (place != GTK_INVALID_LIST_POSITION)
    stall_order_event_set_place (event, self->record->places[place]);
  if (self->step == STALL_STEP_RETURNED)
    stall_order_event_set_restock (event, adw_switch_row_get_active (self->restock_row));
  return event;
}
