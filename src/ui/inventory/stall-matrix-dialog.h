/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* Adds variants to a product: every value of one option with every value of another. */
#define STALL_TYPE_MATRIX_DIALOG (stall_matrix_dialog_get_type ())
G_DECLARE_FINAL_TYPE (StallMatrixDialog, stall_matrix_dialog, STALL, MATRIX_DIALOG, AdwDialog)

AdwDialog *stall_matrix_dialog_new (StallProductEditor *editor);

G_END_DECLS
