/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-import.h"

G_BEGIN_DECLS

/* What a dry run found: counts in plain words, problems, the first things as they will look. */
#define STALL_TYPE_IMPORT_REPORT_PAGE (stall_import_report_page_get_type ())
G_DECLARE_FINAL_TYPE (StallImportReportPage,
                      stall_import_report_page,
                      STALL,
                      IMPORT_REPORT_PAGE,
                      AdwNavigationPage)

void stall_import_report_page_set_report (StallImportReportPage *self,
                                          StallImportReport *report,
                                          StallImportKind kind,
                                          const char *currency);

G_END_DECLS
