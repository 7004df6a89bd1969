/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-dialog.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-calendar.h"
#include "stall-contact.h"
#include "stall-field.h"
#include "stall-format.h"
#include "stall-money.h"
#include "stall-order-figures.h"
#include "stall-order-line-row.h"
#include "stall-order-pieces.h"
#include "stall-order-state.h"
#include "stall-order-words.h"
#include "stall-thumbnail.h"
#include "stall-wheel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_RESULTS 8
#define MAX_LOOKED_AT                                                        \
  200 /* of what the search finds, for names that fit better than stories do \
       */
#define PICTURE_SIZE 40

struct _StallOrderDialog
{
  AdwDialog parent;

  StallDesk *desk;
  StallOrderRecord *former; /* the order whose pieces come back; NULL: nothing is exchanged */
  GPtrArray *line_rows;     /* StallOrderLineRow, unowned */
  StallTime ship_by;
  guint search_generation;
  char *results_text; /* what the results were searched by */

  GtkButton *create_button;
  StallOrderPieces *pieces;
  AdwPreferencesGroup *ordered_group;
  GtkSearchEntry *search_entry;
  GtkListBox *results;
  GtkListBox *lines;
  GtkWidget *customer_group;
  AdwComboRow *source_row;
  AdwEntryRow *customer_row;
  AdwEntryRow *name_row;
  AdwEntryRow *phone_row;
  AdwEntryRow *address_row;
  AdwSwitchRow *counter_row;
  AdwSwitchRow *paid_row;
  AdwComboRow *payment_row;
  GtkWidget *ship_by_row;
  GtkMenuButton *ship_by_button;
  GtkCalendar *calendar;
  AdwEntryRow *shipping_row;
  AdwEntryRow *discount_row;
  GtkLabel *complaint;
  GtkLabel *total_title;
  GtkLabel *total_label;
};

G_DEFINE_FINAL_TYPE (StallOrderDialog, stall_order_dialog, ADW_TYPE_DIALOG)

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
get_currency (StallOrderDialog *self)
{
  return self->former ? stall_order_get_currency (self->former->order)
                      : stall_desk_get_currency (self->desk);
}

/* What the pieces that come back were paid with: it pays for the new order. */
static gint64
get_credit (StallOrderDialog *self)
{
  return self->former ? stall_order_pieces_get_refund (self->pieces) : 0;
}

