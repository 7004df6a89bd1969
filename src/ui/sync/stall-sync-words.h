/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-replica.h"
#include "stall-sync.h"

G_BEGIN_DECLS

/* What a person reads of the sync. */
const char *stall_sync_words_icon (StallSync *sync);
char *stall_sync_words_short (StallSync *sync); /* “All sent”, “3 unsent”, “Offline · 3 unsent” */
char *stall_sync_words_long (StallSync *sync);  /* whole sentences: what is, and what to do */
char *stall_sync_words_entry (StallSyncEntry *entry); /* what it did, and how much that weighed */
char *stall_sync_words_thing (const char *id, const char *title);
const char *stall_sync_words_kind (const char *id);

G_END_DECLS
