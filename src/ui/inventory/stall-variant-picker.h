/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* Finds one variant by title, SKU or barcode. Signal: picked (StallVariantRow *); the dialog then
 * closes by itself. */
#define STALL_TYPE_VARIANT_PICKER (stall_variant_picker_get_type ())
G_DECLARE_FINAL_TYPE (StallVariantPicker, stall_variant_picker, STALL, VARIANT_PICKER, AdwDialog)

AdwDialog *stall_variant_picker_new (StallDesk *desk, const char *title);

G_END_DECLS