/* An amount of zero or more, marked when it is not one. Empty is zero. */
static char *
read_amount (StallOrderDialog *self, AdwEntryRow *row, gint64 *amount)
{
  const char *text = get_text (row);
  g_autoptr (GError) error = NULL;

  *amount = 0;
  if (*text)
    stall_money_parse_price (text, get_currency (self), amount, &error);
  stall_field_set_wrong (GTK_EDITABLE (row), error != NULL ? error->message : NULL);
  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
add_charge (StallOrder *order, StallChargeKind kind, gint64 amount)
{
  if (amount != 0)
    stall_order_add_charge (order, &(StallOrderCharge) { .kind = kind, .amount = amount });
}

/* The order as it is written now; NULL while something in it cannot be. */
static StallOrder *
new_order (StallOrderDialog *self, const char *id, const char *number)
{
  g_autoptr (StallOrder) order = NULL;
  gboolean counter = adw_switch_row_get_active (self->counter_row);
  gint64 shipping, discount;
  g_autofree char *wrong_shipping = read_amount (self, self->shipping_row, &shipping);
  g_autofree char *wrong_discount = read_amount (self, self->discount_row, &discount);
  const char *wrong = wrong_shipping != NULL ? wrong_shipping : wrong_discount;

  stall_field_complain (self->complaint, wrong);
  if (wrong != NULL || self->line_rows->len == 0)
    return NULL;

  order = stall_order_new (id, number, get_currency (self));
  stall_order_set_source (order, (StallSource) adw_combo_row_get_selected (self->source_row),
                          self->former ? stall_order_get_source_ref (self->former->order) : NULL);
  stall_order_set_times (order, stall_time_now (), counter ? STALL_TIME_NONE : self->ship_by);
  stall_order_set_customer (order, get_text (self->customer_row));
  for (guint i = 0; i < self->line_rows->len; i++)
    {
      StallOrderLine line;

      if (!stall_order_line_row_read (g_ptr_array_index (self->line_rows, i), &line))
        return NULL;
      stall_order_add_line (order, &line);
    }
  add_charge (order, STALL_CHARGE_SHIPPING, shipping);
  add_charge (order, STALL_CHARGE_DISCOUNT, -discount);
  if (stall_order_get_total (order) < 0)
    {
      wrong = _ ("The discount is more than the order comes to.");
      stall_field_set_wrong (GTK_EDITABLE (self->discount_row), wrong);
      stall_field_complain (self->complaint, wrong);
      return NULL;
    }
  return g_steal_pointer (&order);
}

static void
show_total (StallOrderDialog *self, StallOrder *order)
{
  gint64 total = order ? stall_order_get_total (order) : 0;
  gint64 credit = get_credit (self);
  g_autofree char *money = NULL;

  if (self->former)
    gtk_label_set_text (self->total_title, total < credit ? _ ("To Give Back") : _ ("To Pay"));
  total = ABS (total - credit);
  if (!order && self->line_rows->len > 0)
    total = STALL_PRICE_NONE;
  money = stall_format_money (total, get_currency (self));
  gtk_label_set_text (self->total_label, money);
}

/* Where money comes in or goes back it does so in some way; where none is due nothing is asked. */
static void
show_payment (StallOrderDialog *self, StallOrder *order)
{
  gboolean counter = adw_switch_row_get_active (self->counter_row);
  gboolean due = !self->former || !order || stall_order_get_total (order) > get_credit (self);

  gtk_widget_set_visible (self->ship_by_row, !counter);
  gtk_widget_set_visible (GTK_WIDGET (self->paid_row), !counter && due);
  gtk_widget_set_visible (GTK_WIDGET (self->payment_row),
                          counter || get_credit (self) > 0
                              || adw_switch_row_get_active (self->paid_row));
}

static void
check (StallOrderDialog *self)
{
  g_autoptr (StallOrder) order = NULL;
  int returned;

  if (!self->desk)
    return;
  returned = self->former ? stall_order_pieces_get_count (self->pieces) : 0;
  order = new_order (self, "order:draft", "");
  adw_dialog_set_can_close (ADW_DIALOG (self), self->line_rows->len == 0 && returned == 0);
  show_total (self, order);
  show_payment (self, order);
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_button),
                            order != NULL && (!self->former || returned > 0));
}

static void
changed_cb (StallOrderDialog *self)
{
  check (self);
}

static void
show_ship_by (StallOrderDialog *self)
{
  g_autofree char *date = stall_format_date (self->ship_by);

  gtk_menu_button_set_label (self->ship_by_button, date);
}

/* A day means its last moment. Another month or year is another day, too. */
static void
date_cb (StallOrderDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  if (!self->desk)
    return;
  self->ship_by = stall_time_day_start (g_date_time_to_unix (day) * STALL_SECOND, 1) - STALL_SECOND;
  show_ship_by (self);
}

static void
day_selected_cb (StallOrderDialog *self)
{
  gtk_menu_button_popdown (self->ship_by_button);
}

static void
line_removed_cb (StallOrderDialog *self, StallOrderLineRow *row)
{
  g_ptr_array_remove (self->line_rows, row);
  gtk_list_box_remove (self->lines, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->lines), self->line_rows->len > 0);
  check (self);
}

