/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-bar-chart.h"

#include "stall-bar.h"

#define MARK_ALPHA 0.55f
#define FLAG 9.f /* px */

struct _StallBarChart
{
  GtkWidget parent_instance;

  GPtrArray *bars; /* StallBar, children of this widget */
  int mark;        /* index of the bar where something began; out of range: none */
};

G_DEFINE_FINAL_TYPE (StallBarChart, stall_bar_chart, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_BAR_ACTIVATED,
  SIGNAL_POINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
activate_cb (StallBarChart *self, StallBar *bar)
{
  guint index;

  if (g_ptr_array_find (self->bars, bar, &index))
    g_signal_emit (self, signals[SIGNAL_BAR_ACTIVATED], 0, index);
}

static void
pointed_cb (GtkEventController *controller)
{
  GtkWidget *bar = gtk_event_controller_get_widget (controller);

  g_signal_emit (gtk_widget_get_parent (bar), signals[SIGNAL_POINTED], 0,
                 stall_bar_get_label (STALL_BAR (bar)));
}

static void
left_cb (GtkEventController *controller)
{
  GtkWidget *bar = gtk_event_controller_get_widget (controller);

  if (gtk_widget_get_parent (bar) != NULL)
    g_signal_emit (gtk_widget_get_parent (bar), signals[SIGNAL_POINTED], 0, NULL);
}

static void
entered_cb (GtkEventController *controller, double x, double y)
{
  pointed_cb (controller);
}

static void
add_bar (StallBarChart *self)
{
  GtkWidget *bar = stall_bar_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (entered_cb), NULL);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), NULL);
  g_signal_connect (focus, "enter", G_CALLBACK (pointed_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), NULL);
  gtk_widget_add_controller (bar, motion);
  gtk_widget_add_controller (bar, focus);
  g_signal_connect_object (bar, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  g_ptr_array_add (self->bars, bar);
}

static void
remove_last_bar (StallBarChart *self)
{
  gtk_widget_unparent (g_ptr_array_steal_index (self->bars, self->bars->len - 1));
}

static void
stall_bar_chart_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  StallBarChart *self = STALL_BAR_CHART (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? 2 * (int) self->bars->len : 80;
  *natural = across ? 16 * (int) self->bars->len : 120;
}

static void
stall_bar_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallBarChart *self = STALL_BAR_CHART (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = (int) self->bars->len;

  for (int i = 0; i < n; i++)
    {
      int place = mirrored ? n - 1 - i : i;
      int start = place * width / n;
      GtkAllocation area = { start, 0, (place + 1) * width / n - start, height };

      gtk_widget_size_allocate (self->bars->pdata[i], &area, -1);
    }
}

/* A flag on a pole, behind the bar. */
static void
draw_mark (StallBarChart *self, GtkSnapshot *snapshot, const graphene_rect_t *bar)
{
  float middle = bar->origin.x + bar->size.width / 2;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) flag = NULL;
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= MARK_ALPHA;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (middle - 0.5f, 0, 1, bar->size.height));
  gsk_path_builder_move_to (builder, middle, 0);
  gsk_path_builder_line_to (builder, middle + FLAG, FLAG / 2);
  gsk_path_builder_line_to (builder, middle, FLAG);
  gsk_path_builder_close (builder);
  flag = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_fill (snapshot, flag, GSK_FILL_RULE_WINDING, &color);
}

static void
stall_bar_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallBarChart *self = STALL_BAR_CHART (widget);
  graphene_rect_t bar;

  if (self->mark >= 0 && self->mark < (int) self->bars->len
      && gtk_widget_compute_bounds (self->bars->pdata[self->mark], widget, &bar))
    draw_mark (self, snapshot, &bar);

  GTK_WIDGET_CLASS (stall_bar_chart_parent_class)->snapshot (widget, snapshot);
}

/* The bar that has the focus, or -1. */
static int
focused_index (StallBarChart *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));
  guint index;

  if (child != NULL && g_ptr_array_find (self->bars, child, &index))
    return (int) index;
  return -1;
}

static gboolean
stall_bar_chart_focus (GtkWidget *widget, GtkDirectionType direction)
{
  StallBarChart *self = STALL_BAR_CHART (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int index = focused_index (self);
  int n = (int) self->bars->len;

  if (index < 0)
    index = n - 1;
  else if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    index += (direction == GTK_DIR_RIGHT) != mirrored ? 1 : -1;
  else
    return FALSE;
  if (index < 0 || index >= n)
    return FALSE;
  return gtk_widget_grab_focus (self->bars->pdata[index]);
}

static void
stall_bar_chart_dispose (GObject *object)
{
  StallBarChart *self = STALL_BAR_CHART (object);

  while (self->bars->len > 0)
    remove_last_bar (self);

  G_OBJECT_CLASS (stall_bar_chart_parent_class)->dispose (object);
}

static void
stall_bar_chart_finalize (GObject *object)
{
  g_ptr_array_unref (STALL_BAR_CHART (object)->bars);

  G_OBJECT_CLASS (stall_bar_chart_parent_class)->finalize (object);
}

static void
stall_bar_chart_class_init (StallBarChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_bar_chart_dispose;
  object_class->finalize = stall_bar_chart_finalize;
  widget_class->measure = stall_bar_chart_measure;
  widget_class->size_allocate = stall_bar_chart_size_allocate;
  widget_class->snapshot = stall_bar_chart_snapshot;
  widget_class->focus = stall_bar_chart_focus;

  signals[SIGNAL_BAR_ACTIVATED]
      = g_signal_new ("bar-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_POINTED]
      = g_signal_new ("pointed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
stall_bar_chart_init (StallBarChart *self)
{
  self->bars = g_ptr_array_new ();
  self->mark = -1;
}

/**
 * stall_bar_chart_set_values:
 * @self: a chart
 * @values: (array length=n_values): how much; may be below 0
 * @labels: (array length=n_values): what each stands for, with its value written out
 * @n_values: how many
 *
 * Shows values, oldest first. The last bar is the present one and stands out. Bars stay the same
 * widgets, so that the focus stays where it is.
 */
void
stall_bar_chart_set_values (StallBarChart *self,
                            const gint64 *values,
                            const char *const *labels,
                            guint n_values)
{
  gint64 max = 0;
  gint64 min = 0;
  double span;

  g_return_if_fail (STALL_IS_BAR_CHART (self));

  while (self->bars->len > n_values)
    remove_last_bar (self);
  while (self->bars->len < n_values)
    add_bar (self);
  for (guint i = 0; i < n_values; i++)
    {
      max = MAX (max, values[i]);
      min = MIN (min, values[i]);
    }
  if (max == min)
    max = 1; /* nothing at all: the base line stays at the bottom */
  span = (double) max - (double) min;
  for (guint i = 0; i < n_values; i++)
    {
      StallBar *bar = self->bars->pdata[i];

      stall_bar_set_label (bar, labels[i]);
      stall_bar_set_extent (bar, ((double) max - (double) MAX (values[i], 0)) / span,
                            ((double) max - (double) MIN (values[i], 0)) / span);
      if (i == n_values - 1)
        gtk_widget_add_css_class (GTK_WIDGET (bar), "present");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (bar), "present");
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * stall_bar_chart_set_mark:
 * @self: a chart
 * @index: of a bar; out of range: none
 *
 * Marks the bar where something began. Its label says what.
 */
void
stall_bar_chart_set_mark (StallBarChart *self, int index)
{
  g_return_if_fail (STALL_IS_BAR_CHART (self));

  if (self->mark == index)
    return;
  self->mark = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
