/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"

G_BEGIN_DECLS

/* The variants of a product on its page, each with its fields and stock. */
#define STALL_TYPE_VARIANTS_GROUP (stall_variants_group_get_type ())
G_DECLARE_FINAL_TYPE (StallVariantsGroup,
                      stall_variants_group,
                      STALL,
                      VARIANTS_GROUP,
                      AdwPreferencesGroup)

void stall_variants_group_set_editor (StallVariantsGroup *self, StallProductEditor *editor);
void stall_variants_group_commit (StallVariantsGroup *self);

G_END_DECLS
