/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-inventory-page.h"

#include "stall-async.h"
#include "stall-board-page.h"
#include "stall-check-item.h"
#include "stall-chips.h"
#include "stall-count-page.h"
#include "stall-figures.h"
#include "stall-grid-page.h"
#include "stall-late-menu.h"
#include "stall-list-trouble.h"
#include "stall-product-bulk.h"
#include "stall-product-filter.h"
#include "stall-product-item.h"
#include "stall-product-page.h"
#include "stall-product-tile.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-selection-bar.h"
#include "stall-thumbnail.h"
#include "stall-type-to-search.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallInventoryPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  GSettings *settings;
  StallQueryModel *model;
  StallSelection *selection;
  StallQuery *query;
  char *view;
  gboolean quiet; /* the widgets are being set from the query, not by a person */

  AdwWindowTitle *window_title;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkMenuButton *list_button;
  GMenuModel *list_menu;
  GtkMenuButton *filter_button;
  GMenuModel *filter_menu;
  StallChips *chips;
  GtkStack *stack;
  GtkListView *list_view;
  GtkGridView *grid_view;
  GMenu *tags_menu;
  StallSelectionBar *selection_bar;
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_STAGE,
  PROP_TAG,
  PROP_STOCK,
  PROP_STORY,
  PROP_SORT,
  PROP_DESCENDING,
  PROP_VIEW,
  PROP_SELECTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallInventoryPage, stall_inventory_page, ADW_TYPE_NAVIGATION_PAGE)

/* The filters in the order of their properties, which are also the ids of their chips. */
static StallProductFilter
filter_of_prop (guint prop_id)
{
  return (StallProductFilter) (prop_id - PROP_STAGE);
}

static gboolean
has_search (StallInventoryPage *self)
{
  return self->query->search != NULL && *self->query->search != '\0';
}

static gboolean
is_narrowed (StallInventoryPage *self)
{
  for (guint i = 0; i < STALL_N_PRODUCT_FILTERS; i++)
    if (stall_product_filter_is_set (self->query, (StallProductFilter) i))
      return TRUE;
  return has_search (self);
}

static void
show_chips (StallInventoryPage *self)
{
  stall_chips_clear (self->chips);
  for (guint i = 0; i < STALL_N_PRODUCT_FILTERS; i++)
    if (stall_product_filter_is_set (self->query, (StallProductFilter) i))
      stall_chips_add (self->chips, g_param_spec_get_name (properties[PROP_STAGE + i]),
                       stall_product_filter_get_label (self->query, (StallProductFilter) i));
}

static void
show_state (StallInventoryPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *count = NULL;

  if (stall_query_model_get_loading (self->model))
    return;
  if (n > 0)
    {
      count = stall_product_words_n_products (n);
      gtk_stack_set_visible_child_name (self->stack, self->view);
    }
  else
    gtk_stack_set_visible_child_name (self->stack, is_narrowed (self) ? "nothing" : "empty");
  if (stall_query_model_get_complete (self->model))
    adw_window_title_set_subtitle (self->window_title, count != NULL ? count : "");
}

static void
run_query (StallInventoryPage *self)
{
  show_chips (self);
  stall_query_model_set_query (self->model, self->query);
  show_state (self);
}

/* Only the view that is seen reads rows. */
static void
show_view (StallInventoryPage *self)
{
  gboolean list = g_strcmp0 (self->view, "list") == 0;
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  gtk_list_view_set_model (self->list_view, list ? selection : NULL);
  gtk_grid_view_set_model (self->grid_view, list ? NULL : selection);
  show_state (self);
}

