/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "stall-time.h"

G_BEGIN_DECLS

/* How much one address may ask for. Kept in memory alone: no address is ever written down. */
typedef struct _StallRateLimit StallRateLimit;

StallRateLimit *stall_rate_limit_new (double per_second, double burst);
void stall_rate_limit_free (StallRateLimit *self);
gboolean
stall_rate_limit_take (StallRateLimit *self, GInetAddress *address, double cost, StallTime now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallRateLimit, stall_rate_limit_free)

G_END_DECLS
