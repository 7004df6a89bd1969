/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-row.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A poll as a row of a list. Properties: narrow (gboolean): counts and time stand below instead of
 * beside; now (gint64): the time it tells; description (string, read-only): all of it for who hears
 * it. */
#define STALL_TYPE_POLL_ITEM (stall_poll_item_get_type ())
G_DECLARE_FINAL_TYPE (StallPollItem, stall_poll_item, STALL, POLL_ITEM, GtkBox)

GtkWidget *stall_poll_item_new (StallStore *store);
void stall_poll_item_set_row (StallPollItem *self, StallPollRow *row);

G_END_DECLS
