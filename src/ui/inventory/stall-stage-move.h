/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* A style moves in the funnel: a drop asks for its reason first, and can be undone like all else.
 */
void stall_stage_move (StallDesk *desk, GtkWidget *parent, const char *product_id, StallStage to);
/* A future of a string: why a style, or several, is dropped. */
DexFuture *stall_stage_ask_reason (GtkWidget *parent);
void stall_stage_revive (StallDesk *desk, const char *product_id);

G_END_DECLS
