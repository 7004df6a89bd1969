/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-store.h"

G_BEGIN_DECLS

/* What the options of a poll look like, up to four pictures in one square. */
#define STALL_TYPE_POLL_PICTURE (stall_poll_picture_get_type ())
G_DECLARE_FINAL_TYPE (StallPollPicture, stall_poll_picture, STALL, POLL_PICTURE, GtkWidget)

GtkWidget *stall_poll_picture_new (void);
void
stall_poll_picture_show (StallPollPicture *self, StallStore *store, const char *const *digests);

G_END_DECLS
