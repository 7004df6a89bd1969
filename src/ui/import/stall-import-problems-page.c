/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-problems-page.h"

#include "stall-format.h"
#include "stall-import-problem-row.h"
#include "stall-import-words.h"

#include <glib/gi18n-lib.h>

struct _StallImportProblemsPage
{
  AdwNavigationPage parent_instance;

  GtkListView *list_view;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (StallImportProblemsPage, stall_import_problems_page, ADW_TYPE_NAVIGATION_PAGE)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, stall_import_problem_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  StallImportProblem *problem = gtk_list_item_get_item (item);

  stall_import_problem_row_set_problem (STALL_IMPORT_PROBLEM_ROW (gtk_list_item_get_child (item)),
                                        problem);
  gtk_list_item_set_accessible_label (item, stall_import_problem_get_message (problem));
}

static void
stall_import_problems_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_IMPORT_PROBLEMS_PAGE);
  G_OBJECT_CLASS (stall_import_problems_page_parent_class)->dispose (object);
}

static void
stall_import_problems_page_class_init (StallImportProblemsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_problems_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-problems-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportProblemsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, StallImportProblemsPage, more_label);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
stall_import_problems_page_init (StallImportProblemsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_import_problems_page_set_report:
 * @self: a page
 * @report: what a dry run found
 *
 * Shows the problems of a report, and how many more there are.
 */
void
stall_import_problems_page_set_report (StallImportProblemsPage *self, StallImportReport *report)
{
  const StallImportCounts *counts;
  GListModel *problems;
  guint n_more;
  g_autofree char *number = NULL;
  g_autofree char *more = NULL;

  g_return_if_fail (STALL_IS_IMPORT_PROBLEMS_PAGE (self));
  g_return_if_fail (STALL_IS_IMPORT_REPORT (report));

  counts = stall_import_report_get_counts (report);
  problems = stall_import_report_get_problems (report);
  n_more = counts->errors + counts->warnings - g_list_model_get_n_items (problems);
  number = stall_format_count (n_more);
  more = g_strdup_printf (ngettext ("and %s more", "and %s more", n_more), number);
  gtk_label_set_text (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_more > 0);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                stall_import_problems_sort (problems))));
}
