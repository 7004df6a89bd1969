/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A note while it is written. */

#include "config.h"

#include "stall-crop-view.h"
#include "stall-markdown.h"
#include "stall-note-markup.h"
#include "stall-note-history-dialog.h"
#include "stall-note-page.h"
#include "stall-note-schedule-dialog.h"
#include "stall-note-text.h"
#include "stall-versions.h"
#include "ui-test.h"

#include <string.h>

typedef struct
{
  UiTest base;
  StallNote *note;
  AdwNavigationPage *page;
  GtkWidget *window;
} Fixture;

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

static StallNote *
load (Fixture *self)
{
  g_autoptr (StallDocument) document
      = ui_test_await (stall_store_load (get_store (self), stall_note_get_id (self->note)));
  g_autoptr (GError) error = NULL;
  StallNote *note = stall_note_new_from_document (document, &error);

  g_assert_no_error (error);
  return note;
}

static gboolean
has_body (Fixture *self, const char *body)
{
  g_autoptr (StallNote) note = load (self);

  return g_strcmp0 (stall_note_get_body (note), body) == 0;
}

static void
show_page (Fixture *self, AdwNavigationPage *page, int width)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->page = page;
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  self->window = ui_test_show (view, width, 700);
  ui_test_wait_until (ui_test_find_type (self->window, STALL_TYPE_NOTE_TEXT) != NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (StallDocument) document = NULL;

  ui_test_set_up (&self->base);
  g_settings_reset (stall_desk_get_settings (self->base.desk), "note-preview");
  self->note = stall_note_new ();
  stall_note_set_title (self->note, "The Vat");
  stall_note_set_body (self->note, "It takes nine dips.\n");
  document = stall_note_to_document (self->note, NULL);
  ui_test_put (&self->base, "Add", document);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->note);
  ui_test_tear_down (&self->base);
}

static StallNoteText *
get_text (Fixture *self)
{
  return STALL_NOTE_TEXT (ui_test_find_type (self->window, STALL_TYPE_NOTE_TEXT));
}

static gboolean
text_is (Fixture *self, const char *wanted)
{
  g_autofree char *text = stall_note_text_dup_text (get_text (self));

  return g_str_equal (text, wanted);
}

static GtkTextBuffer *
get_buffer (Fixture *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (self)));
}

static void
type_at_end (Fixture *self, const char *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_place_cursor (get_buffer (self), &end);
  g_assert_true (gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), text, -1, TRUE));
}

/* What is typed is kept by itself, is one step to undo, and is seen in the preview. */
static void
test_autosave (Fixture *self, gconstpointer data)
{
  g_autoptr (GListModel) versions = NULL;

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  type_at_end (self, "Then it ");
  ui_test_wait_until (has_body (self, "It takes nine dips.\nThen it "));
  type_at_end (self, "dries.");
  ui_test_wait_until (has_body (self, "It takes nine dips.\nThen it dries."));
  ui_test_wait_until (ui_test_find_text (self->window, "It takes nine dips. Then it dries.") != NULL
                      || ui_test_find_text (self->window, "It takes nine dips.\nThen it dries.")
                             != NULL);
  ui_test_save_picture (self->window, "note-page");
  versions
      = ui_test_await (stall_store_versions (get_store (self), stall_note_get_id (self->note)));
  g_assert_cmpuint (g_list_model_get_n_items (versions), ==, 2);
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (has_body (self, "It takes nine dips.\n"));
  ui_test_wait_until (text_is (self, "It takes nine dips.\n"));
  /* And what undo took back is a step of the text. */
  g_assert_true (gtk_text_buffer_get_can_undo (get_buffer (self)));
}

static double
get_scale (Fixture *self, int line, int column)
{
  GtkTextIter iter;
  g_autoptr (GSList) tags = NULL;
  double scale = 1;

  gtk_text_buffer_get_iter_at_line_offset (get_buffer (self), &iter, line, column);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *link = tags; link != NULL; link = link->next)
    {
      gboolean set;
      double its;

      g_object_get (link->data, "scale-set", &set, "scale", &its, NULL);
      if (set)
        scale = its;
    }
  return scale;
}

static void
set_body (Fixture *self, const char *body)
{
  g_autoptr (StallDocument) document = NULL;

  stall_note_set_body (self->note, body);
  document = stall_note_to_document (self->note, NULL);
  ui_test_put (&self->base, "Edit", document);
}

