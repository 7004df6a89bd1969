/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-import.h"

G_BEGIN_DECLS

/* Which file, and what it holds. Signal: dropped (GFile *). */
#define STALL_TYPE_IMPORT_SOURCE_PAGE (stall_import_source_page_get_type ())
G_DECLARE_FINAL_TYPE (StallImportSourcePage,
                      stall_import_source_page,
                      STALL,
                      IMPORT_SOURCE_PAGE,
                      AdwNavigationPage)

StallImportKind stall_import_source_page_get_kind (StallImportSourcePage *self);
void stall_import_source_page_set_kind (StallImportSourcePage *self, StallImportKind kind);

G_END_DECLS
