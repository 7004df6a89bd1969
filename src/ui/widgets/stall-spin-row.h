/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void stall_spin_follow_typing (gpointer spin);
void stall_spin_tell_time (GtkSpinButton *spin);
GtkWidget *stall_spin_row_new (double minimum, double maximum);

G_END_DECLS
