/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* The ways from a folder to a StallDesk. Nothing here touches a widget. */

char *stall_find_last_folder (GSettings *settings);
DexFuture *stall_open_existing (const char *folder, StallProgress *progress);
DexFuture *stall_open_new (const char *folder, const char *name, const char *currency);
DexFuture *stall_open_sample (const char *folder); /* makes it where there is none */

G_END_DECLS
