/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StallSyncError:
 * @STALL_SYNC_ERROR_RETRY: the network, or a server that is busy or down; try again later by itself
 * @STALL_SYNC_ERROR_MALFORMED: an answer that is cut off or no JSON; as @STALL_SYNC_ERROR_RETRY
 * @STALL_SYNC_ERROR_SIGN_IN: the person has to sign in
 * @STALL_SYNC_ERROR_FORBIDDEN: signed in, but this database is not theirs
 * @STALL_SYNC_ERROR_GONE: there is no such database
 * @STALL_SYNC_ERROR_NOT_COUCHDB: something else answers at this address
 * @STALL_SYNC_ERROR_NOT_THIS_STALL: a database of another stall, or of something else
 * @STALL_SYNC_ERROR_LOGIN_PAGE: a page of HTML answers, as the Wi-Fi of a fair does before one has
 *   agreed to its terms
 * @STALL_SYNC_ERROR_REDIRECTED: the server sends us to another host
 * @STALL_SYNC_ERROR_CERTIFICATE: the server cannot prove who it is
 * @STALL_SYNC_ERROR_INSECURE: plain http to another machine that nobody agreed to
 * @STALL_SYNC_ERROR_CONFLICT: somebody else wrote first (409)
 * @STALL_SYNC_ERROR_LACKS: the server lacks what was referred to (412)
 * @STALL_SYNC_ERROR_TOO_LARGE: more than the server takes (413)
 * @STALL_SYNC_ERROR_UNSENT: what is asked for would lose changes that were not sent
 * @STALL_SYNC_ERROR_REFUSED: any other answer that says no
 *
 * What a policy can act on. An error of the store itself keeps its own domain, and one that ended
 * because it was cancelled is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  STALL_SYNC_ERROR_RETRY,
  STALL_SYNC_ERROR_MALFORMED,
  STALL_SYNC_ERROR_SIGN_IN,
  STALL_SYNC_ERROR_FORBIDDEN,
  STALL_SYNC_ERROR_GONE,
  STALL_SYNC_ERROR_NOT_COUCHDB,
  STALL_SYNC_ERROR_NOT_THIS_STALL,
  STALL_SYNC_ERROR_LOGIN_PAGE,
  STALL_SYNC_ERROR_REDIRECTED,
  STALL_SYNC_ERROR_CERTIFICATE,
  STALL_SYNC_ERROR_INSECURE,
  STALL_SYNC_ERROR_CONFLICT,
  STALL_SYNC_ERROR_LACKS,
  STALL_SYNC_ERROR_TOO_LARGE,
  STALL_SYNC_ERROR_UNSENT,
  STALL_SYNC_ERROR_REFUSED,
} StallSyncError;

#define STALL_SYNC_ERROR (stall_sync_error_quark ())
GQuark stall_sync_error_quark (void);

GError *stall_sync_error_new_retry (guint seconds, const char *message);
guint stall_sync_error_get_retry_after (const GError *error); /* seconds; 0: it did not say */
gboolean stall_sync_error_is_transient (const GError *error);

G_END_DECLS
