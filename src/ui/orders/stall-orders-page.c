/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-orders-page.h"

#include "stall-async.h"
#include "stall-check-item.h"
#include "stall-chips.h"
#include "stall-format.h"
#include "stall-late-menu.h"
#include "stall-list-trouble.h"
#include "stall-newest.h"
#include "stall-order-dialog.h"
#include "stall-order-figures.h"
#include "stall-order-filter.h"
#include "stall-order-item.h"
#include "stall-order-steps.h"
#include "stall-print.h"
#include "stall-selection-bar.h"
#include "stall-type-to-search.h"

#include <glib/gi18n-lib.h>

struct _StallOrdersPage
{
  AdwNavigationPage parent;

  StallDesk *desk;
  StallQuery *query;
  StallQueryModel *model;
  StallSelection *selection;
  GCancellable *summing; /* the reading of the total */
  char *product_title;   /* of the product or variant the list is narrowed to */

  AdwWindowTitle *window_title;
  GtkLabel *total_label;
  GtkMenuButton *list_button;
  GMenuModel *list_menu;
  GtkMenuButton *filter_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  StallChips *chips;
  GtkStack *stack;
  GtkListView *list;
  StallSelectionBar *selection_bar;
};

G_DEFINE_FINAL_TYPE (StallOrdersPage, stall_orders_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_DESK = 1,
  PROP_SELECTING,
  PROP_SORT,
  PROP_STATUS, /* the filters, in the order of StallOrderFilter */
  PROP_SOURCE,
  PROP_FLAG,
  PROP_DUE,
  PROP_PLACED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static StallOrderFilter
filter_of_property (guint id)
{
  return (StallOrderFilter) (STALL_ORDER_FILTER_STATUS + (id - PROP_STATUS));
}

static gboolean
is_narrowed (StallOrdersPage *self)
{
  for (int i = 0; i < STALL_N_ORDER_FILTERS; i++)
    if (stall_order_filter_is_set (self->query, (StallOrderFilter) i))
      return TRUE;
  return self->query->search && *self->query->search;
}

/* Between the buttons of a phone's header there is no room for a sum. */
static void
place_total (StallOrdersPage *self)
{
  GtkWidget *split = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_SPLIT_VIEW);
  gboolean narrow
      = split && adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (split));
  const char *text = gtk_label_get_text (self->total_label);

  adw_window_title_set_subtitle (self->window_title, narrow ? "" : text);
  gtk_widget_set_visible (GTK_WIDGET (self->total_label), narrow && *text);
}

static char *
say_total (const StallOrderSum *sum, const char *currency, gboolean taken)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_autofree char *count = stall_format_count (sum->n_orders);
  g_autofree char *money = stall_format_money (sum->amount, currency);
  g_autofree char *others = stall_format_count (sum->n_others);

  g_ptr_array_add (parts,
                   g_strdup_printf (ngettext ("%s order", "%s orders", sum->n_orders), count));
  if (sum->amount != 0)
    /* Translators: how much money came in with orders in some days; their own totals may come to
     * more */
    g_ptr_array_add (parts,
                     taken ? g_strdup_printf (_ ("%s taken"), money) : g_steal_pointer (&money));
  if (sum->n_others > 0)
    /* Translators: how many orders of a list have money in another currency than the sum beside it
     */
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%s in another currency",
                                                       "%s in other currencies", sum->n_others),
                                             others));
  return g_strjoinv (" · ", (GStrv) parts->pdata);
}

/* How many, and what they come to: a list that a figure led to says that figure again. The list
 * itself goes first. */
static DexFuture *
show_total_fiber (gpointer data)
{
  StallOrdersPage *self = data;
  g_autoptr (StallQuery) query = stall_query_copy (self->query);
  g_autoptr (GCancellable) cancellable = self->summing ? g_object_ref (self->summing) : NULL;
  g_autoptr (StallOrderSum) sum = NULL;
  g_autofree char *text = NULL;

  if (!cancellable) /* the page is gone */
    return dex_future_new_true ();
  dex_await (stall_query_model_settle (self->model), NULL);
  sum = dex_await_boxed (stall_store_sum_orders (stall_desk_get_store (self->desk), query,
                                                 stall_desk_get_currency (self->desk), cancellable),
                         NULL);
  /* Another search was typed meanwhile, or the page is gone: its own reading says it. */
  if (!sum || !self->window_title || !stall_query_equal (query, self->query))
    return dex_future_new_true ();

  text = say_total (sum, stall_desk_get_currency (self->desk),
                    query->paid_from != 0 || query->paid_until != 0);
  gtk_label_set_text (self->total_label, sum->n_orders > 0 ? text : "");
  place_total (self);
  return dex_future_new_true ();
}

