/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* All notes as cards with their covers. Actions: page.search, page.new. */
#define STALL_TYPE_NOTES_PAGE (stall_notes_page_get_type ())
G_DECLARE_FINAL_TYPE (StallNotesPage, stall_notes_page, STALL, NOTES_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_notes_page_new (StallDesk *desk);
void stall_notes_page_set_query (StallNotesPage *self, const StallQuery *query);

G_END_DECLS