/* A heading is large while it is written, and a letter is not. */
static void
test_look (Fixture *self, gconstpointer data)
{
  gboolean narrow = GPOINTER_TO_INT (data);

  set_body (self, "Before the sun is up the vat smells of **rain** and *old iron*, and it takes a "
                  "[Drying Day Shirt](product:shirt) a night.\n\n## The first dip\n\n- wash\n- "
                  "wring, never twist\n\n> It is never blue when it comes out.\n\n![The "
                  "vat](vat.png)\n\n每一件都要浸九次，再晒一天。\n");
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)),
             narrow ? 360 : 960);
  ui_test_wait_until (get_scale (self, 2, 4) > 1.2);
  g_assert_cmpfloat (get_scale (self, 0, 4), ==, 1);
  g_assert_cmpfloat (get_scale (self, 4, 4), ==, 1);
  ui_test_save_picture (self->window, narrow ? "note-narrow" : "note-wide");
}

/* What the buttons and Enter do to the text. */
static void
test_markup (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    int from, to;
    StallMarkup markup;
    const char *after;
  } cases[] = {
    { "nine dips", 0, 4, STALL_MARKUP_BOLD, "**nine** dips" },
    { "**nine** dips", 2, 6, STALL_MARKUP_BOLD, "nine dips" },
    { "**nine** dips", 2, 6, STALL_MARKUP_ITALIC, "***nine*** dips" },
    { "*nine* dips", 1, 5, STALL_MARKUP_ITALIC, "nine dips" },
    { "nine dips", 6, 6, STALL_MARKUP_ITALIC, "nine *dips*" },
    { "九次", 0, 2, STALL_MARKUP_BOLD, "**九次**" },
    { "", 0, 0, STALL_MARKUP_BOLD, "****" },
    { "nine", 2, 2, STALL_MARKUP_HEADING, "## nine" },
    { "## nine", 2, 2, STALL_MARKUP_HEADING, "### nine" },
    { "### nine", 2, 2, STALL_MARKUP_HEADING, "nine" },
    { "a\n\nb", 0, 4, STALL_MARKUP_LIST, "- a\n\n- b" },
    { "- a\n- b", 0, 7, STALL_MARKUP_LIST, "a\nb" },
    { "", 0, 0, STALL_MARKUP_QUOTE, "> " },
  };
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkTextIter start, end;
      g_autofree char *after = NULL;

      gtk_text_buffer_set_text (buffer, cases[i].text, -1);
      gtk_text_buffer_get_iter_at_offset (buffer, &start, cases[i].from);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, cases[i].to);
      gtk_text_buffer_select_range (buffer, &end, &start);
      stall_note_markup_toggle (buffer, cases[i].markup);
      g_object_get (buffer, "text", &after, NULL);
      g_assert_cmpstr (after, ==, cases[i].after);
      gtk_text_buffer_undo (buffer);
      g_clear_pointer (&after, g_free);
      g_object_get (buffer, "text", &after, NULL);
      g_assert_cmpstr (after, ==, cases[i].text);
    }
}

static void
test_lists_go_on (Fixture *self, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "- wash\n", "- wash\n- " },   { "9. wash\n", "9. wash\n10. " },
    { "  > so\n", "  > so\n  > " }, { "- wash\n- \n", "- wash\n" },
    { "wash\n", "wash\n" },
  };
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkTextIter end;
      g_autofree char *after = NULL;

      gtk_text_buffer_set_text (buffer, cases[i][0], -1);
      gtk_text_buffer_get_end_iter (buffer, &end);
      stall_note_markup_go_on (buffer, &end);
      g_assert_true (gtk_text_iter_is_end (&end));
      g_object_get (buffer, "text", &after, NULL);
      g_assert_cmpstr (after, ==, cases[i][1]);
    }
}