static void
set_view (StallInventoryPage *self, const char *view)
{
  if (!g_set_str (&self->view, g_strcmp0 (view, "list") == 0 ? "list" : "grid"))
    return;
  if (self->model != NULL)
    show_view (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

static DexFuture *
tags_fiber (gpointer data)
{
  g_autoptr (StallDesk) desk = NULL;
  g_autoptr (StallInventoryPage) self = g_weak_ref_get (data);
  g_auto (GStrv) tags = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  desk = g_object_ref (self->desk);
  g_clear_object (&self);
  tags = dex_await_boxed (stall_store_tags (stall_desk_get_store (desk)), &error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->tags_menu == NULL)
    return dex_future_new_true ();
  if (tags == NULL)
    {
      stall_desk_report (desk, error);
      return dex_future_new_true ();
    }
  g_menu_remove_all (self->tags_menu);
  for (guint i = 0; i <= g_strv_length (tags); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (i == 0 ? _ ("Any Tag") : tags[i - 1], NULL);

      g_menu_item_set_action_and_target (item, "page.tag", "s", i == 0 ? "" : tags[i - 1]);
      g_menu_append_item (self->tags_menu, item);
    }
  return dex_future_new_true ();
}

static void
load_tags (StallInventoryPage *self)
{
  stall_spawn (tags_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallInventoryPage *self, guint kinds)
{
  if (kinds & (1u << STALL_KIND_PRODUCT))
    load_tags (self);
}

static void
search_changed_cb (StallInventoryPage *self)
{
  if (self->quiet || self->model == NULL
      || !g_set_str (&self->query->search,
                     gtk_editable_get_text (GTK_EDITABLE (self->search_entry))))
    return;
  run_query (self);
}

static void
search_activate_cb (StallInventoryPage *self)
{
  g_autoptr (StallProductRow) first = g_list_model_get_item (G_LIST_MODEL (self->model), 0);

  /* Enter opens the only thing that was found; otherwise it goes into the list. */
  if (first != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 1
      && stall_row_get_loaded (STALL_ROW (first)))
    stall_desk_open (self->desk, stall_product_row_get_id (first));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
chip_removed_cb (StallInventoryPage *self, const char *id)
{
  g_object_set (self, id, g_str_equal (id, "product-tag") ? "" : "any", NULL);
}

static void
activate_cb (StallInventoryPage *self, guint position)
{
  g_autoptr (StallProductRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    stall_desk_open (self->desk, stall_product_row_get_id (row));
}

static void
name_item (StallProductRow *row, GtkListItem *item)
{
  const char *title = stall_row_get_loaded (STALL_ROW (row))
                          ? stall_product_words_title (stall_product_row_get_title (row))
                          : "";

  gtk_list_item_set_accessible_label (item, title);
}

static void
follow_name (GtkListItem *item)
{
  StallProductRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (name_item), item, G_CONNECT_DEFAULT);
  name_item (row, item);
}

static void
forget_name (GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), name_item, item);
}

static void
setup_item_cb (StallInventoryPage *self, GtkListItem *item)
{
  stall_check_item_set_up (item, self->selection,
                           stall_product_item_new (stall_desk_get_store (self->desk)),
                           STALL_CHECK_BESIDE);
}

static void
bind_item_cb (StallInventoryPage *self, GtkListItem *item)
{
  stall_product_item_set_row (STALL_PRODUCT_ITEM (stall_check_item_get_content (item)),
                              gtk_list_item_get_item (item));
  follow_name (item);
}

static void
unbind_item_cb (StallInventoryPage *self, GtkListItem *item)
{
  forget_name (item);
  stall_product_item_set_row (STALL_PRODUCT_ITEM (stall_check_item_get_content (item)), NULL);
}

static void
setup_tile_cb (StallInventoryPage *self, GtkListItem *item)
{
  stall_check_item_set_up (item, self->selection,
                           stall_product_tile_new (stall_desk_get_store (self->desk)),
                           STALL_CHECK_OVER);
}

static void
bind_tile_cb (StallInventoryPage *self, GtkListItem *item)
{
  stall_tile_set_item (STALL_TILE (stall_check_item_get_content (item)), item);
}

static void
unbind_tile_cb (StallInventoryPage *self, GtkListItem *item)
{
  stall_tile_set_item (STALL_TILE (stall_check_item_get_content (item)), NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
push (StallInventoryPage *self, AdwNavigationPage *page)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  g_return_if_fail (navigation != NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), page);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);
  AdwNavigationPage *page = stall_product_page_new (self->desk, NULL);

  push (self, page);
  /* At once: who types while the page is still sliding in types the title. */
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
count_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  push (self, stall_count_page_new (self->desk));
}

static void
board_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  push (self, stall_board_page_new (self->desk));
}

static void
edit_many_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  push (self, stall_grid_page_new (self->desk, self->query));
}

static void
print_labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  stall_product_bulk_print_labels (self->desk, widget, self->query);
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_selection_select_all (STALL_INVENTORY_PAGE (widget)->selection);
}

