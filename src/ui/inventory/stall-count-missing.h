/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-count.h"

G_BEGIN_DECLS

/* What should be at the place of a count and was not scanned. */
DexFuture *stall_count_add_missing (StallCount *count, StallStore *store);

G_END_DECLS
