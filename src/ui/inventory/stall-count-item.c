/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-count-item.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-spin-row.h"
#include "stall-thumbnail.h"
#include "stall-wheel.h"

#include <glib/gi18n-lib.h>

#define PICTURE 44
#define LINES_WIDTH 200
#define MAX_PIECES 1000000

struct _StallCountItem
{
  AdwBin parent_instance;

  StallCount *count;
  StallCountEntry *entry;
  gboolean quiet;

  GtkWidget *picture;
  GtkInscription *title;
  GtkInscription *detail;
  GtkInscription *difference;
  GtkSpinButton *counted;
};

G_DEFINE_FINAL_TYPE (StallCountItem, stall_count_item, ADW_TYPE_BIN)

static void
show_entry (StallCountItem *self)
{
  StallVariantRow *variant;
  g_autofree char *title = NULL;
  g_autofree char *expected_words = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *difference = NULL;
  int expected = 0, apart = 0;
  gboolean known;

  if (self->entry == NULL)
    return;
  variant = stall_count_entry_get_variant (self->entry);
  known = stall_count_entry_get_expected (self->entry, &expected);
  if (known)
    {
      g_autofree char *number = stall_format_count (expected);

      apart = stall_count_entry_get_counted (self->entry) - expected;
      expected_words = g_strdup_printf (_ ("%s expected"), number);
    }
  title = stall_product_words_variant (stall_variant_row_get_product_title (variant),
                                       stall_variant_row_get_title (variant));
  detail = stall_product_words_join (expected_words, stall_variant_row_get_sku (variant));
  difference = known && apart != 0 ? stall_format_signed (apart) : NULL;
  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture),
                              stall_variant_row_get_cover (variant));
  gtk_inscription_set_text (self->title, title);
  gtk_inscription_set_text (self->detail, detail);
  gtk_inscription_set_text (self->difference, difference != NULL ? difference : known ? "✓" : NULL);
  if (apart != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->difference), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->difference), "warning");
  self->quiet = TRUE;
  gtk_spin_button_set_value (self->counted, stall_count_entry_get_counted (self->entry));
  self->quiet = FALSE;
}

static void
counted_cb (StallCountItem *self)
{
  if (!self->quiet && self->entry != NULL)
    stall_count_set (self->count, self->entry, gtk_spin_button_get_value_as_int (self->counted));
}

static void
remove_cb (StallCountItem *self)
{
  if (self->entry != NULL)
    stall_count_remove (self->count, self->entry);
}

static GtkInscription *
new_text (float xalign, guint chars, const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", xalign, "min-chars", chars,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, css_class);
  gtk_widget_add_css_class (text, "numeric");
  return GTK_INSCRIPTION (text);
}

static void
stall_count_item_dispose (GObject *object)
{
  StallCountItem *self = STALL_COUNT_ITEM (object);

  stall_count_item_set_entry (self, NULL);
  g_clear_object (&self->count);

  G_OBJECT_CLASS (stall_count_item_parent_class)->dispose (object);
}

static void
stall_count_item_class_init (StallCountItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_count_item_dispose;
}

static void
stall_count_item_init (StallCountItem *self)
{
  AdwWrapBox *wrap = ADW_WRAP_BOX (adw_wrap_box_new ());
  GtkWidget *thing = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *count = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  /* On a phone the count goes under the thing that is counted. */
  adw_wrap_box_set_child_spacing (wrap, 12);
  adw_wrap_box_set_line_spacing (wrap, 6);
  adw_wrap_box_set_justify (wrap, ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (wrap, TRUE);
  gtk_widget_set_size_request (lines, LINES_WIDTH, -1);
  gtk_widget_set_hexpand (thing, TRUE);
  gtk_widget_set_halign (count, GTK_ALIGN_END);
  self->picture = stall_thumbnail_new (NULL, PICTURE);
  self->title = new_text (0, 4, "heading");
  self->detail = new_text (0, 4, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dimmed");
  self->difference = new_text (1, 4, "heading");
  self->counted = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MAX_PIECES, 1));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->counted), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->counted), 4);
  gtk_spin_button_set_numeric (self->counted, TRUE);
  stall_spin_follow_typing (self->counted);
  stall_wheel_pass_by (self->counted);
  gtk_widget_set_valign (GTK_WIDGET (self->counted), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->counted), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Counted"), -1);
  gtk_widget_set_tooltip_text (button, _ ("Do Not Count This"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (thing), self->picture);
  gtk_box_append (GTK_BOX (thing), lines);
  gtk_box_append (GTK_BOX (count), GTK_WIDGET (self->difference));
  gtk_box_append (GTK_BOX (count), GTK_WIDGET (self->counted));
  gtk_box_append (GTK_BOX (count), button);
  adw_wrap_box_append (wrap, thing);
  adw_wrap_box_append (wrap, count);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (wrap));
  g_signal_connect_object (self->counted, "value-changed", G_CALLBACK (counted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
}

/**
 * stall_count_item_new:
 * @count: the count that is edited
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a row without an entry
 */
GtkWidget *
stall_count_item_new (StallCount *count, StallStore *store)
{
  StallCountItem *self = g_object_new (STALL_TYPE_COUNT_ITEM, NULL);

  self->count = g_object_ref (count);
  stall_thumbnail_set_store (STALL_THUMBNAIL (self->picture), store);
  return GTK_WIDGET (self);
}

/**
 * stall_count_item_set_entry:
 * @self: a row widget
 * @entry: (nullable): what it shows from now on
 */
void
stall_count_item_set_entry (StallCountItem *self, StallCountEntry *entry)
{
  g_return_if_fail (STALL_IS_COUNT_ITEM (self));

  if (self->entry == entry)
    return;
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_func (self->entry, show_entry, self);
  g_set_object (&self->entry, entry);
  if (entry != NULL)
    g_signal_connect_object (entry, "changed", G_CALLBACK (show_entry), self, G_CONNECT_SWAPPED);
  show_entry (self);
}
