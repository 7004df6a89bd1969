/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Small questions, asked in a dialog over @parent. */
DexFuture *
stall_ask_name (GtkWidget *parent, const char *heading, const char *body, const char *yes);
DexFuture *
stall_ask_sure (GtkWidget *parent, const char *heading, const char *body, const char *yes);
DexFuture *stall_ask_go (GtkWidget *parent, const char *heading, const char *body, const char *yes);

G_END_DECLS
