/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-votes-over-time.h"

#include "stall-bar-chart.h"
#include "stall-format.h"
#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallVotesOverTime
{
  AdwPreferencesGroup parent_instance;

  StallBarChart *chart;
  GtkLabel *first;
  GtkLabel *pointed;
  GtkLabel *last;
  GtkGrid *table;
};

G_DEFINE_FINAL_TYPE (StallVotesOverTime, stall_votes_over_time, ADW_TYPE_PREFERENCES_GROUP)

static void
pointed_cb (StallVotesOverTime *self, const char *label)
{
  gtk_label_set_label (self->pointed, label != NULL ? label : "");
}

static char *
dup_when (const StallPollFigures *figures, guint bucket)
{
  StallTime from = figures->buckets_from + bucket * figures->bucket_width;

  return figures->bucket_width < STALL_DAY ? stall_format_date_time (from)
                                           : stall_format_date (from);
}

static gint64
votes_at (const StallPollFigures *figures, guint bucket, guint option)
{
  return figures->bucket_votes[bucket * figures->n_options + option];
}

static gint64
sum_at (const StallPollFigures *figures, guint bucket)
{
  gint64 sum = 0;

  for (guint i = 0; i < figures->n_options; i++)
    sum += votes_at (figures, bucket, i);
  return sum;
}

static void
show_chart (StallVotesOverTime *self, const StallPollFigures *figures)
{
  g_autofree gint64 *values = g_new0 (gint64, figures->n_buckets);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *first = dup_when (figures, 0);
  g_autofree char *last = dup_when (figures, figures->n_buckets - 1);

  for (guint i = 0; i < figures->n_buckets; i++)
    {
      g_autofree char *when = dup_when (figures, i);
      g_autofree char *votes = NULL;

      values[i] = sum_at (figures, i);
      votes = stall_poll_words_votes (values[i]);
      /* Translators: a time, and how many votes came then: “22 Nov 2026, 14:00: 12 votes” */
      g_strv_builder_take (labels, g_strdup_printf (_ ("%s: %s"), when, votes));
    }
  words = g_strv_builder_end (labels);
  stall_bar_chart_set_values (self->chart, values, (const char *const *) words, figures->n_buckets);
  gtk_label_set_label (self->first, first);
  gtk_label_set_label (self->last, figures->n_buckets > 1 ? last : "");
}

static void
attach (StallVotesOverTime *self, int column, int row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, row == 0 ? "caption-heading" : "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

/* A time at which nobody voted has no row. */
static void
show_table (StallVotesOverTime *self, const StallPollFigures *figures)
{
  GtkWidget *child;
  int row = 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  attach (self, 0, 0, _ ("From"));
  for (guint i = 0; i < figures->n_options; i++)
    attach (self, (int) i + 1, 0, stall_poll_get_option (figures->poll, i)->label);
  for (guint bucket = 0; bucket < figures->n_buckets; bucket++)
    {
      g_autofree char *when = dup_when (figures, bucket);

      if (sum_at (figures, bucket) == 0)
        continue;
      attach (self, 0, row, when);
      for (guint i = 0; i < figures->n_options; i++)
        {
          g_autofree char *count = stall_format_count (votes_at (figures, bucket, i));

          attach (self, (int) i + 1, row, count);
        }
      row++;
    }
}

/* Of votes that the market counted only their sum is known. */
static void
show_share (StallVotesOverTime *self, gint64 timed, gint64 votes)
{
  g_autofree char *known = stall_format_count (timed);
  g_autofree char *all = stall_format_count (votes);
  g_autofree char *words = NULL;

  if (timed < votes)
    /* Translators: counts of votes: “36 of 209; of the others the market tells only the sum.” */
    words = g_strdup_printf (_ ("%s of %s; of the others the market tells only the sum."), known,
                             all);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), words);
}

static void
stall_votes_over_time_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_VOTES_OVER_TIME);

  G_OBJECT_CLASS (stall_votes_over_time_parent_class)->dispose (object);
}

static void
stall_votes_over_time_class_init (StallVotesOverTimeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_votes_over_time_dispose;

  g_type_ensure (STALL_TYPE_BAR_CHART);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-votes-over-time.ui");
  gtk_widget_class_bind_template_child (widget_class, StallVotesOverTime, chart);
  gtk_widget_class_bind_template_child (widget_class, StallVotesOverTime, first);
  gtk_widget_class_bind_template_child (widget_class, StallVotesOverTime, pointed);
  gtk_widget_class_bind_template_child (widget_class, StallVotesOverTime, last);
  gtk_widget_class_bind_template_child (widget_class, StallVotesOverTime, table);
  gtk_widget_class_bind_template_callback (widget_class, pointed_cb);
}

static void
stall_votes_over_time_init (StallVotesOverTime *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_votes_over_time_show:
 * @self: a group
 * @figures: of a poll
 *
 * Shows when the votes of a poll came in.
 */
void
stall_votes_over_time_show (StallVotesOverTime *self, const StallPollFigures *figures)
{
  gint64 timed = 0;

  g_return_if_fail (STALL_IS_VOTES_OVER_TIME (self));
  g_return_if_fail (figures != NULL);

  for (guint i = 0; i < figures->n_buckets; i++)
    timed += sum_at (figures, i);
  /* One hour is a block, not a course of things. */
  gtk_widget_set_visible (GTK_WIDGET (self), figures->n_buckets > 1 && timed > 0);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  show_share (self, timed, stall_tally_get_votes (figures->tally));
  show_chart (self, figures);
  show_table (self, figures);
}
