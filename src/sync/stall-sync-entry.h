/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-attempt.h"
#include "stall-time.h"

G_BEGIN_DECLS

/* One line of the log of syncs. */
#define STALL_TYPE_SYNC_ENTRY (stall_sync_entry_get_type ())
G_DECLARE_FINAL_TYPE (StallSyncEntry, stall_sync_entry, STALL, SYNC_ENTRY, GObject)

StallSyncEntry *
stall_sync_entry_new (StallTime at, const StallSyncReport *report, const char *problem);
StallTime stall_sync_entry_get_time (StallSyncEntry *self);
const StallSyncReport *
stall_sync_entry_get_report (StallSyncEntry *self);              /* zeros when it failed */
const char *stall_sync_entry_get_problem (StallSyncEntry *self); /* NULL: it went well */

JsonNode *stall_sync_entry_to_json (StallSyncEntry *self);
StallSyncEntry *stall_sync_entry_new_from_json (JsonNode *node); /* NULL: it is none */

G_END_DECLS
