/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"
#include "stall-poll.h"

G_BEGIN_DECLS

/* One option of a draft. Signals: changed; removed; moved (int by); picture-wanted. */
#define STALL_TYPE_POLL_OPTION_ROW (stall_poll_option_row_get_type ())
G_DECLARE_FINAL_TYPE (StallPollOptionRow,
                      stall_poll_option_row,
                      STALL,
                      POLL_OPTION_ROW,
                      AdwExpanderRow)

GtkWidget *
stall_poll_option_row_new (StallDesk *desk, const StallPollOption *option, const char *cover);
const StallPollOption *stall_poll_option_row_get_option (StallPollOptionRow *self);
void stall_poll_option_row_edit (StallPollOptionRow *self);

G_END_DECLS
