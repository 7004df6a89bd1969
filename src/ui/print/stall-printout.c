/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-printout.h"

#include "stall-error.h"

#include <cairo-pdf.h>

/* Font lookup and PDF output need more than a fiber's usual stack. */
#define STACK_SIZE (8 * 1024 * 1024)

struct _StallPrintout
{
  GPtrArray *slips;   /* NULL for labels */
  GPtrArray *layouts; /* StallSlipLayout, of the slips */
  GPtrArray *labels;
  StallLabelSize size;
};

typedef struct
{
  StallPrintout *printout;
  double width;
  double height;
  double margin;
} Pdf;

static void
pdf_free (gpointer data)
{
  Pdf *pdf = data;

  stall_printout_unref (pdf->printout);
  g_free (pdf);
}

static void
layout_free (gpointer data)
{
  stall_slip_layout_free (data);
}

static void
printout_clear (gpointer data)
{
  StallPrintout *self = data;

  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  g_clear_pointer (&self->slips, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
}

/**
 * stall_printout_new_slips:
 * @slips: (element-type StallSlip): what to print
 *
 * Returns: (transfer full): packing slips on their way to paper
 */
StallPrintout *
stall_printout_new_slips (GPtrArray *slips)
{
  StallPrintout *self = g_atomic_rc_box_new0 (StallPrintout);

  self->slips = g_ptr_array_ref (slips);
  return self;
}

/**
 * stall_printout_new_labels:
 * @labels: (element-type StallLabel): what to print
 * @size: of a label
 *
 * Returns: (transfer full): labels on their way to paper
 */
StallPrintout *
stall_printout_new_labels (GPtrArray *labels, StallLabelSize size)
{
  StallPrintout *self = g_atomic_rc_box_new0 (StallPrintout);

  self->labels = g_ptr_array_ref (labels);
  self->size = size;
  return self;
}

/**
 * stall_printout_ref:
 * @self: a printout
 *
 * Returns: (transfer full): @self
 */
StallPrintout *
stall_printout_ref (StallPrintout *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * stall_printout_unref:
 * @self: (transfer full): a printout
 *
 * Lets go of @self.
 */
void
stall_printout_unref (StallPrintout *self)
{
  g_atomic_rc_box_release_full (self, printout_clear);
}

/**
 * stall_printout_lay_out:
 * @self: a printout
 * @width: of what may be printed on, in points; labels know their own
 * @height: likewise
 *
 * Finds out what comes on which page. Every slip begins a new page.
 *
 * Returns: how many pages there are
 */
guint
stall_printout_lay_out (StallPrintout *self, double width, double height)
{
  guint n_pages = 0;

  g_return_val_if_fail (self, 0);

  if (self->labels)
    return stall_labels_count_pages (self->labels, self->size);

  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  self->layouts = g_ptr_array_new_with_free_func (layout_free);
  for (guint i = 0; i < self->slips->len; i++)
    {
      StallSlipLayout *layout
          = stall_slip_lay_out (g_ptr_array_index (self->slips, i), width, height);

      n_pages += stall_slip_layout_get_n_pages (layout);
      g_ptr_array_add (self->layouts, layout);
    }
  return n_pages;
}

/**
 * stall_printout_draw_page:
 * @self: a printout that was laid out
 * @page: which of all pages, from 0
 * @cr: where to
 *
 * Draws a page.
 */
void
stall_printout_draw_page (StallPrintout *self, guint page, cairo_t *cr)
{
  g_return_if_fail (self && cr);

  if (self->labels)
    {
      stall_labels_draw_page (self->labels, self->size, page, cr);
      return;
    }
  g_return_if_fail (self->layouts);
  for (guint i = 0; i < self->layouts->len; i++)
    {
      StallSlipLayout *layout = g_ptr_array_index (self->layouts, i);
      guint n_pages = stall_slip_layout_get_n_pages (layout);

      if (page < n_pages)
        {
          stall_slip_layout_draw_page (layout, page, cr);
          return;
        }
      page -= n_pages;
    }
}

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static DexFuture *
pdf_fiber (gpointer data)
{
  Pdf *pdf = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_cb, bytes, pdf->width, pdf->height);
  cairo_t *cr = cairo_create (surface);
  guint n_pages = stall_printout_lay_out (pdf->printout, pdf->width - 2 * pdf->margin,
                                          pdf->height - 2 * pdf->margin);
  cairo_status_t status;

  for (guint i = 0; i < n_pages; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, pdf->margin, pdf->margin);
      stall_printout_draw_page (pdf->printout, i, cr);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    return dex_future_new_reject (STALL_ERROR, STALL_ERROR_FAILED, "%s",
                                  cairo_status_to_string (status));
  return dex_future_new_take_boxed (G_TYPE_BYTES,
                                    g_byte_array_free_to_bytes (g_steal_pointer (&bytes)));
}

/**
 * stall_printout_to_pdf:
 * @self: a printout; not to be used by anybody else meanwhile
 * @width: of a page in points
 * @height: likewise
 * @margin: left free at each side
 *
 * Draws all pages as PDF, beside the main thread.
 *
 * Returns: (transfer full): a future of boxed #GBytes
 */
DexFuture *
stall_printout_to_pdf (StallPrintout *self, double width, double height, double margin)
{
  DexFuture *future;
  Pdf *pdf;

  dex_return_error_if_fail (self);

  pdf = g_new0 (Pdf, 1);
  pdf->printout = stall_printout_ref (self);
  pdf->width = width;
  pdf->height = height;
  pdf->margin = margin;
  future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), STACK_SIZE, pdf_fiber,
                                pdf, pdf_free);
  dex_future_disown (dex_ref (future));
  return future;
}
