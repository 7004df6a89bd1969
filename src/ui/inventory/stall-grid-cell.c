/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-grid-cell.h"

#include <glib/gi18n-lib.h>

struct _StallGridCell
{
  GtkWidget parent_instance;

  StallDesk *desk;
  StallGridEdits *edits;
  StallGridField field;
  StallVariantRow *row;
  guint position;

  GtkWidget *shown;
  GtkWidget *text; /* only while it is edited */
};

enum
{
  SIGNAL_MOVED,
  SIGNAL_PASTE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallGridCell, stall_grid_cell, GTK_TYPE_WIDGET)

static void
show_value (StallGridCell *self)
{
  gboolean loaded = self->row != NULL && stall_row_get_loaded (STALL_ROW (self->row));
  gboolean edited = FALSE;
  g_autofree char *text
      = loaded ? stall_grid_edits_dup_text (self->edits, self->row, self->field, &edited) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->shown), text != NULL && *text != '\0' ? text
                                                           : loaded                      ? "—"
                                                                                         : NULL);
  if (edited)
    gtk_widget_add_css_class (GTK_WIDGET (self), "edited");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "edited");
}

static void
end_editing (StallGridCell *self)
{
  GtkWidget *text = g_steal_pointer (&self->text);
  gboolean had_focus;

  if (text == NULL)
    return;
  had_focus = gtk_widget_has_focus (text);
  gtk_widget_set_child_visible (self->shown, TRUE);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (text);
  show_value (self);
}

/* Whether the cell is at rest now: what was typed was taken, or there was nothing. */
static gboolean
commit (StallGridCell *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *typed = NULL;

  if (self->text == NULL)
    return TRUE;
  typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  if (self->row != NULL
      && !stall_grid_edits_set (self->edits, self->row, self->field, typed, &error))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      stall_desk_report (self->desk, error);
      return FALSE;
    }
  end_editing (self);
  return TRUE;
}

static gboolean
text_key_cb (StallGridCell *self, guint keyval, guint keycode, GdkModifierType state)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
      end_editing (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Down:
      if (commit (self))
        g_signal_emit (self, signals[SIGNAL_MOVED], 0, 0, 1);
      return TRUE;
    case GDK_KEY_Up:
      if (commit (self))
        g_signal_emit (self, signals[SIGNAL_MOVED], 0, 0, -1);
      return TRUE;
    case GDK_KEY_Tab:
      if (commit (self))
        g_signal_emit (self, signals[SIGNAL_MOVED], 0, 1, 0);
      return TRUE;
    case GDK_KEY_ISO_Left_Tab:
      if (commit (self))
        g_signal_emit (self, signals[SIGNAL_MOVED], 0, -1, 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
text_leave_cb (StallGridCell *self)
{
  /* What cannot be read is not kept when a person goes elsewhere. */
  if (self->text != NULL && !commit (self))
    end_editing (self);
}

static void
start_editing (StallGridCell *self, const char *first)
{
  GtkEventController *keys, *focus;
  g_autofree char *value = NULL;

  if (self->text != NULL || self->row == NULL || !stall_row_get_loaded (STALL_ROW (self->row)))
    return;
  value = stall_grid_edits_dup_text (self->edits, self->row, self->field, NULL);
  self->text = gtk_text_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->text), first != NULL ? first : value);
  gtk_editable_set_alignment (GTK_EDITABLE (self->text), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 1);
  gtk_widget_add_css_class (self->text, "numeric");
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (text_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->text, keys);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (text_leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->text, focus);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->shown, FALSE);
  gtk_widget_grab_focus (self->text);
  if (first != NULL)
    gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
}

static gboolean
move (StallGridCell *self, int columns, int rows)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, columns, rows);
  return TRUE;
}

static gboolean
key_pressed_cb (StallGridCell *self, guint keyval, guint keycode, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  char first[8] = { 0 };

  if (self->text != NULL)
    return FALSE;
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    {
      if ((state & GDK_CONTROL_MASK) == 0 || keyval != GDK_KEY_v)
        return FALSE;
      g_signal_emit (self, signals[SIGNAL_PASTE], 0);
      return TRUE;
    }
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_F2:
      start_editing (self, NULL);
      return TRUE;
    case GDK_KEY_BackSpace:
    case GDK_KEY_Delete:
      start_editing (self, "");
      return TRUE;
    case GDK_KEY_Up:
      return move (self, 0, -1);
    case GDK_KEY_Down:
      return move (self, 0, 1);
    case GDK_KEY_Left:
      return move (self, -1, 0);
    case GDK_KEY_Right:
      return move (self, 1, 0);
    default:
      break;
    }
  if (!g_unichar_isdigit (character) && character != '-' && character != '.' && character != ',')
    return FALSE;
  g_unichar_to_utf8 (character, first);
  start_editing (self, first);
  return TRUE;
}

