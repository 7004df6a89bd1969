/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"

struct _StallImportProblem
{
  GObject parent_instance;

  guint line;
  StallProblemSeverity severity;
  char *message;
};

G_DEFINE_FINAL_TYPE (StallImportProblem, stall_import_problem, G_TYPE_OBJECT)

static void
stall_import_problem_finalize (GObject *object)
{
  g_free (STALL_IMPORT_PROBLEM (object)->message);
  G_OBJECT_CLASS (stall_import_problem_parent_class)->finalize (object);
}

static void
stall_import_problem_class_init (StallImportProblemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_import_problem_finalize;
}

static void
stall_import_problem_init (StallImportProblem *self)
{
}

StallImportProblem *
stall_import_problem_new (guint line, StallProblemSeverity severity, const char *message)
{
  StallImportProblem *self = g_object_new (STALL_TYPE_IMPORT_PROBLEM, NULL);

  self->line = line;
  self->severity = severity;
  self->message = g_strdup (message);
  return self;
}

guint
stall_import_problem_get_line (StallImportProblem *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_PROBLEM (self), 0);
  return self->line;
}

StallProblemSeverity
stall_import_problem_get_severity (StallImportProblem *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_PROBLEM (self), STALL_PROBLEM_ERROR);
  return self->severity;
}

const char *
stall_import_problem_get_message (StallImportProblem *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT_PROBLEM (self), NULL);
  return self->message;
}
