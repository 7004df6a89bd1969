/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void stall_wheel_pass_by (gpointer widget);

G_END_DECLS
