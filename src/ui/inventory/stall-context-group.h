/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* Why a product matters, and to whom: its context by type, what is missing with the next step for
 * it, and the notes that link it. */
#define STALL_TYPE_CONTEXT_GROUP (stall_context_group_get_type ())
G_DECLARE_FINAL_TYPE (StallContextGroup,
                      stall_context_group,
                      STALL,
                      CONTEXT_GROUP,
                      AdwPreferencesGroup)

void
stall_context_group_set_product (StallContextGroup *self, StallDesk *desk, const char *product_id);

G_END_DECLS
