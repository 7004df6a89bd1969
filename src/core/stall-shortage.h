/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More of a variant is promised than there is, and the owner picks who waits. What waits stays
 * reserved: available stock is one ledger, and stays below zero until the owner makes more. */

gint64 stall_shortage_get_undecided (gint64 on_hand, gint64 reserved, gint64 waiting);
int stall_shortage_get_share (gint64 undecided, int open, int waiting, gint64 pieces_each);

G_END_DECLS