static void
show_total (StallOrdersPage *self)
{
  if (self->summing)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  self->summing = g_cancellable_new ();
  stall_spawn (show_total_fiber, g_object_ref (self), g_object_unref);
}

static void
show_content (StallOrdersPage *self)
{
  const char *name;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    name = "list";
  else if (stall_query_model_get_loading (self->model))
    name = "loading";
  else
    name = is_narrowed (self) ? "nothing" : "empty";
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_chips (StallOrdersPage *self)
{
  StallTime now = stall_time_now ();

  stall_chips_clear (self->chips);
  for (int i = 0; i < STALL_N_ORDER_FILTERS; i++)
    {
      g_autofree char *label = stall_order_filter_dup_label (self->query, (StallOrderFilter) i,
                                                             self->product_title, now);
      g_autofree char *id = g_strdup_printf ("%d", i);

      if (label)
        stall_chips_add (self->chips, id, label);
    }
}

static DexFuture *
find_product_fiber (gpointer data)
{
  StallOrdersPage *self = data;
  StallStore *store = stall_desk_get_store (self->desk);
  g_autofree char *product = g_strdup (self->query->product);

  if (!product)
    {
      const char *ids[] = { self->query->variant, NULL };
      g_autoptr (GListModel) rows = dex_await_object (stall_store_variant_rows (store, ids), NULL);
      g_autoptr (StallVariantRow) row = rows ? g_list_model_get_item (rows, 0) : NULL;

      if (!row)
        return dex_future_new_true ();
      product = g_strdup (stall_variant_row_get_product_id (row));
    }
  {
    g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, product), NULL);
    g_autoptr (StallProduct) loaded
        = document ? stall_product_new_from_document (document, NULL) : NULL;

    if (loaded && self->query && (self->query->product || self->query->variant))
      {
        g_set_str (&self->product_title, stall_product_get_title (loaded));
        if (self->chips)
          show_chips (self);
      }
  }
  return dex_future_new_true ();
}

