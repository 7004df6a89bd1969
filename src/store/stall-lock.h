/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who holds the stall: a file locked for as long as the program lives, naming it for the next one.
 */
int stall_lock_take (const char *folder, GError **error);
void stall_lock_release (int lock);

G_END_DECLS
