/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-feed.h"

G_BEGIN_DECLS

/* GPtrArray of StallNewFile, boxed */
DexFuture *stall_enclosed_read (StallPage *page, GPtrArray *wanted, const char *folder);

G_END_DECLS
