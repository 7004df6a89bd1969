/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-label.h"

#include "stall-barcode.h"
#include "stall-drawing.h"
#include "stall-format.h"
#include "stall-link.h"
#include "stall-qr-code.h"

#include <glib/gi18n-lib.h>

#define SHEET_COLUMNS 3
#define SHEET_ROWS 8
#define QUIET_MODULES 4

static const struct
{
  const char *name;
  const char *label;
  double width; /* mm, of one label */
  double height;
  double margin;
} sizes[STALL_N_LABEL_SIZES] = {
  [STALL_LABEL_40X30] = { "40x30", N_ ("40 × 30 mm"), 40, 30, 2 },
  [STALL_LABEL_50X30] = { "50x30", N_ ("50 × 30 mm"), 50, 30, 2 },
  [STALL_LABEL_60X40] = { "60x40", N_ ("60 × 40 mm"), 60, 40, 2.5 },
  [STALL_LABEL_A4_24] = { "a4-24", N_ ("A4 sheet, 24 labels"), 70, 37.125, 5 },
};

/**
 * stall_label_size_to_string:
 * @size: of a label
 *
 * Returns: its name in the settings
 */
const char *
stall_label_size_to_string (StallLabelSize size)
{
  g_return_val_if_fail (size < STALL_N_LABEL_SIZES, sizes[0].name);

  return sizes[size].name;
}

/**
 * stall_label_size_from_string:
 * @text: (nullable): a name from the settings
 *
 * Returns: the size; the smallest when @text is not one
 */
StallLabelSize
stall_label_size_from_string (const char *text)
{
  for (int i = 0; i < STALL_N_LABEL_SIZES; i++)
    if (g_strcmp0 (sizes[i].name, text) == 0)
      return (StallLabelSize) i;
  return STALL_LABEL_40X30;
}

/**
 * stall_label_size_get_label:
 * @size: of a label
 *
 * Returns: its name for a person
 */
const char *
stall_label_size_get_label (StallLabelSize size)
{
  g_return_val_if_fail (size < STALL_N_LABEL_SIZES, NULL);

  return _ (sizes[size].label);
}

/* A code that is scanned leads to the very variant; without one the link is the product's. */
static char *
new_link (StallVariantRow *variant)
{
  const char *barcode = stall_variant_row_get_barcode (variant);
  const char *code = barcode && *barcode ? barcode : stall_variant_row_get_sku (variant);

  return code && *code ? stall_link_new_for_code (code)
                       : stall_link_new_for_thing (stall_variant_row_get_product_id (variant));
}

/**
 * stall_label_new:
 * @variant: what the label is for
 * @with_link: whether a QR code on it leads to the product
 * @copies: how many of it
 *
 * Gathers the words of a label. A barcode with a wrong check digit is not printed as one.
 *
 * Returns: (transfer full): the label
 */
StallLabel *
stall_label_new (StallVariantRow *variant, gboolean with_link, guint copies)
{
  StallLabel *self;
  const char *barcode;
  gint64 price;

  g_return_val_if_fail (STALL_IS_VARIANT_ROW (variant), NULL);

  self = g_new0 (StallLabel, 1);
  barcode = stall_variant_row_get_barcode (variant);
  price = stall_variant_row_get_price (variant);
  self->name = g_strdup (stall_variant_row_get_product_title (variant));
  self->options = g_strdup (stall_variant_row_get_title (variant));
  self->price = price == STALL_PRICE_NONE
                    ? g_strdup ("")
                    : stall_format_money (price, stall_variant_row_get_currency (variant));
  self->barcode = g_strdup (barcode ? barcode : "");
  self->sku = g_strdup (stall_variant_row_get_sku (variant));
  self->link = with_link ? new_link (variant) : NULL;
  self->copies = copies;
  return self;
}

/**
 * stall_label_free:
 * @self: (transfer full): a label
 *
 * Frees a label.
 */
void
stall_label_free (StallLabel *self)
{
  g_free (self->name);
  g_free (self->options);
  g_free (self->price);
  g_free (self->barcode);
  g_free (self->sku);
  g_free (self->link);
  g_free (self);
}

/**
 * stall_label_size_get_page:
 * @size: of a label
 * @width: (out): of its page in points
 * @height: (out): likewise
 *
 * Says how large a page of such labels is: one label, or a sheet.
 */
void
stall_label_size_get_page (StallLabelSize size, double *width, double *height)
{
  g_return_if_fail (size < STALL_N_LABEL_SIZES && width && height);

  *width = sizes[size].width * STALL_POINTS_PER_MM;
  *height = sizes[size].height * STALL_POINTS_PER_MM;
  if (size == STALL_LABEL_A4_24)
    {
      *width *= SHEET_COLUMNS;
      *height *= SHEET_ROWS;
    }
}

static guint
get_per_page (StallLabelSize size)
{
  return size == STALL_LABEL_A4_24 ? SHEET_COLUMNS * SHEET_ROWS : 1;
}

static guint
count_copies (GPtrArray *labels)
{
  guint n = 0;

  for (guint i = 0; i < labels->len; i++)
    n += ((StallLabel *) g_ptr_array_index (labels, i))->copies;
  return n;
}

