/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Goes on with a list or quote when Enter is pressed in it. */
#define STALL_TYPE_NOTE_INDENTER (stall_note_indenter_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteIndenter, stall_note_indenter, STALL, NOTE_INDENTER, GObject)

GtkSourceIndenter *stall_note_indenter_new (void);

G_END_DECLS
