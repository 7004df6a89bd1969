/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-import.h"

G_BEGIN_DECLS

/* Every problem that a dry run kept, errors first. */
#define STALL_TYPE_IMPORT_PROBLEMS_PAGE (stall_import_problems_page_get_type ())
G_DECLARE_FINAL_TYPE (StallImportProblemsPage,
                      stall_import_problems_page,
                      STALL,
                      IMPORT_PROBLEMS_PAGE,
                      AdwNavigationPage)

void stall_import_problems_page_set_report (StallImportProblemsPage *self,
                                            StallImportReport *report);

G_END_DECLS