static void
add_line (StallOrderDialog *self, StallVariantRow *variant, const char *title)
{
  GtkWidget *row;

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  for (guint i = 0; variant && i < self->line_rows->len; i++)
    {
      StallOrderLineRow *known = g_ptr_array_index (self->line_rows, i);
      StallVariantRow *ordered = stall_order_line_row_get_variant (known);

      if (ordered
          && g_str_equal (stall_variant_row_get_id (ordered), stall_variant_row_get_id (variant)))
        {
          stall_order_line_row_add_one (known);
          return;
        }
    }
  row = stall_order_line_row_new (variant, title, get_currency (self));
  g_signal_connect_object (row, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (line_removed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->lines, row);
  g_ptr_array_add (self->line_rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), TRUE);
  check (self);
}

static GtkWidget *
result_new (StallOrderDialog *self, StallVariantRow *variant)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *picture = stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE_SIZE);
  GtkWidget *price;
  int available = stall_variant_row_get_available (variant);
  const char *options = stall_variant_row_get_title (variant);
  g_autofree char *stock
      = g_strdup_printf (ngettext ("%d available", "%d available", available), available);
  g_autofree char *subtitle
      = *options ? g_strdup_printf ("%s · %s", options, stock) : g_strdup (stock);
  g_autofree char *money = stall_format_money (stall_variant_row_get_price (variant),
                                               stall_variant_row_get_currency (variant));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 stall_variant_row_get_product_title (variant));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  stall_thumbnail_set_digest (STALL_THUMBNAIL (picture), stall_variant_row_get_cover (variant));
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
  price = gtk_label_new (money);
  gtk_widget_add_css_class (price, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), price);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "variant", g_object_ref (variant), g_object_unref);
  return row;
}

