/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-sync-entry.h"

G_BEGIN_DECLS

/* The last syncs of a stall, the newest first: a list model of StallSyncEntry, kept in the stall’s
 * folder. */
#define STALL_TYPE_SYNC_LOG (stall_sync_log_get_type ())
G_DECLARE_FINAL_TYPE (StallSyncLog, stall_sync_log, STALL, SYNC_LOG, GObject)

#define STALL_SYNC_LOG_LENGTH 50

StallSyncLog *stall_sync_log_new (const char *folder);
void stall_sync_log_add (StallSyncLog *self, StallSyncEntry *entry);
StallSyncEntry *stall_sync_log_get_newest (StallSyncLog *self); /* NULL: never synced */
void stall_sync_log_forget (StallSyncLog *self);

G_END_DECLS
