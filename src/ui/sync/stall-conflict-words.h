/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-conflict.h"

G_BEGIN_DECLS

/* What a person reads of two versions of a thing. */
char *
stall_conflict_words_side (const StallConflictSide *side); /* “On “Fair laptop”, Today, 9:12” */
char *stall_conflict_words_keep (const StallConflictSide *side); /* “Keep All from “Fair laptop”” */
char *stall_conflict_words_field (JsonObject *root, const char *path);
char *stall_conflict_words_value (const char *path, JsonNode *value);
char *stall_conflict_words_difference (const char *text, const char *other);
char *stall_conflict_words_both (const char *base, const char *ours, const char *theirs);
gboolean stall_conflict_words_is_text (const char *path, JsonNode *value); /* can be written anew */
gboolean stall_conflict_words_is_long (const char *path); /* text of several lines */

G_END_DECLS
