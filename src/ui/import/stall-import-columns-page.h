/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"
#include "stall-import.h"

G_BEGIN_DECLS

/* Which column of a list of sales is what: presets, the columns one by one, and the first order as
 * it will look. What is chosen is set on the import at once. Signal: changed. */
#define STALL_TYPE_IMPORT_COLUMNS_PAGE (stall_import_columns_page_get_type ())
G_DECLARE_FINAL_TYPE (StallImportColumnsPage,
                      stall_import_columns_page,
                      STALL,
                      IMPORT_COLUMNS_PAGE,
                      AdwNavigationPage)

void stall_import_columns_page_set_import (StallImportColumnsPage *self,
                                           StallDesk *desk,
                                           StallImport *import);

G_END_DECLS
