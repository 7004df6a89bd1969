/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-note.h"

G_BEGIN_DECLS

/* A note and everything about it, to be written. Nothing is ever saved by hand. */
#define STALL_TYPE_NOTE_PAGE (stall_note_page_get_type ())
G_DECLARE_FINAL_TYPE (StallNotePage, stall_note_page, STALL, NOTE_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_note_page_new (StallDesk *desk, const char *note_id);
AdwNavigationPage *stall_note_page_new_for (StallDesk *desk, StallNote *note);

G_END_DECLS
