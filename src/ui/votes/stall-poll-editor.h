/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-poll.h"

G_BEGIN_DECLS

/* A draft of a poll that saves itself while it is edited. Signals: edited: it was touched;
 * replaced: the poll is another one now, because somebody else saved it or undid an edit. */
#define STALL_TYPE_POLL_EDITOR (stall_poll_editor_get_type ())
G_DECLARE_FINAL_TYPE (StallPollEditor, stall_poll_editor, STALL, POLL_EDITOR, GObject)

StallPollEditor *stall_poll_editor_new (StallDesk *desk);
StallPoll *stall_poll_editor_get_poll (StallPollEditor *self); /* edit it, then touch */
StallDesk *stall_poll_editor_get_desk (StallPollEditor *self);
gboolean stall_poll_editor_get_saved_once (StallPollEditor *self);
void stall_poll_editor_touch (StallPollEditor *self);
void stall_poll_editor_take (StallPollEditor *self, StallPoll *stored);
DexFuture *stall_poll_editor_settle (StallPollEditor *self); /* boolean */
StallPoll *
stall_poll_editor_try_opening (StallPollEditor *self, StallTime opens_at, GError **error);
void stall_poll_editor_move_opening (StallPollEditor *self, StallTime opens_at);
DexFuture *stall_poll_editor_open (StallPollEditor *self, StallTime opens_at); /* boolean */
/* Shows the picture of @file for an option: boolean. */
DexFuture *
stall_poll_editor_add_picture (StallPollEditor *self, const char *option_id, GFile *file);

G_END_DECLS
