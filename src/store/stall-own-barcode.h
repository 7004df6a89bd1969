/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* A barcode of the stall’s own, which nothing else in it has. */
DexFuture *stall_own_barcode_new (StallStore *store, GHashTable *given);

G_END_DECLS
