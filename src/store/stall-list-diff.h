/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One items-changed: at `position` of the list as it is by then, so many go and so many come. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} StallListChange;

GArray *stall_list_diff (const gint64 *from, guint n_from, const gint64 *to, guint n_to);

G_END_DECLS