static void
selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  stall_product_bulk_start (self->desk, widget, self->selection, name, parameter);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);

  if (!stall_selection_get_selecting (self->selection))
    return GDK_EVENT_PROPAGATE;
  stall_selection_set_selecting (self->selection, FALSE);
  return GDK_EVENT_STOP;
}

static void
selecting_cb (StallInventoryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (widget);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

  query->sort = self->query->sort;
  query->descending = self->query->descending;
  stall_inventory_page_set_query (self, query);
}

static void
stall_inventory_page_constructed (GObject *object)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (object);
  StallStore *store = stall_desk_get_store (self->desk);

  G_OBJECT_CLASS (stall_inventory_page_parent_class)->constructed (object);

  self->model = stall_query_model_new (store);
  stall_list_trouble_watch (self->stack, self->model);
  self->selection = stall_selection_new (self->model);
  stall_selection_bar_set_selection (self->selection_bar, self->selection);
  stall_check_item_watch_list (GTK_WIDGET (self->list_view), self->selection);
  stall_check_item_watch_list (GTK_WIDGET (self->grid_view), self->selection);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::complete", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  run_query (self);
  show_view (self);
  g_settings_bind (self->settings, "inventory-view", self, "view", G_SETTINGS_BIND_DEFAULT);
  load_tags (self);
}

static void
stall_inventory_page_dispose (GObject *object)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (object);

  self->quiet = TRUE;
  if (self->list_view != NULL)
    {
      gtk_list_view_set_model (self->list_view, NULL);
      gtk_grid_view_set_model (self->grid_view, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_INVENTORY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_inventory_page_parent_class)->dispose (object);
}

static void
stall_inventory_page_finalize (GObject *object)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (object);

  stall_query_free (self->query);
  g_free (self->view);

  G_OBJECT_CLASS (stall_inventory_page_parent_class)->finalize (object);
}

static void
stall_inventory_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_STAGE:
    case PROP_TAG:
    case PROP_STOCK:
    case PROP_STORY:
      g_value_set_string (value, stall_product_filter_get (self->query, filter_of_prop (prop_id)));
      break;
    case PROP_SORT:
      g_value_set_string (value, stall_product_sort_get (self->query));
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->query->descending);
      break;
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_SELECTING:
      /* Menus ask while the page is still being made. */
      g_value_set_boolean (value, self->selection != NULL
                                      && stall_selection_get_selecting (self->selection));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Sets one part of the query by the name a menu gives it; whether that changed anything. */
static gboolean
set_part (StallInventoryPage *self, guint prop_id, const GValue *value)
{
  StallQuery *query = self->query;
  g_autoptr (StallQuery) before = stall_query_copy (query);

  switch (prop_id)
    {
    case PROP_STAGE:
    case PROP_TAG:
    case PROP_STOCK:
    case PROP_STORY:
      stall_product_filter_set (query, filter_of_prop (prop_id), g_value_get_string (value));
      break;
    case PROP_SORT:
      stall_product_sort_set (query, g_value_get_string (value));
      break;
    case PROP_DESCENDING:
      query->descending = g_value_get_boolean (value);
      break;
    default:
      g_assert_not_reached ();
    }
  return !stall_query_equal (before, query);
}

