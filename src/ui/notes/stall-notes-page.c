/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-notes-page.h"

struct _StallNotesPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
};

G_DEFINE_FINAL_TYPE (StallNotesPage, stall_notes_page, ADW_TYPE_NAVIGATION_PAGE)

static void
stall_notes_page_dispose (GObject *object)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTES_PAGE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_notes_page_parent_class)->dispose (object);
}

static void
stall_notes_page_class_init (StallNotesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_notes_page_dispose;

  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass), "/io/github/stall_app/Stall/notes/stall-notes-page.ui");
}

static void
stall_notes_page_init (StallNotesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_notes_page_new:
 * @desk: the desk
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
stall_notes_page_new (StallDesk *desk)
{
  StallNotesPage *self = g_object_new (STALL_TYPE_NOTES_PAGE, NULL);

  self->desk = g_object_ref (desk);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * stall_notes_page_set_query:
 * @self: the page
 * @query: what to narrow the list to
 */
void
stall_notes_page_set_query (StallNotesPage *self, const StallQuery *query)
{
  g_return_if_fail (STALL_IS_NOTES_PAGE (self));
}
