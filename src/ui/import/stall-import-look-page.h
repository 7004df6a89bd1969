/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-import.h"

G_BEGIN_DECLS

/* What a file was recognised as, and its first lines, so that a person sees whether it is read
 * right. Signal: changed, when it is read in another way. */
#define STALL_TYPE_IMPORT_LOOK_PAGE (stall_import_look_page_get_type ())
G_DECLARE_FINAL_TYPE (StallImportLookPage,
                      stall_import_look_page,
                      STALL,
                      IMPORT_LOOK_PAGE,
                      AdwNavigationPage)

void stall_import_look_page_set_import (StallImportLookPage *self,
                                        StallImport *import,
                                        const char *file_name);
void stall_import_look_page_refresh (StallImportLookPage *self);

G_END_DECLS
