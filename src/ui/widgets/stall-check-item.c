/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-check-item.h"

#define GAP 12
#define CORNER 6 /* px between a check mark and the edges of its tile */

struct _StallCheckItem
{
  GtkWidget parent_instance;

  GtkListItem *list_item; /* not owned: what this is the child of */
  StallCheckPlace place;
  GtkWidget *content;
  GtkWidget *check; /* NULL until rows are selected for the first time */
  gboolean selecting;
  gboolean selected;
};

enum
{
  PROP_0,
  PROP_SELECTING,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallCheckItem, stall_check_item, GTK_TYPE_WIDGET)

static void
make_check (StallCheckItem *self)
{
  /* The row is what is clicked, focused and read out; its check mark only shows what the row is. */
  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, "focusable", FALSE, NULL);
  gtk_widget_set_can_target (self->check, FALSE);
  gtk_widget_set_can_focus (self->check, FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), self->selected);
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
}

static void
set_selecting (StallCheckItem *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  if (self->check == NULL)
    make_check (self);
  gtk_widget_set_visible (self->check, selecting);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

static void
set_selected (StallCheckItem *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
natural_check (StallCheckItem *self, int *width, int *height)
{
  GtkRequisition natural = { 0 };

  if (self->selecting)
    gtk_widget_get_preferred_size (self->check, NULL, &natural);
  *width = natural.width;
  *height = natural.height;
}

/* What the check mark takes of the width of the content. */
static int
get_indent (StallCheckItem *self)
{
  int width, height;

  if (!self->selecting || self->place == STALL_CHECK_OVER)
    return 0;
  natural_check (self, &width, &height);
  return width + GAP;
}

static void
stall_check_item_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  StallCheckItem *self = STALL_CHECK_ITEM (widget);
  int indent = get_indent (self);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size - indent, 0);
  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += indent;
      *natural += indent;
    }
}

static void
stall_check_item_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallCheckItem *self = STALL_CHECK_ITEM (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int indent = get_indent (self);
  int check_width, check_height;
  GtkAllocation box = { rtl ? 0 : indent, 0, width - indent, height };

  gtk_widget_size_allocate (self->content, &box, -1);
  if (!self->selecting)
    return;
  natural_check (self, &check_width, &check_height);
  if (self->place == STALL_CHECK_OVER)
    box = (GtkAllocation) { rtl ? CORNER : width - check_width - CORNER, CORNER, check_width,
                            check_height };
  else
    box = (GtkAllocation) { rtl ? width - check_width : 0, (height - check_height) / 2, check_width,
                            check_height };
  gtk_widget_size_allocate (self->check, &box, -1);
}

static GtkSizeRequestMode
stall_check_item_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (STALL_CHECK_ITEM (widget)->content);
}

static void
stall_check_item_dispose (GObject *object)
{
  StallCheckItem *self = STALL_CHECK_ITEM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->check, gtk_widget_unparent);

  G_OBJECT_CLASS (stall_check_item_parent_class)->dispose (object);
}

static void
stall_check_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallCheckItem *self = STALL_CHECK_ITEM (object);

  switch (id)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_check_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallCheckItem *self = STALL_CHECK_ITEM (object);

  switch (id)
    {
    case PROP_SELECTING:
      set_selecting (self, g_value_get_boolean (value));
      break;
    case PROP_SELECTED:
      set_selected (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_check_item_class_init (StallCheckItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = stall_check_item_dispose;
  object_class->get_property = stall_check_item_get_property;
  object_class->set_property = stall_check_item_set_property;
  widget_class->measure = stall_check_item_measure;
  widget_class->size_allocate = stall_check_item_size_allocate;
  widget_class->get_request_mode = stall_check_item_get_request_mode;

  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "checkitem");
}

static void
stall_check_item_init (StallCheckItem *self)
{
}

/**
 * stall_check_item_set_up:
 * @list_item: a place of the list
 * @selection: of the list
 * @content: (transfer floating): what is shown there
 * @place: where the check mark goes
 *
 * Gives a place of a list its child, which follows the selection.
 *
 * Returns: (transfer none): @content
 */
GtkWidget *
stall_check_item_set_up (GtkListItem *list_item,
                         StallSelection *selection,
                         GtkWidget *content,
                         StallCheckPlace place)
{
  StallCheckItem *self = g_object_new (STALL_TYPE_CHECK_ITEM, NULL);

  self->list_item = list_item;
  self->place = place;
  self->content = content;
  gtk_widget_set_parent (content, GTK_WIDGET (self));
  g_object_bind_property (selection, "selecting", self, "selecting", G_BINDING_SYNC_CREATE);
  g_object_bind_property (selection, "selecting", list_item, "selectable", G_BINDING_SYNC_CREATE);
  g_object_bind_property (list_item, "selected", self, "selected", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (list_item, GTK_WIDGET (self));
  return content;
}

/**
 * stall_check_item_get_content:
 * @list_item: a place of a list that was set up
 *
 * Returns: (transfer none): what is shown there
 */
GtkWidget *
stall_check_item_get_content (GtkListItem *list_item)
{
  return STALL_CHECK_ITEM (gtk_list_item_get_child (list_item))->content;
}

static StallCheckItem *
pick (GtkWidget *list, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *item = picked != NULL ? gtk_widget_get_ancestor (picked, STALL_TYPE_CHECK_ITEM) : NULL;

  /* The edge of a place is around its child. */
  if (item == NULL && picked != NULL)
    item = gtk_widget_get_first_child (picked);
  return STALL_IS_CHECK_ITEM (item) ? STALL_CHECK_ITEM (item) : NULL;
}

/* Ctrl or Shift with a click starts selecting; while selecting, a plain click takes a row in or
 * out. */
static void
pressed_cb (StallSelection *selection, int n_press, double x, double y, GtkGestureClick *gesture)
{
  StallCheckItem *item
      = pick (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  guint position;

  if (item == NULL)
    return;
  if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    {
      stall_selection_set_selecting (selection, TRUE);
      return;
    }
  if (!stall_selection_get_selecting (selection))
    return;

  position = gtk_list_item_get_position (item->list_item);
  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/**
 * stall_check_item_watch_list:
 * @list: a list or grid view
 * @selection: its selection
 *
 * Has clicks select rows: with Ctrl or Shift at any time, and without while rows are selected.
 * Otherwise one click opens.
 */
void
stall_check_item_watch_list (GtkWidget *list, StallSelection *selection)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), selection,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (gesture));
  g_object_bind_property (selection, "selecting", list, "single-click-activate",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}
