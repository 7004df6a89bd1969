/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-bar.h"

#define GAP 0.28 /* of the width, between one bar and the next */
#define RADIUS 3
#define STUB 2 /* px: a day without takings is still a day */

struct _StallBar
{
  GtkWidget parent_instance;

  char *label;
  double top;
  double bottom;
};

G_DEFINE_FINAL_TYPE (StallBar, stall_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stall_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallBar *self = STALL_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float inset = MIN (width * (float) GAP, 12) / 2;
  float top = (float) self->top * height;
  float length = (float) (self->bottom - self->top) * height;
  gboolean empty = length < 0.5f;
  graphene_rect_t area;
  GskRoundedRect shape;
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (empty)
    {
      color.alpha *= 0.35f;
      top = MAX (top - STUB, 0);
      length = STUB;
    }
  area = GRAPHENE_RECT_INIT (inset, top, MAX (width - 2 * inset, 1), MAX (length, STUB));
  gsk_rounded_rect_init_from_rect (&shape, &area, empty ? 0 : RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, &area);
  gtk_snapshot_pop (snapshot);
}

static void
pressed_cb (StallBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
stall_bar_finalize (GObject *object)
{
  g_clear_pointer (&STALL_BAR (object)->label, g_free);

  G_OBJECT_CLASS (stall_bar_parent_class)->finalize (object);
}

static void
stall_bar_class_init (StallBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stall_bar_finalize;
  widget_class->snapshot = stall_bar_snapshot;

  signals[SIGNAL_ACTIVATE]
      = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
stall_bar_init (StallBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * stall_bar_new:
 *
 * Returns: (transfer floating): a new bar
 */
GtkWidget *
stall_bar_new (void)
{
  return g_object_new (STALL_TYPE_BAR, NULL);
}

/**
 * stall_bar_set_label:
 * @self: a bar
 * @label: what it stands for and how much it is
 *
 * Sets what a bar says to whoever points at it or hears it.
 */
void
stall_bar_set_label (StallBar *self, const char *label)
{
  g_return_if_fail (STALL_IS_BAR (self));

  if (!g_set_str (&self->label, label))
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * stall_bar_get_label:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
stall_bar_get_label (StallBar *self)
{
  g_return_val_if_fail (STALL_IS_BAR (self), NULL);

  return self->label;
}

/**
 * stall_bar_set_extent:
 * @self: a bar
 * @top: where it begins, 0 (the top of the chart) … 1
 * @bottom: where it ends, @top … 1
 *
 * Sets how long a bar is drawn.
 */
void
stall_bar_set_extent (StallBar *self, double top, double bottom)
{
  g_return_if_fail (STALL_IS_BAR (self));

  self->top = CLAMP (top, 0, 1);
  self->bottom = CLAMP (bottom, self->top, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
