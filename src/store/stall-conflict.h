/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* Two versions of a document that differ where no rule can decide. Both stay, here and on the
 * platform, until the owner settles them. */

/* A document in conflict, for a list. */
typedef struct
{
  char *id;
  char *title; /* its title, name, number or question; NULL: it has none */
} StallConflictEntry;

void stall_conflict_entry_free (StallConflictEntry *self);
DexFuture *stall_store_list_conflicts (StallStore *self); /* GPtrArray of entries, boxed */

/* One field that both sides changed differently. */
typedef struct
{
  char *path;     /* as in stall_merge_get() */
  JsonNode *ours; /* of the version that is shown meanwhile */
  JsonNode *theirs;
} StallConflictField;

/* Who wrote a version, as far as it says. */
typedef struct
{
  char *revision;
  char *device; /* name of the device; NULL: not known */
  StallTime at; /* STALL_TIME_NONE: not known */
  gboolean here;
  gboolean platform;
} StallConflictSide;

#define STALL_TYPE_CONFLICT (stall_conflict_get_type ())
G_DECLARE_FINAL_TYPE (StallConflict, stall_conflict, STALL, CONFLICT, GObject)

/* StallConflict; STALL_ERROR_NOT_FOUND when there is none */
DexFuture *stall_store_load_conflict (StallStore *self, const char *id);

const char *stall_conflict_get_id (StallConflict *self);
const char *stall_conflict_get_title (StallConflict *self);
const StallConflictSide *stall_conflict_get_ours (StallConflict *self);
const StallConflictSide *stall_conflict_get_theirs (StallConflict *self);
/* Of StallConflictField; empty: the versions can only be kept whole */
GPtrArray *stall_conflict_get_fields (StallConflict *self);
JsonObject *stall_conflict_get_merged (StallConflict *self); /* NULL: whole only; ours stands */
JsonObject *stall_conflict_get_base (StallConflict *self);   /* NULL: not known */
guint stall_conflict_get_n_others (StallConflict *self);     /* versions beside these two */

/* A copy of it with every field decided one way. */
JsonObject *stall_conflict_decide_all (StallConflict *self, gboolean theirs);

/* What settles it. @merged is a copy of what stall_conflict_get_merged() says with fields decided;
 * NULL: one side is kept whole. */
StallChangeSet *
stall_conflict_settle (StallConflict *self, JsonObject *merged, gboolean theirs, const char *label);
/* The version that is shown stays, and the other one becomes a document of its own beside it. */
StallChangeSet *stall_conflict_keep_both (StallConflict *self, const char *label);

G_END_DECLS