/* Something that is sold without ever having been in the inventory. */
static GtkWidget *
other_result_new (const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = g_strdup_printf (_ ("Add “%s”"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Not in the inventory"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);
  return row;
}

static void
result_activated_cb (StallOrderDialog *self, GtkListBoxRow *row, GtkListBox *list)
{
  g_autoptr (StallVariantRow) variant = NULL;
  g_autofree char *title = g_strdup (g_object_get_data (G_OBJECT (row), "title"));

  g_set_object (&variant, g_object_get_data (G_OBJECT (row), "variant"));
  add_line (self, variant, title);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static gboolean
is_named (StallVariantRow *variant, const char *folded)
{
  g_autofree char *title = g_utf8_casefold (stall_variant_row_get_product_title (variant), -1);
  g_autofree char *options = g_utf8_casefold (stall_variant_row_get_title (variant), -1);
  g_autofree char *sku = g_utf8_casefold (stall_variant_row_get_sku (variant), -1);

  return strstr (title, folded) || strstr (options, folded) || strstr (sku, folded);
}

/* The search looks into stories, too: what is called so comes before what only mentions it. */
static void
show_results (StallOrderDialog *self, GListModel *rows, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  guint shown = 0;

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < g_list_model_get_n_items (rows) && shown < MAX_RESULTS; i++)
      {
        g_autoptr (StallVariantRow) variant = g_list_model_get_item (rows, i);

        if (is_named (variant, folded) != (pass == 0))
          continue;
        gtk_list_box_append (self->results, result_new (self, variant));
        shown++;
      }
}

static DexFuture *
search_fiber (gpointer data)
{
  StallOrderDialog *self = data;
  guint generation = ++self->search_generation;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (*g_strstrip (text))
    {
      query->search = g_strdup (text);
      rows = dex_await_object (
          stall_store_query_rows (stall_desk_get_store (self->desk), query, MAX_LOOKED_AT), &error);
      stall_desk_report (self->desk, error);
    }
  if (generation != self->search_generation || !self->results)
    return dex_future_new_true ();

  g_set_str (&self->results_text, text);
  gtk_list_box_remove_all (self->results);
  if (rows != NULL)
    show_results (self, rows, text);
  if (*text)
    gtk_list_box_append (self->results, other_result_new (text));
  gtk_widget_set_visible (GTK_WIDGET (self->results), *text != '\0');
  return dex_future_new_true ();
}

static void
search_changed_cb (StallOrderDialog *self, GtkSearchEntry *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  /* Keys that came from anywhere in the dialog; the Enter after them is meant for the search, too.
   */
  if (!gtk_widget_has_focus (GTK_WIDGET (text)) && *gtk_editable_get_text (text))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  stall_spawn (search_fiber, g_object_ref (self), g_object_unref);
}

static void
stop_search_cb (StallOrderDialog *self, GtkSearchEntry *entry)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)))
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static DexFuture *
discard_fiber (gpointer data)
{
  StallOrderDialog *self = data;

  if (dex_await_boolean (stall_ask_sure (GTK_WIDGET (self), _ ("Discard This Order?"),
                                         _ ("What you have written is not saved."), _ ("_Discard")),
                         NULL))
    adw_dialog_force_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

static void
close_attempt_cb (StallOrderDialog *self)
{
  stall_spawn (discard_fiber, g_object_ref (self), g_object_unref);
}

static gboolean
is_searched_by (StallOrderDialog *self, const char *text)
{
  g_autofree char *now = NULL;

  if (!self->results)
    return FALSE;
  now = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  return g_str_equal (g_strstrip (now), text);
}

/* A scanner types the code and Enter: an exact code wins over the first name that fits, and what
 * nothing fits is sold under its name. */
static DexFuture *
enter_fiber (gpointer data)
{
  StallOrderDialog *self = data;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  g_autoptr (StallVariantRow) variant = NULL;
  GtkListBoxRow *first;

  if (!*g_strstrip (text))
    return dex_future_new_true ();
  variant
      = dex_await_object (stall_store_find_variant (stall_desk_get_store (self->desk), text), NULL);
  /* Enter may be faster than the search, and one search may overtake another. */
  while (!variant && is_searched_by (self, text) && g_strcmp0 (self->results_text, text) != 0)
    dex_await (stall_async (search_fiber, g_object_ref (self), g_object_unref), NULL);
  if (!self->results)
    return dex_future_new_true ();
  if (variant)
    add_line (self, variant, NULL);
  else if (is_searched_by (self, text)
           && (first = gtk_list_box_get_row_at_index (self->results, 0)))
    result_activated_cb (self, first, self->results);
  return dex_future_new_true ();
}

static void
search_activate_cb (StallOrderDialog *self, GtkSearchEntry *entry)
{
  stall_spawn (enter_fiber, g_object_ref (self), g_object_unref);
}

static void
put_money (StallOrderDialog *self,
           StallChangeSet *changes,
           StallOrderEvent *event,
           gint64 amount,
           const char *remark)
{
  g_autoptr (StallDocument) document = NULL;

  stall_order_event_set_money (event, amount, get_currency (self));
  stall_order_event_set_payment (
      event, stall_payment_get_name (adw_combo_row_get_selected (self->payment_row)));
  if (remark)
    stall_order_event_set_remark (event, remark);
  document = stall_order_event_to_document (event, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
}

/* What is paid for at once: all of it, or as much as what came back was worth. */
static void
put_event (StallOrderDialog *self, StallChangeSet *changes, StallOrder *order)
{
  gboolean counter = adw_switch_row_get_active (self->counter_row);
  gint64 total = stall_order_get_total (order);
  gint64 credit = get_credit (self);
  g_autofree char *remark = self->former
                                ? g_strdup_printf (_ ("Exchanged for pieces of order %s"),
                                                   stall_order_get_number (self->former->order))
                                : NULL;
  g_autoptr (StallOrderEvent) event = NULL;

  if (!counter && !adw_switch_row_get_active (self->paid_row) && credit < total)
    total = credit;
  if (!counter && total == 0)
    return;
  event = stall_order_event_new (stall_order_get_id (order),
                                 counter ? STALL_STEP_COMPLETED : STALL_STEP_PAID,
                                 stall_order_get_placed_at (order));
  put_money (self, changes, event, total, remark);
}

/* The other half of an exchange: pieces come back, and what they cost is given back. */
static void
put_return (StallOrderDialog *self, StallChangeSet *changes, StallOrder *order)
{
  StallTime now = stall_order_get_placed_at (order);
  g_autoptr (StallOrderEvent) event = stall_order_pieces_new_event (self->pieces, now);
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *remark
      = g_strdup_printf (_ ("Exchanged for order %s"), stall_order_get_number (order));

  stall_order_event_set_remark (event, remark);
  document = stall_order_event_to_document (event, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
  if (get_credit (self) > 0)
    {
      g_autoptr (StallOrderEvent) refund = stall_order_event_new (
          stall_order_get_id (self->former->order), STALL_STEP_REFUNDED, now + 1);

      put_money (self, changes, refund, get_credit (self), remark);
    }
}

static void
put_contact (StallOrderDialog *self, StallChangeSet *changes, const char *order_id)
{
  StallContact *known = self->former ? self->former->contact : NULL;
  const char *name = known ? stall_contact_get_name (known) : get_text (self->name_row);
  const char *phone = known ? stall_contact_get_phone (known) : get_text (self->phone_row);
  const char *address = known ? stall_contact_get_address (known) : get_text (self->address_row);
  g_autoptr (StallContact) contact = NULL;
  g_autoptr (StallDocument) document = NULL;

  if (!*name && !*phone && !*address)
    return;
  contact = stall_contact_new (order_id);
  stall_contact_set_name (contact, name);
  stall_contact_set_phone (contact, phone);
  stall_contact_set_address (contact, address);
  document = stall_contact_to_document (contact, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
}

static StallChangeSet *
new_changes (StallOrderDialog *self, const char *id, const char *number)
{
  const char *device = stall_desk_get_device (self->desk);
  g_autoptr (StallOrder) order = new_order (self, id, number);
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *label = self->former
                               ? g_strdup_printf (_ ("Pieces of order %s exchanged"),
                                                  stall_order_get_number (self->former->order))
                               : g_strdup_printf (_ ("New order %s"), number);
  StallChangeSet *changes;

  if (!order)
    return NULL;
  document = stall_order_to_document (order, device);
  changes = stall_change_set_new (label);
  stall_change_set_put (changes, document);
  put_contact (self, changes, id);
  if (self->former)
    put_return (self, changes, order);
  put_event (self, changes, order);
  return changes;
}

static DexFuture *
create_fiber (gpointer data)
{
  StallOrderDialog *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = stall_id_new (STALL_KIND_ORDER);
  g_autofree char *number
      = dex_await_string (stall_store_next_order_number (stall_desk_get_store (desk)), &error);
  gboolean opens;

  if (!number)
    {
      stall_desk_report (desk, error);
      return dex_future_new_true ();
    }
  if (!self->create_button || !(changes = new_changes (self, id, number)))
    return dex_future_new_true ();
  /* What was handed over is done; everything else has a next step on its page. */
  opens = !adw_switch_row_get_active (self->counter_row);
  if (!dex_await (stall_desk_apply (desk, changes), NULL))
    {
      if (self->create_button)
        check (self);
      return dex_future_new_true ();
    }
  adw_dialog_force_close (ADW_DIALOG (self));
  if (opens)
    stall_desk_open (desk, id);
  return dex_future_new_true ();
}

static void
create_cb (StallOrderDialog *self, GtkButton *button)
{
  /* A quantity that is still being typed counts from the moment its entry is left. */
  gtk_widget_grab_focus (GTK_WIDGET (self->create_button));
  check (self);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->create_button)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_button), FALSE);
  stall_spawn (create_fiber, g_object_ref (self), g_object_unref);
}

static void
stall_order_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_ORDER_DIALOG);

  G_OBJECT_CLASS (stall_order_dialog_parent_class)->dispose (object);
}