/**
 * stall_labels_count_pages:
 * @labels: (element-type StallLabel): what to print
 * @size: of a label
 *
 * Returns: how many pages all copies take
 */
guint
stall_labels_count_pages (GPtrArray *labels, StallLabelSize size)
{
  guint per_page = get_per_page (size);

  g_return_val_if_fail (labels, 0);

  return (count_copies (labels) + per_page - 1) / per_page;
}

/* The symbol of a label and the text beneath it: EAN-13 if it has one, else Code 128. */
static GArray *
encode (const StallLabel *label, const char **beneath)
{
  GArray *modules;

  *beneath = *label->barcode ? label->barcode : label->sku;
  if (*label->barcode && stall_ean13_check (label->barcode, NULL))
    return stall_ean13_encode (label->barcode, NULL);
  if (**beneath == '\0')
    return NULL;
  modules = stall_code128_encode (*beneath, NULL);
  return modules;
}

static double
draw_line (PangoContext *context,
           cairo_t *cr,
           const char *text,
           double size,
           gboolean bold,
           double y,
           double width,
           int lines)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (!*text)
    return 0;
  layout = stall_draw_new_text (context, text, size, bold, width);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -lines);
  stall_draw_text (cr, layout, 0, y);
  return stall_draw_get_height (layout);
}

/* The QR code at the right of what is above the bars; returns what it takes away from the texts. */
static double
draw_link (cairo_t *cr, const StallLabel *label, double width, double room)
{
  g_autoptr (GBytes) modules = NULL;
  guint n_modules;
  double side;

  if (label->link != NULL)
    modules = stall_qr_code_encode (label->link, &n_modules, NULL);
  if (modules == NULL)
    return 0;
  /* Its quiet zone: the margin of the label above and at the right, and this below and left. */
  side = room * n_modules / (n_modules + QUIET_MODULES);
  stall_draw_qr_code (cr, modules, n_modules, width - side, 0, side);
  return room;
}

/* One label at the origin, @width by @height without its margins. */
static void
draw_label (PangoContext *context,
            cairo_t *cr,
            const StallLabel *label,
            double width,
            double height)
{
  const char *beneath;
  g_autoptr (GArray) modules = encode (label, &beneath);
  g_autoptr (PangoLayout) price = NULL;
  g_autoptr (PangoLayout) digits = NULL;
  double text = height / 9.5, small = height / 12, bars = height * 0.38;
  double digits_height, price_width, price_y, text_width, y = 0;

  price = stall_draw_new_text (context, label->price, label->link != NULL ? text : text * 1.25,
                               TRUE, 0);
  price_width = *label->price ? stall_draw_get_width (price) : 0;
  digits = stall_draw_new_text (context, beneath, small, FALSE, 0);
  digits_height = *beneath ? stall_draw_get_height (digits) : 0;
  price_y = height - bars - digits_height - stall_draw_get_height (price) - 1;
  text_width = width - draw_link (cr, label, width, height - bars - digits_height);

  y += draw_line (context, cr, label->name, text, TRUE, y, text_width, 2);
  if (y + 1.5 * small > price_y) /* they share a line */
    draw_line (context, cr, label->options, small, FALSE, y, text_width - price_width - 4, 1);
  else
    draw_line (context, cr, label->options, small, FALSE, y, text_width, 1);
  if (*label->price)
    stall_draw_text (cr, price, text_width - price_width, price_y);
  if (modules)
    stall_draw_barcode (cr, modules, 0, height - bars - digits_height, width, bars);
  stall_draw_text (cr, digits, (width - stall_draw_get_width (digits)) / 2, height - digits_height);
}

/**
 * stall_labels_draw_page:
 * @labels: (element-type StallLabel): what to print
 * @size: of a label
 * @page: which page of all, from 0
 * @cr: where to, the origin at the top left of the page
 *
 * Draws a page: one label, or as many as a sheet holds.
 */
void
stall_labels_draw_page (GPtrArray *labels, StallLabelSize size, guint page, cairo_t *cr)
{
  PangoContext *context;
  guint per_page, first, seen = 0;
  double width, height, margin;

  g_return_if_fail (labels && cr && size < STALL_N_LABEL_SIZES);

  context = stall_draw_new_context ();
  per_page = get_per_page (size);
  first = page * per_page;
  width = sizes[size].width * STALL_POINTS_PER_MM;
  height = sizes[size].height * STALL_POINTS_PER_MM;
  margin = sizes[size].margin * STALL_POINTS_PER_MM;

  for (guint i = 0; i < labels->len && seen < first + per_page; i++)
    {
      const StallLabel *label = g_ptr_array_index (labels, i);

      for (guint copy = 0; copy < label->copies && seen < first + per_page; copy++, seen++)
        {
          guint cell = seen - first;

          if (seen < first)
            continue;
          cairo_save (cr);
          cairo_set_source_rgb (cr, 0, 0, 0);
          cairo_translate (cr, (cell % SHEET_COLUMNS) * width + margin,
                           (cell / SHEET_COLUMNS) * height + margin);
          draw_label (context, cr, label, width - 2 * margin, height - 2 * margin);
          cairo_restore (cr);
        }
    }
  g_object_unref (context);
}
