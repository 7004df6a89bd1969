/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Where the platform is and who signs in; then the first sync, as it goes on. */
#define STALL_TYPE_CONNECT_DIALOG (stall_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallConnectDialog, stall_connect_dialog, STALL, CONNECT_DIALOG, AdwDialog)

AdwDialog *stall_connect_dialog_new (StallDesk *desk);

G_END_DECLS
