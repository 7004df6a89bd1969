/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* The parts of a kit on its product's page: its stock is what its parts allow. */
#define STALL_TYPE_KIT_GROUP (stall_kit_group_get_type ())
G_DECLARE_FINAL_TYPE (StallKitGroup, stall_kit_group, STALL, KIT_GROUP, AdwPreferencesGroup)

void stall_kit_group_set_editor (StallKitGroup *self, StallProductEditor *editor);

G_END_DECLS
