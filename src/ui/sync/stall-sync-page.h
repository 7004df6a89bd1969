/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* What stall_desk_open() takes for this page. */
#define STALL_SYNC_PAGE_ID "sync"

/* How the sync with the platform stands: what is unsent, what was refused and what can be done
 * about it, the last syncs, and the connection. */
#define STALL_TYPE_SYNC_PAGE (stall_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (StallSyncPage, stall_sync_page, STALL, SYNC_PAGE, AdwNavigationPage)

AdwNavigationPage *stall_sync_page_new (StallDesk *desk);

G_END_DECLS