/* Shows what self->query asks for now. */
static void
apply_query (StallOrdersPage *self)
{
  stall_query_model_set_query (self->model, self->query);
  show_chips (self);
  show_content (self);
  show_total (self);
  for (guint i = PROP_SORT; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
model_changed_cb (StallOrdersPage *self)
{
  show_content (self);
}

static void
store_changed_cb (StallOrdersPage *self, guint kinds, StallStore *store)
{
  if (kinds & ((1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT)))
    show_total (self);
}

/* Rows and chips say “Tomorrow” of a day that is today now: they are made anew. */
static void
new_day_cb (StallOrdersPage *self)
{
  g_autoptr (GtkListItemFactory) factory = g_object_ref (gtk_list_view_get_factory (self->list));

  gtk_list_view_set_factory (self->list, NULL);
  gtk_list_view_set_factory (self->list, factory);
  show_chips (self);
}

static void
selecting_cb (StallOrdersPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

static void
search_changed_cb (StallOrdersPage *self, GtkSearchEntry *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_strcmp0 (text, self->query->search ? self->query->search : "") == 0)
    return;
  g_set_str (&self->query->search, *text ? text : NULL);
  apply_query (self);
}

static void
open_position (StallOrdersPage *self, guint position)
{
  g_autoptr (StallOrderRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row && stall_row_get_loaded (STALL_ROW (row)))
    stall_desk_open (self->desk, stall_order_row_get_id (row));
}

static void
activate_cb (StallOrdersPage *self, guint position, GtkListView *list)
{
  open_position (self, position);
}

/* Enter in the search entry opens the only order it found. */
static void
search_activate_cb (StallOrdersPage *self, GtkSearchEntry *entry)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 1)
    open_position (self, 0);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
chip_removed_cb (StallOrdersPage *self, const char *id, StallChips *chips)
{
  stall_order_filter_clear (self->query, (StallOrderFilter) g_ascii_strtoull (id, NULL, 10));
  apply_query (self);
}

static void
setup_cb (StallOrdersPage *self, GtkListItem *list_item, GtkSignalListItemFactory *factory)
{
  GtkWidget *item = stall_check_item_set_up (list_item, self->selection, stall_order_item_new (),
                                             STALL_CHECK_BESIDE);

  g_object_bind_property (item, "description", list_item, "accessible-label", G_BINDING_DEFAULT);
}

static void
bind_cb (StallOrdersPage *self, GtkListItem *list_item, GtkSignalListItemFactory *factory)
{
  stall_order_item_set_row (STALL_ORDER_ITEM (stall_check_item_get_content (list_item)),
                            gtk_list_item_get_item (list_item));
}

static void
unbind_cb (StallOrdersPage *self, GtkListItem *list_item, GtkSignalListItemFactory *factory)
{
  stall_order_item_set_row (STALL_ORDER_ITEM (stall_check_item_get_content (list_item)), NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (stall_order_dialog_new (STALL_ORDERS_PAGE (widget)->desk), widget);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);

  stall_orders_page_set_query (STALL_ORDERS_PAGE (widget), query);
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_selection_select_all (STALL_ORDERS_PAGE (widget)->selection);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (widget);

  if (!stall_selection_get_selecting (self->selection))
    return GDK_EVENT_PROPAGATE;
  stall_selection_set_selecting (self->selection, FALSE);
  return GDK_EVENT_STOP;
}

static GStrv
await_selected (StallOrdersPage *self)
{
  g_autoptr (GError) error = NULL;
  GStrv ids
      = stall_selection_await_ids (self->selection, stall_desk_get_store (self->desk), &error);

  stall_desk_report (self->desk, error);
  return ids;
}

static DexFuture *
step_selected (StallOrdersPage *self, StallStep step)
{
  g_auto (GStrv) ids = await_selected (self);

  if (ids
      && dex_await_boolean (
          stall_order_step_apply_to_all (self->desk, (const char *const *) ids, step), NULL)
      && self->selection)
    stall_selection_set_selecting (self->selection, FALSE);
  return dex_future_new_true ();
}

static DexFuture *
pack_fiber (gpointer data)
{
  return step_selected (data, STALL_STEP_PACKED);
}

static DexFuture *
ship_fiber (gpointer data)
{
  return step_selected (data, STALL_STEP_SHIPPED);
}

static DexFuture *
print_fiber (gpointer data)
{
  StallOrdersPage *self = data;
  g_auto (GStrv) ids = await_selected (self);

  if (ids)
    stall_print_slips (self->desk, GTK_WIDGET (self), (const char *const *) ids);
  return dex_future_new_true ();
}

static void
selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DexFiberFunc fiber = print_fiber;

  if (g_str_equal (name, "selection.pack"))
    fiber = pack_fiber;
  else if (g_str_equal (name, "selection.ship"))
    fiber = ship_fiber;
  stall_spawn (fiber, g_object_ref (widget), g_object_unref);
}

static void
stall_orders_page_constructed (GObject *object)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (object);
  StallStore *store = stall_desk_get_store (self->desk);

  G_OBJECT_CLASS (stall_orders_page_parent_class)->constructed (object);

  self->model = stall_query_model_new (store);
  self->selection = stall_selection_new (self->model);
  stall_selection_bar_set_selection (self->selection_bar, self->selection);
  stall_check_item_watch_list (GTK_WIDGET (self->list), self->selection);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  stall_newest_keep_in_sight (self->list);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  stall_list_trouble_watch (self->stack, self->model);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "new-day", G_CALLBACK (new_day_cb), self, G_CONNECT_SWAPPED);
  apply_query (self);
}

static void
stall_orders_page_root (GtkWidget *widget)
{
  GtkWidget *split = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_SPLIT_VIEW);

  GTK_WIDGET_CLASS (stall_orders_page_parent_class)->root (widget);

  if (split)
    g_signal_connect_object (split, "notify::collapsed", G_CALLBACK (place_total), widget,
                             G_CONNECT_SWAPPED);
  place_total (STALL_ORDERS_PAGE (widget));
}

