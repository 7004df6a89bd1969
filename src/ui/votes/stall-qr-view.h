/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An address as a QR code with its quiet zone: dark on light whatever the style, because phones
 * read no other. Properties: text (string, nullable), size (int, px of a side). */
#define STALL_TYPE_QR_VIEW (stall_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (StallQrView, stall_qr_view, STALL, QR_VIEW, GtkWidget)

const char *stall_qr_view_get_text (StallQrView *self);
void stall_qr_view_set_text (StallQrView *self, const char *text);
void stall_qr_view_set_size (StallQrView *self, int size);

G_END_DECLS
