/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-product-editor.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* One variant on its product's page: a line that opens into its fields and its stock. */
#define STALL_TYPE_VARIANT_EXPANDER (stall_variant_expander_get_type ())
G_DECLARE_FINAL_TYPE (StallVariantExpander,
                      stall_variant_expander,
                      STALL,
                      VARIANT_EXPANDER,
                      AdwExpanderRow)

GtkWidget *stall_variant_expander_new (StallProductEditor *editor, const char *variant_id);
const char *stall_variant_expander_get_variant_id (StallVariantExpander *self);
void stall_variant_expander_refresh (StallVariantExpander *self);
void stall_variant_expander_commit (StallVariantExpander *self);
void stall_variant_expander_set_stock (StallVariantExpander *self, StallVariantRow *row);

G_END_DECLS
