/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STALL_CODE128_MAX 80
/* Modules of a symbol from left to right, without quiet zones: GArray of guint8, 1 dark, 0 light.
 */

/* What the QR code of a shelf label says before the code itself. */
#define STALL_CODE_LINK "stall:code/"

char *stall_barcode_read (const char *scanned);
gboolean stall_ean13_check (const char *digits, GError **error);
char *stall_ean13_new_own (guint64 number);
gboolean stall_barcode_check (const char *text, GError **error);
GArray *stall_code128_encode (const char *text, GError **error);
GArray *stall_ean13_encode (const char *digits, GError **error);

G_END_DECLS
