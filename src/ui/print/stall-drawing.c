/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-drawing.h"

/**
 * stall_draw_barcode:
 * @cr: what to draw on
 * @modules: of a symbol, without quiet zones
 * @x: left edge of what it may take, in points
 * @y: its top
 * @width: of symbol and quiet zones together
 * @height: of the bars
 *
 * Draws a barcode, centred, in black. The quiet zones are ten modules at each side. Bars are drawn
 * as one path, so that no renderer leaves a hair between modules of one bar.
 */
void
stall_draw_barcode (cairo_t *cr,
                    const GArray *modules,
                    double x,
                    double y,
                    double width,
                    double height)
{
  const guint quiet = 10;
  /* Wider modules than 0.5 mm read no better. */
  double module = MIN (width / (modules->len + 2 * quiet), 0.5 * STALL_POINTS_PER_MM);
  double left = x + (width - module * modules->len) / 2;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < modules->len;)
    {
      guint end = i;

      while (end < modules->len && g_array_index (modules, guint8, end))
        end++;
      if (end > i)
        cairo_rectangle (cr, left + i * module, y, (end - i) * module, height);
      i = MAX (end, i + 1);
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

/**
 * stall_draw_qr_code:
 * @cr: what to draw on
 * @modules: of a QR code, row by row
 * @n_modules: of a row
 * @x: left edge, in points
 * @y: its top
 * @side: of the code without its quiet zone of four modules
 *
 * Draws a QR code in black. Modules of a row that touch are drawn as one.
 */
void
stall_draw_qr_code (cairo_t *cr, GBytes *modules, guint n_modules, double x, double y, double side)
{
  const guint8 *dark = g_bytes_get_data (modules, NULL);
  double module = side / n_modules;

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint row = 0; row < n_modules; row++)
    for (guint i = 0; i < n_modules;)
      {
        guint end = i;

        while (end < n_modules && dark[row * n_modules + end])
          end++;
        if (end > i)
          cairo_rectangle (cr, x + i * module, y + row * module, (end - i) * module, module);
        i = MAX (end, i + 1);
      }
  cairo_fill (cr);
  cairo_restore (cr);
}

/**
 * stall_draw_new_context:
 *
 * Makes a context in which a font size of 10 is 10 points, on any surface and in any thread.
 *
 * Returns: (transfer full): the context
 */
PangoContext *
stall_draw_new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

/**
 * stall_draw_new_text:
 * @context: of stall_draw_new_context()
 * @text: what to write
 * @size: of the font, in points
 * @bold: whether it stands out
 * @width: to wrap at, in points; 0 for one line
 *
 * Sets @text.
 *
 * Returns: (transfer full): the text, to be measured and drawn
 */
PangoLayout *
stall_draw_new_text (PangoContext *context,
                     const char *text,
                     double size,
                     gboolean bold,
                     double width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text ? text : "", -1);
  return layout;
}

/**
 * stall_draw_get_height:
 * @layout: a text
 *
 * Returns: its height in points
 */
double
stall_draw_get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/**
 * stall_draw_get_width:
 * @layout: a text
 *
 * Returns: the width that its words take, in points
 */
double
stall_draw_get_width (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.width / PANGO_SCALE;
}

/**
 * stall_draw_text:
 * @cr: what to draw on
 * @layout: a text
 * @x: its left edge, in points
 * @y: its top
 *
 * Draws a text.
 */
void
stall_draw_text (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}
