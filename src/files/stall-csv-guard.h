/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Spreadsheets take a cell that starts with = + - @ for a formula and a long number for 6.9E+12. A
 * tab in front makes Excel, WPS and LibreOffice keep either as text, and is not seen. */
gboolean stall_csv_needs_guard (const char *text);
char *stall_csv_unguard (char *text, gsize length);

G_END_DECLS