static void
stall_order_dialog_finalize (GObject *object)
{
  StallOrderDialog *self = STALL_ORDER_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->former, stall_order_record_unref);
  g_clear_pointer (&self->line_rows, g_ptr_array_unref);
  g_free (self->results_text);

  G_OBJECT_CLASS (stall_order_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_ORDER_PIECES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, pieces);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, ordered_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, results);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, lines);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, customer_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, source_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, customer_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, phone_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, counter_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, paid_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, payment_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, ship_by_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, ship_by_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, shipping_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, discount_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, complaint);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, total_title);
  gtk_widget_class_bind_template_child (widget_class, StallOrderDialog, total_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_attempt_cb);
}

static void
stall_order_dialog_class_init (StallOrderDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_order_dialog_dispose;
  object_class->finalize = stall_order_dialog_finalize;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
stall_order_dialog_init (StallOrderDialog *self)
{
  g_autoptr (GListModel) payments = stall_payment_new_list ();
  g_autoptr (GtkStringList) sources = gtk_string_list_new (NULL);

  self->line_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < STALL_N_SOURCES; i++)
    gtk_string_list_append (sources, stall_source_get_label ((StallSource) i));
  adw_combo_row_set_model (self->source_row, G_LIST_MODEL (sources));
  adw_combo_row_set_selected (self->source_row, STALL_SOURCE_OTHER);
  adw_combo_row_set_model (self->payment_row, payments);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->search_entry));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self));
}

