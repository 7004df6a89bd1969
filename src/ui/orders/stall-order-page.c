/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-page.h"

#include "stall-async.h"
#include "stall-conflict-banner.h"
#include "stall-format.h"
#include "stall-order-contact.h"
#include "stall-order-dialog.h"
#include "stall-order-lines.h"
#include "stall-order-record.h"
#include "stall-order-remark.h"
#include "stall-order-step-dialog.h"
#include "stall-order-steps.h"
#include "stall-order-timeline.h"
#include "stall-print.h"

#include <glib/gi18n-lib.h>

/* Enough to recognise a customer; the list behind “Show All” has the rest. */
#define N_EARLIER 6

struct _StallOrderPage
{
  AdwNavigationPage parent;

  StallConflictBanner *conflict_banner;

  StallDesk *desk;
  char *order_id;
  StallOrderRecord *record;
  GPtrArray *earlier_rows; /* unowned */
  guint generation;        /* of the newest load */
  const char *status_style;
  const char *due_style;

  GtkStack *stack;
  GtkLabel *number_label;
  GtkLabel *status_label;
  GtkWidget *waits_label;
  GtkLabel *placed_label;
  GtkBox *due_box;
  GtkImage *due_icon;
  GtkLabel *due_label;
  GtkButton *pay_button;
  GtkButton *pack_button;
  GtkButton *ship_button;
  GtkButton *deliver_button;
  GtkButton *resume_button;
  GtkButton *refund_button;
  StallOrderLines *lines;
  StallOrderTimeline *timeline;
  StallOrderContact *contact;
  StallOrderRemark *remark;
  AdwPreferencesGroup *earlier_group;
  GtkButton *earlier_button;
};

G_DEFINE_FINAL_TYPE (StallOrderPage, stall_order_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_DESK = 1,
  PROP_ORDER_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const struct
{
  const char *action;
  StallStep step;
} steps[] = {
  { "order.pay", STALL_STEP_PAID },         { "order.pack", STALL_STEP_PACKED },
  { "order.ship", STALL_STEP_SHIPPED },     { "order.deliver", STALL_STEP_DELIVERED },
  { "order.cancel", STALL_STEP_CANCELLED }, { "order.return", STALL_STEP_RETURNED },
  { "order.refund", STALL_STEP_REFUNDED },  { "order.wait", STALL_STEP_WAITING },
  { "order.resume", STALL_STEP_RESUMED },
};

static void
set_style (GtkWidget *widget, const char **current, const char *style)
{
  if (*current)
    gtk_widget_remove_css_class (widget, *current);
  if (style)
    gtk_widget_add_css_class (widget, style);
  *current = style;
}

static void
show_due (StallOrderPage *self)
{
  StallTime ship_by = stall_order_get_ship_by (self->record->order);
  StallTime now = stall_time_now ();
  g_autofree char *due = NULL;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  gboolean overdue = ship_by < now;

  gtk_widget_set_visible (GTK_WIDGET (self->due_box),
                          ship_by != STALL_TIME_NONE
                              && stall_status_is_open (self->record->state->status));
  if (!gtk_widget_get_visible (GTK_WIDGET (self->due_box)))
    return;
  due = stall_format_due (ship_by, now);
  date = stall_format_date (ship_by);
  /* Translators: the deadline of an order, as a date and in words: “Ship by 24 Nov 2026 · In 2
   * days” */
  text = g_strdup_printf (_ ("Ship by %s · %s"), date, due);
  gtk_label_set_text (self->due_label, text);
  gtk_image_set_from_icon_name (self->due_icon, overdue ? "dialog-warning-symbolic"
                                                        : "document-open-recent-symbolic");
  set_style (GTK_WIDGET (self->due_box), &self->due_style,
             overdue                                   ? "error"
             : ship_by < stall_time_day_start (now, 2) ? "warning"
                                                       : "dimmed");
}

static void
show_head (StallOrderPage *self)
{
  StallOrder *order = self->record->order;
  StallStatus status = self->record->state->status;
  g_autofree char *title = g_strdup_printf (_ ("Order %s"), stall_order_get_number (order));
  g_autofree char *placed = stall_format_date_time (stall_order_get_placed_at (order));
  const char *source = stall_source_get_label (stall_order_get_source (order));
  const char *ref = stall_order_get_source_ref (order);
  g_autofree char *words = g_strdup_printf ("%s%s%s%s · %s", source, ref && *ref ? " (" : "",
                                            ref && *ref ? ref : "", ref && *ref ? ")" : "", placed);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  gtk_label_set_text (self->number_label, stall_order_get_number (order));
  gtk_label_set_text (self->status_label, stall_status_get_label (status));
  set_style (GTK_WIDGET (self->status_label), &self->status_style, stall_status_get_style (status));
  gtk_label_set_text (self->placed_label, words);
  gtk_widget_set_visible (self->waits_label,
                          stall_order_state_get_waiting (self->record->state) > 0);
  show_due (self);
}

/* The steps the order allows; the usual next one stands out. */
static void
show_steps (StallOrderPage *self)
{
  const struct
  {
    GtkButton *button;
    StallStep step;
  } buttons[] = {
    { self->pay_button, STALL_STEP_PAID },       { self->pack_button, STALL_STEP_PACKED },
    { self->ship_button, STALL_STEP_SHIPPED },   { self->deliver_button, STALL_STEP_DELIVERED },
    { self->resume_button, STALL_STEP_RESUMED },
  };
  StallOrderState *state = self->record->state;
  StallStep next;
  gboolean has_next = stall_order_state_get_next (state, &next);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), steps[i].action,
                                   stall_order_state_allows (state, steps[i].step));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.exchange",
                                 !state->credit_note
                                     && stall_order_state_allows (state, STALL_STEP_RETURNED));
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = GTK_WIDGET (buttons[i].button);

      gtk_widget_set_visible (button, stall_order_state_allows (state, buttons[i].step));
      if (has_next && buttons[i].step == next)
        gtk_widget_add_css_class (button, "suggested-action");
      else
        gtk_widget_remove_css_class (button, "suggested-action");
    }
  /* What was paid for pieces that are not coming is still to be given back. */
  gtk_widget_set_visible (GTK_WIDGET (self->refund_button),
                          state->status == STALL_STATUS_CANCELLED
                              && stall_order_state_allows (state, STALL_STEP_REFUNDED));
}

