/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "stall-row.h"

G_BEGIN_DECLS

/* Shelf labels: name, options, price, a barcode that any scanner reads, and a QR code that opens
 * the product in Stall if wanted. Pure drawing, in points. */
typedef enum
{
  STALL_LABEL_40X30,
  STALL_LABEL_50X30,
  STALL_LABEL_60X40,
  STALL_LABEL_A4_24, /* a sheet of three by eight */
} StallLabelSize;
#define STALL_N_LABEL_SIZES 4

const char *stall_label_size_to_string (StallLabelSize size); /* as in the settings */
StallLabelSize stall_label_size_from_string (const char *text);
const char *stall_label_size_get_label (StallLabelSize size);

/* One label, as often as @copies says. */
typedef struct
{
  char *name;
  char *options;
  char *price;   /* "": none */
  char *barcode; /* EAN-13 digits, or "" for Code 128 of the SKU */
  char *sku;
  char *link; /* what its QR code says; NULL: it has none */
  guint copies;
} StallLabel;

StallLabel *stall_label_new (StallVariantRow *variant, gboolean with_link, guint copies);
void stall_label_free (StallLabel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallLabel, stall_label_free)

/* Width and height of a page in points; @labels hold StallLabel. */
void stall_label_size_get_page (StallLabelSize size, double *width, double *height);
guint stall_labels_count_pages (GPtrArray *labels, StallLabelSize size);
void stall_labels_draw_page (GPtrArray *labels, StallLabelSize size, guint page, cairo_t *cr);

G_END_DECLS
