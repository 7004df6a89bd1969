/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "stall-poll-figures.h"
#include "stall-votes.h"

G_BEGIN_DECLS

/* What the page's addresses answer. Votes that come while others are being written are written
 * together, so that many phones at once cost few writes; each is answered when it is on disk. */

#define STALL_TYPE_VOTE_ROUTES (stall_vote_routes_get_type ())
G_DECLARE_FINAL_TYPE (StallVoteRoutes, stall_vote_routes, STALL, VOTE_ROUTES, GObject)

StallVoteRoutes *
stall_vote_routes_new (StallStore *store, const char *poll_id, const char *key, SoupServer *server);
const char *stall_vote_routes_get_question (StallVoteRoutes *self); /* once loaded */
const char *stall_vote_routes_get_path (StallVoteRoutes *self);
DexFuture *stall_vote_routes_load (StallVoteRoutes *self); /* boolean */

/* signals: voted (guint), failed (GError) */

G_END_DECLS
