/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-line-row.h"

#include "stall-field.h"
#include "stall-format.h"
#include "stall-money.h"
#include "stall-spin-row.h"
#include "stall-wheel.h"

#include <glib/gi18n-lib.h>

struct _StallOrderLineRow
{
  AdwExpanderRow parent;

  StallVariantRow *variant;
  char *title;
  char *currency;

  GtkSpinButton *quantity;
  AdwEntryRow *price_row;
  AdwEntryRow *personalisation_row;
};

G_DEFINE_FINAL_TYPE (StallOrderLineRow, stall_order_line_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_stock (StallOrderLineRow *self)
{
  StallOrderLine line;
  g_autofree char *stock = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  const char *name;
  gboolean oversold = FALSE;

  if (self->variant)
    {
      int available = stall_variant_row_get_available (self->variant);
      int left = available - gtk_spin_button_get_value_as_int (self->quantity);

      oversold = left < 0;
      if (oversold)
        {
          g_autofree char *below = stall_format_signed (left);

          stock = g_strdup_printf (_ ("Oversold: %s available after this order"), below);
        }
      else
        stock = g_strdup_printf (ngettext ("%d available", "%d available", available), available);
    }
  if (stall_order_line_row_read (self, &line))
    sum = stall_format_money (line.price * line.quantity, self->currency);
  name = self->variant ? stall_variant_row_get_title (self->variant) : _ ("Not in the inventory");
  text = g_strdup_printf ("%s%s%s%s%s", name, *name && (sum || stock) ? " · " : "", sum ? sum : "",
                          sum && stock ? " · " : "", stock ? stock : "");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
  if (oversold)
    gtk_widget_add_css_class (GTK_WIDGET (self), "oversold");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "oversold");
}

static void
changed_cb (StallOrderLineRow *self)
{
  g_autoptr (GError) error = NULL;
  gint64 price;

  if (!self->currency)
    return;
  stall_money_parse_price (gtk_editable_get_text (GTK_EDITABLE (self->price_row)), self->currency,
                           &price, &error);
  stall_field_set_wrong (GTK_EDITABLE (self->price_row), error != NULL ? error->message : NULL);
  if (error != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), error->message);
  else
    show_stock (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
claim_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
remove_cb (StallOrderLineRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
stall_order_line_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_ORDER_LINE_ROW);

  G_OBJECT_CLASS (stall_order_line_row_parent_class)->dispose (object);
}

static void
stall_order_line_row_finalize (GObject *object)
{
  StallOrderLineRow *self = STALL_ORDER_LINE_ROW (object);

  g_clear_object (&self->variant);
  g_free (self->title);
  g_free (self->currency);

  G_OBJECT_CLASS (stall_order_line_row_parent_class)->finalize (object);
}

static void
stall_order_line_row_class_init (StallOrderLineRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_order_line_row_dispose;
  object_class->finalize = stall_order_line_row_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderLineRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, StallOrderLineRow, price_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderLineRow, personalisation_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, claim_cb);
}

static void
stall_order_line_row_init (StallOrderLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->quantity);
  stall_wheel_pass_by (self->quantity);
}

/**
 * stall_order_line_row_new:
 * @variant: (nullable): what is ordered
 * @title: (nullable): its name when it is not in the inventory
 * @currency: of its price
 *
 * Makes a line of one piece at its usual price.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
stall_order_line_row_new (StallVariantRow *variant, const char *title, const char *currency)
{
  StallOrderLineRow *self;
  gint64 price;

  g_return_val_if_fail (variant || title, NULL);
  g_return_val_if_fail (currency, NULL);

  self = g_object_new (STALL_TYPE_ORDER_LINE_ROW, NULL);
  price = variant ? stall_variant_row_get_price (variant) : STALL_PRICE_NONE;
  self->title = g_strdup (title);
  g_set_object (&self->variant, variant);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 variant ? stall_variant_row_get_product_title (variant) : title);
  if (price != STALL_PRICE_NONE)
    {
      g_autofree char *text = stall_money_format_plain (price, currency);

      gtk_editable_set_text (GTK_EDITABLE (self->price_row), text);
    }
  else
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  self->currency = g_strdup (currency);
  changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * stall_order_line_row_get_variant:
 * @self: a #StallOrderLineRow
 *
 * Returns: (transfer none) (nullable): what is ordered
 */
StallVariantRow *
stall_order_line_row_get_variant (StallOrderLineRow *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_LINE_ROW (self), NULL);

  return self->variant;
}

/**
 * stall_order_line_row_add_one:
 * @self: a #StallOrderLineRow
 *
 * Orders one piece more: the same thing was scanned again.
 */
void
stall_order_line_row_add_one (StallOrderLineRow *self)
{
  g_return_if_fail (STALL_IS_ORDER_LINE_ROW (self));

  gtk_spin_button_spin (self->quantity, GTK_SPIN_STEP_FORWARD, 1);
}

/**
 * stall_order_line_row_read:
 * @self: a #StallOrderLineRow
 * @line: (out caller-allocates): what the row says; its strings live as long as the row is not
 * edited
 *
 * Reads the line as it was written.
 *
 * Returns: %FALSE when the price is not one
 */
gboolean
stall_order_line_row_read (StallOrderLineRow *self, StallOrderLine *line)
{
  const char *price, *personalisation;

  g_return_val_if_fail (STALL_IS_ORDER_LINE_ROW (self), FALSE);
  g_return_val_if_fail (line, FALSE);

  price = gtk_editable_get_text (GTK_EDITABLE (self->price_row));
  personalisation = gtk_editable_get_text (GTK_EDITABLE (self->personalisation_row));
  *line = (StallOrderLine) {
    .variant = self->variant ? stall_variant_row_get_id (self->variant) : NULL,
    .sku = self->variant ? stall_variant_row_get_sku (self->variant) : NULL,
    .title = self->title,
    .personalisation = *personalisation ? personalisation : NULL,
    .quantity = gtk_spin_button_get_value_as_int (self->quantity),
  };
  return stall_money_parse_price (price, self->currency, &line->price, NULL);
}
