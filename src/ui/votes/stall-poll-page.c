/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-page.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-audience-window.h"
#include "stall-decision-dialog.h"
#include "stall-decision-group.h"
#include "stall-export-choice.h"
#include "stall-first-run-group.h"
#include "stall-format.h"
#include "stall-poll-form.h"
#include "stall-poll-figures.h"
#include "stall-poll-words.h"
#include "stall-serving-banner.h"
#include "stall-tally-view.h"
#include "stall-votes-over-time.h"
#include "stall-votes.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Votes come in bursts; a poll is read once after each. */
#define REFRESH_DELAY 200 /* ms */
#define MINUTE 60

#define KINDS                                                                            \
  ((1u << STALL_KIND_POLL) | (1u << STALL_KIND_BALLOT) | (1u << STALL_KIND_TALLY)        \
   | (1u << STALL_KIND_DECISION) | (1u << STALL_KIND_PRODUCT) | (1u << STALL_KIND_ORDER) \
   | (1u << STALL_KIND_EVENT))

struct _StallPollPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  char *poll_id;
  StallPollEditor *editor;   /* while it is a draft */
  StallPollFigures *figures; /* NULL until the first were read */
  gboolean reading;
  gboolean old; /* read again when the reading is done */
  guint refresh_source;
  guint minute_source;
  const char *style;

  StallServingBanner *serving_banner;
  AdwBanner *opening_banner;
  GtkStack *stack;
  GtkLabel *question;
  GtkLabel *state;
  GtkLabel *rule;
  GtkLabel *votes_figure;
  GtkLabel *votes_caption;
  GtkLabel *deposits_figure;
  GtkLabel *deposits_caption;
  GtkWidget *left_box;
  GtkLabel *left_figure;
  GtkLabel *left_caption;
  GtkLabel *lead;
  StallTallyView *tally;
  StallPollForm *form;
  GtkWidget *show_button;
  StallDecisionGroup *decision_group;
  StallFirstRunGroup *first_run;
  GtkLabel *hidden_label;
  StallVotesOverTime *over_time;
};

G_DEFINE_FINAL_TYPE (StallPollPage, stall_poll_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_DESK,
  PROP_POLL_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- showing --- */

static void
show_head (StallPollPage *self)
{
  StallPoll *poll = self->figures->poll;
  const char *question = stall_poll_words_question (stall_poll_get_question (poll));
  const char *style = stall_poll_words_state_style (self->figures->state);
  g_autofree char *rule = stall_poll_words_rule (stall_poll_get_closes_at (poll),
                                                 stall_poll_get_threshold_votes (poll),
                                                 stall_poll_get_threshold_deposits (poll));
  g_autofree char *opened = stall_format_date (stall_poll_get_opens_at (poll));
  g_autofree char *since = g_strdup_printf (_ ("Opened on %s"), opened);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), question);
  gtk_label_set_label (self->question, question);
  gtk_label_set_label (self->state, stall_poll_state_get_label (self->figures->state));
  gtk_label_set_label (self->rule, self->figures->state == STALL_POLL_OPEN ? rule : since);
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->style);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), style);
  self->style = style;
}

static gint64
sum_money (StallTally *tally, guint n_options)
{
  gint64 money = 0;

  for (guint i = 0; i < n_options; i++)
    money += stall_tally_get_option_money (tally, i);
  return money;
}

static void
show_counts (StallPollPage *self)
{
  StallTally *tally = self->figures->tally;
  gint64 votes = stall_tally_get_votes (tally);
  gint64 deposits = stall_tally_get_deposits (tally);
  gint64 paid = sum_money (tally, self->figures->n_options);
  g_autofree char *votes_text = stall_format_count (votes);
  g_autofree char *deposits_text = stall_format_count (deposits);
  g_autofree char *money = stall_format_money (paid, stall_desk_get_currency (self->desk));
  const char *words = ngettext ("Deposit", "Deposits", (gulong) deposits);
  g_autofree char *caption = paid != 0 ? g_strdup_printf (_ ("%s · %s"), words, money) : NULL;

  gtk_label_set_label (self->votes_figure, votes_text);
  gtk_label_set_label (self->votes_caption, ngettext ("Vote", "Votes", (gulong) votes));
  gtk_label_set_label (self->deposits_figure, deposits_text);
  gtk_label_set_label (self->deposits_caption, caption != NULL ? caption : words);
}