static void
earlier_activated_cb (AdwActionRow *row, gpointer data)
{
  stall_desk_open (STALL_ORDER_PAGE (data)->desk, g_object_get_data (G_OBJECT (row), "order"));
}

static GtkWidget *
earlier_row_new (StallOrderPage *self, StallOrderRow *order)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *total;
  g_autofree char *when
      = stall_format_when (stall_order_row_get_placed_at (order), stall_time_now ());
  g_autofree char *title
      = g_strdup_printf ("%s · %s", stall_order_row_get_order_number (order),
                         stall_status_get_label (stall_order_row_get_status (order)));
  g_autofree char *subtitle
      = g_strdup_printf ("%s · %s", when, stall_order_row_get_summary (order));
  g_autofree char *money = stall_format_money (stall_order_row_get_total (order),
                                               stall_order_row_get_currency (order));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  total = gtk_label_new (money);
  gtk_widget_add_css_class (total, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), total);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "order", g_strdup (stall_order_row_get_id (order)),
                          g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (earlier_activated_cb), self,
                           G_CONNECT_DEFAULT);
  return row;
}

static StallQuery *
new_customer_query (StallOrderPage *self)
{
  StallQuery *query = stall_query_new (STALL_LIST_ORDERS);

  query->customer = g_strdup (stall_order_get_customer (self->record->order));
  return query;
}

static void
show_earlier (StallOrderPage *self, GListModel *rows)
{
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < self->earlier_rows->len; i++)
    adw_preferences_group_remove (self->earlier_group, g_ptr_array_index (self->earlier_rows, i));
  g_ptr_array_set_size (self->earlier_rows, 0);

  for (guint i = 0; i < n && self->earlier_rows->len < N_EARLIER; i++)
    {
      g_autoptr (StallOrderRow) order = g_list_model_get_item (rows, i);
      GtkWidget *row;

      if (g_str_equal (stall_order_row_get_id (order), self->order_id))
        continue;
      row = earlier_row_new (self, order);
      adw_preferences_group_add (self->earlier_group, row);
      g_ptr_array_add (self->earlier_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->earlier_group), self->earlier_rows->len > 0);
}

