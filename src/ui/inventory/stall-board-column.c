/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-board-column.h"

#include "stall-async.h"
#include "stall-board-card.h"
#include "stall-format.h"
#include "stall-list-trouble.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-stage-move.h"

#include <glib/gi18n-lib.h>

struct _StallBoardColumn
{
  GtkWidget parent_instance;

  StallDesk *desk;
  StallStage stage;
  StallQueryModel *model;
  GtkSingleSelection *selection;

  GtkWidget *count;
  GtkStack *stack;
  GtkWidget *list;
  GtkWidget *menu; /* while it is open */
  char *follow;    /* product that takes the focus with it when it comes */
};

G_DEFINE_FINAL_TYPE (StallBoardColumn, stall_board_column, GTK_TYPE_WIDGET)

/* --- moving --- */

static void
move (StallBoardColumn *self, StallProductRow *row, StallStage to)
{
  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)) && to < STALL_N_STAGES
      && to != stall_product_row_get_stage (row))
    stall_stage_move (self->desk, GTK_WIDGET (self), stall_product_row_get_id (row), to);
}

static StallProductRow *
get_selected (StallBoardColumn *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallBoardColumn *self = STALL_BOARD_COLUMN (widget);

  move (self, get_selected (self),
        stall_stage_from_string (g_variant_get_string (parameter, NULL)));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallBoardColumn *self = STALL_BOARD_COLUMN (widget);
  StallProductRow *row = get_selected (self);
  int step = g_variant_get_int32 (parameter);
  GtkWidget *next;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    step = -step;
  next = step > 0 ? gtk_widget_get_next_sibling (widget) : gtk_widget_get_prev_sibling (widget);
  if (row == NULL || next == NULL)
    return;
  g_set_str (&STALL_BOARD_COLUMN (next)->follow, stall_product_row_get_id (row));
  move (self, row, (StallStage) ((int) self->stage + step));
}

static void
revive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallBoardColumn *self = STALL_BOARD_COLUMN (widget);
  StallProductRow *row = get_selected (self);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    stall_stage_revive (self->desk, stall_product_row_get_id (row));
}

static gboolean
drop_cb (StallBoardColumn *self, const GValue *value)
{
  StallProductRow *row = g_value_get_object (value);

  if (row == NULL || stall_product_row_get_stage (row) == self->stage)
    return FALSE;
  move (self, row, self->stage);
  return TRUE;
}

static void
activate_cb (StallBoardColumn *self, guint position)
{
  g_autoptr (StallProductRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    stall_desk_open (self->desk, stall_product_row_get_id (row));
}

/* --- the menu of a card --- */

static GMenuModel *
make_menu (StallBoardColumn *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) stages = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; i < STALL_N_STAGES; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (stall_stage_get_label ((StallStage) i), NULL);

      if (i == self->stage)
        continue;
      g_menu_item_set_action_and_target (item, "column.move", "s",
                                         stall_stage_to_string ((StallStage) i));
      g_menu_append_item (stages, item);
    }
  if (self->stage == STALL_STAGE_DROPPED)
    g_menu_append (more, _ ("_Revive Where It Was"), "column.revive");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  g_menu_append_section (menu, _ ("Move to"), G_MENU_MODEL (stages));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
show_menu (StallBoardColumn *self, GtkWidget *over)
{
  g_autoptr (GMenuModel) menu = make_menu (self);
  graphene_rect_t bounds;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  if (gtk_widget_compute_bounds (over, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                   (int) bounds.size.width,
                                                   (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallBoardColumn *self = STALL_BOARD_COLUMN (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (get_selected (self) != NULL && focus != NULL && gtk_widget_is_ancestor (focus, self->list))
    show_menu (self, focus);
}

static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  StallBoardColumn *self
      = STALL_BOARD_COLUMN (gtk_widget_get_ancestor (card, STALL_TYPE_BOARD_COLUMN));

  gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (item));
  show_menu (self, card);
}

/* --- showing --- */

static void
name_item (StallProductRow *row, GtkListItem *item)
{
  gtk_list_item_set_accessible_label (
      item, stall_row_get_loaded (STALL_ROW (row))
                ? stall_product_words_title (stall_product_row_get_title (row))
                : "");
}

static void
setup_cb (StallBoardColumn *self, GtkListItem *item)
{
  GtkWidget *card = stall_board_card_new (stall_desk_get_store (self->desk));
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, card);
}

static void
bind_cb (StallBoardColumn *self, GtkListItem *item)
{
  StallProductRow *row = gtk_list_item_get_item (item);

  stall_board_card_set_row (STALL_BOARD_CARD (gtk_list_item_get_child (item)), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (name_item), item, G_CONNECT_DEFAULT);
  name_item (row, item);
}

static void
unbind_cb (StallBoardColumn *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), name_item, item);
  stall_board_card_set_row (STALL_BOARD_CARD (gtk_list_item_get_child (item)), NULL);
}

