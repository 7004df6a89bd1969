/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* The pictures that phones get, each made once: kept in memory while the page is on, and in the
 * cache folder for the next time. */

#define STALL_TYPE_VOTE_PICTURES (stall_vote_pictures_get_type ())
G_DECLARE_FINAL_TYPE (StallVotePictures, stall_vote_pictures, STALL, VOTE_PICTURES, GObject)

StallVotePictures *stall_vote_pictures_new (StallStore *store);
DexFuture *stall_vote_pictures_load (StallVotePictures *self, const char *digest); /* GBytes */

G_END_DECLS
