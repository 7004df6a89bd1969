/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* Origin, maker and the free attributes of a product on its page. */
#define STALL_TYPE_DETAILS_GROUP (stall_details_group_get_type ())
G_DECLARE_FINAL_TYPE (StallDetailsGroup,
                      stall_details_group,
                      STALL,
                      DETAILS_GROUP,
                      AdwPreferencesGroup)

void stall_details_group_set_editor (StallDetailsGroup *self, StallProductEditor *editor);
void stall_details_group_commit (StallDetailsGroup *self);

G_END_DECLS
