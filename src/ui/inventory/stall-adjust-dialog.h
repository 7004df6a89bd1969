/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Changes the stock of one variant with a reason, or moves it between places. */
#define STALL_TYPE_ADJUST_DIALOG (stall_adjust_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallAdjustDialog, stall_adjust_dialog, STALL, ADJUST_DIALOG, AdwDialog)

AdwDialog *stall_adjust_dialog_new (StallDesk *desk, const char *variant_id, const char *title);

G_END_DECLS
