/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-adjust-dialog.h"

#include "stall-async.h"
#include "stall-figures.h"
#include "stall-format.h"
#include "stall-movement.h"
#include "stall-place-row.h"
#include "stall-spin-row.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallAdjustDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  char *variant;
  char *title;
  GPtrArray *stock; /* StallPlaceStock; NULL until it was read */

  AdwWindowTitle *window_title;
  AdwComboRow *reason_row;
  StallPlaceRow *place_row;
  StallPlaceRow *to_row;
  AdwSpinRow *quantity_row;
  AdwEntryRow *remark_row;
  GtkLabel *result_label;
  GtkWidget *apply_button;
};

G_DEFINE_FINAL_TYPE (StallAdjustDialog, stall_adjust_dialog, ADW_TYPE_DIALOG)

/* What a person may say; the other reasons come from elsewhere. */
static const StallReason reasons[] = {
  STALL_REASON_MADE,     STALL_REASON_BOUGHT,     STALL_REASON_DAMAGED,
  STALL_REASON_LOST,     STALL_REASON_GIFT,       STALL_REASON_SAMPLE,
  STALL_REASON_TRANSFER, STALL_REASON_CORRECTION, STALL_REASON_COUNTED,
};

static StallReason
get_reason (StallAdjustDialog *self)
{
  return reasons[MIN (adw_combo_row_get_selected (self->reason_row), G_N_ELEMENTS (reasons) - 1)];
}

static int
get_quantity (StallAdjustDialog *self)
{
  int sign = stall_reason_get_sign (get_reason (self));

  return (int) adw_spin_row_get_value (self->quantity_row) * (sign != 0 ? sign : 1);
}

static gint64
get_on_hand (StallAdjustDialog *self, const char *place)
{
  for (guint i = 0; self->stock != NULL && i < self->stock->len; i++)
    {
      StallPlaceStock *stock = g_ptr_array_index (self->stock, i);

      if (g_strcmp0 (stock->place, place) == 0)
        return stock->on_hand;
    }
  return 0;
}

static char *
describe_place (StallAdjustDialog *self, const char *place, gint64 after)
{
  g_autofree char *name = stall_format_place (place);
  g_autofree char *now = stall_format_count (get_on_hand (self, place));
  g_autofree char *then = stall_format_count (after);

  /* Translators: a place, pieces on hand there now, pieces on hand there afterwards */
  return g_strdup_printf (_ ("%s: %s → %s on hand"), name, now, then);
}

static void
show_result_cb (StallAdjustDialog *self)
{
  const char *place = stall_place_row_get_place (self->place_row);
  const char *to = stall_place_row_get_place (self->to_row);
  StallReason reason = get_reason (self);
  gint64 quantity = get_quantity (self);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *text = NULL;
  gboolean transfer = reason == STALL_REASON_TRANSFER;

  gtk_widget_set_sensitive (self->apply_button,
                            (!transfer || !g_str_equal (place, to))
                                && (quantity != 0 || reason == STALL_REASON_COUNTED));
  if (self->stock == NULL)
    return;
  first = describe_place (self, place,
                          reason == STALL_REASON_COUNTED
                              ? quantity
                              : get_on_hand (self, place) + (transfer ? -quantity : quantity));
  if (transfer)
    second = describe_place (self, to, get_on_hand (self, to) + quantity);
  text = g_strjoin ("\n", first, second, NULL);
  gtk_label_set_label (self->result_label, text);
}

static void
reason_cb (StallAdjustDialog *self)
{
  StallReason reason = get_reason (self);
  gboolean counted = reason == STALL_REASON_COUNTED;
  gboolean transfer = reason == STALL_REASON_TRANSFER;
  GtkAdjustment *adjustment = adw_spin_row_get_adjustment (self->quantity_row);

  gtk_widget_set_visible (GTK_WIDGET (self->to_row), transfer);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place_row),
                                 transfer ? C_ ("transfer", "From") : _ ("Place"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->quantity_row),
                                 counted ? _ ("Counted")
                                 : reason == STALL_REASON_CORRECTION
                                     ? _ ("Pieces, below 0 to take away")
                                     : _ ("Pieces"));
  gtk_adjustment_set_lower (adjustment, counted                             ? 0
                                        : reason == STALL_REASON_CORRECTION ? -1000000
                                                                            : 1);
  show_result_cb (self);
}

