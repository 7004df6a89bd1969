/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"
#include "stall-thread.h"

G_BEGIN_DECLS

/* Which reading connection a job takes: lists that a person waits for, the rows they look at now,
 * or what may take a while (sums, exports, backups, the check) and must not keep those waiting. */
typedef enum
{
  STALL_READER_LISTS,
  STALL_READER_ROWS,
  STALL_READER_REST
} StallReader;
#define STALL_N_READERS 3

DexFuture *stall_store_read (StallStore *self,
                             StallReader reader,
                             StallJob job,
                             gpointer data,
                             GDestroyNotify destroy,
                             GCancellable *cancellable);

DexFuture *
stall_store_write (StallStore *self, StallJob job, gpointer data, GDestroyNotify destroy);
void stall_store_note_change (StallStore *self, guint kinds);
void stall_store_note_file (StallStore *self, const char *digest, const char *sha256);
void stall_store_note_damage (StallStore *self);
void stall_store_note_failure (StallStore *self, const GError *error);
void stall_store_set_labels (StallStore *self, const char *undo_label, const char *redo_label);
DexFuture *stall_store_reject (StallError code, const char *message);

#define STALL_STORE_FILE "stall.db"

/* in stall-backup.c */
gboolean
stall_backup_write (StallDatabase *database, const char *folder, const char *path, GError **error);
gboolean stall_backup_restore (const char *folder, const char *path, GError **error);
gboolean stall_backup_is_restored (const char *folder);
gboolean stall_backup_finish_restore (const char *folder, GError **error);
gboolean
stall_backup_daily (StallDatabase *database, const char *folder, gboolean *made, GError **error);

/* in stall-check.c */
GStrv stall_check_run (StallDatabase *database, const char *folder, GError **error);

/* in stall-attachment.c */
char *stall_attachment_get_path (const char *folder, const char *sha256);
char *stall_attachment_write (StallDatabase *database,
                              const char *folder,
                              GBytes *bytes,
                              char **sha256,
                              GError **error);
GHashTable *stall_attachment_load_names (StallDatabase *database);

G_END_DECLS
