/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Two versions of a thing side by side, for the owner to settle. */
#define STALL_TYPE_CONFLICT_DIALOG (stall_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallConflictDialog, stall_conflict_dialog, STALL, CONFLICT_DIALOG, AdwDialog)

AdwDialog *stall_conflict_dialog_new (StallDesk *desk, const char *id);

G_END_DECLS
