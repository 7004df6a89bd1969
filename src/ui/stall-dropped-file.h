/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-window.h"

G_BEGIN_DECLS

void stall_dropped_file_watch (StallWindow *window);
gboolean stall_dropped_file_take (StallWindow *window, GFile *file);

G_END_DECLS
