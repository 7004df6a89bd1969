/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-context.h"
#include "stall-desk.h"

G_BEGIN_DECLS

/* An entry of a product's context: written by hand, or changed, or deleted. */
#define STALL_TYPE_CONTEXT_DIALOG (stall_context_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallContextDialog, stall_context_dialog, STALL, CONTEXT_DIALOG, AdwDialog)

AdwDialog *stall_context_dialog_new (StallDesk *desk, StallContext *context, gboolean is_new);

G_END_DECLS