/* How long there is still to vote, or what the poll waits for instead. */
static void
show_time (StallPollPage *self)
{
  StallPoll *poll = self->figures->poll;
  StallTime closes_at = stall_poll_get_closes_at (poll);
  StallTime now = stall_time_now ();
  g_autofree char *figure = NULL;
  const char *caption = "";

  if (self->figures->state == STALL_POLL_OPEN && closes_at != STALL_TIME_NONE)
    {
      figure = stall_poll_words_left_short (closes_at - now);
      caption = _ ("until it closes");
    }
  else if (self->figures->state == STALL_POLL_OPEN && stall_poll_get_threshold_votes (poll) > 0)
    {
      figure = stall_format_count (MAX (
          stall_poll_get_threshold_votes (poll) - stall_tally_get_votes (self->figures->tally), 0));
      caption = _ ("votes until it closes");
    }
  else if (self->figures->state == STALL_POLL_OPEN)
    {
      figure = stall_format_count (MAX (stall_poll_get_threshold_deposits (poll)
                                            - stall_tally_get_deposits (self->figures->tally),
                                        0));
      caption = _ ("deposits until it closes");
    }
  gtk_widget_set_visible (self->left_box, figure != NULL);
  gtk_label_set_label (self->left_figure, figure != NULL ? figure : "");
  gtk_label_set_label (self->left_caption, caption);
}

static void
set_action (StallPollPage *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
show_actions (StallPollPage *self, StallPollState state)
{
  set_action (self, "poll.open", state == STALL_POLL_DRAFT);
  set_action (self, "poll.delete",
              state == STALL_POLL_DRAFT && stall_poll_editor_get_saved_once (self->editor));
  set_action (self, "poll.close-now", state == STALL_POLL_OPEN);
  set_action (self, "poll.show", state != STALL_POLL_DRAFT);
  set_action (self, "poll.decide", state == STALL_POLL_CLOSED || state == STALL_POLL_DECIDED);
  set_action (self, "poll.export-tally", state != STALL_POLL_DRAFT);
  /* Until the close a voter may think again. */
  set_action (self, "poll.export-ballots",
              state == STALL_POLL_CLOSED || state == STALL_POLL_DECIDED);
  gtk_widget_set_visible (self->show_button, state == STALL_POLL_OPEN);
}

/* Says when the poll opens by itself, while it waits for that. */
static void
show_opening (StallPollPage *self, StallTime opens_at)
{
  g_autofree char *when = stall_format_date_time (opens_at);
  g_autofree char *text = g_strdup_printf (_ ("Opens on %s"), when);

  adw_banner_set_revealed (self->opening_banner, opens_at != STALL_TIME_NONE);
  if (opens_at != STALL_TIME_NONE)
    adw_banner_set_title (self->opening_banner, text);
}

static void
show_draft (StallPollPage *self)
{
  StallPoll *poll = stall_poll_editor_get_poll (self->editor);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 stall_poll_words_question (stall_poll_get_question (poll)));
  show_opening (self, stall_poll_get_opens_at (poll));
  show_actions (self, STALL_POLL_DRAFT);
  gtk_stack_set_visible_child_name (self->stack, "draft");
}

static void
show_poll (StallPollPage *self)
{
  StallPollState state = self->figures->state;
  gboolean over = state > STALL_POLL_OPEN;
  g_autofree char *lead = stall_poll_words_lead (self->figures->tally, over);

  show_opening (self, STALL_TIME_NONE);
  show_head (self);
  show_counts (self);
  show_time (self);
  show_actions (self, state);
  gtk_label_set_label (self->lead, lead);
  stall_tally_view_show (self->tally, stall_desk_get_store (self->desk), self->figures);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden_label),
                          state == STALL_POLL_OPEN && stall_poll_get_hidden (self->figures->poll));
  gtk_widget_set_visible (GTK_WIDGET (self->decision_group), over);
  if (over)
    stall_decision_group_show (self->decision_group, self->figures);
  gtk_widget_set_visible (GTK_WIDGET (self->first_run), state == STALL_POLL_CLOSED);
  stall_first_run_group_show (self->first_run, self->figures);
  stall_votes_over_time_show (self->over_time, self->figures);
  gtk_stack_set_visible_child_name (self->stack, "poll");
}

static void
show_figures (StallPollPage *self)
{
  if (self->figures->state == STALL_POLL_DRAFT)
    {
      stall_poll_form_show (self->form, self->figures);
      show_draft (self);
    }
  else
    show_poll (self);
}

