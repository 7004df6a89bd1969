/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-product.h"

G_BEGIN_DECLS

/* How a product moved through the style funnel. The changes lie in the product's document, each
 * with an id, so two devices that both moved it keep both. */

typedef struct
{
  char *id;
  StallTime at;
  StallStage from;
  StallStage to;
  char *reason; /* of a drop, mostly; "" for none */
} StallStageChange;

void stall_stage_change_free (StallStageChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallStageChange, stall_stage_change_free)

void stall_product_move_to_stage (StallProduct *self,
                                  StallStage stage,
                                  const char *reason,
                                  StallTime at);
/* Back from dropped to where it was before. */
void stall_product_revive (StallProduct *self, const char *reason, StallTime at);
StallStage stall_product_get_stage_before_drop (StallProduct *self);
GPtrArray *stall_product_dup_stage_changes (StallProduct *self); /* StallStageChange, by time */

G_END_DECLS
