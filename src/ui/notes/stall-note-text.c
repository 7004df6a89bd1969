/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-text.h"

#include "stall-note-indenter.h"
#include "stall-note-spelling.h"
#include "stall-note.h"

#include <adwaita.h>
#include <string.h>

#define RESOURCES "resource:///io/github/stall_app/Stall/notes/"

/* Longer than this, colours would cost more than they give. */
#define MAX_STYLED (1024 * 1024) /* bytes */

struct _StallNoteText
{
  GtkSourceView parent_instance;

  StallNoteSpelling *spelling;
  gboolean filled;  /* was given its first text */
  gboolean setting; /* what is inserted is not a person's */
};

enum
{
  SIGNAL_PICTURE_GIVEN,
  SIGNAL_FULL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallNoteText, stall_note_text, GTK_SOURCE_TYPE_VIEW)

static GtkTextBuffer *
get_buffer (StallNoteText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static void
follow_style_cb (StallNoteText *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (
      GTK_SOURCE_BUFFER (get_buffer (self)),
      gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                  dark ? "stall-note-dark" : "stall-note-light"));
}

/* --- pictures --- */

static void
give_file (StallNoteText *self, GFile *file)
{
  g_signal_emit (self, signals[SIGNAL_PICTURE_GIVEN], 0, file);
}

static gboolean
give_value (StallNoteText *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *link = g_value_get_boxed (value); link != NULL; link = link->next)
      give_file (self, link->data);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    g_signal_emit (self, signals[SIGNAL_PICTURE_GIVEN], 0, g_value_get_object (value));
  else
    return FALSE;
  return TRUE;
}

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallNoteText) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    give_value (self, value);
}

/* Files are pictures; of what is both text and picture (a table, a copied paragraph) the text is
 * meant. */
static void
stall_note_text_paste_clipboard (GtkTextView *view)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);

  if (files
      || (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
          && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)))
    gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE,
                                    G_PRIORITY_DEFAULT, NULL, pasted_cb, g_object_ref (view));
  else
    GTK_TEXT_VIEW_CLASS (stall_note_text_parent_class)->paste_clipboard (view);
}

static gboolean
drop_cb (StallNoteText *self, const GValue *value, double x, double y)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y);
  gtk_text_buffer_place_cursor (get_buffer (self), &iter);
  return give_value (self, value);
}

static void
take_drops (StallNoteText *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* Before the text view itself takes the paths as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- room --- */

/* What does not fit is refused whole, so that nobody has to find where it was cut. */
static void
insert_text_cb (StallNoteText *self,
                GtkTextIter *at,
                const char *text,
                int length,
                GtkTextBuffer *buffer)
{
  if (self->setting
      || gtk_text_buffer_get_char_count (buffer) + g_utf8_strlen (text, length)
             <= STALL_NOTE_MAX_CHARACTERS)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  g_signal_emit (self, signals[SIGNAL_FULL], 0);
}

/* --- undo --- */

/* Never further: with nothing left to undo here, the key would reach the window and take back
 * something in another place. */
static gboolean
undo_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  gboolean redo = g_variant_get_boolean (args);

  if (redo ? gtk_text_buffer_get_can_redo (buffer) : gtk_text_buffer_get_can_undo (buffer))
    gtk_widget_activate_action (widget, redo ? "text.redo" : "text.undo", NULL);
  return GDK_EVENT_STOP;
}

/* A source view would move the word to the left; here as everywhere Alt+Left leads back. */
static void
stall_note_text_move_words (GtkSourceView *view, int step)
{
  if (step < 0)
    gtk_widget_activate_action (GTK_WIDGET (view), "navigation.pop", NULL);
}

static void
stall_note_text_dispose (GObject *object)
{
  StallNoteText *self = STALL_NOTE_TEXT (object);

  g_clear_object (&self->spelling);

  G_OBJECT_CLASS (stall_note_text_parent_class)->dispose (object);
}

static void
install_resources (void)
{
  static gsize installed = 0;

  if (g_once_init_enter (&installed))
    {
      gtk_source_init ();
      gtk_source_language_manager_append_search_path (gtk_source_language_manager_get_default (),
                                                      RESOURCES);
      gtk_source_style_scheme_manager_append_search_path (
          gtk_source_style_scheme_manager_get_default (), RESOURCES);
      g_once_init_leave (&installed, 1);
    }
}

static void
stall_note_text_class_init (StallNoteTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_note_text_dispose;
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = stall_note_text_paste_clipboard;
  GTK_SOURCE_VIEW_CLASS (klass)->move_words = stall_note_text_move_words;

  /**
   * StallNoteText::picture-given:
   * @self: the text
   * @source: a #GFile or #GdkTexture
   *
   * A picture, or what may be one, was pasted or dropped at the cursor.
   */
  signals[SIGNAL_PICTURE_GIVEN]
      = g_signal_new ("picture-given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  /**
   * StallNoteText::full:
   * @self: the text
   *
   * What was typed or pasted was refused: there is no room for it.
   */
  signals[SIGNAL_FULL] = g_signal_new ("full", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_key_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                undo_key_cb, "b", TRUE);
  install_resources ();
}

static void
stall_note_text_init (StallNoteText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  g_autoptr (GtkSourceIndenter) indenter = stall_note_indenter_new ();
  g_autoptr (GtkSourceBuffer) buffer
      = gtk_source_buffer_new_with_language (gtk_source_language_manager_get_language (
          gtk_source_language_manager_get_default (), "stall-note"));

  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_text_view_set_buffer (view, GTK_TEXT_BUFFER (buffer));
  gtk_source_view_set_indenter (GTK_SOURCE_VIEW (self), indenter);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (self), TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_pixels_above_lines (view, 3);
  gtk_text_view_set_pixels_below_lines (view, 3);
  gtk_text_view_set_pixels_inside_wrap (view, 6);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_WORD_COMPLETION);
  gtk_widget_add_css_class (GTK_WIDGET (self), "note-writing");
  self->spelling = stall_note_spelling_new (GTK_SOURCE_VIEW (self));
  take_drops (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style_cb), self, G_CONNECT_SWAPPED);
  follow_style_cb (self);
}