/* A photograph as a telephone gives it: large, lying on its side, and with a place in it. */
static GFile *
new_photograph (Fixture *self, int width, int height)
{
  g_autofree char *path = g_build_filename (self->base.folder, "the vat.jpg", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  /* APP1: “Exif”, little endian, one entry: orientation 6, turned to the right */
  static const char exif[] = "\xff\xe1\x00\x22"
                             "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"
                             "\0\0\0\0";
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *jpeg = NULL;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x4060a0ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", NULL, NULL));
  g_string_append_len (bytes, jpeg, 2);
  g_string_append_len (bytes, exif, sizeof exif - 1);
  g_string_append_len (bytes, jpeg + 2, (gssize) size - 2);
  g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
  return g_file_new_for_path (path);
}

static void
give (Fixture *self, gpointer source)
{
  g_signal_emit_by_name (get_text (self), "picture-given", source);
}

static GdkPixbuf *
load_picture (Fixture *self, const StallNotePicture *picture)
{
  g_autofree char *path = stall_store_get_attachment_path (get_store (self), picture->digest);

  g_assert_nonnull (path);
  return gdk_pixbuf_new_from_file (path, NULL);
}

/* What is pasted or dropped stands in the text where the cursor was: upright, no larger than the
 * market shows, and without saying where it was taken. */
static void
test_pictures (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) photograph = new_photograph (self, 3000, 2000);
  g_autoptr (StallNote) note = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GdkPixbuf) kept = NULL;

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  type_at_end (self, "\nThe vat:");
  give (self, photograph);
  ui_test_wait_until (has_body (self, "It takes nine dips.\n\nThe vat:\n\n![](the-vat.jpg)\n\n"));
  note = load (self);
  pictures = stall_note_dup_pictures (note);
  g_assert_cmpuint (pictures->len, ==, 1);
  kept = load_picture (self, g_ptr_array_index (pictures, 0));
  g_assert_cmpint (gdk_pixbuf_get_height (kept), ==, 2560);
  g_assert_cmpint (gdk_pixbuf_get_width (kept), ==, 1707);
  g_assert_null (gdk_pixbuf_get_option (kept, "orientation"));
}

static void
test_bad_picture (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.folder, "vat.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "not a picture", -1, NULL));
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  give (self, file);
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_nonnull (strstr (adw_toast_get_title (self->base.toast), "damaged"));
  g_assert_true (has_body (self, "It takes nine dips.\n"));
}

/* Whoever closes the window while typing finds the last letter again. */
static void
test_quit_while_typing (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) photograph = new_photograph (self, 1200, 800);

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  give (self, photograph);
  type_at_end (self, "The last word");
  gtk_window_close (GTK_WINDOW (self->window));
  ui_test_wait_until (self->window == NULL);
  g_assert_true (has_body (self, "It takes nine dips.\n\n![](the-vat.jpg)\n\nThe last word"));
}

/* Somebody else’s words and one’s own come together, and both are seen. */
static void
test_merge (Fixture *self, gconstpointer data)
{
  set_body (self, "One.\n\nTwo.\n\nThree.\n");
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  ui_test_wait_until (gtk_text_buffer_get_line_count (get_buffer (self)) > 4);
  type_at_end (self, "Mine.");
  set_body (self, "Theirs.\n\nTwo.\n\nThree.\n");
  ui_test_wait_until (has_body (self, "Theirs.\n\nTwo.\n\nThree.\nMine."));
  ui_test_wait_until (text_is (self, "Theirs.\n\nTwo.\n\nThree.\nMine."));
}

static guint
count_topics (Fixture *self)
{
  g_autoptr (StallNote) note = load (self);
  g_auto (GStrv) topics = stall_note_dup_topics (note);

  return g_strv_length (topics);
}

static void
test_details (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) photograph = new_photograph (self, 1200, 800);
  GtkWidget *row;

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  give (self, photograph);
  ui_test_wait_until (has_body (self, "It takes nine dips.\n\n![](the-vat.jpg)\n\n"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "note.details", NULL);
  ui_test_wait_until ((row = ui_test_find_type (self->window, ADW_TYPE_ENTRY_ROW)) != NULL);
  ui_test_wait_until (ui_test_find_type (self->window, STALL_TYPE_CROP_VIEW) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "#indigo, 手作，染");
  g_signal_emit_by_name (row, "entry-activated");
  ui_test_wait_until (ui_test_find_text (self->window, "#手作") != NULL);
  ui_test_save_picture (self->window, "note-details");
  adw_dialog_close (ADW_DIALOG (gtk_widget_get_ancestor (row, ADW_TYPE_DIALOG)));
  ui_test_wait_until (count_topics (self) == 3);
}

