/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-decision-group.h"

#include "stall-format.h"
#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallDecisionGroup
{
  AdwPreferencesGroup parent_instance;

  GtkButton *decide_button;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StallDecisionGroup, stall_decision_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
new_row (const char *title, const char *subtitle, const char *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (suffix != NULL)
    {
      GtkWidget *label = gtk_label_new (suffix);

      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static void
append_decision (StallDecisionGroup *self, const StallPollFigures *figures, StallDecision *decision)
{
  const StallPollOption *option
      = stall_poll_find_option (figures->poll, stall_decision_get_option (decision));
  g_autofree char *title = stall_poll_words_decision (stall_decision_get_outcome (decision),
                                                      option != NULL ? option->label : NULL,
                                                      stall_decision_get_quantity (decision));
  g_autofree char *when = stall_format_date (stall_decision_get_at (decision));
  GtkWidget *row = new_row (title, stall_decision_get_reason (decision), when);

  if (decision != figures->decision)
    gtk_widget_add_css_class (row, "dimmed");
  gtk_list_box_append (self->list, row);
}

/* Votes → decision → units sold, of the option that the newest decision chose. */
static void
append_result (StallDecisionGroup *self, const StallPollFigures *figures)
{
  for (guint i = 0; i < figures->n_options; i++)
    {
      g_autofree char *words = NULL;

      if (g_strcmp0 (stall_poll_get_option (figures->poll, i)->id,
                     stall_decision_get_option (figures->decision))
          != 0)
        continue;
      words = stall_poll_words_result (figures, i);
      gtk_list_box_append (self->list, new_row (_ ("What Became of It"), words, NULL));
    }
}

static void
stall_decision_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_DECISION_GROUP);

  G_OBJECT_CLASS (stall_decision_group_parent_class)->dispose (object);
}

static void
stall_decision_group_class_init (StallDecisionGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_decision_group_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-decision-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StallDecisionGroup, decide_button);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionGroup, list);
}

static void
stall_decision_group_init (StallDecisionGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_decision_group_show:
 * @self: a group
 * @figures: of a poll that is closed or decided
 *
 * Shows how it was decided, or asks for it.
 */
void
stall_decision_group_show (StallDecisionGroup *self, const StallPollFigures *figures)
{
  g_return_if_fail (STALL_IS_DECISION_GROUP (self));
  g_return_if_fail (figures != NULL);

  gtk_button_set_label (self->decide_button,
                        figures->decision != NULL ? _ ("_Decide Again…") : _ ("_Decide…"));
  if (figures->decision != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->decide_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->decide_button), "suggested-action");
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      figures->decision != NULL ? NULL : _ ("The vote is over. What will you make of it?"));
  gtk_list_box_remove_all (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), figures->decision != NULL);
  for (guint i = 0; i < figures->decisions->len; i++)
    {
      append_decision (self, figures, g_ptr_array_index (figures->decisions, i));
      if (i == 0)
        append_result (self, figures);
    }
}