/* Replaces only what differs, so that the cursor and the view stay where they are. */
static void
replace_difference (GtkTextBuffer *buffer, const char *before, const char *after)
{
  GtkTextIter start, end;
  gsize head = 0, tail = 0;
  gsize n_before = strlen (before), n_after = strlen (after);
  gsize n_common = MIN (n_before, n_after);

  while (head < n_common && before[head] == after[head])
    head++;
  while (head > 0 && ((before[head] & 0xc0) == 0x80 || (after[head] & 0xc0) == 0x80))
    head--;
  while (tail < n_common - head && before[n_before - 1 - tail] == after[n_after - 1 - tail])
    tail++;
  while (tail > 0 && (before[n_before - tail] & 0xc0) == 0x80)
    tail--;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_strlen (before, (gssize) head));
  end = start;
  gtk_text_iter_forward_chars (
      &end, (int) g_utf8_strlen (before + head, (gssize) (n_before - head - tail)));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, after + head, (int) (n_after - head - tail));
  gtk_text_buffer_end_user_action (buffer);
}

/**
 * stall_note_text_set_text:
 * @self: a text
 * @text: Markdown
 *
 * Shows another text. The first one given cannot be undone; any later one is what others wrote, and
 * a step to undo.
 */
void
stall_note_text_set_text (StallNoteText *self, const char *text)
{
  GtkTextBuffer *buffer;
  g_autofree char *before = NULL;

  g_return_if_fail (STALL_IS_NOTE_TEXT (self));
  g_return_if_fail (text != NULL);

  buffer = get_buffer (self);
  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (buffer), strlen (text) <= MAX_STYLED);
  if (self->filled)
    {
      before = stall_note_text_dup_text (self);
      self->setting = TRUE;
      if (!g_str_equal (before, text))
        replace_difference (buffer, before, text);
      self->setting = FALSE;
      return;
    }
  self->filled = self->setting = TRUE;
  stall_note_spelling_choose (self->spelling, text);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->setting = FALSE;
  if (*text != '\0')
    {
      GtkTextIter start;

      gtk_text_buffer_get_start_iter (buffer, &start);
      gtk_text_buffer_place_cursor (buffer, &start);
    }
}

/**
 * stall_note_text_dup_text:
 * @self: a text
 *
 * Returns: (transfer full): what is written, Markdown
 */
char *
stall_note_text_dup_text (StallNoteText *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (STALL_IS_NOTE_TEXT (self), NULL);

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

/**
 * stall_note_text_insert:
 * @self: a text
 * @markdown: what to insert
 *
 * Puts @markdown in the place of the selection, or at the cursor.
 */
void
stall_note_text_insert (StallNoteText *self, const char *markdown)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (STALL_IS_NOTE_TEXT (self));
  g_return_if_fail (markdown != NULL);

  buffer = get_buffer (self);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, markdown, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

static gboolean
is_blank_line (const GtkTextIter *at)
{
  GtkTextIter start = *at;
  GtkTextIter end = *at;
  g_autofree char *line = NULL;

  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  line = gtk_text_iter_get_text (&start, &end);
  return *g_strstrip (line) == '\0';
}

/**
 * stall_note_text_insert_block:
 * @self: a text
 * @at: (nullable): where; %NULL: at the cursor
 * @markdown: a paragraph
 *
 * Puts @markdown there as a paragraph of its own: below the line that is being written. Who is
 * writing there goes on in a paragraph after it.
 */
void
stall_note_text_insert_block (StallNoteText *self, GtkTextMark *at, const char *markdown)
{
  GtkTextBuffer *buffer;
  GtkTextIter cursor, place, next;
  g_autofree char *block = NULL;
  gboolean blank, blank_before, blank_after, last, follows;

  g_return_if_fail (STALL_IS_NOTE_TEXT (self));
  g_return_if_fail (markdown != NULL);

  buffer = get_buffer (self);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  place = cursor;
  if (at != NULL)
    gtk_text_buffer_get_iter_at_mark (buffer, &place, at);
  /* Somebody who has gone on writing elsewhere stays there. */
  follows = gtk_text_iter_equal (&place, &cursor);
  blank = is_blank_line (&place);
  if (!gtk_text_iter_ends_line (&place))
    gtk_text_iter_forward_to_line_end (&place);
  next = place;
  gtk_text_iter_forward_line (&next);
  last = gtk_text_iter_is_end (&next); /* nothing follows, or an empty line */
  blank_after
      = gtk_text_iter_get_line (&next) > gtk_text_iter_get_line (&place) && is_blank_line (&next);
  next = place;
  blank_before = blank && (!gtk_text_iter_backward_line (&next) || is_blank_line (&next));
  block = g_strconcat (!blank         ? "\n\n"
                       : blank_before ? ""
                                      : "\n",
                       markdown, follows ? "\n" : "", blank_after ? "" : "\n",
                       follows && !last ? "\n" : "", NULL);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert (buffer, &place, block, -1);
  gtk_text_buffer_end_user_action (buffer);
  if (!follows)
    return;
  if (last)
    gtk_text_buffer_get_end_iter (buffer, &place);
  else if (!blank_after)
    gtk_text_iter_backward_char (&place);
  gtk_text_buffer_place_cursor (buffer, &place);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}
