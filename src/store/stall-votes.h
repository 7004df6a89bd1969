/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-decision.h"
#include "stall-poll.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Polls and the audience's votes.
 *
 * A ballot never changes, but a phone may change its mind until the close. So while a poll is open
 * its votes from the audience page lie in the stall's *box*: a table of stall.db beside the
 * documents, one row a poll and voter, not synced, in every backup. Giving a vote writes that row,
 * on disk before it is acknowledged. After the close the box is sealed: each row becomes the one
 * ballot of its voter, in one transaction, which undo does not take back because it is what others
 * did. All counts are ballots + box − who is in both, so they are the same before, during and after
 * the sealing, and a sealing that was cut short is done again. */

/* One vote as the audience page hands it in. */
typedef struct
{
  char *poll_id;
  char *voter;  /* see stall_ballot_voter_is_valid() */
  char *option; /* id of an option */
  StallTime at;
} StallVote;

typedef enum
{
  STALL_VOTE_COUNTED,
  STALL_VOTE_CHANGED, /* it replaces an earlier vote of this voter */
  STALL_VOTE_SAME,    /* this voter had voted so already */
  STALL_VOTE_NOT_OPEN,
  STALL_VOTE_NO_OPTION,
} StallVoteAnswer;

StallVote *
stall_vote_new (const char *poll_id, const char *voter, const char *option, StallTime at);
void stall_vote_free (StallVote *self);

/* Saves a poll that stall_poll_check() allows, else STALL_ERROR_INVALID: StallReceipt boxed. Once
 * it has opened, no undo takes it back. */
DexFuture *stall_store_save_poll (StallStore *self, StallPoll *poll);
/* Closes an open poll this moment, for good: StallReceipt boxed. */
DexFuture *stall_store_close_poll (StallStore *self, const char *poll_id);
/* Says that polls are not as they were because of the time: one has opened or closed by itself. */
void stall_store_note_time (StallStore *self);
/* Records a decision that stall_decision_check() allows and, in the same change set, moves the
 * product: StallReceipt boxed. */
DexFuture *stall_store_decide (StallStore *self, StallDecision *decision);
/* Takes in votes, in order, in one transaction: GArray boxed of StallVoteAnswer, one a vote. */
DexFuture *stall_store_cast_votes (StallStore *self, GPtrArray *votes);
/* The option that a voter has chosen so far: string, or NULL. */
DexFuture *stall_store_get_vote (StallStore *self, const char *poll_id, const char *voter);
/* Seals the box of every poll that has closed: int64, how many ballots that made. Call it when a
 * stall is opened and when a poll closes. */
DexFuture *stall_store_seal_votes (StallStore *self);
/* A value about this installation alone, never synced: string. @initial is kept, and is the answer,
 * when there is none yet. */
DexFuture *stall_store_keep_local (StallStore *self, const char *name, const char *initial);
DexFuture *stall_store_set_local (StallStore *self, const char *name, const char *value);

G_END_DECLS
