/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* boolean: whether the desktop lets the program run with no window, and starts it by itself */
DexFuture *stall_background_ask (gboolean wanted);

G_END_DECLS
