/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells a barcode scanner from a person, whatever has the focus.
 *
 * The rule: a scan is at least 4 printable characters, each at most 50 ms after the one before,
 * ended by Enter or Tab at most 50 ms after the last. Keys pass on to the focus as they come,
 * because nobody can know the first ones for a scan; when it is one, its end goes no further and
 * the entry that had the focus gets back the text it had. What a person types is slower than that
 * and stays theirs.
 *
 * Signal: scanned (const char *code). */
#define STALL_TYPE_SCANNER (stall_scanner_get_type ())
G_DECLARE_FINAL_TYPE (StallScanner, stall_scanner, STALL, SCANNER, GObject)

#define STALL_SCAN_MIN 4
#define STALL_SCAN_GAP 50 /* ms */

StallScanner *stall_scanner_new (void);
void stall_scanner_attach (StallScanner *self, GtkWidget *toplevel);
void stall_scanner_detach (StallScanner *self);
gboolean stall_scanner_feed (StallScanner *self, guint keyval, GdkModifierType state, gint64 time);

G_END_DECLS
