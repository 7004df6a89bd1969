/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Addresses of this machine that a phone on the same network can reach, the likeliest first. */
GStrv stall_vote_address_list (void);

G_END_DECLS
