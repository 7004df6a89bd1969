/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The network as the program sees it: there, and metered when the test says so. */
void test_network_install (void); /* before anybody asks for a GNetworkMonitor */
void test_network_set_metered (gboolean metered);

G_END_DECLS
