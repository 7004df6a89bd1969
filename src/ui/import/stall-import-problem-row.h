/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-import.h"

G_BEGIN_DECLS

/* One problem of a file: its message, and where it is. */
#define STALL_TYPE_IMPORT_PROBLEM_ROW (stall_import_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (StallImportProblemRow,
                      stall_import_problem_row,
                      STALL,
                      IMPORT_PROBLEM_ROW,
                      GtkWidget)

GtkWidget *stall_import_problem_row_new (void);
void stall_import_problem_row_set_problem (StallImportProblemRow *self,
                                           StallImportProblem *problem);

G_END_DECLS
