/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All notes, and what is done with one as a whole. */

#include "config.h"

#include "stall-note-card.h"
#include "stall-note-figures.h"
#include "stall-note-filters.h"
#include "stall-note-history-dialog.h"
#include "stall-note-page.h"
#include "stall-note-schedule-dialog.h"
#include "stall-notes-page.h"
#include "stall-query-model.h"
#include "ui-test.h"

#define N_MANY 1500
#define MAX_LIVE 600 /* a grid keeps a few screens of cards, however long it is */

typedef struct
{
  UiTest base;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static void
show_page (Fixture *self)
{
  self->page = GTK_WIDGET (stall_notes_page_new (self->base.desk));
  self->window = ui_test_show (self->page, 900, 700);
}

/* Adds a note; its id. */
static char *
add_note (Fixture *self, const char *title, StallNoteState state, StallTime at)
{
  g_autoptr (StallNote) note = stall_note_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *body = g_strdup_printf ("%s, told at length.\n", title);

  stall_note_set_title (note, title);
  stall_note_set_body (note, body);
  if (state == STALL_NOTE_SCHEDULED)
    stall_note_schedule (note, at);
  else if (state == STALL_NOTE_PUBLISHED)
    stall_note_publish (note, at);
  document = stall_note_to_document (note, "test");
  ui_test_put (&self->base, "New note", document);
  return g_strdup (stall_note_get_id (note));
}

static StallNote *
load_note (Fixture *self, const char *id)
{
  g_autoptr (StallDocument) document = ui_test_await (stall_store_load (get_store (self), id));

  return stall_note_new_from_document (document, NULL);
}

static GListModel *
get_model (Fixture *self)
{
  GtkWidget *grid = ui_test_find_type (self->page, GTK_TYPE_GRID_VIEW);

  return grid != NULL ? G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (grid))) : NULL;
}

