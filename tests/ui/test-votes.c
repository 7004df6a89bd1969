/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A poll from its first word to its decision, as its pages show it. */

#include "config.h"

#include "stall-decision-dialog.h"
#include "stall-moment-row.h"
#include "stall-poll-compare-page.h"
#include "stall-poll-editor.h"
#include "stall-poll-option-row.h"
#include "stall-poll-page.h"
#include "stall-poll-words.h"
#include "stall-product-polls.h"
#include "stall-tally-row.h"
#include "stall-votes-page.h"
#include "stall-votes.h"
#include "ui-test.h"

typedef struct
{
  UiTest base;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

/* Lilac, Plum and Sage, open since an hour. */
static StallPoll *
add_poll (Fixture *self, const char *question, const char *variant, StallTime opens_at)
{
  StallPoll *poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  StallPollOption *lilac = stall_poll_option_new ("Lilac");
  g_autoptr (StallDocument) document = NULL;

  lilac->variant = g_strdup (variant);
  g_ptr_array_add (options, lilac);
  g_ptr_array_add (options, stall_poll_option_new ("Plum"));
  g_ptr_array_add (options, stall_poll_option_new ("Sage"));
  stall_poll_set_question (poll, question);
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, opens_at);
  stall_poll_set_closes_at (poll, stall_time_now () + STALL_DAY);
  document = stall_poll_to_document (poll, "test");
  ui_test_put (&self->base, "Poll", document);
  return poll;
}

static void
cast (Fixture *self, StallPoll *poll, guint option, guint n)
{
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  g_autoptr (GArray) answers = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *voter = g_strdup_printf ("o%uv%u", option, i);

      g_ptr_array_add (votes, stall_vote_new (stall_poll_get_id (poll), voter,
                                              stall_poll_get_option (poll, option)->id,
                                              stall_time_now ()));
    }
  answers = ui_test_await (stall_store_cast_votes (get_store (self), votes));
  g_assert_cmpuint (answers->len, ==, n);
}

static GtkWidget *
show_page (Fixture *self, AdwNavigationPage *page)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  self->window = ui_test_show (view, 900, 1400);
  return self->window;
}

static gboolean
is_visible (Fixture *self, const char *text)
{
  return ui_test_find_text (self->window, text) != NULL;
}

static void
answer (Fixture *self, const char *response)
{
  AdwDialog *dialog;

  ui_test_wait_until ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window))) != NULL);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_signal_emit_by_name (dialog, "response", response);
  adw_dialog_force_close (dialog);
}

/* --- words --- */

static void
test_words (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll = add_poll (self, "Which?", NULL, stall_time_now () - STALL_HOUR);
  const struct
  {
    guint lilac, plum;
    const char *lead;
    const char *over;
  } cases[] = {
    { 0, 0, "No votes yet.", "Nobody voted." },
    { 7, 7, "It is a tie so far.", "It ended in a tie." },
    { 52, 40, "Lilac leads; ", "Lilac got the most votes, but it may be chance." },
    { 80, 20, "Lilac leads, by more than chance would give.",
      "Lilac won, by more than chance would give." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StallTally) tally = stall_tally_new (poll);
      g_autofree char *lead = NULL;
      g_autofree char *over = NULL;

      stall_tally_add_ballots (tally, "page", stall_poll_get_option (poll, 0)->id, cases[i].lilac);
      stall_tally_add_ballots (tally, "page", stall_poll_get_option (poll, 1)->id, cases[i].plum);
      lead = stall_poll_words_lead (tally, FALSE);
      over = stall_poll_words_lead (tally, TRUE);
      g_assert_true (g_str_has_prefix (lead, cases[i].lead));
      g_assert_cmpstr (over, ==, cases[i].over);
    }
}

