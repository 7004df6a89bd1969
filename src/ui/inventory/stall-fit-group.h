/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* The fit record of a product on its page: base size, and who tried it on. */
#define STALL_TYPE_FIT_GROUP (stall_fit_group_get_type ())
G_DECLARE_FINAL_TYPE (StallFitGroup, stall_fit_group, STALL, FIT_GROUP, AdwPreferencesGroup)

void stall_fit_group_set_editor (StallFitGroup *self, StallProductEditor *editor);
void stall_fit_group_commit (StallFitGroup *self);

G_END_DECLS
