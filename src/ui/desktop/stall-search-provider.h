/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the desktop's own search finds in the stall: products, notes and orders by their number or
 * what they hold. Never who ordered. */
#define STALL_TYPE_SEARCH_PROVIDER (stall_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (StallSearchProvider, stall_search_provider, STALL, SEARCH_PROVIDER, GObject)

StallSearchProvider *stall_search_provider_new (GApplication *application);
gboolean stall_search_provider_export (StallSearchProvider *self,
                                       GDBusConnection *connection,
                                       const char *path,
                                       GError **error);

G_END_DECLS
