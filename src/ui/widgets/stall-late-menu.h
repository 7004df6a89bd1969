/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A menu costs as much as a dozen rows of a list, and most pages are left without a look at it: it
 * is made when its button is first pressed. */
void stall_late_menu_set (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
