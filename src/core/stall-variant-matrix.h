/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-product.h"

G_BEGIN_DECLS

/* Variants made by the matrix of their options: every colour in every size. */
#define STALL_MATRIX_MAX 500

/* One option and the values it comes in. */
typedef struct
{
  const char *name;
  const char *const *values;
} StallMatrixOption;

GStrv stall_matrix_split (const char *typed);
guint stall_matrix_count (const StallMatrixOption *options, guint n_options);
guint
stall_product_add_matrix (StallProduct *product, const StallMatrixOption *options, guint n_options);

G_END_DECLS
