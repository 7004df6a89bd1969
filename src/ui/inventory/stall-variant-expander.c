/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-variant-expander.h"

#include "stall-adjust-dialog.h"
#include "stall-async.h"
#include "stall-barcode.h"
#include "stall-field.h"
#include "stall-figures.h"
#include "stall-format.h"
#include "stall-ledger-dialog.h"
#include "stall-money.h"
#include "stall-own-barcode.h"
#include "stall-product-words.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define N_OPTIONS 3
#define OPENING 260 /* ms that a row takes to open */

struct _StallVariantExpander
{
  AdwExpanderRow parent_instance;

  StallProductEditor *editor;
  char *variant_id;
  GPtrArray *places; /* StallPlaceStock; NULL until it was read */
  StallVariantRow *stock;

  GtkLabel *available_label;
  GtkEditable *option_rows[N_OPTIONS];
  GtkEditable *price_row;
  GtkEditable *cost_row;
  GtkEditable *sku_row;
  GtkEditable *barcode_row;
  GtkEditable *low_row;
  AdwActionRow *stock_row;
  GtkWidget *adjust_button;
  GtkWidget *own_button;
  GtkWidget *remove_row;
};

G_DEFINE_FINAL_TYPE (StallVariantExpander, stall_variant_expander, ADW_TYPE_EXPANDER_ROW)

static StallVariant *
get_variant (StallVariantExpander *self)
{
  StallProduct *product = stall_product_editor_get_product (self->editor);

  return product != NULL ? stall_product_find_variant (product, self->variant_id) : NULL;
}

static StallDesk *
get_desk (StallVariantExpander *self)
{
  return stall_product_editor_get_desk (self->editor);
}

static const char *
get_currency (StallVariantExpander *self, StallVariant *variant)
{
  const char *currency = stall_variant_get_currency (variant);

  return currency != NULL && *currency != '\0' ? currency
                                               : stall_desk_get_currency (get_desk (self));
}

static char *
dup_name (StallVariantExpander *self)
{
  StallProduct *product = stall_product_editor_get_product (self->editor);
  StallVariant *variant = get_variant (self);
  g_autofree char *title = variant != NULL ? stall_variant_dup_title (variant) : NULL;

  return stall_product_words_variant (product != NULL ? stall_product_get_title (product) : NULL,
                                      title);
}

/* --- showing --- */

static char *
format_money_field (gint64 amount, const char *currency)
{
  return amount == STALL_PRICE_NONE ? g_strdup ("") : stall_money_format_plain (amount, currency);
}

static void
show_head (StallVariantExpander *self, StallVariant *variant)
{
  g_autofree char *title = stall_variant_dup_title (variant);
  g_autofree char *price
      = stall_format_money (stall_variant_get_price (variant), get_currency (self, variant));
  g_autofree char *subtitle = stall_product_words_join (stall_variant_get_sku (variant), price);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 *title != '\0' ? title : _ ("The only variant"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
show_options (StallVariantExpander *self, StallVariant *variant)
{
  g_auto (GStrv) options = stall_variant_dup_options (variant);
  guint n = g_strv_length (options) / 2;

  for (guint i = 0; i < N_OPTIONS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->option_rows[i]), i < n);
      if (i >= n)
        continue;
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->option_rows[i]), options[2 * i]);
      stall_field_set (self->option_rows[i], options[2 * i + 1]);
    }
}

/* One variant in two products counts in one of them, and that need not be this one. */
static gboolean
show_elsewhere (StallVariantExpander *self)
{
  gboolean elsewhere = g_strcmp0 (stall_variant_row_get_product_id (self->stock),
                                  stall_product_editor_get_product_id (self->editor))
                       != 0;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->own_button, elsewhere);
  if (!elsewhere)
    return FALSE;
  /* Translators: the title of a product */
  words = g_strdup_printf (
      _ ("This variant is in “%s” too, and its stock counts there"),
      stall_product_words_title (stall_variant_row_get_product_title (self->stock)));
  adw_action_row_set_subtitle (self->stock_row, words);
  gtk_label_set_label (self->available_label, _ ("Counts elsewhere"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->available_label), "error");
  gtk_widget_set_visible (self->adjust_button, FALSE);
  return TRUE;
}

