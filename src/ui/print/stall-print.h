/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-label.h"

G_BEGIN_DECLS

/* Packing slips and shelf labels on paper and as PDF. What is printed is read first; printing
 * itself runs outside of fibers, because it opens dialogs with main loops of their own. */
void stall_print_slips (StallDesk *desk, GtkWidget *parent, const char *const *order_ids);
void stall_save_slips (StallDesk *desk, GtkWidget *parent, const char *const *order_ids);
/* On A4 and on A6 paper: boolean */
typedef enum
{
  STALL_PAPER_A4,
  STALL_PAPER_A6
} StallPaper;
DexFuture *
stall_slips_to_pdf (StallDesk *desk, const char *const *order_ids, StallPaper paper, GFile *file);

/* Asks how many of which, then prints or saves. */
void stall_print_labels (StallDesk *desk, GtkWidget *parent, const char *const *variant_ids);
/* At once; @labels hold StallLabel. */
void
stall_print_labels_now (StallDesk *desk, GtkWidget *parent, GPtrArray *labels, StallLabelSize size);
void
stall_save_labels_now (StallDesk *desk, GtkWidget *parent, GPtrArray *labels, StallLabelSize size);
DexFuture *stall_labels_to_pdf (GPtrArray *labels, StallLabelSize size, GFile *file); /* boolean */

G_END_DECLS
