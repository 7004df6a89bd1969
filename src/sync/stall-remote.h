/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* One database on a server that speaks CouchDB's HTTP: every request of replication goes through
 * here, and every status is judged here. */
#define STALL_TYPE_REMOTE (stall_remote_get_type ())
G_DECLARE_FINAL_TYPE (StallRemote, stall_remote, STALL, REMOTE, GObject)

StallRemote *stall_remote_new (const char *address, gboolean insecure_allowed, GError **error);
StallRemote *stall_remote_new_sibling (StallRemote *self, const char *name);
const char *stall_remote_get_address (StallRemote *self);
const char *stall_remote_get_user (StallRemote *self);
void stall_remote_set_password (StallRemote *self, const char *user, const char *password);
void stall_remote_set_token (StallRemote *self, const char *token);
guint64 stall_remote_get_n_received (StallRemote *self);
guint64 stall_remote_get_n_sent (StallRemote *self);

/**
 * StallRemoteSink:
 * @bytes: the next piece of the answer
 * @size: its bytes
 * @data: the caller's own
 * @error: return location
 *
 * Takes an answer while it comes in. It is called on the main thread, for a good status only.
 *
 * Returns: %FALSE to stop with @error
 */
typedef gboolean (*StallRemoteSink) (const char *bytes, gsize size, gpointer data, GError **error);

/* What is asked. Everything but @path may stay zero. */
typedef struct
{
  const char *method; /* NULL: GET */
  const char *path;   /* below the database, escaped, with its query; "" the database itself */
  GBytes *body;
  const char *body_type; /* NULL: application/json */
  gboolean any_type;     /* the answer may be of any media type, an attachment say */
  guint timeout;         /* s without a byte; 0: STALL_SYNC_TIMEOUT */
  StallRemoteSink sink;  /* NULL: the answer is held whole */
  gpointer sink_data;    /* lives until the future is settled */
  GCancellable *cancellable;
} StallRemoteRequest;

/* bytes boxed: the answer, empty with a sink; else a STALL_SYNC_ERROR. */
DexFuture *stall_remote_send (StallRemote *self, const StallRemoteRequest *request);
/* JsonObject boxed: the same for an answer that is one JSON object (or array, as its “results”). */
DexFuture *stall_remote_send_for_object (StallRemote *self, const StallRemoteRequest *request);

G_END_DECLS
