/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "stall-order-record.h"
#include "stall-profile.h"

G_BEGIN_DECLS

/* A packing slip: what goes into the parcel, for the one who packs and the one who unpacks. It
 * carries no prices unless asked for. First its words are gathered, then laid out on pages, then
 * drawn: all in points, on any cairo surface, in any thread. */
typedef struct
{
  char *title;
  char *details;         /* options and SKU; "" for none */
  char *personalisation; /* "": none */
  int quantity;
  char *price; /* of all pieces; "": not shown */
} StallSlipLine;

typedef struct
{
  char *stall;
  char *number;
  char *placed;
  char *ship_by;   /* "": no deadline */
  char *recipient; /* name, phone and address, a line each; the handle when nothing else is known */
  GPtrArray *lines;  /* StallSlipLine */
  GPtrArray *totals; /* char *: name, amount, name, amount, …; empty when prices are not shown */
} StallSlip;

StallSlip *stall_slip_new (const StallOrderRecord *record, StallProfile *profile, gboolean prices);
void stall_slip_free (StallSlip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallSlip, stall_slip_free)

typedef struct _StallSlipLayout StallSlipLayout;
StallSlipLayout *stall_slip_lay_out (const StallSlip *slip, double width, double height);
void stall_slip_layout_free (StallSlipLayout *self);
guint stall_slip_layout_get_n_pages (const StallSlipLayout *self);
void stall_slip_layout_draw_page (const StallSlipLayout *self, guint page, cairo_t *cr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallSlipLayout, stall_slip_layout_free)

G_END_DECLS
