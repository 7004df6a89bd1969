/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* A market to practise with: plays the platform and its shoppers. It reads what a stall offers and
 * says what happens to it; who calls it carries documents to and fro. The same seed and the same
 * stall give the same day. */
#define STALL_TYPE_MARKET (stall_market_get_type ())
G_DECLARE_FINAL_TYPE (StallMarket, stall_market, STALL, MARKET, GObject)

/* What every document of the platform names as its `device`. */
#define STALL_MARKET_DEVICE "platform"

StallMarket *stall_market_new (guint32 seed);
void stall_market_learn (StallMarket *self, StallDocument *document);
GPtrArray *stall_market_play (StallMarket *self, StallTime now); /* of StallDocument */

G_END_DECLS
