/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Accepts connections for a SoupServer and keeps them within bounds: how many at once, how many of
 * one address, and how long one may take to say what it wants. */

#define STALL_TYPE_VOTE_LISTENER (stall_vote_listener_get_type ())
G_DECLARE_FINAL_TYPE (StallVoteListener, stall_vote_listener, STALL, VOTE_LISTENER, GObject)

StallVoteListener *stall_vote_listener_new (SoupServer *server);
guint16 stall_vote_listener_listen (StallVoteListener *self, guint16 port, GError **error);
void stall_vote_listener_stop (StallVoteListener *self);

G_END_DECLS