/* At or below its threshold, in words and in colour, as the list says of its product. */
static void
show_available (StallVariantExpander *self, const char *available, int left, StallStage stage)
{
  StallProduct *product = stall_product_editor_get_product (self->editor);
  gboolean for_sale = stage == STALL_STAGE_ON_SALE || stage == STALL_STAGE_REORDERED;
  gboolean low = for_sale && !stall_product_get_one_off (product) && left > 0
                 && left <= stall_variant_row_get_low_at (self->stock);
  g_autofree char *words = stall_product_words_join (available, low ? _ ("low") : NULL);
  const char *style = NULL;

  if (low)
    style = "warning";
  else if (stall_product_words_is_missing (left, stage))
    style = "error";
  gtk_label_set_label (self->available_label, words);
  gtk_widget_set_css_classes (GTK_WIDGET (self->available_label),
                              (const char *[]) { "numeric", style, NULL });
}

static void
show_stock (StallVariantExpander *self)
{
  g_autofree char *stock = NULL;
  g_autofree char *available = NULL;
  g_autoptr (GString) text = NULL;
  StallStage stage;
  int left;

  if (self->stock == NULL || !stall_row_get_loaded (STALL_ROW (self->stock))
      || show_elsewhere (self))
    return;
  stock = stall_product_words_stock (stall_variant_row_get_on_hand (self->stock),
                                     stall_variant_row_get_reserved (self->stock),
                                     stall_variant_row_get_available (self->stock));
  left = stall_variant_row_get_available (self->stock);
  stage = stall_product_get_stage (stall_product_editor_get_product (self->editor));
  available = stall_product_words_available (left, stage);
  text = g_string_new (stock);
  for (guint i = 0; self->places != NULL && i < self->places->len; i++)
    {
      StallPlaceStock *place = g_ptr_array_index (self->places, i);
      g_autofree char *name = stall_format_place (place->place);
      g_autofree char *count = stall_format_count (place->on_hand);

      if (self->places->len > 1)
        {
          g_string_append_c (text, '\n');
          /* Translators: a place, and how many pieces are there */
          g_string_append_printf (text, _ ("%s: %s"), name, count);
        }
    }
  adw_action_row_set_subtitle (self->stock_row, text->str);
  /* The stock of a kit is that of its parts. */
  gtk_widget_set_visible (self->adjust_button, !stall_variant_row_get_is_kit (self->stock));
  show_available (self, available, left, stage);
}

