/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-window.h"

G_BEGIN_DECLS

void stall_help_open (StallWindow *window);

G_END_DECLS
