/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-variant-picker.h"

#include "stall-finder.h"

struct _StallVariantPicker
{
  AdwDialog parent_instance;

  StallFinder *finder;
};

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallVariantPicker, stall_variant_picker, ADW_TYPE_DIALOG)

static void
found_cb (StallVariantPicker *self, StallVariantRow *row)
{
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, row);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
stopped_cb (StallVariantPicker *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
stall_variant_picker_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_VARIANT_PICKER);

  G_OBJECT_CLASS (stall_variant_picker_parent_class)->dispose (object);
}

static void
stall_variant_picker_class_init (StallVariantPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_variant_picker_dispose;

  /**
   * StallVariantPicker::picked:
   * @row: the variant
   *
   * A variant was chosen.
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked", STALL_TYPE_VARIANT_PICKER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, STALL_TYPE_VARIANT_ROW);

  g_type_ensure (STALL_TYPE_FINDER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-variant-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, StallVariantPicker, finder);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
}

static void
stall_variant_picker_init (StallVariantPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_variant_picker_new:
 * @desk: what every page is handed
 * @title: what the variant is for
 *
 * Returns: (transfer floating): a dialog that lets a person choose a variant
 */
AdwDialog *
stall_variant_picker_new (StallDesk *desk, const char *title)
{
  StallVariantPicker *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_VARIANT_PICKER, "title", title, NULL);
  stall_finder_start (self->finder, desk, STALL_LIST_VARIANTS);
  return ADW_DIALOG (self);
}
