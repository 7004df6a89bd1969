/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-popover.h"

#include "stall-finder.h"
#include "stall-product-words.h"

struct _StallProductPopover
{
  GtkPopover parent_instance;

  StallDesk *desk;

  StallFinder *finder;
};

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallProductPopover, stall_product_popover, GTK_TYPE_POPOVER)

static void
found_cb (StallProductPopover *self, StallProductRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, stall_product_row_get_id (row),
                 stall_product_words_title (stall_product_row_get_title (row)));
}

static void
stopped_cb (StallProductPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Nothing is read before somebody looks for a product. */
static void
stall_product_popover_show (GtkWidget *widget)
{
  StallProductPopover *self = STALL_PRODUCT_POPOVER (widget);

  stall_finder_start (self->finder, self->desk, STALL_LIST_PRODUCTS);
  GTK_WIDGET_CLASS (stall_product_popover_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->finder));
}

static void
stall_product_popover_dispose (GObject *object)
{
  StallProductPopover *self = STALL_PRODUCT_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_PRODUCT_POPOVER);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_product_popover_parent_class)->dispose (object);
}

static void
stall_product_popover_class_init (StallProductPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_product_popover_dispose;
  widget_class->show = stall_product_popover_show;

  /**
   * StallProductPopover::picked:
   * @self: the popover
   * @product_id: "product:…"
   * @title: its title
   *
   * A product was chosen.
   */
  signals[SIGNAL_PICKED]
      = g_signal_new ("picked", STALL_TYPE_PRODUCT_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (STALL_TYPE_FINDER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-product-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, StallProductPopover, finder);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
}

static void
stall_product_popover_init (StallProductPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_product_popover_set_desk:
 * @self: a popover
 * @desk: whose products it finds
 */
void
stall_product_popover_set_desk (StallProductPopover *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_PRODUCT_POPOVER (self));
  g_return_if_fail (STALL_IS_DESK (desk));

  g_set_object (&self->desk, desk);
}
