/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Markdown's marks, put around or before what is selected, and taken away again. One step to undo
 * each. */
typedef enum
{
  STALL_MARKUP_BOLD,
  STALL_MARKUP_ITALIC,
  STALL_MARKUP_HEADING, /* of the second rank, then of the third, then none */
  STALL_MARKUP_LIST,
  STALL_MARKUP_QUOTE,
} StallMarkup;

void stall_note_markup_toggle (GtkTextBuffer *buffer, StallMarkup markup);
void stall_note_markup_go_on (GtkTextBuffer *buffer, GtkTextIter *at);

G_END_DECLS