static DexFuture *
places_fiber (gpointer data)
{
  g_autoptr (StallVariantExpander) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (get_desk (self)) : NULL;
  g_autofree char *variant = self != NULL ? g_strdup (self->variant_id) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = NULL;

  if (desk == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  places = dex_await_boxed (stall_store_place_stock (stall_desk_get_store (desk), variant), &error);
  self = g_weak_ref_get (data);
  if (places == NULL)
    stall_desk_report (desk, error);
  else if (self != NULL && self->editor != NULL)
    {
      g_clear_pointer (&self->places, g_ptr_array_unref);
      self->places = g_steal_pointer (&places);
      show_stock (self);
    }
  return dex_future_new_true ();
}

/* --- taking edits --- */

/* Says once what is wrong with what was typed; every commit looks at all fields. */
static void
refuse (StallVariantExpander *self, GtkEditable *field, const GError *error)
{
  if (stall_field_set_wrong (field, error->message))
    stall_desk_report (get_desk (self), error);
}

typedef struct
{
  StallDesk *desk;
  char *code;
  char *variant_id;
} Twin;

static void
twin_free (Twin *twin)
{
  g_object_unref (twin->desk);
  g_free (twin->code);
  g_free (twin->variant_id);
  g_free (twin);
}

static DexFuture *
twin_fiber (gpointer data)
{
  Twin *twin = data;
  g_autoptr (StallVariantRow) other = dex_await_object (
      stall_store_find_twin (stall_desk_get_store (twin->desk), twin->code, twin->variant_id),
      NULL);
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (other == NULL)
    return dex_future_new_true ();
  name = stall_product_words_variant (stall_variant_row_get_product_title (other),
                                      stall_variant_row_get_title (other));
  /* Translators: a SKU or barcode, and the name of a variant */
  words = g_strdup_printf (_ ("“%s” is also the code of “%s”"), twin->code, name);
  stall_desk_say (twin->desk, words);
  return dex_future_new_true ();
}

/* Two variants may have one code, but a scanner finds only one of them: the person is told. */
static void
look_for_twin (StallVariantExpander *self, const char *code)
{
  Twin *twin;

  if (code == NULL || *code == '\0')
    return;
  twin = g_new0 (Twin, 1);
  twin->desk = g_object_ref (get_desk (self));
  twin->code = g_strdup (code);
  twin->variant_id = g_strdup (self->variant_id);
  stall_spawn (twin_fiber, twin, (GDestroyNotify) twin_free);
}

static void
commit_money (StallVariantExpander *self,
              StallVariant *variant,
              GtkEditable *field,
              void (*set) (StallVariant *variant, gint64 amount, const char *currency))
{
  const char *typed = stall_field_get_edit (field);
  const char *currency = get_currency (self, variant);
  g_autofree char *own_currency = g_strdup (currency);
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;
  gint64 amount = STALL_PRICE_NONE;

  if (typed == NULL)
    return;
  if (*typed != '\0' && !stall_money_parse_price (typed, own_currency, &amount, &error))
    {
      refuse (self, field, error);
      return;
    }
  set (variant, amount, own_currency);
  shown = format_money_field (amount, own_currency);
  stall_field_accept (field, shown);
}

static void
commit_barcode (StallVariantExpander *self, StallVariant *variant)
{
  const char *typed = stall_field_get_edit (self->barcode_row);
  g_autoptr (GError) error = NULL;

  if (typed == NULL)
    return;
  if (*typed != '\0' && !stall_barcode_check (typed, &error))
    {
      refuse (self, self->barcode_row, error);
      return;
    }
  stall_variant_set_barcode (variant, typed);
  stall_field_accept (self->barcode_row, stall_variant_get_barcode (variant));
  look_for_twin (self, stall_variant_get_barcode (variant));
}

static void
commit_low (StallVariantExpander *self, StallVariant *variant)
{
  const char *typed = stall_field_get_edit (self->low_row);
  guint64 low_at = 0;
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  if (typed == NULL)
    return;
  if (*typed != '\0' && !g_ascii_string_to_unsigned (typed, 10, 0, 1000000, &low_at, NULL))
    {
      g_set_error_literal (&error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("Write a whole number, or nothing for the stall’s own"));
      refuse (self, self->low_row, error);
      return;
    }
  shown = g_strdup (typed);
  stall_variant_set_low_at (variant, *shown != '\0' ? (int) low_at : -1);
  stall_field_accept (self->low_row, shown);
}

/* --- what buttons do --- */

static DexFuture *
make_barcode_fiber (gpointer data)
{
  g_autoptr (StallVariantExpander) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *barcode = NULL;
  StallVariant *variant;

  if (self == NULL || self->editor == NULL)
    return dex_future_new_true ();
  desk = g_object_ref (get_desk (self));
  g_clear_object (&self);
  barcode = dex_await_string (stall_own_barcode_new (stall_desk_get_store (desk), NULL), &error);
  self = g_weak_ref_get (data);
  variant = self != NULL && self->editor != NULL ? get_variant (self) : NULL;
  if (barcode == NULL)
    stall_desk_report (desk, error);
  else if (variant != NULL)
    {
      stall_variant_set_barcode (variant, barcode);
      stall_field_accept (self->barcode_row, barcode);
      stall_product_editor_touch (self->editor);
    }
  return dex_future_new_true ();
}

static void
make_barcode_cb (StallVariantExpander *self)
{
  stall_spawn (make_barcode_fiber, stall_weak_new (self), stall_weak_free);
}

static void
adjust_cb (StallVariantExpander *self)
{
  g_autofree char *name = dup_name (self);

  if (!stall_product_editor_get_saved_once (self->editor))
    stall_desk_say (get_desk (self), _ ("Give the product a title first"));
  else
    adw_dialog_present (stall_adjust_dialog_new (get_desk (self), self->variant_id, name),
                        GTK_WIDGET (self));
}

static void
own_cb (StallVariantExpander *self)
{
  StallProductEditor *editor = self->editor;
  StallProduct *product = stall_product_editor_get_product (editor);
  StallVariant *variant = get_variant (self);
  g_autoptr (StallVariant) own = NULL;

  if (variant == NULL)
    return;
  stall_variant_expander_commit (self);
  own = stall_variant_new_like (variant);
  stall_product_add_variant (product, own);
  stall_product_remove_variant (product, variant);
  stall_product_editor_touch (editor);
}

static void
history_cb (StallVariantExpander *self)
{
  g_autofree char *name = dup_name (self);

  adw_dialog_present (stall_ledger_dialog_new (get_desk (self), self->variant_id, name),
                      GTK_WIDGET (self));
}

/* What opens below the edge is brought into view, once it has its height. */
static gboolean
scroll_idle (gpointer data)
{
  StallVariantExpander *self = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top, page;

  if (scroller == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self))
      || !gtk_widget_compute_bounds (GTK_WIDGET (self), scroller, &bounds))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  page = gtk_adjustment_get_page_size (adjustment);
  top = MIN (bounds.origin.y, bounds.origin.y + bounds.size.height - page);
  top = MIN (MAX (top, 0), bounds.origin.y);
  if (top > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top);
  return G_SOURCE_REMOVE;
}

