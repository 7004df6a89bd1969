/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-spelling.h"

#include <libspelling.h>
#include <string.h>

/* A longer text is written elsewhere and only pasted. */
#define MAX_SPELLED (1024 * 1024) /* bytes */

struct _StallNoteSpelling
{
  GObject parent_instance;

  SpellingTextBufferAdapter *adapter;
};

G_DEFINE_FINAL_TYPE (StallNoteSpelling, stall_note_spelling, G_TYPE_OBJECT)

static void
stall_note_spelling_dispose (GObject *object)
{
  StallNoteSpelling *self = STALL_NOTE_SPELLING (object);

  /* Or it would look words up in a text that is gone. */
  if (self->adapter != NULL)
    spelling_text_buffer_adapter_set_enabled (self->adapter, FALSE);
  g_clear_object (&self->adapter);

  G_OBJECT_CLASS (stall_note_spelling_parent_class)->dispose (object);
}

static void
stall_note_spelling_class_init (StallNoteSpellingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_note_spelling_dispose;
}

static void
stall_note_spelling_init (StallNoteSpelling *self)
{
}

/* The person's language if there is a dictionary of it; English else, because that is what the
 * Latin words of other texts are. Words of scripts without spaces are never looked up. */
static char *
find_language (void)
{
  SpellingProvider *provider = spelling_provider_get_default ();
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    if (!g_str_equal (languages[i], "C") && !strchr (languages[i], '.')
        && spelling_provider_supports_language (provider, languages[i]))
      return g_strdup (languages[i]);
  for (guint i = 0; i < 2; i++)
    {
      const char *english = i == 0 ? "en_US" : "en_GB";

      if (spelling_provider_supports_language (provider, english))
        return g_strdup (english);
    }
  return NULL;
}

/**
 * stall_note_spelling_new:
 * @view: where a note is written
 *
 * Returns: (transfer full): the dictionary beside it, not looking anything up yet
 */
StallNoteSpelling *
stall_note_spelling_new (GtkSourceView *view)
{
  StallNoteSpelling *self = g_object_new (STALL_TYPE_NOTE_SPELLING, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *language = NULL;

  spelling_init ();
  language = find_language ();
  if (language == NULL)
    return self;
  self->adapter = spelling_text_buffer_adapter_new (GTK_SOURCE_BUFFER (buffer),
                                                    spelling_checker_get_default ());
  spelling_text_buffer_adapter_set_language (self->adapter, language);
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (view),
                                spelling_text_buffer_adapter_get_menu_model (self->adapter));
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (self->adapter));
  return self;
}

/**
 * stall_note_spelling_choose:
 * @self: a dictionary beside a text
 * @text: what the text begins with
 *
 * Begins to look words up, unless there are too many.
 */
void
stall_note_spelling_choose (StallNoteSpelling *self, const char *text)
{
  g_return_if_fail (STALL_IS_NOTE_SPELLING (self));
  g_return_if_fail (text != NULL);

  if (self->adapter != NULL)
    spelling_text_buffer_adapter_set_enabled (self->adapter, strlen (text) <= MAX_SPELLED);
}
