/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one place where text becomes HTML, for content and for attributes in double quotes. */
void stall_html_writer_text (GString *html, const char *text);
/* @format is ours and goes in as it is; each %s in it is text and is escaped. */
void stall_html_writer_add (GString *html, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
