/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-poll-figures.h"
#include "stall-votes.h"

G_BEGIN_DECLS

/* The audience's vote page on the local network: off until it is started, on a random port and an
 * unguessable path that stay the same after a restart, and only for one poll. */

#define STALL_TYPE_VOTE_SERVER (stall_vote_server_get_type ())
G_DECLARE_FINAL_TYPE (StallVoteServer, stall_vote_server, STALL, VOTE_SERVER, GObject)

StallVoteServer *stall_vote_server_new (StallStore *store);
DexFuture *stall_vote_server_start (StallVoteServer *self, const char *poll_id); /* boolean */
void stall_vote_server_stop (StallVoteServer *self);

/* properties: running (boolean), url (string or NULL: what the QR code holds), kept (boolean) */
gboolean stall_vote_server_get_running (StallVoteServer *self);
const char *stall_vote_server_get_poll_id (StallVoteServer *self);  /* NULL: not running */
const char *stall_vote_server_get_question (StallVoteServer *self); /* of that poll */
const char *stall_vote_server_get_url (StallVoteServer *self);
/* Whether it goes on when the window that shows its address is closed; FALSE after a stop. */
gboolean stall_vote_server_get_kept (StallVoteServer *self);
void stall_vote_server_set_kept (StallVoteServer *self, gboolean kept);
gboolean stall_vote_server_can_be_reached (void); /* FALSE: this machine is in no network */
/* The page's address at every address of this machine, the likeliest first. */
GStrv stall_vote_server_dup_urls (StallVoteServer *self);
/* The read-only “results on a screen” form of an address. */

/* signal voted (StallVoteServer *, guint answers): votes are on disk; at most four times a second.
 */
/* signal closed (StallVoteServer *): the poll has closed and its votes are ballots now. The page
 * goes on showing that it has closed until stall_vote_server_stop(). */
/* signal failed (StallVoteServer *, const GError *): votes could not be kept (the disk is full);
 * the phones were told so. */

G_END_DECLS