static void
show_state (StallBoardColumn *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (!stall_query_model_get_loading (self->model))
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static DexFuture *
follow_fiber (gpointer data)
{
  StallBoardColumn *self = data;
  g_auto (GStrv) ids
      = dex_await_boxed (stall_store_query_ids (stall_desk_get_store (self->desk),
                                                stall_query_model_get_query (self->model)),
                         NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      if (self->follow == NULL || !g_str_equal (ids[i], self->follow)
          || i >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
        continue;
      g_clear_pointer (&self->follow, g_free);
      gtk_single_selection_set_selected (self->selection, i);
      gtk_list_view_scroll_to (GTK_LIST_VIEW (self->list), i, GTK_LIST_SCROLL_FOCUS, NULL);
      gtk_widget_grab_focus (self->list);
    }
  return dex_future_new_true ();
}

/* Who moves a style on with the keyboard may want to move it further. */
static void
follow_cb (StallBoardColumn *self)
{
  if (self->follow != NULL)
    stall_spawn (follow_fiber, g_object_ref (self), g_object_unref);
}

static GtkWidget *
make_list (StallBoardColumn *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_widget_add_css_class (self->list, "board-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  stall_stage_get_label (self->stage), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

static void
make_children (StallBoardColumn *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (stall_stage_get_label (self->stage));
  GtkWidget *empty = gtk_label_new (_ ("No styles here"));
  GtkDropTarget *drop = gtk_drop_target_new (STALL_TYPE_PRODUCT_ROW, GDK_ACTION_MOVE);

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "badge");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (head, "board-head");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->count);
  gtk_widget_set_parent (head, GTK_WIDGET (self));

  gtk_widget_add_css_class (empty, "dimmed");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "loading");
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));

  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static void
stall_board_column_dispose (GObject *object)
{
  StallBoardColumn *self = STALL_BOARD_COLUMN (object);
  GtkWidget *child;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->follow, g_free);

  G_OBJECT_CLASS (stall_board_column_parent_class)->dispose (object);
}

static void
add_step (GtkShortcutController *keys, guint key, int step)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                            gtk_named_action_new ("column.step"));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (step));
  gtk_shortcut_controller_add_shortcut (keys, shortcut);
}

/* Before the list, which would swallow them. */
static void
add_steps (StallBoardColumn *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_step (keys, GDK_KEY_Left, -1);
  add_step (keys, GDK_KEY_Right, 1);
  add_step (keys, GDK_KEY_KP_Left, -1);
  add_step (keys, GDK_KEY_KP_Right, 1);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
stall_board_column_class_init (StallBoardColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_board_column_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardcolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "column.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "column.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "column.revive", NULL, revive_action);
  gtk_widget_class_install_action (widget_class, "column.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "column.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "column.menu",
                                       NULL);
}

static void
stall_board_column_init (StallBoardColumn *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  add_steps (self);
}

/**
 * stall_board_column_new:
 * @desk: what every page is handed
 * @stage: whose styles are shown
 *
 * Returns: (transfer floating): a column that follows the stall once it was loaded
 */
GtkWidget *
stall_board_column_new (StallDesk *desk, StallStage stage)
{
  StallBoardColumn *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (stage < STALL_N_STAGES, NULL);

  self = g_object_new (STALL_TYPE_BOARD_COLUMN, NULL);
  self->desk = g_object_ref (desk);
  self->stage = stage;
  make_children (self);
  self->model = stall_query_model_new (stall_desk_get_store (desk));
  stall_list_trouble_watch (self->stack, self->model);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (follow_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return GTK_WIDGET (self);
}

/**
 * stall_board_column_load:
 * @self: a new column
 *
 * Reads its styles.
 */
void
stall_board_column_load (StallBoardColumn *self)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);

  g_return_if_fail (STALL_IS_BOARD_COLUMN (self));

  query->stage = (int) self->stage + 1;
  query->sort = STALL_SORT_STAGE_AT;
  query->descending = TRUE;
  stall_query_model_set_query (self->model, query);
}

/**
 * stall_board_column_set_count:
 * @self: a column
 * @count: how many styles are at its stage
 */
void
stall_board_column_set_count (StallBoardColumn *self, guint count)
{
  g_autofree char *text = stall_format_count (count);

  g_return_if_fail (STALL_IS_BOARD_COLUMN (self));

  gtk_label_set_text (GTK_LABEL (self->count), text);
}
