/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* What was typed into the grid and is not written yet. Signal: changed. */
#define STALL_TYPE_GRID_EDITS (stall_grid_edits_get_type ())
G_DECLARE_FINAL_TYPE (StallGridEdits, stall_grid_edits, STALL, GRID_EDITS, GObject)

typedef enum
{
  STALL_GRID_PRICE,
  STALL_GRID_COST,
  STALL_GRID_STOCK
} StallGridField;
#define STALL_N_GRID_FIELDS 3

StallGridEdits *stall_grid_edits_new (StallDesk *desk);
gboolean stall_grid_edits_set (StallGridEdits *self,
                               StallVariantRow *row,
                               StallGridField field,
                               const char *typed,
                               GError **error);
char *stall_grid_edits_dup_text (StallGridEdits *self,
                                 StallVariantRow *row,
                                 StallGridField field,
                                 gboolean *edited);
guint stall_grid_edits_get_n_variants (StallGridEdits *self);
DexFuture *stall_grid_edits_apply (StallGridEdits *self, const char *place);
void stall_grid_edits_clear (StallGridEdits *self);

G_END_DECLS