static void
test_option_words (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll = add_poll (self, "Which?", NULL, stall_time_now () - STALL_HOUR);
  g_autoptr (StallTally) tally = stall_tally_new (poll);
  g_autofree char *lilac = NULL;
  g_autofree char *sage = NULL;

  stall_tally_add_ballots (tally, "page", stall_poll_get_option (poll, 0)->id, 62);
  stall_tally_add_ballots (tally, "page", stall_poll_get_option (poll, 1)->id, 67);
  stall_tally_add_report (tally, "market", stall_poll_get_option (poll, 0)->id, 0, 3, 3000);
  lilac = stall_poll_words_option (tally, 0);
  sage = stall_poll_words_option (tally, 2);
  g_assert_cmpstr (lilac, ==,
                   "Lilac: 62 votes, 48\u00a0%, between 40\u00a0% and 57\u00a0%; 3 deposits");
  g_assert_cmpstr (sage, ==, "Sage: 0 votes, 0\u00a0%, between 0\u00a0% and 3\u00a0%");
}

static void
test_time_words (void)
{
  const struct
  {
    StallTime left;
    const char *words;
  } cases[] = {
    { 3 * STALL_DAY + STALL_HOUR, "3 days left" },
    { 47 * STALL_HOUR, "47 hours left" },
    { 119 * STALL_MINUTE, "119 minutes left" },
    { STALL_MINUTE, "1 minute left" },
    { 1, "Less than a minute left" },
    { -STALL_HOUR, "Less than a minute left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = stall_poll_words_left (cases[i].left);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* --- the list --- */

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) open = NULL;
  g_autoptr (StallPoll) draft = NULL;
  AdwNavigationPage *page = stall_votes_page_new (self->base.desk);

  show_page (self, page);
  ui_test_wait_until (is_visible (self, "No Polls Yet"));
  open = add_poll (self, "Which colour first?", NULL, stall_time_now () - STALL_HOUR);
  draft = add_poll (self, "Which collar?", NULL, STALL_TIME_NONE);
  cast (self, open, 1, 3);
  ui_test_wait_until (is_visible (self, "Which colour first?") && is_visible (self, "Plum leads"));
  ui_test_wait_until (is_visible (self, "3 votes") && is_visible (self, "Which collar?"));
  /* The two numbers stand apart. */
  g_assert_true (is_visible (self, "0 deposits"));

  gtk_widget_activate_action (GTK_WIDGET (page), "page.state", "s", "draft");
  ui_test_wait_until (!is_visible (self, "Which colour first?")
                      && is_visible (self, "Which collar?"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.state", "s", "closed");
  ui_test_wait_until (is_visible (self, "No Polls Found"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.show-all", NULL);
  ui_test_wait_until (is_visible (self, "Which colour first?"));
}

/* --- a draft --- */

static StallPoll *
load_only_poll (Fixture *self)
{
  g_autoptr (GListModel) documents = ui_test_await (stall_store_list (get_store (self), "poll:"));
  g_autoptr (StallDocument) document = g_list_model_get_item (documents, 0);

  return document != NULL && g_list_model_get_n_items (documents) == 1
             ? stall_poll_new_from_document (document, NULL)
             : NULL;
}

static gboolean
is_saved (Fixture *self, const char *question, guint n_options)
{
  g_autoptr (StallPoll) poll = load_only_poll (self);

  return poll != NULL && g_str_equal (stall_poll_get_question (poll), question)
         && stall_poll_get_n_options (poll) == n_options;
}

static GtkWidget *
find_titled (GtkWidget *root, GType type, const char *title)
{
  GtkWidget *label = ui_test_find_text (root, title);

  return label != NULL ? gtk_widget_get_ancestor (label, type) : NULL;
}

static void
add_option (Fixture *self, const char *label)
{
  GtkWidget *row, *entry = NULL;

  ui_test_click (find_titled (self->window, GTK_TYPE_BUTTON, "Free Option"));
  ui_test_wait_until (
      (row = find_titled (self->window, STALL_TYPE_POLL_OPTION_ROW, "Option without a Label"))
      && (entry = ui_test_find_type (row, ADW_TYPE_ENTRY_ROW)));
  gtk_editable_set_text (GTK_EDITABLE (entry), label);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  ui_test_wait_until (is_visible (self, label));
}

/* Where the calendar's arrows go is what is chosen: another month shows a day of that month. */
static void
assert_arrows_count (StallMomentRow *row)
{
  StallTime before = stall_moment_row_get_moment (row);
  GtkCalendar *calendar;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_test_wait_until (ui_test_find_type (GTK_WIDGET (row), GTK_TYPE_CALENDAR) != NULL);
  calendar = GTK_CALENDAR (ui_test_find_type (GTK_WIDGET (row), GTK_TYPE_CALENDAR));
  g_object_set (calendar, "year", gtk_calendar_get_year (calendar) + 1, NULL);
  g_assert_cmpint (stall_moment_row_get_moment (row), >, before + 300 * STALL_DAY);
  g_object_set (calendar, "year", gtk_calendar_get_year (calendar) - 1, NULL);
  g_assert_cmpint (stall_moment_row_get_moment (row), <, before + 2 * STALL_DAY);
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  AdwNavigationPage *page = stall_poll_page_new (self->base.desk, NULL);
  g_autoptr (StallPoll) poll = NULL;
  GtkWidget *question, *closes;

  show_page (self, page);
  ui_test_wait_until ((question = find_titled (self->window, ADW_TYPE_ENTRY_ROW, "Question")));
  gtk_editable_set_text (GTK_EDITABLE (question), "Which collar?");
  /* The title follows at once, not with the next save. */
  g_assert_cmpstr (adw_navigation_page_get_title (page), ==, "Which collar?");
  add_option (self, "Round");
  ui_test_wait_until (is_saved (self, "Which collar?", 1));

  /* One option is no choice. */
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==,
                   "A poll needs two options or more. Add another one.");
  g_clear_object (&self->base.toast);
  add_option (self, "Stand-up");

  /* Nor is a poll that never ends one, nor one that ended before it began. */
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==,
                   "Say when the poll closes, or after how many votes or deposits.");
  g_clear_object (&self->base.toast);
  closes = ui_test_find_type (self->window, STALL_TYPE_MOMENT_ROW);
  stall_moment_row_set_moment (STALL_MOMENT_ROW (closes), stall_time_now () - STALL_DAY);
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==,
                   "The close is in the past. Choose a later time.");

  stall_moment_row_set_moment (STALL_MOMENT_ROW (closes), stall_time_now () + STALL_DAY);
  assert_arrows_count (STALL_MOMENT_ROW (closes));
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  answer (self, "yes");
  ui_test_wait_until (is_visible (self, "Show to the Audience"));
  poll = load_only_poll (self);
  g_assert_true (stall_poll_is_frozen (poll, stall_time_now ()));
  g_assert_cmpstr (stall_poll_get_option (poll, 1)->label, ==, "Stand-up");
}

static char *
add_product (Fixture *self, const char *title, const char *variant_title)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (product, title);
  stall_variant_set_option (variant, "Colour", variant_title);
  stall_product_add_variant (product, variant);
  ui_test_add_product (&self->base, product);
  return g_strdup (stall_variant_get_id (variant));
}

static void
pick (Fixture *self, const char *variant)
{
  const char *const ids[] = { variant, NULL };
  g_autoptr (GListModel) rows = ui_test_await (stall_store_variant_rows (get_store (self), ids));
  g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, 0);
  AdwDialog *picker;

  ui_test_click (find_titled (self->window, GTK_TYPE_BUTTON, "From Inventory"));
  ui_test_wait_until ((picker = adw_window_get_visible_dialog (ADW_WINDOW (self->window))));
  g_signal_emit_by_name (picker, "picked", row);
  adw_dialog_force_close (picker);
}

