/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-store.h"

G_BEGIN_DECLS

/* Looks at covers that nobody has looked at yet, one after the other on a thread of their own,
 * while nothing else happens: does the picture show its product before a white background only? */
#define STALL_TYPE_COVER_CHECK (stall_cover_check_get_type ())
G_DECLARE_FINAL_TYPE (StallCoverCheck, stall_cover_check, STALL, COVER_CHECK, GObject)

StallCoverCheck *stall_cover_check_new (StallStore *store);

G_END_DECLS
