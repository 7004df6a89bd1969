/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-lines.h"

#include "stall-format.h"
#include "stall-order-words.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define PICTURE_SIZE 56

struct _StallOrderLines
{
  AdwBin parent;

  StallDesk *desk;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StallOrderLines, stall_order_lines, ADW_TYPE_BIN)

static GtkWidget *
label_new (const char *text, const char *style, float align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), align);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
append_text (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label;

  if (!text || !*text)
    return;
  label = label_new (text, style, 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
text_column_new (const StallOrderRecord *record, guint index)
{
  const StallOrderLine *line = stall_order_get_line (record->order, index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = stall_order_record_dup_title (record, index);
  g_autofree char *state = stall_order_line_dup_state (
      &g_array_index (record->state->lines, StallLineState, index), record->state->status);

  append_text (box, title, "heading");
  append_text (box, stall_order_record_get_options (record, index), "dimmed");
  append_text (box, line->sku, "caption");
  append_text (box, state, "caption-heading");
  if (line->personalisation && *line->personalisation)
    {
      GtkWidget *words = label_new (line->personalisation, "title-2", 0);

      gtk_widget_add_css_class (words, "personalisation");
      gtk_label_set_wrap (GTK_LABEL (words), TRUE);
      gtk_label_set_selectable (GTK_LABEL (words), TRUE);
      gtk_widget_set_tooltip_text (words, _ ("Personalisation"));
      gtk_box_append (GTK_BOX (box), words);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
price_column_new (const StallOrderRecord *record, const StallOrderLine *line)
{
  const char *currency = stall_order_get_currency (record->order);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *total, *each;
  g_autofree char *total_text = stall_format_money (line->price * line->quantity, currency);
  g_autofree char *price = stall_format_money (line->price, currency);
  /* Translators: quantity and price of a piece: “2 × ¥120.00” */
  g_autofree char *each_text = g_strdup_printf (_ ("%d × %s"), line->quantity, price);

  total = label_new (total_text, "numeric", 1);
  each = label_new (each_text, "numeric", 1);
  gtk_widget_add_css_class (each, "dimmed");
  gtk_box_append (GTK_BOX (box), total);
  gtk_box_append (GTK_BOX (box), each);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
row_box_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  return box;
}

/* What a screen reader calls a row; the rest it reads inside. */
static void
name_row (GtkWidget *row, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
line_row_new (StallOrderLines *self, const StallOrderRecord *record, guint index)
{
  const StallOrderLine *line = stall_order_get_line (record->order, index);
  StallVariantRow *variant = stall_order_record_get_variant (record, index);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = row_box_new ();
  GtkWidget *picture = stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE_SIZE);
  g_autofree char *title = stall_order_record_dup_title (record, index);

  name_row (row, title);
  stall_thumbnail_set_digest (STALL_THUMBNAIL (picture),
                              variant ? stall_variant_row_get_cover (variant) : NULL);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), text_column_new (record, index));
  gtk_box_append (GTK_BOX (box), price_column_new (record, line));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), variant != NULL);
  if (variant)
    g_object_set_data_full (G_OBJECT (row), "product",
                            g_strdup (stall_variant_row_get_product_id (variant)), g_free);
  return row;
}

static void
attach_amount (GtkGrid *grid,
               int *top,
               const char *title,
               gint64 amount,
               const char *currency,
               const char *style)
{
  GtkWidget *name = label_new (title, style, 0);
  g_autofree char *text = stall_format_money (amount, currency);
  GtkWidget *money = label_new (text, style, 1);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (money, "numeric");
  gtk_grid_attach (grid, name, 0, *top, 1, 1);
  gtk_grid_attach (grid, money, 1, *top, 1, 1);
  (*top)++;
}

static GtkWidget *
totals_row_new (const StallOrderRecord *record)
{
  StallOrder *order = record->order;
  const char *currency = stall_order_get_currency (order);
  gint64 due = stall_order_state_get_due (record->state);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = row_box_new ();
  GtkWidget *grid = gtk_grid_new ();
  int top = 0;

  name_row (row, _ ("Total"));
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_hexpand (grid, TRUE);
  if (stall_order_get_n_charges (order) > 0)
    attach_amount (GTK_GRID (grid), &top, _ ("Goods"), stall_order_get_goods_total (order),
                   currency, "dimmed");
  for (guint i = 0; i < stall_order_get_n_charges (order); i++)
    {
      const StallOrderCharge *charge = stall_order_get_charge (order, i);
      g_autofree char *title = stall_order_charge_dup_title (charge);

      attach_amount (GTK_GRID (grid), &top, title, charge->amount, currency, "dimmed");
    }
  attach_amount (GTK_GRID (grid), &top, _ ("Total"), stall_order_get_total (order), currency,
                 "heading");
  if (record->state->paid != 0)
    attach_amount (GTK_GRID (grid), &top, _ ("Paid"), record->state->paid, currency, "dimmed");
  if (record->state->refunded != 0)
    attach_amount (GTK_GRID (grid), &top, _ ("Refunded"), -record->state->refunded, currency,
                   "dimmed");
  if (due != 0 && record->state->paid != 0)
    attach_amount (GTK_GRID (grid), &top, _ ("Still to pay"), due, currency, "heading");

  gtk_box_append (GTK_BOX (box), grid);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
row_activated_cb (StallOrderLines *self, GtkListBoxRow *row, GtkListBox *list)
{
  const char *product = g_object_get_data (G_OBJECT (row), "product");

  if (product)
    stall_desk_open (self->desk, product);
}

static void
stall_order_lines_finalize (GObject *object)
{
  g_clear_object (&STALL_ORDER_LINES (object)->desk);

  G_OBJECT_CLASS (stall_order_lines_parent_class)->finalize (object);
}

static void
stall_order_lines_class_init (StallOrderLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_order_lines_finalize;
}

static void
stall_order_lines_init (StallOrderLines *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ordered"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * stall_order_lines_show:
 * @self: a #StallOrderLines
 * @desk: the desk
 * @record: the order
 *
 * Shows what was ordered.
 */
void
stall_order_lines_show (StallOrderLines *self, StallDesk *desk, const StallOrderRecord *record)
{
  g_return_if_fail (STALL_IS_ORDER_LINES (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (record);

  g_set_object (&self->desk, desk);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < stall_order_get_n_lines (record->order); i++)
    gtk_list_box_append (self->list, line_row_new (self, record, i));
  gtk_list_box_append (self->list, totals_row_new (record));
}
