/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-slip.h"

#include "stall-barcode.h"
#include "stall-drawing.h"
#include "stall-format.h"
#include "stall-order-words.h"

#include <glib/gi18n-lib.h>

/* Sizes for a page of A4; a small page has smaller ones. */
typedef struct
{
  double text;
  double small;
  double large; /* personalisation */
  double title;
  double gap;
  double barcode_height;
  double barcode_width;
} Sizes;

static const Sizes large_sizes = { 10, 8.5, 17, 16, 6, 30, 170 };
static const Sizes small_sizes = { 8.5, 7, 13, 12, 5, 24, 130 };

#define SMALL_PAGE 400 /* points of width below which a page is small */

struct _StallSlipLayout
{
  const StallSlip *slip;
  PangoContext *context;
  const Sizes *sizes;
  double width;
  double height;
  GArray *first_lines; /* guint: the first line of each page */
};

static void
line_free (gpointer data)
{
  StallSlipLine *line = data;

  g_free (line->title);
  g_free (line->details);
  g_free (line->personalisation);
  g_free (line->price);
  g_free (line);
}

static char *
join_known (const char *separator, const char *first, const char *second, const char *third)
{
  const char *all[] = { first, second, third };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] && *all[i])
      g_string_append_printf (text, "%s%s", text->len ? separator : "", all[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_recipient (const StallOrderRecord *record)
{
  StallContact *contact = record->contact;
  g_autofree char *text = NULL;

  if (contact)
    text = join_known ("\n", stall_contact_get_name (contact), stall_contact_get_phone (contact),
                       stall_contact_get_address (contact));
  return text && *text ? g_steal_pointer (&text)
                       : g_strdup (stall_order_get_customer (record->order));
}

static void
add_total (StallSlip *self, const char *name, gint64 amount, const char *currency)
{
  g_ptr_array_add (self->totals, g_strdup (name));
  g_ptr_array_add (self->totals, stall_format_money (amount, currency));
}

static void
add_totals (StallSlip *self, StallOrder *order)
{
  const char *currency = stall_order_get_currency (order);

  for (guint i = 0; i < stall_order_get_n_charges (order); i++)
    {
      const StallOrderCharge *charge = stall_order_get_charge (order, i);
      g_autofree char *title = stall_order_charge_dup_title (charge);

      add_total (self, title, charge->amount, currency);
    }
  add_total (self, _ ("Total"), stall_order_get_total (order), currency);
}

/* What goes into the parcel: what is still to be sent; once all is gone, what was sent. What has
 * been cancelled goes into none. */
static int
get_pieces (const StallOrderRecord *record, const StallLineState *state)
{
  return stall_status_is_open (record->state->status) ? state->open : state->shipped;
}

static void
add_line (StallSlip *self, const StallOrderRecord *record, guint index, gboolean prices)
{
  const StallOrderLine *ordered = stall_order_get_line (record->order, index);
  const StallLineState *state = &g_array_index (record->state->lines, StallLineState, index);
  int quantity = get_pieces (record, state);
  StallSlipLine *line;

  if (quantity <= 0)
    return;
  line = g_new0 (StallSlipLine, 1);
  line->title = stall_order_record_dup_title (record, index);
  line->details
      = join_known (" · ", stall_order_record_get_options (record, index), ordered->sku, NULL);
  line->personalisation = g_strdup (ordered->personalisation ? ordered->personalisation : "");
  line->quantity = quantity;
  line->price = prices ? stall_format_money (ordered->price * quantity,
                                             stall_order_get_currency (record->order))
                       : g_strdup ("");
  g_ptr_array_add (self->lines, line);
}

/**
 * stall_slip_new:
 * @record: the order
 * @profile: the stall
 * @prices: whether prices are shown
 *
 * Gathers the words of a packing slip.
 *
 * Returns: (transfer full): the slip
 */
StallSlip *
stall_slip_new (const StallOrderRecord *record, StallProfile *profile, gboolean prices)
{
  StallSlip *self;
  StallTime ship_by;

  g_return_val_if_fail (record, NULL);
  g_return_val_if_fail (STALL_IS_PROFILE (profile), NULL);

  self = g_new0 (StallSlip, 1);
  ship_by = stall_order_get_ship_by (record->order);
  self->stall = g_strdup (stall_profile_get_name (profile));
  self->number = g_strdup (stall_order_get_number (record->order));
  self->placed = stall_format_date (stall_order_get_placed_at (record->order));
  self->ship_by = ship_by == STALL_TIME_NONE ? g_strdup ("") : stall_format_date (ship_by);
  self->recipient = dup_recipient (record);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->totals = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < stall_order_get_n_lines (record->order); i++)
    add_line (self, record, i, prices);
  if (prices)
    add_totals (self, record->order);
  return self;
}

/**
 * stall_slip_free:
 * @self: (transfer full): a slip
 *
 * Frees a slip.
 */
void
stall_slip_free (StallSlip *self)
{
  g_free (self->stall);
  g_free (self->number);
  g_free (self->placed);
  g_free (self->ship_by);
  g_free (self->recipient);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->totals);
  g_free (self);
}

