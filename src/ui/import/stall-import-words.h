/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-import.h"

G_BEGIN_DECLS

/* What the import assistant says about kinds of files and about what a dry run found. */
const char *stall_import_kind_get_name (StallImportKind kind);        /* “Orders” */
const char *stall_import_kind_get_title (StallImportKind kind);       /* “Import Orders” */
const char *stall_import_kind_get_description (StallImportKind kind); /* one line */

/* Something a file holds: “61 orders”, and what belongs to it. */
typedef struct
{
  char *title;
  char *detail; /* "" when nothing belongs to it */
} StallImportFact;

GPtrArray *stall_import_counts_describe (const StallImportCounts *counts, StallImportKind kind);
char *stall_import_counts_name_action (const StallImportCounts *counts, StallImportKind kind);
const char *stall_import_counts_find_obstacle (const StallImportCounts *counts);

char *stall_import_counts_describe_problems (const StallImportCounts *counts);
GListModel *stall_import_problems_sort (GListModel *problems);          /* errors first */
char *stall_import_problem_describe_line (StallImportProblem *problem); /* “Line 12” */

G_END_DECLS
