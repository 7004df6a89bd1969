/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-connection.h"
#include "stall-replicator.h"
#include "stall-sync-log.h"

G_BEGIN_DECLS

/* The outer replicator: when the inner one makes an attempt, how long it waits after trouble, and
 * what a person is told. One for a stall; at most one attempt at a time. */
#define STALL_TYPE_SYNC (stall_sync_get_type ())
G_DECLARE_FINAL_TYPE (StallSync, stall_sync, STALL, SYNC, GObject)

typedef enum
{
  STALL_SYNC_NOT_CONNECTED,
  STALL_SYNC_ALL_SENT,  /* as the platform’s stored answers say */
  STALL_SYNC_UNSENT,    /* and about to be sent */
  STALL_SYNC_SYNCING,   /* see stall_sync_get_so_far() */
  STALL_SYNC_OFFLINE,   /* goes on by itself; see stall_sync_get_error() */
  STALL_SYNC_NEEDS_YOU, /* see stall_sync_get_error(); NULL: what was refused, or a conflict */
} StallSyncState;

StallSync *stall_sync_new (StallStore *store);
void stall_sync_start (StallSync *self);      /* nothing where the stall is not connected */
DexFuture *stall_sync_stop (StallSync *self); /* boolean: nothing of it runs any more */

/* boolean: whether the secret is kept beyond this run of the program */
DexFuture *
stall_sync_connect (StallSync *self, const StallConnection *connection, const char *secret);
/* boolean; STALL_SYNC_ERROR_UNSENT unless @even_unsent */
DexFuture *stall_sync_sign_out (StallSync *self, gboolean even_unsent);

void stall_sync_now (StallSync *self);            /* a person asks */
void stall_sync_fetch_pictures (StallSync *self); /* a person does not mind the price */
void stall_sync_wake_up (StallSync *self);        /* a person is back, maybe after a sleep */
/* A refused document; NULL: all. booleans */
DexFuture *stall_sync_retry (StallSync *self, const char *id);
DexFuture *stall_sync_keep_here (StallSync *self, const char *id);

/* properties state, error, n-unsent, n-stuck, n-conflicts, connection, pictures-wait, progress:
 * notified */
StallSyncState stall_sync_get_state (StallSync *self);
const GError *stall_sync_get_error (StallSync *self);
guint stall_sync_get_n_unsent (StallSync *self);    /* without what stays here by decision */
guint stall_sync_get_n_stuck (StallSync *self);     /* of these, refused */
guint stall_sync_get_n_conflicts (StallSync *self); /* to be settled by the owner */
const StallConnection *stall_sync_get_connection (StallSync *self); /* NULL: not connected */
gboolean stall_sync_get_pictures_wait (StallSync *self);
/* NULL: no attempt is under way */
const StallSyncReport *stall_sync_get_so_far (StallSync *self, guint64 *n_there);
StallTime stall_sync_get_last_time (StallSync *self); /* of a good sync; STALL_TIME_NONE */
StallSyncLog *stall_sync_get_log (StallSync *self);

guint stall_sync_back_off (guint n_failures, double chance); /* ms; @chance in 0 … 1 */

G_END_DECLS
