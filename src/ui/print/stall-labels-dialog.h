/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* How many labels of which size, with a picture of what comes out. */
#define STALL_TYPE_LABELS_DIALOG (stall_labels_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallLabelsDialog, stall_labels_dialog, STALL, LABELS_DIALOG, AdwDialog)

AdwDialog *stall_labels_dialog_new (StallDesk *desk, GListModel *variants);

G_END_DECLS
