/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-waiting-page.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

/* Who waits no longer than this is told nothing. */
#define PATIENCE 500 /* ms */
/* How often the page looks how far the work is. */
#define LOOK 100 /* ms */

struct _StallWaitingPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkProgressBar *progress_bar;

  StallProgress *progress; /* or NULL */
  guint source;            /* of the patience, then of the looks */
};

G_DEFINE_FINAL_TYPE (StallWaitingPage, stall_waiting_page, ADW_TYPE_BIN)

static void
show_progress (StallWaitingPage *self, double fraction)
{
  g_autofree char *percent = stall_format_percent (fraction);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->progress_bar)))
    {
      adw_status_page_set_paintable (self->status, NULL);
      adw_status_page_set_description (
          self->status, _ ("This version of Stall keeps its lists in a new way and is preparing "
                           "them. It happens only once; what is in your stall stays as it is."));
      gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), TRUE);
    }
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  gtk_progress_bar_set_text (self->progress_bar, percent);
}

static gboolean
look_cb (gpointer data)
{
  StallWaitingPage *self = data;
  double fraction;

  if (stall_progress_look (self->progress, &fraction))
    show_progress (self, fraction);
  return G_SOURCE_CONTINUE;
}

static void
patience_cb (gpointer data)
{
  StallWaitingPage *self = data;
  g_autoptr (AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status));

  self->source = 0;
  adw_status_page_set_paintable (self->status, GDK_PAINTABLE (spinner));
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  if (self->progress == NULL)
    return;
  look_cb (self);
  self->source = g_timeout_add (LOOK, look_cb, self);
}

static void
stall_waiting_page_dispose (GObject *object)
{
  StallWaitingPage *self = STALL_WAITING_PAGE (object);

  stall_waiting_page_end (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_WAITING_PAGE);

  G_OBJECT_CLASS (stall_waiting_page_parent_class)->dispose (object);
}

static void
stall_waiting_page_class_init (StallWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_waiting_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/welcome/stall-waiting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallWaitingPage, status);
  gtk_widget_class_bind_template_child (widget_class, StallWaitingPage, progress_bar);
}

static void
stall_waiting_page_init (StallWaitingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_waiting_page_begin:
 * @self: a waiting page
 * @reason: what the person waits for, in words
 * @progress: (nullable) (transfer none): of lists that may have to be made anew
 *
 * Waits for something else from now on.
 */
void
stall_waiting_page_begin (StallWaitingPage *self, const char *reason, StallProgress *progress)
{
  g_return_if_fail (STALL_IS_WAITING_PAGE (self));
  g_return_if_fail (reason != NULL);

  stall_waiting_page_end (self);
  g_set_object (&self->progress, progress);
  gtk_widget_set_visible (GTK_WIDGET (self->status), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  adw_status_page_set_title (self->status, reason);
  adw_status_page_set_description (self->status, NULL);
  self->source = g_timeout_add_once (PATIENCE, patience_cb, self);
}

/**
 * stall_waiting_page_end:
 * @self: a waiting page
 *
 * The waiting is over, and another page comes to the front.
 */
void
stall_waiting_page_end (StallWaitingPage *self)
{
  g_return_if_fail (STALL_IS_WAITING_PAGE (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->progress);
}
