/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Says what a person waits for, once they have waited half a second. */
void
stall_busy_show (GtkWidget *parent, const char *label, GCancellable *cancellable, DexFuture *work);
/* The parts of it, for who has no widget at hand. */
gboolean stall_busy_await_patience (DexFuture *work);
AdwToast *stall_busy_new_toast (const char *label, GCancellable *cancellable);

G_END_DECLS
