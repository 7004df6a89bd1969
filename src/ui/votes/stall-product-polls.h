/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* The polls that a product's variants were options of; hidden when there is none. */
#define STALL_TYPE_PRODUCT_POLLS (stall_product_polls_get_type ())
G_DECLARE_FINAL_TYPE (StallProductPolls,
                      stall_product_polls,
                      STALL,
                      PRODUCT_POLLS,
                      AdwPreferencesGroup)

void
stall_product_polls_set_product (StallProductPolls *self, StallDesk *desk, const char *product_id);

G_END_DECLS