static void
pressed_cb (StallGridCell *self, int n_press)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    start_editing (self, NULL);
}

/* Pixels of so many digits, whatever language the text around them is in. */
static int
measure_digits (StallGridCell *self, int n)
{
  PangoFontMetrics *metrics
      = pango_context_get_metrics (gtk_widget_get_pango_context (self->shown), NULL, NULL);
  int width = PANGO_PIXELS_CEIL (n * pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

static void
stall_grid_cell_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  StallGridCell *self = STALL_GRID_CELL (widget);
  gboolean pieces = self->field == STALL_GRID_STOCK;

  /* The text that edits is no taller and may be narrower: nothing moves when it comes. */
  gtk_widget_measure (self->shown, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* On a phone, what is not needed for numbers is left to the names. */
      *minimum = measure_digits (self, pieces ? 4 : 7);
      *natural = measure_digits (self, pieces ? 7 : 11);
    }
}

static void
stall_grid_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallGridCell *self = STALL_GRID_CELL (widget);
  GtkAllocation all = { 0, 0, width, height };
  int minimum;

  gtk_widget_size_allocate (self->shown, &all, baseline);
  if (self->text == NULL)
    return;
  gtk_widget_measure (self->text, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  all.width = MAX (width, minimum);
  gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  all.height = MAX (height, minimum);
  gtk_widget_size_allocate (self->text, &all, baseline);
}

static gboolean
stall_grid_cell_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return !gtk_widget_is_focus (widget) && STALL_GRID_CELL (widget)->text == NULL
         && gtk_widget_grab_focus (widget);
}

static void
stall_grid_cell_dispose (GObject *object)
{
  StallGridCell *self = STALL_GRID_CELL (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->shown, gtk_widget_unparent);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, show_value, self);
  g_clear_object (&self->row);
  g_clear_object (&self->edits);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_grid_cell_parent_class)->dispose (object);
}

static void
stall_grid_cell_class_init (StallGridCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_grid_cell_dispose;
  widget_class->measure = stall_grid_cell_measure;
  widget_class->size_allocate = stall_grid_cell_size_allocate;
  widget_class->focus = stall_grid_cell_focus;

  /**
   * StallGridCell::moved:
   * @columns: to the right
   * @rows: down
   *
   * The focus wants to go to another cell.
   */
  signals[SIGNAL_MOVED] = g_signal_new ("moved", STALL_TYPE_GRID_CELL, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  /**
   * StallGridCell::paste:
   *
   * What is on the clipboard is to go into the cells from here on.
   */
  signals[SIGNAL_PASTE] = g_signal_new ("paste", STALL_TYPE_GRID_CELL, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "gridcell");
}

static void
stall_grid_cell_init (StallGridCell *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->position = GTK_INVALID_LIST_POSITION;
  self->shown = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 1.f, "min-chars", 0, "text-overflow",
                              GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->shown, "numeric");
  gtk_widget_set_parent (self->shown, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * stall_grid_cell_new:
 * @desk: who hears of what cannot be read
 * @edits: where edits go
 * @field: what of a variant is shown
 *
 * Returns: (transfer floating): a cell without a variant
 */
GtkWidget *
stall_grid_cell_new (StallDesk *desk, StallGridEdits *edits, StallGridField field)
{
  StallGridCell *self = g_object_new (STALL_TYPE_GRID_CELL, NULL);

  self->desk = g_object_ref (desk);
  self->edits = g_object_ref (edits);
  self->field = field;
  g_signal_connect_object (edits, "changed", G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * stall_grid_cell_set_row:
 * @self: a cell
 * @row: (nullable): the variant it shows from now on
 * @position: of the variant in the list
 */
void
stall_grid_cell_set_row (StallGridCell *self, StallVariantRow *row, guint position)
{
  g_return_if_fail (STALL_IS_GRID_CELL (self));

  self->position = position;
  if (self->row == row)
    return;
  text_leave_cb (self);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, show_value, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    g_signal_connect_object (row, "changed", G_CALLBACK (show_value), self, G_CONNECT_SWAPPED);
  show_value (self);
}

/**
 * stall_grid_cell_get_field:
 * @self: a cell
 *
 * Returns: what of a variant it shows
 */
StallGridField
stall_grid_cell_get_field (StallGridCell *self)
{
  g_return_val_if_fail (STALL_IS_GRID_CELL (self), STALL_GRID_PRICE);

  return self->field;
}

/**
 * stall_grid_cell_get_position:
 * @self: a cell
 *
 * Returns: position of its variant; %GTK_INVALID_LIST_POSITION when it has none
 */
guint
stall_grid_cell_get_position (StallGridCell *self)
{
  g_return_val_if_fail (STALL_IS_GRID_CELL (self), GTK_INVALID_LIST_POSITION);

  return self->row != NULL ? self->position : GTK_INVALID_LIST_POSITION;
}
