/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-tally-bar.h"

#include <adwaita.h>

#define HEIGHT 18
#define THICKNESS 10 /* of the bar; the whisker's ends stand out above and below */
#define CAP 14
#define LINE 2

struct _StallTallyBar
{
  GtkWidget parent_instance;

  double share;
  double low;
  double high; /* below low: there is no range */
};

G_DEFINE_FINAL_TYPE (StallTallyBar, stall_tally_bar, GTK_TYPE_WIDGET)

static void
append_rounded (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float width, float height)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, (height - THICKNESS) / 2, width, THICKNESS);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &area, THICKNESS / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &area);
  gtk_snapshot_pop (snapshot);
}

static void
append_whisker (GtkSnapshot *snapshot, const GdkRGBA *color, float from, float to, float height)
{
  const float middle = (height - LINE) / 2;
  const float top = (height - CAP) / 2;

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (from, middle, MAX (to - from, LINE), LINE));
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (from, top, LINE, CAP));
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (MAX (to - LINE, from), top, LINE, CAP));
}

static void
stall_tally_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StallTallyBar *self = STALL_TALLY_BAR (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GdkRGBA color, trough;
  g_autofree GdkRGBA *accent = adw_style_manager_get_accent_color_rgba (style);

  gtk_widget_get_color (widget, &color);
  trough = color;
  trough.alpha *= 0.12f;
  if (mirrored)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  append_rounded (snapshot, &trough, 0, width, height);
  if (self->share > 0)
    append_rounded (snapshot, accent, 0, MAX ((float) self->share * width, THICKNESS), height);
  if (self->high > self->low)
    append_whisker (snapshot, &color, (float) self->low * width, (float) self->high * width,
                    height);
}

static void
stall_tally_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
}

static void
stall_tally_bar_class_init (StallTallyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = stall_tally_bar_snapshot;
  widget_class->measure = stall_tally_bar_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
stall_tally_bar_init (StallTallyBar *self)
{
  AdwStyleManager *style
      = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  g_signal_connect_object (style, "notify::accent-color-rgba", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

/**
 * stall_tally_bar_set_share:
 * @self: a bar
 * @share: 0 … 1 of the whole width
 * @low: where its whisker begins, 0 … 1
 * @high: where it ends; not above @low: there is none
 */
void
stall_tally_bar_set_share (StallTallyBar *self, double share, double low, double high)
{
  g_return_if_fail (STALL_IS_TALLY_BAR (self));

  self->share = CLAMP (share, 0, 1);
  self->low = CLAMP (low, 0, 1);
  self->high = CLAMP (high, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
