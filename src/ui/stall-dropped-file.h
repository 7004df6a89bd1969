/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-window.h"

G_BEGIN_DECLS

void stall_dropped_file_watch (StallWindow *window);

G_END_DECLS
