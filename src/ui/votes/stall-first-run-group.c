/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-first-run-group.h"

#include "stall-format.h"
#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallFirstRunGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StallFirstRunGroup, stall_first_run_group, ADW_TYPE_PREFERENCES_GROUP)

static void
stall_first_run_group_class_init (StallFirstRunGroupClass *klass)
{
}

static void
stall_first_run_group_init (StallFirstRunGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Suggested First Run"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggested first run by option"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}

static GtkWidget *
new_row (const StallPollFigures *figures, guint option)
{
  const StallFirstRun *run = &figures->options[option].first_run;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *pieces = stall_format_pieces (run->pieces);
  g_autofree char *working = stall_poll_words_first_run (&figures->conversion, run);
  GtkWidget *label = gtk_label_new (pieces);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 stall_poll_get_option (figures->poll, option)->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), working);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/**
 * stall_first_run_group_show:
 * @self: a group
 * @figures: of a poll
 *
 * Shows what the stall's own past says about how many to make.
 */
void
stall_first_run_group_show (StallFirstRunGroup *self, const StallPollFigures *figures)
{
  g_autofree char *basis = NULL;

  g_return_if_fail (STALL_IS_FIRST_RUN_GROUP (self));
  g_return_if_fail (figures != NULL);

  basis = stall_poll_words_history (figures->has_history ? &figures->conversion : NULL);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), basis);
  gtk_list_box_remove_all (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), figures->has_history);
  for (guint i = 0; figures->has_history && i < figures->n_options; i++)
    gtk_list_box_append (self->list, new_row (figures, i));
}
