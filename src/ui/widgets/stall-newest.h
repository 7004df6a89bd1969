/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void stall_newest_keep_in_sight (gpointer list);

G_END_DECLS
