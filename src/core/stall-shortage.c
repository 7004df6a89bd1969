/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-shortage.h"

/**
 * stall_shortage_get_undecided:
 * @on_hand: pieces of a variant that are there; below 0 when more left than was counted
 * @reserved: pieces that orders wait to get
 * @waiting: those among them that the owner let wait
 *
 * Counts the pieces that are short and that nobody was picked to wait for.
 *
 * Returns: pieces, 0 or more
 */
gint64
stall_shortage_get_undecided (gint64 on_hand, gint64 reserved, gint64 waiting)
{
  return MAX (reserved - waiting - on_hand, 0);
}

/**
 * stall_shortage_get_share:
 * @undecided: pieces of a variant, as stall_shortage_get_undecided() counts them
 * @open: pieces of an order's line that have not left
 * @waiting: those among them that wait already
 * @pieces_each: how many of the variant one piece of the line holds: more than 1 in a kit
 *
 * Counts the pieces of a line that wait when its order is picked: no more than are short, and whole
 * kits.
 *
 * Returns: pieces of the line, 0 or more
 */
int
stall_shortage_get_share (gint64 undecided, int open, int waiting, gint64 pieces_each)
{
  g_return_val_if_fail (pieces_each > 0, 0);

  if (undecided <= 0)
    return 0;
  return (int) MIN ((gint64) open - waiting, (undecided - 1) / pieces_each + 1);
}