static void
stall_inventory_page_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  StallInventoryPage *self = STALL_INVENTORY_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_STAGE:
    case PROP_TAG:
    case PROP_STOCK:
    case PROP_STORY:
    case PROP_SORT:
    case PROP_DESCENDING:
      if (!set_part (self, prop_id, value))
        break;
      run_query (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    case PROP_SELECTING:
      stall_selection_set_selecting (self->selection, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-inventory-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, list_menu);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, filter_menu);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, grid_view);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, tags_menu);
  gtk_widget_class_bind_template_child (widget_class, StallInventoryPage, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chip_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_tile_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_tile_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_tile_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.count", NULL, count_action);
  gtk_widget_class_install_action (widget_class, "page.board", NULL, board_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "page.board",
                                       NULL);
  gtk_widget_class_install_action (widget_class, "page.edit-many", NULL, edit_many_action);
  gtk_widget_class_install_action (widget_class, "page.print-labels", NULL, print_labels_action);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "selection.stage", "s", selection_action);
  gtk_widget_class_install_action (widget_class, "selection.tag", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.barcodes", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.export", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.labels", NULL, selection_action);
  gtk_widget_class_install_property_action (widget_class, "page.selecting", "selecting");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_install_property_action (widget_class, "page.stage", "stage");
  gtk_widget_class_install_property_action (widget_class, "page.tag", "product-tag");
  gtk_widget_class_install_property_action (widget_class, "page.stock", "stock");
  gtk_widget_class_install_property_action (widget_class, "page.story", "story");
  gtk_widget_class_install_property_action (widget_class, "page.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "page.descending", "descending");
  gtk_widget_class_install_property_action (widget_class, "page.view", "view");
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * StallInventoryPage:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, flags | G_PARAM_CONSTRUCT_ONLY);
  /**
   * StallInventoryPage:stage:
   *
   * The stage the list is narrowed to, as stall_stage_to_string() names it, or "any".
   */
  properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, "any", flags);
  /**
   * StallInventoryPage:product-tag:
   *
   * The tag the list is narrowed to; "" for any.
   */
  properties[PROP_TAG] = g_param_spec_string ("product-tag", NULL, NULL, "", flags);
  /**
   * StallInventoryPage:stock:
   *
   * "any", "low", "out", "running-out", "oversold" or "one-off".
   */
  properties[PROP_STOCK] = g_param_spec_string ("stock", NULL, NULL, "any", flags);
  /**
   * StallInventoryPage:story:
   *
   * "any", "lacking" or "white-only".
   */
  properties[PROP_STORY] = g_param_spec_string ("story", NULL, NULL, "any", flags);
  /**
   * StallInventoryPage:sort:
   *
   * "name", "stock", "days-left", "price" or "sold".
   */
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "name", flags);
  /**
   * StallInventoryPage:descending:
   *
   * Whether the order is turned round.
   */
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  /**
   * StallInventoryPage:view:
   *
   * "list" or "grid".
   */
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "list", flags);
  /**
   * StallInventoryPage:selecting:
   *
   * Whether products are being selected.
   */
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_inventory_page_class_init (StallInventoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_inventory_page_constructed;
  object_class->dispose = stall_inventory_page_dispose;
  object_class->finalize = stall_inventory_page_finalize;
  object_class->get_property = stall_inventory_page_get_property;
  object_class->set_property = stall_inventory_page_set_property;
  install_properties (object_class);

  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_THUMBNAIL);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
stall_inventory_page_init (StallInventoryPage *self)
{
  self->query = stall_query_new (STALL_LIST_PRODUCTS);
  self->query->sort = STALL_SORT_NAME;
  self->view = g_strdup ("list");
  self->settings = g_settings_new (STALL_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_late_menu_set (self->list_button, self->list_menu);
  stall_late_menu_set (self->filter_button, self->filter_menu);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  stall_type_to_search (ADW_NAVIGATION_PAGE (self), self->search_bar);
}

/**
 * stall_inventory_page_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): the page of all products
 */
StallInventoryPage *
stall_inventory_page_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_INVENTORY_PAGE, "desk", desk, NULL);
}

/**
 * stall_inventory_page_set_query:
 * @self: the page
 * @query: what to show, of %STALL_LIST_PRODUCTS or %STALL_LIST_VARIANTS; its search, filters and
 * order are taken over
 *
 * Shows what another page points at, such as what is running out.
 */
void
stall_inventory_page_set_query (StallInventoryPage *self, const StallQuery *query)
{
  StallQuery *own;

  g_return_if_fail (STALL_IS_INVENTORY_PAGE (self));
  g_return_if_fail (query != NULL);

  own = self->query;
  g_set_str (&own->search, query->search);
  g_set_str (&own->tag, query->tag);
  own->stage = query->stage;
  own->stock = query->stock;
  own->story = query->story;
  own->sort = query->sort == STALL_SORT_DEFAULT ? STALL_SORT_NAME : query->sort;
  own->descending = query->descending;

  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), own->search != NULL ? own->search : "");
  gtk_search_bar_set_search_mode (self->search_bar, has_search (self));
  self->quiet = FALSE;
  run_query (self);
  for (guint i = PROP_STAGE; i <= PROP_DESCENDING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}
