/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-welcome-page.h"

#include "stall-async.h"
#include "stall-currencies.h"
#include "stall-opening.h"

#include <glib/gi18n-lib.h>

struct _StallWelcomePage
{
  AdwBin parent_instance;

  AdwNavigationView *view;
  AdwNavigationPage *start_page;
  AdwEntryRow *name_row;
  AdwComboRow *currency_row;
  GtkButton *start_button;
  GtkLabel *choice_error;
  GtkLabel *start_error;
  AdwStatusPage *working_status;

  char *folder;
  char *sample_folder;
  const char *then; /* the action that follows, or NULL */
};

G_DEFINE_FINAL_TYPE (StallWelcomePage, stall_welcome_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Waits for @opening; then either the desk is handed on or the error is shown where the person was.
 */
static void
await_desk (StallWelcomePage *self, DexFuture *opening, const char *what, GtkLabel *error_label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDesk) desk = NULL;

  gtk_widget_set_visible (GTK_WIDGET (error_label), FALSE);
  adw_status_page_set_title (self->working_status, what);
  adw_navigation_view_push_by_tag (self->view, "working");
  desk = dex_await_object (opening, &error);
  if (self->view == NULL)
    {
      /* The window was closed meanwhile. */
      if (desk != NULL)
        dex_await (stall_store_close (stall_desk_get_store (desk)), NULL);
      return;
    }
  if (desk != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, desk, self->then);
      return;
    }
  adw_navigation_view_pop (self->view);
  gtk_label_set_text (error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (error_label), TRUE);
}

static DexFuture *
sample_fiber (gpointer data)
{
  StallWelcomePage *self = data;

  await_desk (self, stall_open_sample (self->sample_folder), _ ("Setting Up the Sample Stall…"),
              self->choice_error);
  return dex_future_new_true ();
}

static DexFuture *
start_fiber (gpointer data)
{
  StallWelcomePage *self = data;
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  await_desk (self,
              stall_open_new (self->folder, g_strstrip (name),
                              stall_currency_row_get_currency (self->currency_row)),
              _ ("Starting Your Stall…"), self->start_error);
  return dex_future_new_true ();
}

/* A stall that is on the platform already brings its name along. */
static DexFuture *
join_fiber (gpointer data)
{
  StallWelcomePage *self = data;

  await_desk (self, stall_open_new (self->folder, NULL, NULL), _ ("Starting Your Stall…"),
              self->choice_error);
  return dex_future_new_true ();
}

static void
join_cb (StallWelcomePage *self)
{
  self->then = "win.connect";
  stall_spawn (join_fiber, g_object_ref (self), g_object_unref);
}

static void
sample_cb (StallWelcomePage *self)
{
  self->then = NULL;
  stall_spawn (sample_fiber, g_object_ref (self), g_object_unref);
}

static void
show_start (StallWelcomePage *self, const char *then)
{
  self->then = then;
  gtk_button_set_label (self->start_button, then != NULL ? _ ("Choose a File…") : _ ("Start"));
  adw_navigation_view_push (self->view, self->start_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

static void
import_cb (StallWelcomePage *self)
{
  show_start (self, "win.import::products");
}

static void
empty_cb (StallWelcomePage *self)
{
  show_start (self, NULL);
}

static void
name_changed_cb (StallWelcomePage *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->start_button), *g_strstrip (name) != '\0');
}

static void
start_cb (StallWelcomePage *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->start_button)))
    stall_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

static void
stall_welcome_page_dispose (GObject *object)
{
  /* The template would unparent the bound child behind the bin's back. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (stall_welcome_page_parent_class)->dispose (object);
}

static void
stall_welcome_page_finalize (GObject *object)
{
  StallWelcomePage *self = STALL_WELCOME_PAGE (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->sample_folder, g_free);

  G_OBJECT_CLASS (stall_welcome_page_parent_class)->finalize (object);
}

static void
stall_welcome_page_class_init (StallWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_welcome_page_dispose;
  object_class->finalize = stall_welcome_page_finalize;

  signals[SIGNAL_OPENED]
      = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, STALL_TYPE_DESK, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/welcome/stall-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, view);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, start_page);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, name_row);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, start_button);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, choice_error);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, start_error);
  gtk_widget_class_bind_template_child (widget_class, StallWelcomePage, working_status);
  gtk_widget_class_bind_template_callback (widget_class, sample_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
}

static void
stall_welcome_page_init (StallWelcomePage *self)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  stall_currency_row_fill (self->currency_row, stall_profile_get_currency (profile));
}

/**
 * stall_welcome_page_new:
 * @folder: where the person's stall will be
 * @sample_folder: where the sample is or will be
 *
 * Returns: (transfer floating): a new welcome
 */
GtkWidget *
stall_welcome_page_new (const char *folder, const char *sample_folder)
{
  StallWelcomePage *self = g_object_new (STALL_TYPE_WELCOME_PAGE, NULL);

  self->folder = g_strdup (folder);
  self->sample_folder = g_strdup (sample_folder);
  return GTK_WIDGET (self);
}