/* Draws a text below @y, or only measures it when @cr is NULL. Returns its height. */
static double
put_text (const StallSlipLayout *self,
          cairo_t *cr,
          const char *text,
          double size,
          gboolean bold,
          double x,
          double y,
          double width)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (!*text)
    return 0;
  layout = stall_draw_new_text (self->context, text, size, bold, width);
  if (cr)
    stall_draw_text (cr, layout, x, y);
  return stall_draw_get_height (layout);
}

static void
put_right (const StallSlipLayout *self,
           cairo_t *cr,
           const char *text,
           double size,
           gboolean bold,
           double y)
{
  g_autoptr (PangoLayout) layout = stall_draw_new_text (self->context, text, size, bold, 0);

  stall_draw_text (cr, layout, self->width - stall_draw_get_width (layout), y);
}

static void
rule (const StallSlipLayout *self, cairo_t *cr, double y)
{
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, self->width, y);
  cairo_stroke (cr);
}

static void
draw_number_barcode (const StallSlipLayout *self, cairo_t *cr)
{
  const Sizes *sizes = self->sizes;
  g_autoptr (GArray) modules = stall_code128_encode (self->slip->number, NULL);
  g_autoptr (PangoLayout) number
      = stall_draw_new_text (self->context, self->slip->number, sizes->small, FALSE, 0);
  double x = self->width - sizes->barcode_width;

  /* A number that Code 128 cannot hold is written all the same. */
  if (modules)
    stall_draw_barcode (cr, modules, x, 0, sizes->barcode_width, sizes->barcode_height);
  stall_draw_text (cr, number, x + (sizes->barcode_width - stall_draw_get_width (number)) / 2,
                   sizes->barcode_height + 1);
}

/* The head of the first page: who sends, which order, and to whom. */
static double
put_head (const StallSlipLayout *self, cairo_t *cr)
{
  const Sizes *sizes = self->sizes;
  const StallSlip *slip = self->slip;
  double left_width = self->width - sizes->barcode_width - sizes->gap;
  g_autofree char *order = g_strdup_printf (_ ("Order %s"), slip->number);
  g_autofree char *placed = g_strdup_printf (_ ("Placed on %s"), slip->placed);
  g_autofree char *ship_by
      = *slip->ship_by ? g_strdup_printf (_ ("Ship by %s"), slip->ship_by) : NULL;
  double y = 0;

  if (cr)
    draw_number_barcode (self, cr);
  y += put_text (self, cr, slip->stall, sizes->title, TRUE, 0, y, left_width);
  y += put_text (self, cr, order, sizes->text * 1.2, TRUE, 0, y + 2, left_width) + 2;
  y += put_text (self, cr, placed, sizes->small, FALSE, 0, y, left_width);
  if (ship_by)
    y += put_text (self, cr, ship_by, sizes->small, FALSE, 0, y, left_width);
  y = MAX (y, sizes->barcode_height + 2 * sizes->text) + 2 * sizes->gap;
  y += put_text (self, cr, slip->recipient, sizes->text * 1.2, FALSE, 0, y, self->width);
  return y + 3 * sizes->gap;
}

/* The head of every further page. */
static double
put_short_head (const StallSlipLayout *self, cairo_t *cr)
{
  g_autofree char *order = g_strdup_printf (_ ("Order %s"), self->slip->number);
  double height
      = put_text (self, cr, self->slip->stall, self->sizes->text, TRUE, 0, 0, self->width * 0.6);

  if (cr)
    put_right (self, cr, order, self->sizes->text, TRUE, 0);
  return MAX (height, self->sizes->text * 1.4) + self->sizes->gap;
}

static double
put_head_of_page (const StallSlipLayout *self, guint page, cairo_t *cr)
{
  return page == 0 ? put_head (self, cr) : put_short_head (self, cr);
}

static double
get_foot_height (const StallSlipLayout *self)
{
  return self->sizes->small * 1.5 + self->sizes->gap;
}

