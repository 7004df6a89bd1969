/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-selection.h"

G_BEGIN_DECLS

/* What is done with many products at once. Every change of many is one change set, taken back by
 * one Undo. */
void stall_product_bulk_start (StallDesk *desk,
                               GtkWidget *parent,
                               StallSelection *selection,
                               const char *action,
                               GVariant *parameter);
void stall_product_bulk_give_barcodes (StallDesk *desk, GtkWidget *parent, const char *product_id);
void
stall_product_bulk_print_labels (StallDesk *desk, GtkWidget *parent, const StallQuery *products);

G_END_DECLS
