/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "stall-connection.h"

G_BEGIN_DECLS

/* Passwords and tokens: in the Secret Service and nowhere else. A computer without one rejects all
 * of these, and then the secret lives in memory only. */
DexFuture *stall_credentials_store (const StallConnection *connection, const char *secret);
DexFuture *stall_credentials_find (const StallConnection *connection,
                                   GCancellable *cancellable); /* string; "": there is none */
DexFuture *stall_credentials_forget (const StallConnection *connection); /* boolean */

G_END_DECLS
