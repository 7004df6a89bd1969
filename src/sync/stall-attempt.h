/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-checkpoint.h"
#include "stall-remote.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* What one attempt did. */
#define STALL_TYPE_SYNC_REPORT (stall_sync_report_get_type ())
typedef struct
{
  guint64 n_rows;       /* of the platform’s feed that were looked at */
  guint64 n_pulled;     /* revisions that came in */
  guint64 n_pushed;     /* documents that the platform acknowledged */
  guint64 n_refused;    /* documents that it refused: stall_store_list_refused() */
  guint64 n_missing;    /* revisions that it named and did not have */
  guint64 n_files;      /* attachments that came in */
  guint64 n_files_late; /* that could not be fetched; they are asked for next time */
  guint64 n_received;   /* bytes */
  guint64 n_sent;       /* bytes */
} StallSyncReport;

GType stall_sync_report_get_type (void);
StallSyncReport *stall_sync_report_copy (const StallSyncReport *self);
void stall_sync_report_free (StallSyncReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallSyncReport, stall_sync_report_free)

/* How far an attempt is; @n_there documents are on the platform altogether. On the main thread. */
typedef void (*StallSyncProgress) (const StallSyncReport *so_far, guint64 n_there, gpointer data);

/* One attempt over one server, and what its parts share. It cannot start again: a new one does. */
typedef struct
{
  StallStore *store;
  StallRemote *remote;
  GCancellable *cancellable;
  StallSyncReport report;
  JsonNode *since; /* how far the pull came, for the feed that waits */
  gboolean without_files;
  StallSyncProgress progress; /* NULL: nobody looks */
  gpointer progress_data;
  guint64 n_there;
} StallAttempt;

void stall_attempt_tell (StallAttempt *attempt);

/* In a fiber. They end when there is nothing more to do. */
gboolean stall_guard_check (StallAttempt *attempt, GError **error);
gboolean stall_pull_run (StallAttempt *attempt, StallCheckpoint *checkpoint, GError **error);
gboolean stall_pull_files (StallAttempt *attempt, GError **error);
gboolean stall_push_run (StallAttempt *attempt, StallCheckpoint *checkpoint, GError **error);

G_END_DECLS
