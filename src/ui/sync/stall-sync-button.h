/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Always says whether all is sent, and leads to the page that says more. */
#define STALL_TYPE_SYNC_BUTTON (stall_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (StallSyncButton, stall_sync_button, STALL, SYNC_BUTTON, AdwBin)

void stall_sync_button_set_desk (StallSyncButton *self, StallDesk *desk);

G_END_DECLS
