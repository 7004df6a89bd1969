/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-schedule-dialog.h"

#include "stall-calendar.h"
#include "stall-format.h"
#include "stall-note-steps.h"
#include "stall-spin-row.h"
#include "stall-wheel.h"

#include <glib/gi18n-lib.h>

/* When people are home and look what is new. */
#define USUAL_HOUR 20

struct _StallNoteScheduleDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  char *note_id;

  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkLabel *moment;
  GtkWidget *schedule_button;
  GtkWidget *draft_button;
};

G_DEFINE_FINAL_TYPE (StallNoteScheduleDialog, stall_note_schedule_dialog, ADW_TYPE_DIALOG)

static StallTime
get_moment (StallNoteScheduleDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) local = g_date_time_new_local (
      g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
      gtk_spin_button_get_value_as_int (self->hour),
      gtk_spin_button_get_value_as_int (self->minute), 0);

  return g_date_time_to_unix (local) * STALL_SECOND;
}

static void
changed_cb (StallNoteScheduleDialog *self)
{
  StallTime at, now = stall_time_now ();
  g_autofree char *moment = NULL;

  if (self->desk == NULL)
    return;
  at = get_moment (self);
  moment = stall_format_moment (at, now);
  gtk_label_set_text (self->moment,
                      at > now ? moment : _ ("This time is over. Choose a later one."));
  if (at > now)
    gtk_widget_remove_css_class (GTK_WIDGET (self->moment), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->moment), "error");
  gtk_widget_set_sensitive (self->schedule_button, at > now);
}

static void
schedule_cb (StallNoteScheduleDialog *self)
{
  StallTime at;

  gtk_spin_button_update (self->hour);
  gtk_spin_button_update (self->minute);
  at = get_moment (self);
  /* The time may have passed while the dialog stood open. */
  if (at <= stall_time_now ())
    {
      changed_cb (self);
      return;
    }
  stall_note_steps_schedule (self->desk, self->note_id, at);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
draft_cb (StallNoteScheduleDialog *self)
{
  stall_note_steps_schedule (self->desk, self->note_id, STALL_TIME_NONE);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
set_moment (StallNoteScheduleDialog *self, StallTime at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / STALL_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  gtk_calendar_select_day (self->calendar, local);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (local));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (local));
}

static void
stall_note_schedule_dialog_dispose (GObject *object)
{
  StallNoteScheduleDialog *self = STALL_NOTE_SCHEDULE_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->note_id, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_SCHEDULE_DIALOG);

  G_OBJECT_CLASS (stall_note_schedule_dialog_parent_class)->dispose (object);
}

static void
stall_note_schedule_dialog_class_init (StallNoteScheduleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_note_schedule_dialog_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-schedule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, moment);
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, schedule_button);
  gtk_widget_class_bind_template_child (widget_class, StallNoteScheduleDialog, draft_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, schedule_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_cb);
}

static void
stall_note_schedule_dialog_init (StallNoteScheduleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_calendar_name_arrows (self->calendar);
  stall_wheel_pass_by (self->calendar);
  stall_spin_tell_time (self->hour);
  stall_spin_tell_time (self->minute);
}

/**
 * stall_note_schedule_dialog_present:
 * @parent: over what the dialog is shown
 * @desk: what every page is handed
 * @note_id: of a saved note that is not published yet
 * @publish_at: for when it is scheduled now; %STALL_TIME_NONE for a draft
 *
 * Asks when a note is to be published.
 */
void
stall_note_schedule_dialog_present (GtkWidget *parent,
                                    StallDesk *desk,
                                    const char *note_id,
                                    StallTime publish_at)
{
  StallNoteScheduleDialog *self;
  gboolean scheduled = publish_at != STALL_TIME_NONE;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  self = g_object_new (STALL_TYPE_NOTE_SCHEDULE_DIALOG, NULL);
  self->note_id = g_strdup (note_id);
  gtk_widget_set_visible (self->draft_button, scheduled);
  set_moment (self, scheduled
                        ? publish_at
                        : stall_time_day_start (stall_time_now (), 1) + USUAL_HOUR * STALL_HOUR);
  self->desk = g_object_ref (desk);
  changed_cb (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