/* What is scheduled, or looked up in the past, is the note with its last word. */
static void
test_schedule_and_history (Fixture *self, gconstpointer data)
{
  GtkWidget *dialog;

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  gtk_text_buffer_set_text (get_buffer (self), "Ten dips, in fact.", -1);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "note.schedule", NULL);
  ui_test_wait_until ((dialog = ui_test_find_type (self->window, STALL_TYPE_NOTE_SCHEDULE_DIALOG))
                      != NULL);
  g_assert_true (has_body (self, "Ten dips, in fact."));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "note.history", NULL);
  ui_test_wait_until ((dialog = ui_test_find_type (self->window, STALL_TYPE_NOTE_HISTORY_DIALOG))
                      != NULL);
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* Who links what nobody can buy is told so where it is written. */
static void
test_warning (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) scarf = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autofree char *link = NULL;
  GtkWidget *button;

  stall_product_set_title (scarf, "Indigo Scarf");
  stall_product_set_stage (scarf, STALL_STAGE_ON_SALE);
  stall_product_add_variant (scarf, variant);
  ui_test_add_product (&self->base, scarf);
  link = stall_markdown_write_product ("the scarf", stall_product_get_id (scarf));
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  type_at_end (self, link);
  ui_test_wait_until (
      ui_test_find_text (self->window, "“Indigo Scarf”, which this note links, is sold out"));
  ui_test_wait_until ((button = ui_test_find_button (self->window, "Show Product")) != NULL);
  ui_test_save_picture (self->window, "note-warning");
  ui_test_click (button);
  g_assert_cmpstr (self->base.opened, ==, stall_product_get_id (scarf));
  ui_test_move (&self->base, stall_variant_get_id (variant), 3);
  ui_test_wait_until (ui_test_find_button (self->window, "Show Product") == NULL);
}

static gboolean
is_spelled (Fixture *self, const char *words)
{
  GtkTextIter at;

  gtk_text_buffer_get_start_iter (get_buffer (self), &at);
  g_assert_true (gtk_text_iter_forward_search (&at, words, 0, &at, NULL, NULL));
  return !gtk_source_buffer_iter_has_context_class (GTK_SOURCE_BUFFER (get_buffer (self)), &at,
                                                    "no-spell-check");
}

/* Wherever Chinese stands, an English dictionary is not asked about it. */
static void
test_spelled (Fixture *self, gconstpointer data)
{
  GtkTextIter start, end;

  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  type_at_end (self, "\n## 蓝色 is blue\n\nIt **等了** and *晒了* and **dried**\n\n"
                     "![墙上](a.png)\n\n> 雨 on the roof\n\n## Indigo\n");
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_source_buffer_ensure_highlight (GTK_SOURCE_BUFFER (get_buffer (self)), &start, &end);
  g_assert_false (is_spelled (self, "蓝色"));
  g_assert_false (is_spelled (self, "等了"));
  g_assert_false (is_spelled (self, "晒了"));
  g_assert_false (is_spelled (self, "墙上"));
  g_assert_false (is_spelled (self, "雨"));
  g_assert_true (is_spelled (self, "dried"));
  g_assert_true (is_spelled (self, "roof"));
  g_assert_true (is_spelled (self, "Indigo"));
}

static guint
count_pictures (Fixture *self)
{
  g_autoptr (StallNote) note = load (self);
  g_autoptr (GPtrArray) pictures = stall_note_dup_pictures (note);

  return pictures->len;
}

/* A picture that was taken out of the text stays while it may be undone, then it goes; one that the
 * text never showed stays. */
static void
test_unused_pictures (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("not looked at", 13);
  g_autofree char *digest = ui_test_await (stall_store_attach (get_store (self), bytes));
  g_autoptr (StallNote) note = load (self);
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *shown = stall_note_add_picture (note, "vat.png", "image/png", 13, digest);
  g_autofree char *other = stall_note_add_picture (note, "roof.png", "image/png", 13, digest);
  g_autofree char *gone = NULL;
  g_autofree char *stays = NULL;

  stall_note_set_body (note, "The vat.\n\n![](vat.png)\n");
  document = stall_note_to_document (note, NULL);
  ui_test_put (&self->base, "Add pictures", document);
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 1000);
  gtk_text_buffer_set_text (get_buffer (self), "The vat.", -1);
  ui_test_wait_until (has_body (self, "The vat."));
  g_assert_cmpuint (count_pictures (self), ==, 2);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  ui_test_wait_until (count_pictures (self) == 1);
  g_clear_object (&note);
  note = load (self);
  gone = stall_note_find_picture (note, shown);
  stays = stall_note_find_picture (note, other);
  g_assert_null (gone);
  g_assert_cmpstr (stays, ==, digest);
}

