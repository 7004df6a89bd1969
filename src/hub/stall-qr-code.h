/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A QR code as its modules, row by row: 1 dark, 0 light, without the quiet zone of four light
 * modules that has to be drawn around it. */
GBytes *stall_qr_code_encode (const char *text, guint *width, GError **error);

G_END_DECLS
