/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-cli.h"
#include "stall-remote.h"

G_BEGIN_DECLS

/* Verbs that speak with a server. */
void stall_cli_add_remote_options (StallCli *cli, GOptionGroup *group);
StallRemote *stall_cli_open_remote (StallCli *cli, const char *address, GError **error);

G_END_DECLS
