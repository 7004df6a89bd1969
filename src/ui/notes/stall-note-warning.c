/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-warning.h"

#include "stall-async.h"
#include "stall-note-figures.h"
#include "stall-note-words.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallNoteWarning
{
  AdwBin parent_instance;

  StallDesk *desk;
  char *note_id;
  char *product; /* what the button opens */
  gboolean reading;
  gboolean stale;

  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (StallNoteWarning, stall_note_warning, ADW_TYPE_BIN)

static void
show_problems (StallNoteWarning *self, GPtrArray *problems)
{
  const StallLinkProblem *first = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  g_autofree char *words = stall_note_words_problems (problems);

  g_set_str (&self->product, first != NULL && *first->title != '\0' ? first->product : NULL);
  if (words != NULL)
    adw_banner_set_title (self->banner, words);
  adw_banner_set_button_label (self->banner, self->product != NULL ? _ ("_Show Product") : NULL);
  adw_banner_set_revealed (self->banner, words != NULL);
}

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallNoteWarning) self = g_weak_ref_get (data);

  while (self != NULL && self->stale)
    {
      g_autoptr (StallDesk) desk = g_object_ref (self->desk);
      g_autofree char *note_id = g_strdup (self->note_id);
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GError) error = NULL;

      self->stale = FALSE;
      g_clear_object (&self);
      problems = dex_await_boxed (stall_store_link_problems (stall_desk_get_store (desk), note_id),
                                  &error);
      stall_desk_report (desk, error);
      self = g_weak_ref_get (data);
      if (self != NULL && self->desk != NULL && problems != NULL)
        show_problems (self, problems);
    }
  if (self != NULL)
    self->reading = FALSE;
  return dex_future_new_true ();
}

/* What is linked, and what is left of it, may change with any document. */
static void
read_problems (StallNoteWarning *self)
{
  if (self->desk == NULL)
    return;
  self->stale = TRUE;
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
button_clicked_cb (StallNoteWarning *self)
{
  if (self->product != NULL)
    stall_desk_open (self->desk, self->product);
}

static void
stall_note_warning_dispose (GObject *object)
{
  StallNoteWarning *self = STALL_NOTE_WARNING (object);

  self->stale = FALSE;
  g_clear_object (&self->desk);
  g_clear_pointer (&self->note_id, g_free);
  g_clear_pointer (&self->product, g_free);

  G_OBJECT_CLASS (stall_note_warning_parent_class)->dispose (object);
}

static void
stall_note_warning_class_init (StallNoteWarningClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_note_warning_dispose;
}

static void
stall_note_warning_init (StallNoteWarning *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * stall_note_warning_set_note:
 * @self: a warning about nothing yet
 * @desk: what every page is handed
 * @note_id: "note:…"
 *
 * Watches the products that the note links.
 */
void
stall_note_warning_set_note (StallNoteWarning *self, StallDesk *desk, const char *note_id)
{
  g_return_if_fail (STALL_IS_NOTE_WARNING (self));
  g_return_if_fail (self->desk == NULL && STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  self->desk = g_object_ref (desk);
  self->note_id = g_strdup (note_id);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (read_problems), self,
                           G_CONNECT_SWAPPED);
  read_problems (self);
}
