/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-problem-row.h"

#include "stall-import-words.h"

#include <glib/gi18n-lib.h>

struct _StallImportProblemRow
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *text;
  GtkWidget *message;
  GtkWidget *line;
};

G_DEFINE_FINAL_TYPE (StallImportProblemRow, stall_import_problem_row, GTK_TYPE_WIDGET)

static void
stall_import_problem_row_dispose (GObject *object)
{
  StallImportProblemRow *self = STALL_IMPORT_PROBLEM_ROW (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (stall_import_problem_row_parent_class)->dispose (object);
}

static void
stall_import_problem_row_class_init (StallImportProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_problem_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "problem");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
stall_import_problem_row_init (StallImportProblemRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->icon = gtk_image_new ();
  self->text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->message = gtk_label_new (NULL);
  self->line = gtk_label_new (NULL);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->message), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_label_set_xalign (GTK_LABEL (self->line), 0);
  gtk_widget_add_css_class (self->line, "dim-label");
  gtk_widget_add_css_class (self->line, "caption");
  gtk_widget_add_css_class (self->line, "numeric");
  gtk_box_append (GTK_BOX (self->text), self->message);
  gtk_box_append (GTK_BOX (self->text), self->line);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
}

/**
 * stall_import_problem_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
stall_import_problem_row_new (void)
{
  return g_object_new (STALL_TYPE_IMPORT_PROBLEM_ROW, NULL);
}

/**
 * stall_import_problem_row_set_problem:
 * @self: a row
 * @problem: what to show
 */
void
stall_import_problem_row_set_problem (StallImportProblemRow *self, StallImportProblem *problem)
{
  gboolean is_error;
  g_autofree char *line = NULL;

  g_return_if_fail (STALL_IS_IMPORT_PROBLEM_ROW (self));
  g_return_if_fail (STALL_IS_IMPORT_PROBLEM (problem));

  is_error = stall_import_problem_get_severity (problem) == STALL_PROBLEM_ERROR;
  line = stall_import_problem_describe_line (problem);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_css_classes (self->icon,
                              (const char *[]) { is_error ? "error" : "warning", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_error ? _ ("Error") : _ ("Warning"), -1);
  gtk_label_set_text (GTK_LABEL (self->message), stall_import_problem_get_message (problem));
  gtk_label_set_text (GTK_LABEL (self->line), line);
}