static void
stall_orders_page_dispose (GObject *object)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_ORDERS_PAGE);
  if (self->summing)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (stall_orders_page_parent_class)->dispose (object);
}

static void
stall_orders_page_finalize (GObject *object)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);
  g_free (self->product_title);

  G_OBJECT_CLASS (stall_orders_page_parent_class)->finalize (object);
}

static void
stall_orders_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_SELECTING:
      /* Menus ask while the page is still being made. */
      g_value_set_boolean (value,
                           self->selection && stall_selection_get_selecting (self->selection));
      break;
    case PROP_SORT:
      g_value_set_string (value, stall_order_sort_get (self->query));
      break;
    default:
      g_value_set_string (
          value, stall_order_filter_get (self->query, filter_of_property (id), stall_time_now ()));
    }
}

static void
stall_orders_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallOrdersPage *self = STALL_ORDERS_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_SELECTING:
      stall_selection_set_selecting (self->selection, g_value_get_boolean (value));
      break;
    case PROP_SORT:
      stall_order_sort_set (self->query, g_value_get_string (value));
      apply_query (self);
      break;
    default:
      stall_order_filter_set (self->query, filter_of_property (id), g_value_get_string (value),
                              stall_time_now ());
      apply_query (self);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-orders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, total_label);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, list_menu);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, list);
  gtk_widget_class_bind_template_child (widget_class, StallOrdersPage, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chip_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "selection.pack", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.ship", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.print", NULL, selection_action);
  gtk_widget_class_install_property_action (widget_class, "page.selecting", "selecting");
  gtk_widget_class_install_property_action (widget_class, "page.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "page.status", "status");
  gtk_widget_class_install_property_action (widget_class, "page.source", "source");
  gtk_widget_class_install_property_action (widget_class, "page.flag", "flag");
  gtk_widget_class_install_property_action (widget_class, "page.due", "due");
  gtk_widget_class_install_property_action (widget_class, "page.placed", "placed");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
stall_orders_page_class_init (StallOrdersPageClass *klass)
{
  static const char *const choices[] = { "sort", "status", "source", "flag", "due", "placed" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stall_orders_page_constructed;
  object_class->dispose = stall_orders_page_dispose;
  object_class->finalize = stall_orders_page_finalize;
  object_class->get_property = stall_orders_page_get_property;
  object_class->set_property = stall_orders_page_set_property;
  GTK_WIDGET_CLASS (klass)->root = stall_orders_page_root;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTING]
      = g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    properties[PROP_SORT + i] = g_param_spec_string (choices[i], NULL, NULL, NULL,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (GTK_WIDGET_CLASS (klass));
  install_actions (GTK_WIDGET_CLASS (klass));
}

static void
stall_orders_page_init (StallOrdersPage *self)
{
  g_autoptr (GMenuModel) filters = stall_order_filter_new_menu ();

  self->query = stall_query_new (STALL_LIST_ORDERS);
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_late_menu_set (self->filter_button, filters);
  stall_late_menu_set (self->list_button, self->list_menu);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  stall_type_to_search (ADW_NAVIGATION_PAGE (self), self->search_bar);
}

/**
 * stall_orders_page_new:
 * @desk: the desk
 *
 * Makes the page of all orders.
 *
 * Returns: (transfer floating): the page
 */
StallOrdersPage *
stall_orders_page_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_ORDERS_PAGE, "desk", desk, NULL);
}

/**
 * stall_orders_page_set_query:
 * @self: a #StallOrdersPage
 * @query: of an order list
 *
 * Shows what @query asks for; a figure that leads here hands over the query it summed.
 */
void
stall_orders_page_set_query (StallOrdersPage *self, const StallQuery *query)
{
  g_return_if_fail (STALL_IS_ORDERS_PAGE (self));
  g_return_if_fail (query && query->list == STALL_LIST_ORDERS);

  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
  g_clear_pointer (&self->product_title, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query->search ? query->search : "");
  gtk_search_bar_set_search_mode (self->search_bar, query->search && *query->search);
  stall_selection_set_selecting (self->selection, FALSE);
  apply_query (self);
  if (query->product || query->variant)
    stall_spawn (find_product_fiber, g_object_ref (self), g_object_unref);
}
