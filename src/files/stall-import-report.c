/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"

/* As many as a person looks at; all are counted. */
#define MAX_PROBLEMS 1000
#define MAX_SAMPLES 20

struct _StallImportReport
{
  GObject parent_instance;

  StallImportCounts counts;
  GListStore *problems;
  GListStore *samples;
};

G_DEFINE_FINAL_TYPE (StallImportReport, stall_import_report, G_TYPE_OBJECT)

static void
stall_import_report_dispose (GObject *object)
{
  StallImportReport *self = STALL_IMPORT_REPORT (object);

  g_clear_object (&self->problems);
  g_clear_object (&self->samples);
  G_OBJECT_CLASS (stall_import_report_parent_class)->dispose (object);
}

static void
stall_import_report_class_init (StallImportReportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_import_report_dispose;
}

static void
stall_import_report_init (StallImportReport *self)
{
  self->problems = g_list_store_new (STALL_TYPE_IMPORT_PROBLEM);
  self->samples = g_list_store_new (STALL_TYPE_IMPORT_SAMPLE);
}

StallImportReport *
stall_import_report_new (const char *currency)
{
  StallImportReport *self = g_object_new (STALL_TYPE_IMPORT_REPORT, NULL);

  g_strlcpy (self->counts.currency, currency, sizeof self->counts.currency);
  return self;
}

StallImportCounts *
stall_import_report_edit_counts (StallImportReport *self)
{
  return &self->counts;
}

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  guint line_a = stall_import_problem_get_line ((StallImportProblem *) a);
  guint line_b = stall_import_problem_get_line ((StallImportProblem *) b);

  return line_a < line_b ? -1 : line_a > line_b;
}

void
stall_import_report_add_problem (StallImportReport *self,
                                 guint line,
                                 StallProblemSeverity severity,
                                 const char *message)
{
  g_autoptr (StallImportProblem) problem = NULL;

  if (severity == STALL_PROBLEM_ERROR)
    self->counts.errors++;
  else
    self->counts.warnings++;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->problems)) == MAX_PROBLEMS)
    return;
  problem = stall_import_problem_new (line, severity, message);
  g_list_store_insert_sorted (self->problems, problem, compare_lines, NULL);
}

gboolean
stall_import_report_wants_samples (StallImportReport *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->samples)) < MAX_SAMPLES;
}

void
stall_import_report_add_sample (StallImportReport *self,
                                const char *title,
                                const char *detail,
                                const char *value)
{
  g_autoptr (StallImportSample) sample = stall_import_sample_new (title, detail, value);

  if (stall_import_report_wants_samples (self))
    g_list_store_append (self->samples, sample);
}

/**
 * stall_import_report_get_counts:
 * @self: a report
 *
 * Gets what the file holds, by kind.
 *
 * Returns: (transfer none): the counts
 */
const StallImportCounts *
stall_import_report_get_counts (StallImportReport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_REPORT (self), NULL);
  return &self->counts;
}

/**
 * stall_import_report_get_problems:
 * @self: a report
 *
 * Gets what is wrong with the file, in the order of its lines; the first 1,000.
 *
 * Returns: (transfer none): a list of #StallImportProblem
 */
GListModel *
stall_import_report_get_problems (StallImportReport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_REPORT (self), NULL);
  return G_LIST_MODEL (self->problems);
}

/**
 * stall_import_report_get_samples:
 * @self: a report
 *
 * Gets the first things as they will look; at most 20.
 *
 * Returns: (transfer none): a list of #StallImportSample
 */
GListModel *
stall_import_report_get_samples (StallImportReport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_REPORT (self), NULL);
  return G_LIST_MODEL (self->samples);
}
