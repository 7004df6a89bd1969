/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "stall-change-set.h"
#include "stall-error.h"
#include "stall-order.h"
#include "stall-product.h"
#include "stall-profile.h"
#include "stall-progress.h"

G_BEGIN_DECLS

/* The one SQLite file of a stall and the folder around it:
 *
 *   stall.db       documents and revisions (the truth), projections and search (a cache)
 *   lock           who holds the stall
 *   attachments/   pictures by SHA-256
 *   backups/       one a day, seven kept
 *
 * Every change enters through stall_store_apply(). Nothing here blocks the caller: work runs on the
 * writing thread or a reading thread and resolves a future on the caller's scheduler. */

#define STALL_TYPE_STORE (stall_store_get_type ())
G_DECLARE_FINAL_TYPE (StallStore, stall_store, STALL, STORE, GObject)

typedef enum
{
  STALL_STORE_READ_ONLY = 0,   /* no lock needed */
  STALL_STORE_WRITE = 1 << 0,  /* takes the lock or fails with STALL_ERROR_BUSY */
  STALL_STORE_CREATE = 1 << 1, /* makes the stall where there is none */
} StallStoreFlags;

/* Opens the stall in @folder; a StallStore. */
DexFuture *stall_store_open (const char *folder, StallStoreFlags flags);
/* The same; @progress tells of projections that are made anew on the way. */
DexFuture *
stall_store_open_with_progress (const char *folder, StallStoreFlags flags, StallProgress *progress);
DexFuture *stall_store_close (StallStore *self);
gboolean stall_store_exists (const char *folder);
const char *stall_store_get_folder (StallStore *self);
const char *stall_store_get_device (StallStore *self);
gboolean stall_store_get_writable (StallStore *self);

/* What other devices call this one, as in “Fair laptop”; the computer's name at first. */
DexFuture *stall_store_load_device_name (StallStore *self);              /* string */
DexFuture *stall_store_name_device (StallStore *self, const char *name); /* boolean */

/* signal changed (StallStore *, guint kinds): after every change, on the main thread; `kinds` has
 * bit 1 << StallKind set for each kind of document that changed. Query models listen by themselves.
 */

/* signal failed (StallStore *, const GError *): a list could not be read: the file is damaged or
 * the disk failed. */

/* --- one door in --- */
DexFuture *stall_store_apply (StallStore *self, StallChangeSet *changes); /* StallReceipt boxed */
DexFuture *stall_store_undo (StallStore *self,
                             gint64 change_set); /* StallReceipt boxed; 0: the last one */
DexFuture *stall_store_redo (StallStore *self);  /* StallReceipt boxed */
/* properties undo-label and redo-label (nullable): what undo and redo would take back or do again
 */

/* --- reading whole things --- */
DexFuture *stall_store_load (StallStore *self,
                             const char *id); /* StallDocument; STALL_ERROR_NOT_FOUND */
DexFuture *stall_store_list (StallStore *self,
                             const char *id_prefix); /* GListModel of StallDocument, by id */
DexFuture *
stall_store_find_variant (StallStore *self,
                          const char *code); /* StallVariantRow by barcode, else SKU; NOT_FOUND */
/* Another variant than @variant_id whose SKU or barcode is @code: StallVariantRow; NOT_FOUND */
DexFuture *stall_store_find_twin (StallStore *self, const char *code, const char *variant_id);
DexFuture *stall_store_count (StallStore *self, StallKind kind); /* int64 */

/* --- pictures --- */
/* Keeps a copy of @bytes by digest; resolves to the wire digest "md5-…" as string. */
DexFuture *stall_store_attach (StallStore *self, GBytes *bytes);
char *stall_store_get_attachment_path (StallStore *self,
                                       const char *digest); /* NULL: the stall does not have it */

/* --- looking after it --- */
DexFuture *stall_store_check (StallStore *self); /* GStrv boxed: differences; empty: all is well */
DexFuture *stall_store_backup (StallStore *self, const char *path); /* boolean */
DexFuture *stall_store_restore (const char *folder,
                                const char *path); /* boolean; the old stall is kept as a backup */
DexFuture *stall_store_backup_daily (StallStore *self); /* boolean: made one */
GStrv stall_store_list_backups (const char *folder);    /* newest first, full paths */

typedef enum
{
  STALL_BACKUP_DAILY,
  STALL_BACKUP_BEFORE_RESTORE, /* what another backup took the place of */
  STALL_BACKUP_BY_HAND,
} StallBackupOrigin;
typedef struct
{
  StallBackupOrigin origin;
  StallTime at; /* when it was made */
  guint64 size; /* bytes */
} StallBackupFile;
gboolean stall_store_describe_backup (const char *path, StallBackupFile *backup);
char *stall_store_find_last_backup (const char *folder); /* the newest automatic one, or NULL */
void stall_store_discard (const char *folder);           /* deletes a stall made for a moment */

G_END_DECLS