/* “XL” beside another product would say nothing. */
static void
test_picked_labels (Fixture *self, gconstpointer data)
{
  g_autofree char *moss = add_product (self, "Cloud Hat", "Moss");
  g_autofree char *walnut = add_product (self, "Cloud Trousers", "Walnut / XL");
  g_autoptr (StallPoll) poll = NULL;

  show_page (self, stall_poll_page_new (self->base.desk, NULL));
  ui_test_wait_until (is_visible (self, "From Inventory"));
  pick (self, moss);
  pick (self, walnut);
  ui_test_wait_until (is_saved (self, "", 2));
  poll = load_only_poll (self);
  g_assert_cmpstr (stall_poll_get_option (poll, 0)->label, ==, "Moss");
  g_assert_cmpstr (stall_poll_get_option (poll, 1)->label, ==, "Cloud Trousers · Walnut / XL");
}

static void
type_more_cb (StallStore *store, guint kinds, StallPollEditor *editor)
{
  g_signal_handlers_disconnect_by_func (store, type_more_cb, editor);
  stall_poll_set_question (stall_poll_editor_get_poll (editor), "Which collar shall it be?");
  stall_poll_editor_touch (editor);
}

/* What is typed while the words before it are being saved is not lost. */
static void
test_typing_on (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPollEditor) editor = stall_poll_editor_new (self->base.desk);

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *question = g_strdup_printf ("Which %u?", round);

      g_signal_connect (get_store (self), "changed", G_CALLBACK (type_more_cb), editor);
      stall_poll_set_question (stall_poll_editor_get_poll (editor), question);
      stall_poll_editor_touch (editor);
      ui_test_await_boolean (stall_poll_editor_settle (editor));
      g_assert_cmpstr (stall_poll_get_question (stall_poll_editor_get_poll (editor)), ==,
                       "Which collar shall it be?");
      g_assert_true (is_saved (self, "Which collar shall it be?", 0));
    }
}