static DexFuture *
stock_fiber (gpointer data)
{
  g_autoptr (StallAdjustDialog) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autofree char *variant = self != NULL ? g_strdup (self->variant) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stock = NULL;

  if (desk == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  stock = dex_await_boxed (stall_store_place_stock (stall_desk_get_store (desk), variant), &error);
  self = g_weak_ref_get (data);
  if (stock == NULL)
    stall_desk_report (desk, error);
  else if (self != NULL && self->desk != NULL)
    {
      self->stock = g_steal_pointer (&stock);
      show_result_cb (self);
    }
  return dex_future_new_true ();
}

static void
put_movement (StallAdjustDialog *self, StallChangeSet *changes, StallMovement *movement)
{
  g_autoptr (StallDocument) document = NULL;
  const char *remark = gtk_editable_get_text (GTK_EDITABLE (self->remark_row));

  if (*remark != '\0')
    stall_movement_set_remark (movement, remark);
  document = stall_movement_to_document (movement, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
  g_object_unref (movement);
}

static void
apply_cb (StallAdjustDialog *self)
{
  StallReason reason = get_reason (self);
  const char *place = stall_place_row_get_place (self->place_row);
  int quantity = get_quantity (self);
  StallTime now = stall_time_now ();
  g_autofree char *label = NULL;
  g_autoptr (StallChangeSet) changes = NULL;

  if (!gtk_widget_get_sensitive (self->apply_button))
    return;
  label = g_strdup_printf (reason == STALL_REASON_TRANSFER ? _ ("Transfer “%s”")
                                                           : _ ("Adjust stock of “%s”"),
                           self->title);
  changes = stall_change_set_new (label);
  if (reason == STALL_REASON_COUNTED)
    put_movement (self, changes, stall_movement_new_count (self->variant, place, quantity, now));
  else if (reason != STALL_REASON_TRANSFER)
    put_movement (self, changes, stall_movement_new (self->variant, place, quantity, reason, now));
  else
    {
      put_movement (self, changes,
                    stall_movement_new (self->variant, place, -quantity, reason, now));
      put_movement (self, changes,
                    stall_movement_new (self->variant, stall_place_row_get_place (self->to_row),
                                        quantity, reason, now));
    }
  dex_future_disown (stall_desk_apply (self->desk, changes));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
stall_adjust_dialog_dispose (GObject *object)
{
  StallAdjustDialog *self = STALL_ADJUST_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_ADJUST_DIALOG);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->stock, g_ptr_array_unref);
  g_clear_pointer (&self->variant, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (stall_adjust_dialog_parent_class)->dispose (object);
}

static void
stall_adjust_dialog_class_init (StallAdjustDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_adjust_dialog_dispose;
  g_type_ensure (STALL_TYPE_PLACE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-adjust-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, place_row);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, to_row);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, quantity_row);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, remark_row);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, StallAdjustDialog, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, reason_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_result_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
stall_adjust_dialog_init (StallAdjustDialog *self)
{
  GtkEditable *spin_button;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->quantity_row);
  spin_button = gtk_editable_get_delegate (GTK_EDITABLE (self->quantity_row));
  g_signal_connect_object (gtk_editable_get_delegate (spin_button), "activate",
                           G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    gtk_string_list_append (labels, stall_reason_get_label (reasons[i]));
  adw_combo_row_set_model (self->reason_row, G_LIST_MODEL (labels));
}

/**
 * stall_adjust_dialog_new:
 * @desk: what every page is handed
 * @variant_id: whose stock changes
 * @title: how a person calls the variant
 *
 * Returns: (transfer floating): a dialog that applies one change set, or none
 */
AdwDialog *
stall_adjust_dialog_new (StallDesk *desk, const char *variant_id, const char *title)
{
  StallAdjustDialog *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (variant_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_ADJUST_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->variant = g_strdup (variant_id);
  self->title = g_strdup (title);
  adw_window_title_set_subtitle (self->window_title, title);
  stall_place_row_set_desk (self->place_row, desk);
  stall_place_row_set_desk (self->to_row, desk);
  show_result_cb (self);

  stall_spawn (stock_fiber, stall_weak_new (self), stall_weak_free);
  return ADW_DIALOG (self);
}