/* What every order allows, whatever became of it. */
static void
enable_always (StallOrderPage *self, gboolean enabled)
{
  static const char *const actions[] = { "order.print", "order.save-slip", "order.copy-number" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], enabled);
}

static void
show_record (StallOrderPage *self)
{
  show_head (self);
  show_steps (self);
  enable_always (self, TRUE);
  stall_order_lines_show (self->lines, self->desk, self->record);
  stall_order_timeline_show (self->timeline, self->desk, self->record);
  stall_order_contact_show (self->contact, self->desk, self->record);
  stall_order_remark_show (self->remark, self->desk, self->record);
  gtk_stack_set_visible_child_name (self->stack, "order");
}

/* As long as there is no order to do anything with. */
static void
disable_all (StallOrderPage *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), steps[i].action, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.exchange", FALSE);
  enable_always (self, FALSE);
}

static void
show_gone (StallOrderPage *self)
{
  g_clear_pointer (&self->record, stall_order_record_unref);
  disable_all (self);
  gtk_stack_set_visible_child_name (self->stack, "gone");
}

static DexFuture *
load_fiber (gpointer data)
{
  StallOrderPage *self = data;
  StallStore *store = stall_desk_get_store (self->desk);
  guint generation = ++self->generation;
  g_autoptr (StallOrderRecord) record = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  record = dex_await_boxed (stall_order_record_load (store, self->order_id), &error);
  if (generation != self->generation || !self->stack)
    return dex_future_new_true ();
  if (!record)
    {
      if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        stall_desk_report (self->desk, error);
      show_gone (self);
      return dex_future_new_true ();
    }
  g_clear_pointer (&self->record, stall_order_record_unref);
  self->record = g_steal_pointer (&record);
  show_record (self);

  if (*stall_order_get_customer (self->record->order) == '\0')
    return dex_future_new_true ();
  query = new_customer_query (self);
  rows = dex_await_object (stall_store_query_rows (store, query, N_EARLIER + 1), &error);
  if (!rows)
    stall_desk_report (self->desk, error);
  else if (generation == self->generation && self->stack)
    show_earlier (self, rows);
  return dex_future_new_true ();
}

static void
load (StallOrderPage *self)
{
  stall_spawn (load_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallOrderPage *self, guint kinds, StallStore *store)
{
  const guint shown = (1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT)
                      | (1u << STALL_KIND_REMARK) | (1u << STALL_KIND_CONTACT)
                      | (1u << STALL_KIND_PRODUCT);

  if (kinds & shown)
    load (self);
}

typedef struct
{
  StallDesk *desk;
  StallChangeSet *changes;
} Apply;

static void
apply_free (Apply *apply)
{
  g_clear_object (&apply->desk);
  g_clear_object (&apply->changes);
  g_free (apply);
}

static DexFuture *
apply_fiber (gpointer data)
{
  Apply *apply = data;

  /* The desk tells the person when it fails. */
  dex_await (stall_desk_apply (apply->desk, apply->changes), NULL);
  return dex_future_new_true ();
}

static void
apply_step (StallOrderPage *self, StallStep step)
{
  g_autoptr (StallOrderEvent) event
      = stall_order_event_new (self->order_id, step, stall_time_now ());
  Apply *apply = g_new0 (Apply, 1);

  stall_order_state_name_ready (self->record->state, event);
  apply->desk = g_object_ref (self->desk);
  apply->changes = stall_order_step_new_changes (self->record->order, event,
                                                 stall_desk_get_device (self->desk));
  stall_spawn (apply_fiber, apply, (GDestroyNotify) apply_free);
}

/* These concern all that is there, and Undo takes a slip back. */
static gboolean
is_done_at_once (StallStep step)
{
  return step == STALL_STEP_PACKED || step == STALL_STEP_DELIVERED || step == STALL_STEP_WAITING
         || step == STALL_STEP_RESUMED;
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrderPage *self = STALL_ORDER_PAGE (widget);

  if (!self->record)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!g_str_equal (steps[i].action, name))
        continue;
      if (is_done_at_once (steps[i].step))
        apply_step (self, steps[i].step);
      else
        adw_dialog_present (stall_order_step_dialog_new (self->desk, self->record, steps[i].step),
                            widget);
    }
}