static void
wait_for_toast (Fixture *self, const char *title)
{
  ui_test_wait_until (self->base.toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==, title);
  g_clear_object (&self->base.toast);
}

static StallTime
stored_opening (Fixture *self)
{
  g_autoptr (StallPoll) poll = load_only_poll (self);

  return stall_poll_get_opens_at (poll);
}

/* A poll opens by itself at a set time, which may be moved and taken back until then. */
static void
test_schedule (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll = add_poll (self, "Which collar?", NULL, STALL_TIME_NONE);
  AdwNavigationPage *page = stall_poll_page_new (self->base.desk, stall_poll_get_id (poll));
  StallTime soon = stall_time_now () + STALL_HOUR;
  StallMomentRow *opens;

  show_page (self, page);
  ui_test_wait_until (is_visible (self, "Sage") && is_visible (self, "Open Poll…"));
  opens = STALL_MOMENT_ROW (find_titled (self->window, STALL_TYPE_MOMENT_ROW, "At a Set Time"));

  stall_moment_row_set_moment (opens, stall_time_now () - STALL_HOUR);
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  wait_for_toast (self, "The opening is in the past. Choose a later time.");
  stall_moment_row_set_moment (opens, soon);
  g_assert_true (is_visible (self, "Schedule Opening…"));
  g_assert_cmpint (stored_opening (self), ==, STALL_TIME_NONE);
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.open", NULL);
  answer (self, "yes");
  ui_test_wait_until (stored_opening (self) == soon);
  ui_test_wait_until (is_visible (self, "Opens on ") && is_visible (self, "Open Now…"));
  ui_test_save_picture (self->window, "poll-scheduled");

  stall_moment_row_set_moment (opens, stall_time_now () - STALL_HOUR);
  wait_for_toast (self, "The opening is in the past. Choose a later time.");
  ui_test_wait_until (stall_moment_row_get_moment (opens) == soon);
  stall_moment_row_set_moment (opens, soon + STALL_HOUR);
  ui_test_wait_until (stored_opening (self) == soon + STALL_HOUR);
  ui_test_click (ui_test_find_button (self->window, "Do Not Open"));
  ui_test_wait_until (stored_opening (self) == STALL_TIME_NONE);
  ui_test_wait_until (is_visible (self, "Open Poll…"));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (stored_opening (self) == soon + STALL_HOUR);
  ui_test_wait_until (is_visible (self, "Open Now…"));

  /* Its time comes while somebody looks. */
  stall_moment_row_set_moment (opens, stall_time_now () + STALL_SECOND);
  ui_test_wait_until (is_visible (self, "Show to the Audience"));
  g_assert_true (is_visible (self, "No votes yet."));
  g_assert_false (is_visible (self, "Do Not Open"));
}

