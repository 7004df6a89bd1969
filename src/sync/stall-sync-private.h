/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-sync.h"

G_BEGIN_DECLS

/* What the object, its loop and its requests share. */

typedef enum
{
  PHASE_STOPPED,
  PHASE_RUNNING, /* an attempt */
  PHASE_POLLING, /* caught up; the platform tells when there is more */
  PHASE_HELD,    /* by an error */
} Phase;

struct _StallSync
{
  GObject parent_instance;

  StallStore *store;
  StallSyncLog *log; /* made when first asked for */
  StallConnection *connection;
  GNetworkMonitor *monitor; /* none until it runs */

  GCancellable *cancellable; /* of the loop that runs; another one is another generation */
  DexFuture *loop;
  DexPromise *wake; /* ends what the loop waits for */

  Phase phase;
  StallSyncState state;
  GError *error;
  guint n_failures;
  gint64 not_before; /* monotonic: the platform asked to be left alone until then */
  StallTime last_time;
  StallSyncReport so_far;
  guint64 n_there;

  gboolean counted; /* what follows is known */
  guint n_unsent;
  guint n_stuck;
  guint n_conflicts;
  guint change_source;
  gboolean counting;
  gboolean counts_are_old;
  gboolean pictures_wait;
  gboolean pictures_asked;
  gint64 slept; /* µs that this computer has slept since it started */
};

/* What the loop and the requests tell the object. */
void stall_sync_enter (StallSync *self, Phase phase, GError *error); /* takes @error over */
void stall_sync_set_connection (StallSync *self, const StallConnection *connection);
gboolean stall_sync_count (StallSync *self, GError **error);
void stall_sync_count_soon (StallSync *self);
void stall_sync_show_progress (StallSync *self, const StallSyncReport *so_far, guint64 n_there);
void stall_sync_set_pictures_wait (StallSync *self, gboolean wait);
void stall_sync_record (StallSync *self, const StallSyncReport *report, const GError *error);

/* What the object asks of the loop. */
void stall_sync_begin (StallSync *self, StallRemote *remote);
void stall_sync_wake (StallSync *self);
void stall_sync_try_again (StallSync *self);
gint64 stall_sync_measure_sleep (void);
StallRemote *
stall_sync_open_remote (const StallConnection *connection, const char *secret, GError **error);

G_END_DECLS
