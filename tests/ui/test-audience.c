/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A poll as the audience sees it. */

#include "config.h"

#include "stall-audience-option.h"
#include "stall-audience-window.h"
#include "stall-poll-page.h"
#include "stall-qr-view.h"
#include "stall-votes-page.h"
#include "stall-votes.h"
#include "ui-test.h"

typedef struct
{
  UiTest base;
  StallPoll *poll;
  StallVoteServer *server;
} Fixture;

static const char *const labels[] = { "Lilac", "Plum 梅", "Sage" };

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

static void
save_poll (Fixture *self)
{
  g_boxed_free (STALL_TYPE_RECEIPT,
                ui_test_await (stall_store_save_poll (get_store (self), self->poll)));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) options = NULL;

  ui_test_set_up (&self->base);
  self->server = stall_desk_get_vote_server (self->base.desk);
  self->poll = stall_poll_new ();
  options = stall_poll_dup_options (self->poll);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      StallPollOption *option = stall_poll_option_new (labels[i]);

      option->price = 80000;
      option->currency = g_strdup ("CNY");
      g_ptr_array_add (options, option);
    }
  stall_poll_set_question (self->poll, "Which colour shall the linen suit have?");
  stall_poll_set_options (self->poll, options);
  stall_poll_set_closes_at (self->poll, stall_time_now () + STALL_HOUR);
  stall_poll_set_hidden (self->poll, GPOINTER_TO_INT (data));
}

static void
open_poll (Fixture *self)
{
  stall_poll_set_opens_at (self->poll, stall_time_now () - STALL_SECOND);
  save_poll (self);
}

static GtkWidget *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (STALL_IS_AUDIENCE_WINDOW (window))
        return window;
    }
  return NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  stall_vote_server_stop (self->server);
  ui_test_wait_until (find_window () == NULL);
  g_object_unref (self->poll);
  ui_test_tear_down (&self->base);
}

static GtkWidget *
show (Fixture *self)
{
  stall_audience_window_present (self->base.desk, stall_poll_get_id (self->poll));
  return find_window ();
}

static void
vote (Fixture *self, const char *voter, guint option)
{
  g_autoptr (GPtrArray) votes = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_vote_free);
  GArray *answers;

  g_ptr_array_add (votes, stall_vote_new (stall_poll_get_id (self->poll), voter,
                                          stall_poll_get_option (self->poll, option)->id,
                                          stall_time_now ()));
  answers = ui_test_await (stall_store_cast_votes (get_store (self), votes));
  g_assert_cmpint (g_array_index (answers, int, 0), <=, STALL_VOTE_CHANGED);
  g_array_unref (answers);
}

static GtkWidget *
find_code (GtkWidget *window)
{
  return ui_test_find_type (window, STALL_TYPE_QR_VIEW);
}

static void
test_open (Fixture *self, gconstpointer data)
{
  GtkWidget *window;

  open_poll (self);
  g_assert_false (stall_vote_server_get_running (self->server));
  window = show (self);
  ui_test_wait_until (stall_vote_server_get_running (self->server));
  ui_test_wait_until (ui_test_find_text (window, "Plum 梅"));
  g_assert_nonnull (ui_test_find_text (window, "Which colour"));
  g_assert_nonnull (ui_test_find_text (window, "0 votes · Closes on"));
  if (stall_vote_server_can_be_reached ())
    {
      ui_test_wait_until (find_code (window));
      g_assert_cmpstr (stall_qr_view_get_text (STALL_QR_VIEW (find_code (window))), ==,
                       stall_vote_server_get_url (self->server));
      g_assert_nonnull (ui_test_find_text (window, stall_vote_server_get_url (self->server)));
    }
  else
    ui_test_wait_until (ui_test_find_text (window, "No Network"));
  vote (self, "0123456789abcdef0123456789abcdef", 1);
  /* The page tells of votes that came through it; this one came past it. */
  g_signal_emit_by_name (self->server, "voted", 1);
  ui_test_wait_until (ui_test_find_text (window, "1 vote · 100"));
  ui_test_save_picture (window, "audience");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_false (stall_vote_server_get_running (self->server));
}

static void
test_kept (Fixture *self, gconstpointer data)
{
  GtkWidget *window;
  g_autofree char *url = NULL;

  open_poll (self);
  window = show (self);
  ui_test_wait_until (stall_vote_server_get_running (self->server));
  url = g_strdup (stall_vote_server_get_url (self->server));
  gtk_widget_activate_action (window, "audience.keep-on", NULL);
  g_assert_true (stall_vote_server_get_kept (self->server));
  gtk_window_close (GTK_WINDOW (window));
  ui_test_wait_until (find_window () == NULL);
  g_assert_true (stall_vote_server_get_running (self->server));
  window = show (self);
  ui_test_wait_until (ui_test_find_text (window, "Lilac"));
  g_assert_cmpstr (stall_vote_server_get_url (self->server), ==, url);
  /* Turned off elsewhere, there is nothing to show. */
  stall_vote_server_stop (self->server);
  g_assert_false (stall_vote_server_get_kept (self->server));
  ui_test_wait_until (find_window () == NULL);
}

static GtkWidget *
show_page (AdwNavigationPage *page)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), page);
  return ui_test_show (view, 700, 700);
}