/* An edit of a draft is undone in its form; a deleted draft comes back. */
static void
test_undo_draft (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll = add_poll (self, "Which collar?", NULL, STALL_TIME_NONE);
  AdwNavigationPage *page = stall_poll_page_new (self->base.desk, stall_poll_get_id (poll));
  GtkWidget *question;

  show_page (self, page);
  ui_test_wait_until ((question = find_titled (self->window, ADW_TYPE_ENTRY_ROW, "Question"))
                      && is_visible (self, "Sage"));
  gtk_editable_set_text (GTK_EDITABLE (question), "Which cuff?");
  ui_test_wait_until (is_saved (self, "Which cuff?", 3));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (
      g_str_equal (gtk_editable_get_text (GTK_EDITABLE (question)), "Which collar?"));

  gtk_widget_activate_action (GTK_WIDGET (page), "poll.delete", NULL);
  ui_test_wait_until (is_visible (self, "Poll Not Here"));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (is_visible (self, "Sage"));
}

/* --- an open poll, its close, its decision --- */

static void
test_live (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll
      = add_poll (self, "Which colour first?", NULL, stall_time_now () - STALL_HOUR);
  g_autofree char *wrong = NULL;
  GtkWidget *row;

  show_page (self, stall_poll_page_new (self->base.desk, stall_poll_get_id (poll)));
  ui_test_wait_until (is_visible (self, "No votes yet."));
  cast (self, poll, 0, 12);
  cast (self, poll, 1, 9);
  ui_test_wait_until (is_visible (self, "12 votes") && is_visible (self, "9 votes"));
  ui_test_wait_until (is_visible (self, "Lilac leads; "));
  row = ui_test_find_type (self->window, STALL_TYPE_TALLY_ROW);
  wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Lilac: 12 votes, 57\u00a0%, between 37\u00a0% and 76\u00a0%");
  g_assert_cmpstr (wrong, ==, NULL);
  /* Rows stay the same widgets while votes come in. */
  cast (self, poll, 2, 4);
  ui_test_wait_until (is_visible (self, "4 votes"));
  g_assert_true (row == ui_test_find_type (self->window, STALL_TYPE_TALLY_ROW));
}

static void
test_decide (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll
      = add_poll (self, "Which colour first?", NULL, stall_time_now () - STALL_HOUR);
  AdwNavigationPage *page = stall_poll_page_new (self->base.desk, stall_poll_get_id (poll));
  GtkWidget *quantity;
  AdwDialog *dialog;

  show_page (self, page);
  cast (self, poll, 0, 8);
  ui_test_wait_until (is_visible (self, "8 votes"));
  gtk_widget_activate_action (GTK_WIDGET (page), "poll.close-now", NULL);
  answer (self, "yes");
  ui_test_wait_until (is_visible (self, "The vote is over."));
  /* The desk makes ballots of what lay in the box. */
  ui_test_wait_until (({
    g_autoptr (GListModel) ballots = ui_test_await (stall_store_list (get_store (self), "ballot:"));

    g_list_model_get_n_items (ballots) == 8;
  }));
  g_assert_true (is_visible (self, "Not enough history yet."));

  gtk_widget_activate_action (GTK_WIDGET (page), "poll.decide", NULL);
  ui_test_wait_until ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window))));
  ui_test_wait_until ((quantity = find_titled (GTK_WIDGET (dialog), ADW_TYPE_SPIN_ROW, "Pieces")));
  ui_test_click (ui_test_find_button (GTK_WIDGET (dialog), "Decide"));
  ui_test_wait_until (ui_test_find_text (GTK_WIDGET (dialog), "Say how many pieces are made."));
  adw_spin_row_set_value (ADW_SPIN_ROW (quantity), 60);
  ui_test_click (ui_test_find_button (GTK_WIDGET (dialog), "Decide"));
  ui_test_wait_until (is_visible (self, "Make: Lilac, 60 pieces"));
  g_assert_true (is_visible (self, "8 votes → 60 pieces decided → 0 pieces sold since"));

  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (is_visible (self, "The vote is over."));
  /* The close itself is not undone. */
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (!is_visible (self, "Make: Lilac"));
  g_assert_true (is_visible (self, "The vote is over."));
}

