/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* Fills an empty stall with the sample stall, in the language of the locale, dates relative to
 * @now, through the same imports and change sets as a person's data. Boolean. */
DexFuture *stall_sample_fill (StallStore *store, StallTime now);

G_END_DECLS
