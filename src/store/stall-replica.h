/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-outbox.h"
#include "stall-peer-revision.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* What replication asks of a store, beside stall_store_apply(). */

/* Which of @names (GPtrArray of StallRevisionName) are not here: another such array, boxed. */
DexFuture *stall_store_find_missing (StallStore *self, GPtrArray *names);
/* Takes in @revisions (GPtrArray of StallPeerRevision) and the checkpoint in one transaction;
 * StallReceipt boxed. */
DexFuture *stall_store_receive (StallStore *self,
                                GPtrArray *revisions,
                                const char *checkpoint,
                                const char *checkpoint_body);
/* GPtrArray of StallOutgoing, boxed */
DexFuture *stall_store_list_unsent (StallStore *self, gint64 after, guint limit, gsize bytes);
DexFuture *stall_store_count_unsent (StallStore *self); /* int64 */
/* Stores the answers (GPtrArray of StallVerdict) and the checkpoint in one transaction; boolean */
DexFuture *stall_store_settle (StallStore *self,
                               GPtrArray *verdicts,
                               const char *checkpoint,
                               const char *checkpoint_body);
DexFuture *stall_store_mark_unsent (StallStore *self, gint64 after); /* boolean */
/* string; "": there is none */
DexFuture *stall_store_load_checkpoint (StallStore *self, const char *checkpoint);
DexFuture *stall_store_get_sequence (StallStore *self); /* int64: of the newest change */

/* A document that the platform refused. */
typedef struct
{
  char *id;
  char *code;   /* "forbidden", "unauthorized", "too_large" … */
  char *reason; /* the platform's words */
  StallTime at;
} StallRefusal;

void stall_refusal_free (StallRefusal *self);
gboolean stall_refusal_is_kept (const StallRefusal *self); /* the owner keeps it only here */
DexFuture *stall_store_list_refused (StallStore *self);    /* GPtrArray of StallRefusal, boxed */
/* Offers a refused document again, or all with @id NULL; boolean */
DexFuture *stall_store_retry_refused (StallStore *self, const char *id);
/* The owner leaves a refused document, or all with @id NULL, on this computer; boolean */
DexFuture *stall_store_keep_refused (StallStore *self, const char *id);

/* A document with changes that the platform has not acknowledged, for a person to read. */
typedef struct
{
  char *id;
  char *title;  /* its title, name, number or question; NULL: it has none */
  StallTime at; /* of its last change here; STALL_TIME_NONE: it came from elsewhere */
} StallUnsent;

void stall_unsent_free (StallUnsent *self);
/* The newest first, without refused ones; GPtrArray of StallUnsent, boxed */
DexFuture *stall_store_list_waiting (StallStore *self, guint limit);
char *stall_replica_find_title (const char *body); /* of a body, or NULL */
/* What a document is called, as in StallUnsent; string, "": nothing */
DexFuture *stall_store_find_title (StallStore *self, const char *id);

/* An attachment that is to be fetched. */
typedef struct
{
  char *digest;
  char *id;
  char *revision; /* NULL: no version speaks of it any more */
  char *name;
  gint64 length;      /* bytes, as the document says */
  gint64 all_lengths; /* the same of all attachments of this version together */
} StallWanted;

void stall_wanted_free (StallWanted *self);
DexFuture *stall_store_list_wanted (StallStore *self, guint limit); /* GPtrArray, boxed */

/* An attachment that came in: a file in the stall's folder, not at its place yet. */
typedef struct
{
  char *digest; /* the wire digest that documents name it by */
  char *path;   /* NULL: the stall keeps it */
  char *sha256;
  gint64 length; /* bytes */
} StallNewFile;

void stall_new_file_free (StallNewFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallNewFile, stall_new_file_free)
/* Keeps what is in a GPtrArray of StallNewFile; boolean */
DexFuture *stall_store_adopt_files (StallStore *self, GPtrArray *files);
void stall_store_note_files (StallStore *self); /* after a batch of them: lists show them */
DexFuture *stall_store_drop_wanted (StallStore *self, const char *digest); /* boolean */

G_END_DECLS
