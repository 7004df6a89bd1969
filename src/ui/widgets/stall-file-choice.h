/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/* A person chooses a file. Both resolve to a GFile, or are rejected with G_IO_ERROR_CANCELLED.
 * @kind names what is offered first, @pattern is a name with wildcards, such as "*.csv"; NULL: any
 * file. */
DexFuture *
stall_choose_to_open (GtkWidget *parent, const char *title, const char *kind, const char *pattern);
DexFuture *stall_choose_to_save (GtkWidget *parent, const char *title, const char *name);

G_END_DECLS