/* One line: a box to tick, how many, and what. Returns its height. */
static double
put_line (const StallSlipLayout *self, cairo_t *cr, const StallSlipLine *line, double top)
{
  const Sizes *sizes = self->sizes;
  double box = sizes->text * 1.1;
  double quantity_x = box + sizes->gap;
  double text_x = quantity_x + sizes->text * 3.2;
  double price_width = *line->price ? sizes->text * 8 : 0;
  double width = self->width - text_x - price_width;
  g_autofree char *quantity = g_strdup_printf ("%d ×", line->quantity);
  double y = top + sizes->gap;

  if (cr)
    {
      rule (self, cr, top);
      cairo_set_line_width (cr, 0.8);
      cairo_rectangle (cr, 0.4, y + 1, box, box);
      cairo_stroke (cr);
      put_text (self, cr, quantity, sizes->text * 1.2, TRUE, quantity_x, y - 1, 0);
      if (*line->price)
        put_right (self, cr, line->price, sizes->text, FALSE, y);
    }
  y += put_text (self, cr, line->title, sizes->text, TRUE, text_x, y, width);
  y += put_text (self, cr, line->details, sizes->small, FALSE, text_x, y, width);
  if (*line->personalisation)
    {
      double words;

      y += 3;
      words = put_text (self, cr, line->personalisation, sizes->large, TRUE, text_x + 6, y + 3,
                        width - 12);
      if (cr)
        {
          cairo_set_line_width (cr, 1);
          cairo_rectangle (cr, text_x, y, width, words + 6);
          cairo_stroke (cr);
        }
      y += words + 6;
    }
  return y + sizes->gap - top;
}

static double
put_totals (const StallSlipLayout *self, cairo_t *cr, double top)
{
  GPtrArray *totals = self->slip->totals;
  double y = top + self->sizes->gap;

  if (totals->len == 0)
    return 0;
  if (cr)
    rule (self, cr, top);
  for (guint i = 0; i + 1 < totals->len; i += 2)
    {
      gboolean last = i + 2 >= totals->len;
      double size = self->sizes->text;

      if (cr)
        put_right (self, cr, g_ptr_array_index (totals, i + 1), size, last, y);
      y += put_text (self, cr, g_ptr_array_index (totals, i), size, last, self->width * 0.5, y,
                     self->width * 0.3);
    }
  return y - top;
}

/**
 * stall_slip_lay_out:
 * @slip: a slip, which must outlive the layout
 * @width: of the part of a page that may be printed on, in points
 * @height: its height
 *
 * Finds out which line comes on which page.
 *
 * Returns: (transfer full): the layout
 */
StallSlipLayout *
stall_slip_lay_out (const StallSlip *slip, double width, double height)
{
  StallSlipLayout *self;
  double y, bottom;
  guint zero = 0;

  g_return_val_if_fail (slip, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  self = g_new0 (StallSlipLayout, 1);
  self->slip = slip;
  self->context = stall_draw_new_context ();
  self->sizes = width < SMALL_PAGE ? &small_sizes : &large_sizes;
  self->width = width;
  self->height = height;
  self->first_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->first_lines, zero);

  y = put_head_of_page (self, 0, NULL);
  bottom = height - get_foot_height (self);
  for (guint i = 0; i <= slip->lines->len; i++)
    {
      gboolean is_line = i < slip->lines->len;
      double needed = is_line ? put_line (self, NULL, g_ptr_array_index (slip->lines, i), 0)
                              : put_totals (self, NULL, 0);

      /* What is taller than a page is cut off rather than never printed. */
      if (y + needed > bottom
          && i > g_array_index (self->first_lines, guint, self->first_lines->len - 1))
        {
          g_array_append_val (self->first_lines, i);
          y = put_head_of_page (self, self->first_lines->len - 1, NULL);
        }
      y += needed;
    }
  return self;
}

/**
 * stall_slip_layout_free:
 * @self: (transfer full): a layout
 *
 * Frees a layout.
 */
void
stall_slip_layout_free (StallSlipLayout *self)
{
  g_object_unref (self->context);
  g_array_unref (self->first_lines);
  g_free (self);
}

/**
 * stall_slip_layout_get_n_pages:
 * @self: a layout
 *
 * Returns: how many pages the slip takes, at least one
 */
guint
stall_slip_layout_get_n_pages (const StallSlipLayout *self)
{
  g_return_val_if_fail (self, 0);

  return self->first_lines->len;
}

/**
 * stall_slip_layout_draw_page:
 * @self: a layout
 * @page: which of its pages, from 0
 * @cr: where to, the origin at the top left of what may be printed on
 *
 * Draws a page.
 */
void
stall_slip_layout_draw_page (const StallSlipLayout *self, guint page, cairo_t *cr)
{
  guint n_pages, line, end;
  g_autofree char *foot = NULL;
  double y;

  g_return_if_fail (self && cr && page < self->first_lines->len);

  n_pages = self->first_lines->len;
  line = g_array_index (self->first_lines, guint, page);
  end = page + 1 < n_pages ? g_array_index (self->first_lines, guint, page + 1)
                           : self->slip->lines->len + 1;
  foot = g_strdup_printf (_ ("Order %s, page %u / %u"), self->slip->number, page + 1, n_pages);

  cairo_set_source_rgb (cr, 0, 0, 0);
  y = put_head_of_page (self, page, cr);
  for (; line < end; line++)
    y += line < self->slip->lines->len
             ? put_line (self, cr, g_ptr_array_index (self->slip->lines, line), y)
             : put_totals (self, cr, y);
  put_text (self, cr, foot, self->sizes->small, FALSE, 0, self->height - self->sizes->small * 1.5,
            0);
}
