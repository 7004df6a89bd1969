/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* @what: "products", "stock" or "orders" */
void stall_export_choose (StallDesk *desk, const char *what, GtkWidget *parent);
void
stall_export_choose_products (StallDesk *desk, const char *const *product_ids, GtkWidget *parent);
/* @what: "tally" or "ballots" */
void stall_export_choose_poll (StallDesk *desk,
                               const char *what,
                               const char *poll_id,
                               GtkWidget *parent);

G_END_DECLS
