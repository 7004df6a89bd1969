/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A note while it is written. */

#include "config.h"

#include "stall-note-markup.h"
#include "stall-note-page.h"
#include "stall-note-text.h"
#include "stall-versions.h"
#include "ui-test.h"

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
  ui_test_wait_until (
      g_str_equal (stall_note_text_dup_text (get_text (self)), "It takes nine dips.\n"));
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
  return g_test_run ();
}
