/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-poll.h"

G_BEGIN_DECLS

/* The options in the members of a poll. What this version does not know of an option stays with it.
 */
GPtrArray *stall_poll_options_read (JsonObject *poll);
void stall_poll_options_write (JsonObject *poll, GPtrArray *options);
gboolean stall_poll_options_equal (GPtrArray *a, GPtrArray *b);
gboolean stall_poll_options_check (GPtrArray *options, GError **error);

/* What belongs to a poll: "ballot:POLL:VOTER", "tally:POLL:ORIGIN", "decision:POLL:…". */
char *stall_poll_id_of (const char *id, const char **rest);
gpointer stall_poll_refuse (const char *id, const char *member, GError **error);

G_END_DECLS
