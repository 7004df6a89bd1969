/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-order-state.h"

G_BEGIN_DECLS

/* What a person does with orders, as change sets: one a step, however many orders it takes. */
char *stall_order_step_dup_label (StallStep step, const char *number);
StallChangeSet *
stall_order_step_new_changes (StallOrder *order, StallOrderEvent *event, const char *device);
char *stall_order_step_describe_bulk (StallStep step, const guint answers[STALL_N_BULK_ANSWERS]);
/* Does @step with many orders; the toast says with how many, and which were left out. Boolean. */
DexFuture *
stall_order_step_apply_to_all (StallDesk *desk, const char *const *order_ids, StallStep step);

G_END_DECLS
