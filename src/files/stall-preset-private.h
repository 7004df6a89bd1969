/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order.h"
#include "stall-preset.h"

G_BEGIN_DECLS

/* The same preset as it is now, for a thread that reads with it while a person goes on editing. */
StallPreset *stall_preset_freeze (StallPreset *self);

/* What a preset says beyond its columns. */
gboolean stall_preset_is_shopify (StallPreset *self); /* the dialect has columns of its own */
gboolean stall_preset_is_credit_note (StallPreset *self, const char *number);
gboolean
stall_preset_get_write_offs (StallPreset *self); /* free lines below 0 are stock movements */
gboolean stall_preset_get_new_products (StallPreset *self); /* unknown SKUs become products */
gboolean stall_preset_find_charge (StallPreset *self, const char *code, StallChargeKind *kind);
/* Maps the columns whose names are what most people call them. @head: (element-type GStrv): the
 * columns and the first rows, which show how dates are written. */
void stall_preset_guess (StallPreset *self, GPtrArray *head, char separator);
gboolean stall_preset_fits (StallPreset *self, const char *const *columns);

/* Index of a column by its name, whatever its case; G_MAXUINT: there is none. */
guint stall_columns_find (const char *const *columns, const char *name);

G_END_DECLS
