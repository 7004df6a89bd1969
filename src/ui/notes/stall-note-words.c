/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-words.h"

#include <glib/gi18n-lib.h>

/**
 * stall_note_words_title:
 * @title: of a note
 *
 * Returns: (transfer none): the title, or what stands for a missing one
 */
const char *
stall_note_words_title (const char *title)
{
  return title != NULL && *title != '\0' ? title : _ ("Untitled note");
}
