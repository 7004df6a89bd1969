/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "stall-remote.h"

G_BEGIN_DECLS

/* What a platform does for a stall: makes its database, lets people in, and looks whether all is as
 * it should be. Needs a server's administrator. */

JsonObject *stall_platform_new_design (void);
gboolean stall_platform_role_is_valid (const char *role);

/* In a fiber. */
gboolean stall_platform_init (StallRemote *database, GError **error);
char *
stall_platform_invite (StallRemote *database, const char *role, const char *name, GError **error);
GStrv stall_platform_check (StallRemote *database, GError **error);

G_END_DECLS