/* Deposits are the platform's to count; the poll closes with them while somebody looks. */
static void
test_deposits (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) poll = stall_poll_new ();
  g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);
  g_autoptr (StallDocument) document = NULL;

  g_ptr_array_add (options, stall_poll_option_new ("Lilac"));
  g_ptr_array_add (options, stall_poll_option_new ("Plum"));
  stall_poll_set_question (poll, "Which?");
  stall_poll_set_options (poll, options);
  stall_poll_set_opens_at (poll, stall_time_now () - STALL_HOUR);
  stall_poll_set_threshold_deposits (poll, 2);
  document = stall_poll_to_document (poll, "test");
  ui_test_put (&self->base, "Poll", document);
  show_page (self, stall_poll_page_new (self->base.desk, stall_poll_get_id (poll)));
  ui_test_wait_until (is_visible (self, "deposits until it closes"));
  for (guint n = 1; n <= 2; n++)
    {
      g_autofree char *id
          = g_strdup_printf ("tally:%s:live%u", strchr (stall_poll_get_id (poll), ':') + 1, n);
      g_autofree char *text = g_strdup_printf (
          "{\"kind\":\"tally\",\"deposits\":{\"%s\":{\"count\":1,\"money\":{\"amount\":9900,"
          "\"currency\":\"CNY\"}}},\"as_of\":\"2026-05-01T00:00:00Z\"}",
          stall_poll_get_option (poll, 1)->id);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (StallDocument) tally = stall_document_new (id, body);

      ui_test_put (&self->base, "Tally", tally);
      if (n == 1)
        ui_test_wait_until (is_visible (self, "Deposit · ¥99.00"));
    }
  ui_test_wait_until (is_visible (self, "The vote is over.")
                      && is_visible (self, "Deposits · ¥198.00"));
}

static gboolean
has_stage (Fixture *self, const char *product_id, StallStage stage)
{
  g_autoptr (StallDocument) document
      = ui_test_await (stall_store_load (get_store (self), product_id));
  g_autoptr (StallProduct) product = stall_product_new_from_document (document, NULL);

  return stall_product_get_stage (product) == stage;
}

static void
sell (Fixture *self, const char *variant, int quantity)
{
  g_autofree char *id = stall_id_new (STALL_KIND_ORDER);
  g_autoptr (StallOrder) order = stall_order_new (id, "1", "CNY");
  StallOrderLine line = { .variant = variant, .quantity = quantity, .price = 80000 };
  g_autoptr (StallOrderEvent) paid = NULL;
  g_autoptr (StallDocument) order_document = NULL;
  g_autoptr (StallDocument) paid_document = NULL;
  StallTime now = stall_time_now ();

  stall_order_set_times (order, now, now + 2 * STALL_DAY);
  stall_order_add_line (order, &line);
  paid = stall_order_event_new (id, STALL_STEP_PAID, now);
  order_document = stall_order_to_document (order, "test");
  paid_document = stall_order_event_to_document (paid, "test");
  ui_test_put (&self->base, "Order", order_document);
  ui_test_put (&self->base, "Paid", paid_document);
}

