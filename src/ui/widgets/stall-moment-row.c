/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-moment-row.h"

#include "stall-calendar.h"
#include "stall-format.h"
#include "stall-spin-row.h"
#include "stall-wheel.h"

/* What is offered first when no moment was chosen yet: an evening, when people have time. */
#define USUAL_HOUR 20
#define USUAL_DAYS 3

struct _StallMomentRow
{
  AdwExpanderRow parent_instance;

  StallTime moment;
  gboolean filling;

  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
};

G_DEFINE_FINAL_TYPE (StallMomentRow, stall_moment_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  PROP_0,
  PROP_MOMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static StallTime
get_picked (StallMomentRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) local = g_date_time_new_local (
      g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
      gtk_spin_button_get_value_as_int (self->hour),
      gtk_spin_button_get_value_as_int (self->minute), 0);

  return local != NULL ? g_date_time_to_unix (local) * STALL_SECOND : STALL_TIME_NONE;
}

static void
fill (StallMomentRow *self)
{
  gboolean set = self->moment != STALL_TIME_NONE;
  StallTime shown
      = set ? self->moment
            : stall_time_day_start (stall_time_now (), USUAL_DAYS) + USUAL_HOUR * STALL_HOUR;
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local_usec (shown * 1000);
  g_autofree char *words = stall_format_date_time (self->moment);
  gboolean expanded = adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));

  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, local);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (local));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (local));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), set);
  /* Only the person's own hand opens the calendar. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), expanded && set);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), set ? words : "");
  self->filling = FALSE;
}

static void
picked_cb (StallMomentRow *self)
{
  if (!self->filling && adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)))
    stall_moment_row_set_moment (self, get_picked (self));
}

static void
enabled_cb (StallMomentRow *self)
{
  gboolean enabled = adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self));

  if (!self->filling)
    stall_moment_row_set_moment (self, enabled ? get_picked (self) : STALL_TIME_NONE);
}

static void
title_cb (StallMomentRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
stall_moment_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_MOMENT_ROW);

  G_OBJECT_CLASS (stall_moment_row_parent_class)->dispose (object);
}

static void
stall_moment_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MOMENT:
      g_value_set_int64 (value, STALL_MOMENT_ROW (object)->moment);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_moment_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MOMENT:
      stall_moment_row_set_moment (STALL_MOMENT_ROW (object), g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_moment_row_class_init (StallMomentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_moment_row_dispose;
  object_class->get_property = stall_moment_row_get_property;
  object_class->set_property = stall_moment_row_set_property;

  /**
   * StallMomentRow:moment:
   *
   * Milliseconds UTC, a whole minute; %STALL_TIME_NONE while it is switched off.
   */
  properties[PROP_MOMENT]
      = g_param_spec_int64 ("moment", NULL, NULL, G_MININT64, G_MAXINT64, STALL_TIME_NONE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/widgets/stall-moment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StallMomentRow, calendar);
  gtk_widget_class_bind_template_child (widget_class, StallMomentRow, hour);
  gtk_widget_class_bind_template_child (widget_class, StallMomentRow, minute);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, enabled_cb);
}

static void
stall_moment_row_init (StallMomentRow *self)
{
  self->moment = STALL_TIME_NONE;
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_tell_time (self->hour);
  stall_spin_tell_time (self->minute);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
  stall_calendar_name_arrows (self->calendar);
  stall_wheel_pass_by (self->calendar);
  fill (self);
}

/**
 * stall_moment_row_get_moment:
 * @self: a row
 *
 * Returns: milliseconds UTC, or %STALL_TIME_NONE
 */
StallTime
stall_moment_row_get_moment (StallMomentRow *self)
{
  g_return_val_if_fail (STALL_IS_MOMENT_ROW (self), STALL_TIME_NONE);

  return self->moment;
}

/**
 * stall_moment_row_set_moment:
 * @self: a row
 * @moment: milliseconds UTC, or %STALL_TIME_NONE
 */
void
stall_moment_row_set_moment (StallMomentRow *self, StallTime moment)
{
  g_return_if_fail (STALL_IS_MOMENT_ROW (self));

  if (self->moment == moment)
    return;
  self->moment = moment;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
}
