/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* A poll as CSV, like the other exports (stall-export.h). Resolve to int64: rows written. */
DexFuture *stall_export_tally (StallStore *store, const char *poll_id, GFile *file);
DexFuture *stall_export_ballots (StallStore *store, const char *poll_id, GFile *file);

G_END_DECLS
