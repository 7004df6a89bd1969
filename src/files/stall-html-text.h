/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A shop's product description as plain text, and back. */
char *stall_html_to_text (const char *html);
char *stall_html_from_text (const char *text);

G_END_DECLS
