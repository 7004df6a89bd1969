/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Drawing that slips and labels share, in points. */
void stall_draw_barcode (cairo_t *cr,
                         const GArray *modules,
                         double x,
                         double y,
                         double width,
                         double height);
void
stall_draw_qr_code (cairo_t *cr, GBytes *modules, guint n_modules, double x, double y, double side);
PangoContext *stall_draw_new_context (void);
PangoLayout *stall_draw_new_text (PangoContext *context,
                                  const char *text,
                                  double size,
                                  gboolean bold,
                                  double width);
double stall_draw_get_height (PangoLayout *layout);
double stall_draw_get_width (PangoLayout *layout);
void stall_draw_text (cairo_t *cr, PangoLayout *layout, double x, double y);

#define STALL_POINTS_PER_MM (72.0 / 25.4)

G_END_DECLS