static void
expanded_cb (StallVariantExpander *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    g_timeout_add_full (G_PRIORITY_DEFAULT, OPENING, scroll_idle, g_object_ref (self),
                        g_object_unref);
}

static void
remove_cb (StallVariantExpander *self)
{
  StallProductEditor *editor = self->editor;
  StallVariant *variant = get_variant (self);

  if (variant == NULL)
    return;
  stall_product_remove_variant (stall_product_editor_get_product (editor), variant);
  stall_product_editor_touch (editor);
}

static void
stall_variant_expander_dispose (GObject *object)
{
  StallVariantExpander *self = STALL_VARIANT_EXPANDER (object);

  /* First, so that the focus leaving a field on its way out commits nothing. */
  g_clear_object (&self->editor);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_VARIANT_EXPANDER);
  g_clear_object (&self->stock);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->variant_id, g_free);

  G_OBJECT_CLASS (stall_variant_expander_parent_class)->dispose (object);
}

static void
bind_option_rows (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("option_row_%u", i);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 G_STRUCT_OFFSET (StallVariantExpander, option_rows)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
}

static void
stall_variant_expander_class_init (StallVariantExpanderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_variant_expander_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-variant-expander.ui");
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, available_label);
  bind_option_rows (widget_class);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, price_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, cost_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, sku_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, barcode_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, low_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, stock_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, remove_row);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, adjust_button);
  gtk_widget_class_bind_template_callback (widget_class, make_barcode_cb);
  gtk_widget_class_bind_template_callback (widget_class, adjust_cb);
  gtk_widget_class_bind_template_child (widget_class, StallVariantExpander, own_button);
  gtk_widget_class_bind_template_callback (widget_class, own_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
stall_variant_expander_init (StallVariantExpander *self)
{
  GtkEditable **fields[]
      = { &self->price_row, &self->cost_row, &self->sku_row, &self->barcode_row, &self->low_row };

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    stall_field_watch (*fields[i], G_CALLBACK (stall_variant_expander_commit), self);
  for (guint i = 0; i < N_OPTIONS; i++)
    stall_field_watch (self->option_rows[i], G_CALLBACK (stall_variant_expander_commit), self);
}

/**
 * stall_variant_expander_new:
 * @editor: whose product the variant belongs to
 * @variant_id: the variant
 *
 * Returns: (transfer floating): a row for the variant
 */
GtkWidget *
stall_variant_expander_new (StallProductEditor *editor, const char *variant_id)
{
  StallVariantExpander *self;

  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (editor), NULL);
  g_return_val_if_fail (variant_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_VARIANT_EXPANDER, NULL);
  self->editor = g_object_ref (editor);
  self->variant_id = g_strdup (variant_id);
  stall_variant_expander_refresh (self);
  return GTK_WIDGET (self);
}