static void
show_former (StallOrderDialog *self)
{
  StallOrder *order = self->former->order;

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Exchange"));
  gtk_button_set_label (self->create_button, _ ("_Exchange"));
  adw_preferences_group_set_title (self->ordered_group, _ ("Sent Instead"));
  gtk_widget_set_visible (GTK_WIDGET (self->pieces), TRUE);
  stall_order_pieces_show (self->pieces, self->former, STALL_STEP_RETURNED);
  adw_combo_row_set_selected (self->payment_row, stall_payment_find_last (self->former->state));
  /* Who gets the other pieces is known. */
  gtk_widget_set_visible (self->customer_group, FALSE);
  adw_combo_row_set_selected (self->source_row, stall_order_get_source (order));
  gtk_editable_set_text (GTK_EDITABLE (self->customer_row), stall_order_get_customer (order));
}

static AdwDialog *
new_dialog (StallDesk *desk, StallOrderRecord *former)
{
  StallOrderDialog *self = g_object_new (STALL_TYPE_ORDER_DIALOG, NULL);
  int ship_days = stall_profile_get_ship_days (stall_desk_get_profile (desk));
  g_autoptr (GDateTime) ship_by = NULL;

  self->ship_by = stall_time_day_start (stall_time_now (), ship_days + 1) - STALL_SECOND;
  self->desk = g_object_ref (desk);
  if (former)
    {
      self->former = stall_order_record_ref (former);
      show_former (self);
    }
  show_ship_by (self);
  ship_by = g_date_time_new_from_unix_local (self->ship_by / STALL_SECOND);
  gtk_calendar_select_day (self->calendar, ship_by);
  stall_calendar_name_arrows (self->calendar);
  stall_wheel_pass_by (self->calendar);
  check (self);
  return ADW_DIALOG (self);
}

/**
 * stall_order_dialog_new:
 * @desk: the desk
 *
 * Makes the dialog for a new order.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
stall_order_dialog_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return new_dialog (desk, NULL);
}

/**
 * stall_order_dialog_new_exchange:
 * @desk: the desk
 * @record: an order of which pieces were shipped
 *
 * Makes the dialog in which pieces of an order come back and others are sent instead, in an order
 * of their own that what came back pays for. All of it is one change set.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
stall_order_dialog_new_exchange (StallDesk *desk, StallOrderRecord *record)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (record, NULL);

  return new_dialog (desk, record);
}
