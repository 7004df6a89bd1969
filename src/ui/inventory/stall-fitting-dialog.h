/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* Who tried a product on, and how it fits: one entry of its fit record. */
#define STALL_TYPE_FITTING_DIALOG (stall_fitting_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallFittingDialog, stall_fitting_dialog, STALL, FITTING_DIALOG, AdwDialog)

AdwDialog *stall_fitting_dialog_new (StallProductEditor *editor, int index);

G_END_DECLS