/* A page that is on without its window is seen, and turned off where it is seen. */
static void
test_seen (Fixture *self, gconstpointer data)
{
  GtkWidget *votes, *poll, *window;

  open_poll (self);
  votes = show_page (stall_votes_page_new (self->base.desk));
  poll = show_page (stall_poll_page_new (self->base.desk, stall_poll_get_id (self->poll)));
  ui_test_wait_until (ui_test_find_text (poll, "Show to the Audience"));
  g_assert_null (ui_test_find_text (poll, "Phones can open"));
  window = show (self);
  ui_test_wait_until (stall_vote_server_get_running (self->server));
  stall_vote_server_set_kept (self->server, TRUE);
  gtk_window_close (GTK_WINDOW (window));
  ui_test_wait_until (find_window () == NULL);
  ui_test_wait_until (ui_test_find_text (poll, "Phones can open the vote page of this poll"));
  ui_test_wait_until (
      ui_test_find_text (votes, "Phones can open the vote page of “Which colour shall"));
  ui_test_save_picture (poll, "poll-served");
  ui_test_click (ui_test_find_button (votes, "Turn Off"));
  g_assert_false (stall_vote_server_get_running (self->server));
  ui_test_wait_until (!ui_test_find_button (votes, "Turn Off")
                      && !ui_test_find_button (poll, "Turn Off"));
  gtk_window_destroy (GTK_WINDOW (votes));
  gtk_window_destroy (GTK_WINDOW (poll));
}

/* Closing at once must stop what is only about to start. */
static void
test_closed_at_once (Fixture *self, gconstpointer data)
{
  open_poll (self);
  for (guint rounds = 0; rounds < 20; rounds++)
    {
      GtkWidget *window = show (self);

      for (guint i = 0; i < rounds; i++)
        g_main_context_iteration (NULL, FALSE);
      gtk_window_close (GTK_WINDOW (window));
      ui_test_wait_until (find_window () == NULL);
    }
  for (guint i = 0; i < 200; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (stall_vote_server_get_running (self->server));
  g_assert_true (show (self) == find_window ());
  ui_test_wait_until (stall_vote_server_get_running (self->server));
}

static void
test_hidden (Fixture *self, gconstpointer data)
{
  GtkWidget *window;

  open_poll (self);
  vote (self, "0123456789abcdef0123456789abcdef", 0);
  window = show (self);
  ui_test_wait_until (ui_test_find_text (window, "1 vote ·"));
  g_assert_nonnull (ui_test_find_text (window, "results are shown when"));
  g_assert_null (ui_test_find_type (window, GTK_TYPE_PROGRESS_BAR));
  stall_poll_set_closes_at (self->poll, stall_time_now () + STALL_SECOND);
  save_poll (self);
  ui_test_wait_until (ui_test_find_text (window, "Voting Has Closed"));
  ui_test_wait_until (ui_test_find_type (window, GTK_TYPE_PROGRESS_BAR));
  g_assert_null (ui_test_find_text (window, "results are shown when"));
  g_assert_null (find_code (window));
}

static void
test_draft (Fixture *self, gconstpointer data)
{
  GtkWidget *window;

  save_poll (self);
  window = show (self);
  ui_test_wait_until (ui_test_find_text (window, "Not Open Yet"));
  g_assert_false (stall_vote_server_get_running (self->server));
  open_poll (self);
  ui_test_wait_until (stall_vote_server_get_running (self->server));
}

static void
test_not_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (STALL_ERROR, STALL_ERROR_INVALID, "No space.");
  GtkWidget *window;

  open_poll (self);
  window = show (self);
  ui_test_wait_until (stall_vote_server_get_running (self->server));
  g_signal_emit_by_name (self->server, "failed", error);
  ui_test_wait_until (ui_test_find_text (window, "Votes cannot be kept: No space."));
  g_signal_emit_by_name (self->server, "voted", 1);
  ui_test_wait_until (!ui_test_find_text (window, "Votes cannot be kept"));
}

static void
test_small (Fixture *self, gconstpointer data)
{
  GtkWidget *window;

  open_poll (self);
  window = show (self);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  ui_test_wait_until (gtk_widget_get_width (window) == 360);
  ui_test_wait_until (ui_test_find_text (window, "Lilac"));
  ui_test_wait_until (stall_vote_server_get_running (self->server));
  ui_test_save_picture (window, "audience-narrow");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add ("/audience/open", Fixture, GINT_TO_POINTER (FALSE), set_up, test_open, tear_down);
  g_test_add ("/audience/kept", Fixture, GINT_TO_POINTER (FALSE), set_up, test_kept, tear_down);
  g_test_add ("/audience/seen", Fixture, GINT_TO_POINTER (FALSE), set_up, test_seen, tear_down);
  g_test_add ("/audience/closed-at-once", Fixture, GINT_TO_POINTER (FALSE), set_up,
              test_closed_at_once, tear_down);
  g_test_add ("/audience/hidden", Fixture, GINT_TO_POINTER (TRUE), set_up, test_hidden, tear_down);
  g_test_add ("/audience/draft", Fixture, GINT_TO_POINTER (FALSE), set_up, test_draft, tear_down);
  g_test_add ("/audience/not-kept", Fixture, GINT_TO_POINTER (FALSE), set_up, test_not_kept,
              tear_down);
  g_test_add ("/audience/small", Fixture, GINT_TO_POINTER (FALSE), set_up, test_small, tear_down);

  return g_test_run ();
}
