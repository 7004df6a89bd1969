/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-progress.h"

G_BEGIN_DECLS

/* What the window shows while its stall cannot be looked at: nothing at first, after a while the
 * reason, and a bar where lists are made anew. */

#define STALL_TYPE_WAITING_PAGE (stall_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (StallWaitingPage, stall_waiting_page, STALL, WAITING_PAGE, AdwBin)

void stall_waiting_page_begin (StallWaitingPage *self, const char *reason, StallProgress *progress);
void stall_waiting_page_end (StallWaitingPage *self);

G_END_DECLS