/* A draft that was never saved is not gone, it has yet to come. */
static void
show_gone (StallPollPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (self->figures == NULL && !stall_poll_editor_get_saved_once (self->editor))
    {
      show_draft (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "gone");
  if (view != NULL
      && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view))
             == ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

/* --- reading --- */

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallPollPage) self = g_weak_ref_get (data);

  while (self != NULL && self->old && self->desk != NULL)
    {
      g_autoptr (StallDesk) desk = g_object_ref (self->desk);
      g_autofree char *poll_id = g_strdup (self->poll_id);
      g_autoptr (StallPollFigures) figures = NULL;
      g_autoptr (GError) error = NULL;

      self->old = FALSE;
      g_clear_object (&self);
      figures = dex_await_boxed (
          stall_store_poll_figures (stall_desk_get_store (desk), poll_id, stall_time_now ()),
          &error);
      self = g_weak_ref_get (data);
      if (self == NULL || self->stack == NULL)
        return dex_future_new_true ();
      if (figures != NULL)
        {
          g_clear_pointer (&self->figures, stall_poll_figures_free);
          self->figures = g_steal_pointer (&figures);
          show_figures (self);
        }
      else if (g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        show_gone (self);
      else
        stall_desk_report (desk, error);
    }
  if (self != NULL)
    self->reading = FALSE;
  return dex_future_new_true ();
}

static void
refresh_cb (gpointer data)
{
  StallPollPage *self = data;

  self->refresh_source = 0;
  self->old = TRUE;
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallPollPage *self, guint kinds)
{
  if ((kinds & KINDS) && self->refresh_source == 0)
    self->refresh_source = g_timeout_add_once (REFRESH_DELAY, refresh_cb, self);
}

/* --- time passing --- */

static void wait_for_minute (StallPollPage *self);

static void
minute_cb (gpointer data)
{
  StallPollPage *self = data;

  self->minute_source = 0;
  if (self->figures != NULL)
    show_time (self);
  wait_for_minute (self);
}

static void
wait_for_minute (StallPollPage *self)
{
  if (self->minute_source == 0)
    self->minute_source = g_timeout_add_seconds_once (MINUTE, minute_cb, self);
}

static void
stall_poll_page_map (GtkWidget *widget)
{
  StallPollPage *self = STALL_POLL_PAGE (widget);

  GTK_WIDGET_CLASS (stall_poll_page_parent_class)->map (widget);
  if (self->figures != NULL)
    show_time (self);
  wait_for_minute (self);
}

static void
stall_poll_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&STALL_POLL_PAGE (widget)->minute_source, g_source_remove);
  GTK_WIDGET_CLASS (stall_poll_page_parent_class)->unmap (widget);
}

/* --- acting --- */

static void
option_activated_cb (StallPollPage *self, guint option)
{
  if (option < self->figures->n_options && self->figures->options[option].product != NULL)
    stall_desk_open (self->desk, self->figures->options[option].product);
}

static DexFuture *
close_now_fiber (gpointer data)
{
  StallPollPage *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (GError) error = NULL;

  if (!dex_await_boolean (
          stall_ask_sure (GTK_WIDGET (self), _ ("Close This Poll Now?"),
                          _ ("No more votes will count, and it cannot be opened again."),
                          _ ("_Close Now")),
          NULL))
    return dex_future_new_true ();
  if (!dex_await (stall_store_close_poll (stall_desk_get_store (desk), self->poll_id), &error))
    stall_desk_report (desk, error);
  return dex_future_new_true ();
}

static void
close_now_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (close_now_fiber, g_object_ref (widget), g_object_unref);
}

static gboolean
ask_to_open (GtkWidget *parent, StallPoll *poll, gboolean later)
{
  g_autofree char *when = stall_format_date_time (stall_poll_get_opens_at (poll));
  g_autofree char *summary = stall_poll_words_summary (poll);
  g_autofree char *opening = g_strdup_printf (_ ("It opens by itself on %s."), when);
  g_autofree char *body
      = g_strjoin ("\n\n", later ? opening : summary, later ? summary : NULL, NULL);

  return dex_await_boolean (stall_ask_go (parent,
                                          later ? _ ("Schedule This Poll?") : _ ("Open This Poll?"),
                                          body, later ? _ ("_Schedule") : _ ("_Open Poll")),
                            NULL);
}

static DexFuture *
open_fiber (gpointer data)
{
  StallPollPage *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (StallPollEditor) editor = g_object_ref (self->editor);
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (GError) error = NULL;
  StallTime opens_at = stall_poll_form_get_wish (self->form);
  gboolean later = opens_at != STALL_TIME_NONE;

  /* What is missing is said before anything is asked. */
  poll = stall_poll_editor_try_opening (editor, opens_at, &error);
  if (poll != NULL && ask_to_open (GTK_WIDGET (self), poll, later))
    dex_await (stall_poll_editor_open (editor, later ? opens_at : stall_time_now ()), &error);
  if (error != NULL)
    stall_desk_report (desk, error);
  return dex_future_new_true ();
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (open_fiber, g_object_ref (widget), g_object_unref);
}

static void
unschedule_cb (StallPollPage *self)
{
  stall_poll_editor_move_opening (self->editor, STALL_TIME_NONE);
}

/* The title follows what is typed. */
static void
edited_cb (StallPollPage *self)
{
  if (self->figures == NULL || self->figures->state == STALL_POLL_DRAFT)
    show_draft (self);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallPollPage *self = STALL_POLL_PAGE (widget);

  stall_audience_window_present (self->desk, self->poll_id);
}

