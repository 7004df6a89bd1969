/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Everything that moved one variant's stock, newest first. */
#define STALL_TYPE_LEDGER_DIALOG (stall_ledger_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallLedgerDialog, stall_ledger_dialog, STALL, LEDGER_DIALOG, AdwDialog)

AdwDialog *stall_ledger_dialog_new (StallDesk *desk, const char *variant_id, const char *title);

G_END_DECLS