/**
 * stall_variant_expander_get_variant_id:
 * @self: a variant's row
 *
 * Returns: (transfer none): the variant
 */
const char *
stall_variant_expander_get_variant_id (StallVariantExpander *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT_EXPANDER (self), NULL);

  return self->variant_id;
}

/**
 * stall_variant_expander_refresh:
 * @self: a variant's row
 *
 * Shows the variant as it is in the editor's product now.
 */
void
stall_variant_expander_refresh (StallVariantExpander *self)
{
  StallVariant *variant;
  StallProduct *product;
  g_autofree char *price = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *low_at = NULL;

  g_return_if_fail (STALL_IS_VARIANT_EXPANDER (self));

  variant = get_variant (self);
  if (variant == NULL)
    return;
  product = stall_product_editor_get_product (self->editor);
  price = format_money_field (stall_variant_get_price (variant), get_currency (self, variant));
  cost = format_money_field (stall_variant_get_cost (variant), get_currency (self, variant));
  if (stall_variant_get_low_at (variant) >= 0)
    low_at = g_strdup_printf ("%d", stall_variant_get_low_at (variant));
  show_head (self, variant);
  show_stock (self);
  show_options (self, variant);
  stall_field_set (self->price_row, price);
  stall_field_set (self->cost_row, cost);
  stall_field_set (self->sku_row, stall_variant_get_sku (variant));
  stall_field_set (self->barcode_row, stall_variant_get_barcode (variant));
  stall_field_set (self->low_row, low_at);
  gtk_widget_set_visible (self->remove_row,
                          g_list_model_get_n_items (stall_product_get_variants (product)) > 1);
}

/**
 * stall_variant_expander_commit:
 * @self: a variant's row
 *
 * Takes what was typed into the editor's product; what cannot be taken is marked and stays.
 */
void
stall_variant_expander_commit (StallVariantExpander *self)
{
  StallVariant *variant;

  g_return_if_fail (STALL_IS_VARIANT_EXPANDER (self));

  variant = self->editor != NULL ? get_variant (self) : NULL;
  if (variant == NULL)
    return;
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      const char *typed = stall_field_get_edit (self->option_rows[i]);
      g_autofree char *value = g_strdup (typed);

      if (value == NULL || *g_strstrip (value) == '\0')
        continue;
      stall_variant_set_option (
          variant, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->option_rows[i])),
          value);
      stall_field_accept (self->option_rows[i], value);
    }
  if (stall_field_get_edit (self->sku_row) != NULL)
    {
      stall_variant_set_sku (variant, stall_field_get_edit (self->sku_row));
      stall_field_accept (self->sku_row, stall_variant_get_sku (variant));
      look_for_twin (self, stall_variant_get_sku (variant));
    }
  commit_money (self, variant, self->price_row, stall_variant_set_price);
  commit_money (self, variant, self->cost_row, stall_variant_set_cost);
  commit_barcode (self, variant);
  commit_low (self, variant);
  show_head (self, variant);
  stall_product_editor_touch (self->editor);
}

/**
 * stall_variant_expander_set_stock:
 * @self: a variant's row
 * @row: (nullable): its stock
 *
 * Shows the stock, per place if there is more than one.
 */
void
stall_variant_expander_set_stock (StallVariantExpander *self, StallVariantRow *row)
{
  g_return_if_fail (STALL_IS_VARIANT_EXPANDER (self));

  g_set_object (&self->stock, row);
  show_stock (self);
  if (row != NULL)
    stall_spawn (places_fiber, stall_weak_new (self), stall_weak_free);
}
