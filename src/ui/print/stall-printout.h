/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <libdex.h>

#include "stall-label.h"
#include "stall-slip.h"

G_BEGIN_DECLS

/* Slips or labels on their way to paper: the one thing that printing and saving know. It is laid
 * out for a page size once that is known, and drawn page by page, in any thread. */
typedef struct _StallPrintout StallPrintout;

StallPrintout *stall_printout_new_slips (GPtrArray *slips);
StallPrintout *stall_printout_new_labels (GPtrArray *labels, StallLabelSize size);
StallPrintout *stall_printout_ref (StallPrintout *self);
void stall_printout_unref (StallPrintout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPrintout, stall_printout_unref)

guint stall_printout_lay_out (StallPrintout *self, double width, double height);
void stall_printout_draw_page (StallPrintout *self, guint page, cairo_t *cr);
/* Points of the whole page, with a margin of @margin left free; GBytes boxed of the PDF. */
DexFuture *stall_printout_to_pdf (StallPrintout *self, double width, double height, double margin);

G_END_DECLS
