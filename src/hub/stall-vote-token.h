/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What tells one phone from another without knowing anything about it: a random name in a signed
 * cookie. What a ballot says of its voter is made from it and from the poll, so that ballots of two
 * polls cannot be joined. The key is the stall's own and is not synced. */

#define STALL_VOTE_COOKIE "stall-voter"

char *stall_vote_token_new_device (void);
char *stall_vote_token_make_cookie (const char *key, const char *device);
char *stall_vote_token_read_cookie (const char *key, const char *header);
char *stall_vote_token_make_voter (const char *key, const char *poll_id, const char *device);
char *stall_vote_token_make_form (const char *key, const char *poll_id, const char *device);
char *stall_vote_token_make_path (const char *key, const char *poll_id);
gboolean stall_vote_token_equal (const char *a, const char *b);

G_END_DECLS