/* Votes → decision → the product's stage → pieces sold, and the decision taken back and again. */
static void
test_turned_into (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallDecision) decision = NULL;
  const char *id;

  stall_product_set_title (product, "Suit");
  stall_product_set_stage (product, STALL_STAGE_TESTING);
  stall_product_add_variant (product, variant);
  ui_test_add_product (&self->base, product);
  id = stall_product_get_id (product);
  poll = add_poll (self, "Which?", stall_variant_get_id (variant), stall_time_now () - STALL_HOUR);
  cast (self, poll, 0, 8);
  g_boxed_free (STALL_TYPE_RECEIPT, ui_test_await (stall_store_close_poll (
                                        get_store (self), stall_poll_get_id (poll))));
  show_page (self, stall_poll_page_new (self->base.desk, stall_poll_get_id (poll)));
  decision = stall_decision_new (stall_poll_get_id (poll), STALL_OUTCOME_MAKE,
                                 stall_poll_get_option (poll, 0)->id, 60, "They asked for it",
                                 stall_time_now ());
  g_boxed_free (STALL_TYPE_RECEIPT,
                ui_test_await (stall_store_decide (get_store (self), decision)));
  ui_test_wait_until (is_visible (self, "8 votes → 60 pieces decided → 0 pieces sold since"));
  g_assert_true (has_stage (self, id, STALL_STAGE_PRODUCTION));

  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (is_visible (self, "The vote is over."));
  g_assert_true (has_stage (self, id, STALL_STAGE_TESTING));
  stall_desk_redo (self->base.desk);
  ui_test_wait_until (is_visible (self, "8 votes → 60 pieces decided → 0 pieces sold since"));
  g_assert_true (has_stage (self, id, STALL_STAGE_PRODUCTION));

  sell (self, stall_variant_get_id (variant), 3);
  ui_test_wait_until (is_visible (self, "8 votes → 60 pieces decided → 3 pieces sold since"));
}

/* --- elsewhere --- */

static void
test_compare (Fixture *self, gconstpointer data)
{
  g_autoptr (StallPoll) one = add_poll (self, "Which one?", NULL, stall_time_now () - STALL_HOUR);
  g_autoptr (StallPoll) other
      = add_poll (self, "Which other?", NULL, stall_time_now () - STALL_HOUR);
  const char *ids[] = { stall_poll_get_id (one), stall_poll_get_id (other), NULL };

  cast (self, one, 1, 6);
  show_page (self, stall_poll_compare_page_new (self->base.desk, ids));
  ui_test_wait_until (is_visible (self, "Which one?") && is_visible (self, "Which other?"));
  g_assert_true (is_visible (self, "Plum") && is_visible (self, "between 61\u00a0%"));
  cast (self, other, 2, 5);
  ui_test_wait_until (is_visible (self, "Sage"));
}

static void
test_product (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autoptr (StallPoll) poll = NULL;
  StallProductPolls *group = g_object_new (STALL_TYPE_PRODUCT_POLLS, NULL);

  stall_product_set_title (product, "Suit");
  stall_product_add_variant (product, variant);
  ui_test_add_product (&self->base, product);
  stall_product_polls_set_product (group, self->base.desk, stall_product_get_id (product));
  self->window = ui_test_show (GTK_WIDGET (group), 400, 300);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (group)));
  poll = add_poll (self, "Lilac or not?", stall_variant_get_id (variant),
                   stall_time_now () - STALL_HOUR);
  ui_test_wait_until (gtk_widget_get_visible (GTK_WIDGET (group)));
  ui_test_wait_until (is_visible (self, "Lilac or not?"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(path, test) g_test_add ("/votes/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("words", test_words);
  ADD ("option-words", test_option_words);
  g_test_add_func ("/votes/time-words", test_time_words);
  ADD ("list", test_list);
  ADD ("draft", test_draft);
  ADD ("picked-labels", test_picked_labels);
  ADD ("typing-on", test_typing_on);
  ADD ("schedule", test_schedule);
  ADD ("undo-draft", test_undo_draft);
  ADD ("live", test_live);
  ADD ("decide", test_decide);
  ADD ("deposits", test_deposits);
  ADD ("turned-into", test_turned_into);
  ADD ("compare", test_compare);
  ADD ("product", test_product);
#undef ADD
  return g_test_run ();
}