static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallPollPage *self = STALL_POLL_PAGE (widget);

  if (self->figures != NULL)
    adw_dialog_present (stall_decision_dialog_new (self->desk, self->figures), widget);
}

static DexFuture *
delete_fiber (gpointer data)
{
  StallPollPage *self = data;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;
  StallPoll *poll;

  dex_await (stall_poll_editor_settle (self->editor), NULL);
  poll = stall_poll_editor_get_poll (self->editor);
  label = g_strdup_printf (_ ("Delete the poll “%s”"),
                           stall_poll_words_question (stall_poll_get_question (poll)));
  changes = stall_change_set_new (label);
  stall_change_set_delete (changes, self->poll_id);
  dex_await (stall_desk_apply (self->desk, changes), NULL);
  return dex_future_new_true ();
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (delete_fiber, g_object_ref (widget), g_object_unref);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallPollPage *self = STALL_POLL_PAGE (widget);

  stall_export_choose_poll (self->desk, strchr (name, '-') + 1, self->poll_id, widget);
}

/* --- the page itself --- */

static void
stall_poll_page_constructed (GObject *object)
{
  StallPollPage *self = STALL_POLL_PAGE (object);

  G_OBJECT_CLASS (stall_poll_page_parent_class)->constructed (object);

  self->editor = stall_poll_editor_new (self->desk);
  g_signal_connect_object (self->editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  stall_poll_form_set_editor (self->form, self->editor);
  show_actions (self, STALL_POLL_DRAFT);
  set_action (self, "poll.open", FALSE);
  if (self->poll_id == NULL)
    {
      self->poll_id = g_strdup (stall_poll_get_id (stall_poll_editor_get_poll (self->editor)));
      adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (self), self->poll_id);
      show_draft (self);
    }
  stall_serving_banner_set_poll (self->serving_banner, self->desk, self->poll_id);
  g_signal_connect_object (stall_desk_get_store (self->desk), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  refresh_cb (self);
}

static void
stall_poll_page_dispose (GObject *object)
{
  StallPollPage *self = STALL_POLL_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->minute_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_POLL_PAGE);
  g_clear_object (&self->editor);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_poll_page_parent_class)->dispose (object);
}

static void
stall_poll_page_finalize (GObject *object)
{
  StallPollPage *self = STALL_POLL_PAGE (object);

  g_clear_pointer (&self->figures, stall_poll_figures_free);
  g_free (self->poll_id);

  G_OBJECT_CLASS (stall_poll_page_parent_class)->finalize (object);
}

static void
stall_poll_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallPollPage *self = STALL_POLL_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_POLL_ID:
      self->poll_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_DECISION_GROUP);
  g_type_ensure (STALL_TYPE_FIRST_RUN_GROUP);
  g_type_ensure (STALL_TYPE_POLL_FORM);
  g_type_ensure (STALL_TYPE_SERVING_BANNER);
  g_type_ensure (STALL_TYPE_TALLY_VIEW);
  g_type_ensure (STALL_TYPE_VOTES_OVER_TIME);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-poll-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, serving_banner);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, opening_banner);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, question);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, state);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, rule);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, votes_figure);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, votes_caption);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, deposits_figure);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, deposits_caption);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, left_box);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, left_figure);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, left_caption);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, lead);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, tally);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, form);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, show_button);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, decision_group);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, first_run);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, StallPollPage, over_time);
  gtk_widget_class_bind_template_callback (widget_class, option_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, unschedule_cb);
}

static void
stall_poll_page_class_init (StallPollPageClass *klass)
{
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_poll_page_constructed;
  object_class->dispose = stall_poll_page_dispose;
  object_class->finalize = stall_poll_page_finalize;
  object_class->set_property = stall_poll_page_set_property;
  widget_class->map = stall_poll_page_map;
  widget_class->unmap = stall_poll_page_unmap;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, construct);
  properties[PROP_POLL_ID] = g_param_spec_string ("poll-id", NULL, NULL, NULL, construct);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "poll.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "poll.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "poll.close-now", NULL, close_now_action);
  gtk_widget_class_install_action (widget_class, "poll.decide", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "poll.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "poll.export-tally", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "poll.export-ballots", NULL, export_action);
}

static void
stall_poll_page_init (StallPollPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_poll_page_new:
 * @desk: the desk
 * @poll_id: (nullable): "poll:…"; %NULL for a new one, kept with its first edit
 *
 * Returns: (transfer floating): the page of a poll
 */
AdwNavigationPage *
stall_poll_page_new (StallDesk *desk, const char *poll_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_POLL_PAGE, "desk", desk, "poll-id", poll_id, NULL);
}
