/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* Asks how a poll ends, and records it. */
#define STALL_TYPE_DECISION_DIALOG (stall_decision_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallDecisionDialog, stall_decision_dialog, STALL, DECISION_DIALOG, AdwDialog)

AdwDialog *stall_decision_dialog_new (StallDesk *desk, const StallPollFigures *figures);

G_END_DECLS
