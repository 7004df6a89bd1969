/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How far long work is: told by the thread that does it, looked at now and then by another. */

#define STALL_TYPE_PROGRESS (stall_progress_get_type ())
G_DECLARE_FINAL_TYPE (StallProgress, stall_progress, STALL, PROGRESS, GObject)

StallProgress *stall_progress_new (void);
void stall_progress_tell (StallProgress *self, double fraction);
gboolean stall_progress_look (StallProgress *self, double *fraction);

G_END_DECLS
