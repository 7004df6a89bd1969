/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-report-page.h"

#include "stall-format.h"
#include "stall-import-problem-row.h"
#include "stall-import-words.h"

#include <glib/gi18n-lib.h>

/* The rest of the problems has a page of its own. */
#define MAX_PROBLEMS 3

struct _StallImportReportPage
{
  AdwNavigationPage parent_instance;

  GtkListBox *counts_list;
  GtkWidget *problems_group;
  GtkListBox *problems_list;
  GtkWidget *samples_group;
  GtkListBox *samples_list;
  GtkLabel *obstacle_label;
  GtkButton *import_button;
};

G_DEFINE_FINAL_TYPE (StallImportReportPage, stall_import_report_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
append_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (list, row);
  return row;
}

static void
add_value (GtkWidget *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
show_counts (StallImportReportPage *self, const StallImportCounts *counts, StallImportKind kind)
{
  g_autoptr (GPtrArray) facts = stall_import_counts_describe (counts, kind);

  gtk_list_box_remove_all (self->counts_list);
  for (guint i = 0; i < facts->len; i++)
    {
      const StallImportFact *fact = g_ptr_array_index (facts, i);
      GtkWidget *row = append_row (self->counts_list, fact->title, fact->detail);

      if (i == 0 && counts->orders > 0)
        {
          g_autofree char *total = stall_format_money (counts->total, counts->currency);

          add_value (row, total);
        }
    }
  if (counts->pictures > 0)
    {
      g_autofree char *number = stall_format_count (counts->pictures);
      g_autofree char *links = g_strdup_printf (
          ngettext ("%s link to a picture", "%s links to pictures", counts->pictures), number);

      append_row (self->counts_list, links,
                  _ ("A picture on the web cannot be fetched. The link is kept with the product; "
                     "add the picture on its page."));
    }
  if (facts->len == 0)
    append_row (self->counts_list, _ ("Nothing that can be imported"), "");
}

/* A stall sums one currency; whoever imports another should know before, not wonder after. */
static void
show_currency (StallImportReportPage *self, const StallImportCounts *counts, const char *currency)
{
  g_autofree char *title = NULL;

  if (counts->orders == 0 || g_str_equal (counts->currency, currency))
    return;
  /* Translators: currency codes: “Amounts are in GBP; the stall counts in CNY” */
  title = g_strdup_printf (_ ("Amounts are in %s; the stall counts in %s"), counts->currency,
                           currency);
  append_row (self->counts_list, title,
              _ ("Sums on Today and in Orders leave them out. Before its first order a stall’s "
                 "currency can be changed in Preferences."));
}

static void
show_problems (StallImportReportPage *self,
               StallImportReport *report,
               const StallImportCounts *counts)
{
  g_autoptr (GListModel) problems
      = stall_import_problems_sort (stall_import_report_get_problems (report));
  guint n_problems = counts->errors + counts->warnings;
  g_autofree char *title = stall_import_counts_describe_problems (counts);

  gtk_list_box_remove_all (self->problems_list);
  gtk_widget_set_visible (self->problems_group, n_problems > 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->problems_group), title);
  for (guint i = 0; i < MIN (g_list_model_get_n_items (problems), MAX_PROBLEMS); i++)
    {
      g_autoptr (StallImportProblem) problem = g_list_model_get_item (problems, i);
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *child = stall_import_problem_row_new ();

      stall_import_problem_row_set_problem (STALL_IMPORT_PROBLEM_ROW (child), problem);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      stall_import_problem_get_message (problem), -1);
      gtk_list_box_append (self->problems_list, row);
    }
  if (n_problems > MAX_PROBLEMS)
    {
      GtkWidget *row = adw_button_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Show _All Problems"));
      adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
      adw_button_row_set_end_icon_name (ADW_BUTTON_ROW (row), "go-next-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "import.problems");
      gtk_list_box_append (self->problems_list, row);
    }
}

static void
show_samples (StallImportReportPage *self, StallImportReport *report)
{
  GListModel *samples = stall_import_report_get_samples (report);
  guint n_samples = g_list_model_get_n_items (samples);

  gtk_list_box_remove_all (self->samples_list);
  gtk_widget_set_visible (self->samples_group, n_samples > 0);
  for (guint i = 0; i < n_samples; i++)
    {
      g_autoptr (StallImportSample) sample = g_list_model_get_item (samples, i);
      GtkWidget *row = append_row (self->samples_list, stall_import_sample_get_title (sample),
                                   stall_import_sample_get_detail (sample));

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
      add_value (row, stall_import_sample_get_value (sample));
    }
}

static void
stall_import_report_page_shown (AdwNavigationPage *page)
{
  GtkWidget *button = GTK_WIDGET (STALL_IMPORT_REPORT_PAGE (page)->import_button);

  /* Without a focus in it the dialog would not hear Escape. */
  if (!gtk_widget_grab_focus (button))
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
stall_import_report_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_IMPORT_REPORT_PAGE);
  G_OBJECT_CLASS (stall_import_report_page_parent_class)->dispose (object);
}

static void
stall_import_report_page_class_init (StallImportReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_report_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = stall_import_report_page_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, counts_list);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, problems_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, problems_list);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, samples_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, samples_list);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, obstacle_label);
  gtk_widget_class_bind_template_child (widget_class, StallImportReportPage, import_button);
}

static void
stall_import_report_page_init (StallImportReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_import_report_page_set_report:
 * @self: a page
 * @report: what a dry run found
 * @kind: what the file holds
 * @currency: ISO 4217 code of what the stall counts in
 *
 * Shows a report.
 */
void
stall_import_report_page_set_report (StallImportReportPage *self,
                                     StallImportReport *report,
                                     StallImportKind kind,
                                     const char *currency)
{
  const StallImportCounts *counts;
  const char *obstacle;
  g_autofree char *action = NULL;

  g_return_if_fail (STALL_IS_IMPORT_REPORT_PAGE (self));
  g_return_if_fail (STALL_IS_IMPORT_REPORT (report));

  counts = stall_import_report_get_counts (report);
  show_counts (self, counts, kind);
  show_currency (self, counts, currency);
  show_problems (self, report, counts);
  show_samples (self, report);
  obstacle = stall_import_counts_find_obstacle (counts);
  gtk_label_set_text (self->obstacle_label, obstacle != NULL ? obstacle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle_label), obstacle != NULL);
  action = stall_import_counts_name_action (counts, kind);
  gtk_button_set_label (self->import_button, action);
}