static char *
new_text (guint n_lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append (text,
                     "a day and a night of rain on the roof, and a vat that waits beneath it, "
                     "and never turns blue\n");
  return g_string_free (text, FALSE);
}

static void
put_body (Fixture *self, const char *body)
{
  g_autoptr (StallNote) note = load (self);
  g_autoptr (StallDocument) document = NULL;

  stall_note_set_body (note, body);
  document = stall_note_to_document (note, NULL);
  ui_test_put (&self->base, "Lengthen", document);
}

/* What does not fit is refused whole and in words; what fits is kept. */
static void
test_full (Fixture *self, gconstpointer data)
{
  g_autofree char *body = new_text (STALL_NOTE_MAX_CHARACTERS / 93);
  g_autofree char *more = new_text (1);
  g_autofree char *longer = g_strconcat (body, "!", NULL);
  int n_characters;

  put_body (self, body);
  show_page (self, stall_note_page_new (self->base.desk, stall_note_get_id (self->note)), 500);
  ui_test_wait_until (gtk_text_buffer_get_char_count (get_buffer (self)) > 0);
  n_characters = gtk_text_buffer_get_char_count (get_buffer (self));
  g_assert_cmpint (n_characters, <=, STALL_NOTE_MAX_CHARACTERS);
  gtk_text_buffer_insert_at_cursor (get_buffer (self), more, -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (get_buffer (self)), ==, n_characters);
  g_assert_nonnull (strstr (adw_toast_get_title (self->base.toast), "500,000"));
  type_at_end (self, "!");
  ui_test_wait_until (has_body (self, longer));
}

/* One that came too long is said to be, and is not touched. */
static void
test_too_long (Fixture *self, gconstpointer data)
{
  g_autofree char *body = new_text (STALL_NOTE_MAX_CHARACTERS / 93 + 1);

  put_body (self, body);
  self->page = stall_note_page_new (self->base.desk, stall_note_get_id (self->note));
  self->window = ui_test_show (GTK_WIDGET (self->page), 500, 700);
  ui_test_wait_until (ui_test_find_text (self->window, "Note Too Long to Write In") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "note.bold", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "note.save", NULL);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (has_body (self, body));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/note-editor/autosave", Fixture, NULL, set_up, test_autosave, tear_down);
  g_test_add ("/note-editor/look/wide", Fixture, GINT_TO_POINTER (0), set_up, test_look, tear_down);
  g_test_add ("/note-editor/look/narrow", Fixture, GINT_TO_POINTER (1), set_up, test_look,
              tear_down);
  g_test_add ("/note-editor/markup", Fixture, NULL, set_up, test_markup, tear_down);
  g_test_add ("/note-editor/lists-go-on", Fixture, NULL, set_up, test_lists_go_on, tear_down);
  g_test_add ("/note-editor/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/note-editor/bad-picture", Fixture, NULL, set_up, test_bad_picture, tear_down);
  g_test_add ("/note-editor/quit-while-typing", Fixture, NULL, set_up, test_quit_while_typing,
              tear_down);
  g_test_add ("/note-editor/merge", Fixture, NULL, set_up, test_merge, tear_down);
  g_test_add ("/note-editor/details", Fixture, NULL, set_up, test_details, tear_down);
  g_test_add ("/note-editor/schedule-and-history", Fixture, NULL, set_up, test_schedule_and_history,
              tear_down);
  g_test_add ("/note-editor/warning", Fixture, NULL, set_up, test_warning, tear_down);
  g_test_add ("/note-editor/spelled", Fixture, NULL, set_up, test_spelled, tear_down);
  g_test_add ("/note-editor/unused-pictures", Fixture, NULL, set_up, test_unused_pictures,
              tear_down);
  g_test_add ("/note-editor/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/note-editor/too-long", Fixture, NULL, set_up, test_too_long, tear_down);
  return g_test_run ();
}
