/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-change-set.h"

G_BEGIN_DECLS

gboolean stall_change_set_rewind (StallChangeSet *self, GError **error);
GCancellable *stall_change_set_get_cancellable (StallChangeSet *self);
GPtrArray *stall_change_set_next (StallChangeSet *self, GError **error);
const char *const *stall_change_set_get_losers (StallChangeSet *self, StallDocument *document);

G_END_DECLS