static guint
count_shown (Fixture *self)
{
  GListModel *model = get_model (self);

  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

static guint
count_cards (GtkWidget *root)
{
  guint n = STALL_IS_NOTE_CARD (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_cards (child);
  return n;
}

static void
add_some (Fixture *self)
{
  StallTime now = stall_time_now ();

  g_free (add_note (self, "Nine dips a night", STALL_NOTE_DRAFT, 0));
  g_free (add_note (self, "蓝染的九个夜晚", STALL_NOTE_DRAFT, 0));
  g_free (add_note (self, "Rain on the roof", STALL_NOTE_SCHEDULED, now + STALL_DAY));
  g_free (add_note (self, "The lane at six", STALL_NOTE_SCHEDULED, now - STALL_HOUR));
  g_free (add_note (self, "What sold first", STALL_NOTE_PUBLISHED, now - 3 * STALL_DAY));
}

/* Every choice says how many its list shows. */
static void
test_counts (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *show;
    const char *label;
    guint n;
  } cases[] = {
    { "all", "All 5", 5 },     { "drafts", "Drafts 2", 2 },       { "scheduled", "Scheduled 2", 2 },
    { "ready", "Ready 1", 1 }, { "published", "Published 1", 1 },
  };

  show_page (self);
  ui_test_wait_until (ui_test_find_text (self->page, "No Notes Yet") != NULL);
  add_some (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ui_test_wait_until (ui_test_find_button (self->page, cases[i].label) != NULL);
      gtk_widget_activate_action (self->page, "page.show", "s", cases[i].show);
      ui_test_wait_until (count_shown (self) == cases[i].n);
    }
  g_assert_null (ui_test_find_button (self->page, "Problems 0"));
  gtk_widget_activate_action (self->page, "page.show", "s", "ready");
  ui_test_wait_until (ui_test_find_text (self->page, "Ready, waits for the next sync") != NULL);
  gtk_widget_activate_action (self->page, "page.show", "s", "all");
  ui_test_wait_until (count_shown (self) == 5);
  ui_test_save_picture (self->window, "notes-page");
}

static void
search (Fixture *self, const char *text)
{
  GtkWidget *entry;

  gtk_widget_activate_action (self->page, "page.search", NULL);
  ui_test_wait_until ((entry = ui_test_find_type (self->page, GTK_TYPE_SEARCH_ENTRY)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_search (Fixture *self, gconstpointer data)
{
  add_some (self);
  show_page (self);
  ui_test_wait_until (count_shown (self) == 5);
  search (self, "roo");
  ui_test_wait_until (count_shown (self) == 1);
  ui_test_wait_until (ui_test_find_text (self->page, "Rain on the roof") != NULL);
  search (self, "夜晚");
  ui_test_wait_until (ui_test_find_text (self->page, "蓝染的九个夜晚") != NULL);
  g_assert_cmpuint (count_shown (self), ==, 1);
  search (self, "nothing like it");
  ui_test_wait_until (ui_test_find_text (self->page, "No Notes Found") != NULL);
  ui_test_click (ui_test_find_button (self->page, "Show All Notes"));
  ui_test_wait_until (count_shown (self) == 5);
}

static void
test_lazy (Fixture *self, gconstpointer data)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Many");

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (StallNote) note = stall_note_new ();
      g_autoptr (StallDocument) document = NULL;
      g_autofree char *title = g_strdup_printf ("Note %u", i);

      stall_note_set_title (note, title);
      document = stall_note_to_document (note, "test");
      stall_change_set_put (changes, document);
    }
  g_boxed_free (STALL_TYPE_RECEIPT, ui_test_await (stall_store_apply (get_store (self), changes)));
  show_page (self);
  ui_test_wait_until (count_shown (self) == N_MANY);
  ui_test_wait_until (ui_test_find_text (self->page, "Note 1499") != NULL);
  g_assert_cmpuint (count_cards (self->page), <, MAX_LIVE);
}

/* A time that is over is refused; the last choice of a later one counts. */
static void
test_schedule (Fixture *self, gconstpointer data)
{
  g_autofree char *id = add_note (self, "Rain on the roof", STALL_NOTE_DRAFT, 0);
  g_autoptr (StallNote) note = NULL;
  GtkWidget *button, *calendar;
  g_autoptr (GDateTime) past = g_date_time_new_local (2020, 2, 3, 0, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_new_local (2099, 2, 3, 0, 0, 0);

  show_page (self);
  ui_test_wait_until (count_shown (self) == 1);
  stall_note_schedule_dialog_present (self->page, self->base.desk, id, STALL_TIME_NONE);
  ui_test_wait_until ((calendar = ui_test_find_type (self->window, GTK_TYPE_CALENDAR)) != NULL);
  g_assert_null (ui_test_find_button (self->window, "Back to Draft"));
  button = ui_test_find_button (self->window, "Schedule");
  g_assert_true (gtk_widget_is_sensitive (button));
  gtk_calendar_select_day (GTK_CALENDAR (calendar), past);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_nonnull (ui_test_find_text (self->window, "This time is over. Choose a later one."));
  gtk_calendar_select_day (GTK_CALENDAR (calendar), later);
  ui_test_save_picture (self->window, "note-schedule");
  ui_test_click (button);
  ui_test_wait_until (self->base.toast != NULL);
  note = load_note (self, id);
  g_assert_cmpint (stall_note_get_state (note), ==, STALL_NOTE_SCHEDULED);
  g_assert_cmpint (stall_note_get_publish_at (note), >, g_date_time_to_unix (later) * STALL_SECOND);
  ui_test_wait_until (ui_test_find_text (self->page, "Scheduled for 3 Feb 2099, 20:00") != NULL);
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (ui_test_find_text (self->page, "Draft, today") != NULL);
}

static void
test_history (Fixture *self, gconstpointer data)
{
  g_autofree char *id = add_note (self, "First words", STALL_NOTE_DRAFT, 0);
  g_autoptr (StallNote) note = load_note (self, id);
  g_autoptr (StallNote) restored = NULL;
  g_autoptr (StallDocument) document = NULL;
  GtkWidget *list;

  stall_note_set_title (note, "Second words");
  document = stall_note_to_document (note, "test");
  ui_test_put (&self->base, "Edit the title", document);
  show_page (self);
  ui_test_wait_until (count_shown (self) == 1);
  stall_note_history_dialog_present (self->page, self->base.desk, id);
  ui_test_wait_until ((list = ui_test_find_type (self->window, GTK_TYPE_LIST_VIEW)) != NULL);
  ui_test_wait_until (ui_test_find_text (self->window, "Edit the title") != NULL);
  ui_test_save_picture (self->window, "note-history");
  g_signal_emit_by_name (list, "activate", 1);
  ui_test_wait_until (ui_test_find_button (self->window, "Restore") != NULL);
  ui_test_save_picture (self->window, "note-version");
  ui_test_click (ui_test_find_button (self->window, "Restore"));
  ui_test_wait_until (ui_test_find_text (self->page, "First words") != NULL);
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (ui_test_find_text (self->page, "Second words") != NULL);
}

/* A new note is made by its template and opened; a duplicate is a draft; deleting can be undone. */
static void
test_steps (Fixture *self, gconstpointer data)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  GtkWidget *template, *grid;
  g_autoptr (StallNoteRow) row = NULL;
  g_autoptr (StallNote) note = NULL;

  self->page = GTK_WIDGET (stall_notes_page_new (self->base.desk));
  adw_navigation_view_add (view, ADW_NAVIGATION_PAGE (self->page));
  self->window = ui_test_show (GTK_WIDGET (view), 900, 700);
  ui_test_wait_until (ui_test_find_text (self->page, "No Notes Yet") != NULL);
  gtk_widget_activate_action (self->page, "page.new", NULL);
  ui_test_wait_until ((template = ui_test_find_text (self->window, "Making Of")) != NULL);
  ui_test_save_picture (self->window, "note-templates");
  adw_action_row_activate (
      ADW_ACTION_ROW (gtk_widget_get_ancestor (template, ADW_TYPE_ACTION_ROW)));
  g_assert_true (STALL_IS_NOTE_PAGE (adw_navigation_view_get_visible_page (view)));
  adw_navigation_view_pop (view);
  ui_test_wait_until (count_shown (self) == 1);

  grid = ui_test_find_type (self->page, GTK_TYPE_GRID_VIEW);
  ui_test_wait_until (ui_test_find_type (grid, STALL_TYPE_NOTE_CARD) != NULL);
  ui_test_wait_until (ui_test_find_text (grid, "Untitled note") != NULL);
  row = g_list_model_get_item (get_model (self), 0);
  note = load_note (self, stall_note_row_get_id (row));
  g_assert_cmpint (stall_note_get_template (note), ==, STALL_TEMPLATE_MAKING_OF);
  g_assert_cmpstr (stall_note_get_body (note), !=, "");
  gtk_widget_grab_focus (gtk_widget_get_first_child (grid));
  gtk_widget_activate_action (self->page, "note.duplicate", NULL);
  ui_test_wait_until (count_shown (self) == 2);
  ui_test_wait_until (ui_test_find_text (grid, "Untitled note (Copy)") != NULL);
  gtk_widget_grab_focus (gtk_widget_get_first_child (grid));
  gtk_widget_activate_action (self->page, "note.delete", NULL);
  ui_test_wait_until (count_shown (self) == 1);
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (count_shown (self) == 2);
}

static gboolean
is_seen_ahead (Fixture *self, guint n_ready)
{
  const StallFigures *figures = stall_desk_get_figures (self->base.desk);

  return figures->note_at != STALL_TIME_NONE || figures->n_notes_ready > n_ready;
}

/* Whatever page is open, a note whose time comes says so. On a busy machine its time may pass
 * before the stall has looked: then another is scheduled further ahead. */
static void
test_time_comes (Fixture *self, gconstpointer data)
{
  guint n_ready = 0;

  self->window = ui_test_show (gtk_label_new ("Today"), 400, 300);
  for (StallTime ahead = STALL_SECOND; TRUE; ahead *= 2)
    {
      g_autofree char *id
          = add_note (self, "Rain", STALL_NOTE_SCHEDULED, stall_time_now () + ahead);

      ui_test_wait_until (is_seen_ahead (self, n_ready));
      n_ready = stall_desk_get_figures (self->base.desk)->n_notes_ready;
      if (stall_desk_get_figures (self->base.desk)->note_at != STALL_TIME_NONE)
        break;
    }
  g_clear_object (&self->base.toast);
  ui_test_wait_until (stall_desk_get_figures (self->base.desk)->n_notes_ready == n_ready + 1);
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==,
                   "A note is ready. The market publishes it after the next sync.");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/notes-page/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/notes-page/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/notes-page/lazy", Fixture, NULL, set_up, test_lazy, tear_down);
  g_test_add ("/notes-page/schedule", Fixture, NULL, set_up, test_schedule, tear_down);
  g_test_add ("/notes-page/history", Fixture, NULL, set_up, test_history, tear_down);
  g_test_add ("/notes-page/steps", Fixture, NULL, set_up, test_steps, tear_down);
  g_test_add ("/notes-page/time-comes", Fixture, NULL, set_up, test_time_comes, tear_down);
  return g_test_run ();
}