static void
exchange_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrderPage *self = STALL_ORDER_PAGE (widget);

  if (self->record)
    adw_dialog_present (stall_order_dialog_new_exchange (self->desk, self->record), widget);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrderPage *self = STALL_ORDER_PAGE (widget);
  const char *ids[] = { self->order_id, NULL };

  if (g_str_equal (name, "order.print"))
    stall_print_slips (self->desk, widget, ids);
  else
    stall_save_slips (self->desk, widget, ids);
}

static void
copy_number_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrderPage *self = STALL_ORDER_PAGE (widget);

  if (!self->record)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          stall_order_get_number (self->record->order));
  stall_desk_say (self->desk, _ ("Order number copied"));
}

static void
show_customer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrderPage *self = STALL_ORDER_PAGE (widget);
  g_autoptr (StallQuery) query = NULL;

  if (!self->record)
    return;
  query = new_customer_query (self);
  stall_desk_show_list (self->desk, query);
}

static void
stall_order_page_constructed (GObject *object)
{
  StallOrderPage *self = STALL_ORDER_PAGE (object);
  g_autofree char *remark = NULL;

  G_OBJECT_CLASS (stall_order_page_parent_class)->constructed (object);

  g_signal_connect_object (stall_desk_get_store (self->desk), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  remark = stall_id_for_order (STALL_KIND_REMARK, self->order_id, NULL);
  stall_conflict_banner_set_thing (self->conflict_banner, self->desk, remark);
  disable_all (self);
  load (self);
}

static void
stall_order_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_ORDER_PAGE);

  G_OBJECT_CLASS (stall_order_page_parent_class)->dispose (object);
}

static void
stall_order_page_finalize (GObject *object)
{
  StallOrderPage *self = STALL_ORDER_PAGE (object);

  g_clear_object (&self->desk);
  g_free (self->order_id);
  g_clear_pointer (&self->record, stall_order_record_unref);
  g_clear_pointer (&self->earlier_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_order_page_parent_class)->finalize (object);
}

static void
stall_order_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallOrderPage *self = STALL_ORDER_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_ORDER_ID:
      g_value_set_string (value, self->order_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_order_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallOrderPage *self = STALL_ORDER_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_ORDER_ID:
      self->order_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_CONFLICT_BANNER);
  g_type_ensure (STALL_TYPE_ORDER_CONTACT);
  g_type_ensure (STALL_TYPE_ORDER_LINES);
  g_type_ensure (STALL_TYPE_ORDER_REMARK);
  g_type_ensure (STALL_TYPE_ORDER_TIMELINE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, number_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, waits_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, placed_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, due_box);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, due_icon);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, due_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, pay_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, pack_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, ship_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, deliver_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, resume_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, refund_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, lines);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, contact);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, remark);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, earlier_group);
  gtk_widget_class_bind_template_child (widget_class, StallOrderPage, earlier_button);
}

static void
stall_order_page_class_init (StallOrderPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_order_page_constructed;
  object_class->dispose = stall_order_page_dispose;
  object_class->finalize = stall_order_page_finalize;
  object_class->get_property = stall_order_page_get_property;
  object_class->set_property = stall_order_page_set_property;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ORDER_ID]
      = g_param_spec_string ("order-id", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i].action, NULL, step_action);
  gtk_widget_class_install_action (widget_class, "order.exchange", NULL, exchange_action);
  gtk_widget_class_install_action (widget_class, "order.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "order.save-slip", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "order.copy-number", NULL, copy_number_action);
  gtk_widget_class_install_action (widget_class, "order.show-customer", NULL, show_customer_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "order.print",
                                       NULL);
}

static void
stall_order_page_init (StallOrderPage *self)
{
  self->earlier_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_order_page_new:
 * @desk: the desk
 * @order_id: id of an order
 *
 * Makes the page of one order. It follows the order while it changes.
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
stall_order_page_new (StallDesk *desk, const char *order_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (order_id, NULL);

  return g_object_new (STALL_TYPE_ORDER_PAGE, "desk", desk, "order-id", order_id, NULL);
}
