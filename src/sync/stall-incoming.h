/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-replica.h"

G_BEGIN_DECLS

/* An attachment while it comes in: a file in the stall's folder, and what was seen of it so far. */
typedef struct _StallIncoming StallIncoming;

StallIncoming *stall_incoming_new (const char *folder, gint64 most, GError **error);
void stall_incoming_free (StallIncoming *self);
gboolean stall_incoming_append (StallIncoming *self, const char *bytes, gsize size, GError **error);
StallNewFile *stall_incoming_finish (StallIncoming *self, const StallWanted *wanted);
void stall_incoming_sweep (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallIncoming, stall_incoming_free)

G_END_DECLS
