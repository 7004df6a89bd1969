/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Three-way merge of text, line by line. In Markdown a paragraph is mostly one line. */

/* A stretch of the merged text; where both sides changed it differently, both their words. */
typedef struct
{
  gboolean conflict;
  char *text;   /* what stands: ours where they conflict */
  char *theirs; /* of a conflict, else NULL */
} StallTextChunk;

void stall_text_chunk_free (StallTextChunk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallTextChunk, stall_text_chunk_free)

GPtrArray *stall_text_merge_chunks (const char *base, const char *ours, const char *theirs);
char *stall_text_merge (const char *base, const char *ours, const char *theirs, gboolean *conflict);

/* Two versions beside each other: `conflict` where they differ, `text` before and `theirs` after.
 */
GPtrArray *stall_text_compare (const char *before, const char *after);

G_END_DECLS
