/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-adjust-dialog.h"
#include "stall-barcode.h"
#include "stall-grid-edits.h"
#include "stall-inventory-page.h"
#include "stall-product-item.h"
#include "stall-product-page.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-selection.h"
#include "stall-variant-expander.h"
#include "ui-test.h"

#include <string.h>

#define N_MANY 2000
#define MAX_LIVE 300 /* a list keeps about 206 rows, however long it is */

typedef struct
{
  UiTest base;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
  self->window = NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window)
    gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

static StallProduct *
new_product (const char *title, const char *sku, StallStage stage, gint64 price)
{
  StallProduct *product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (product, title);
  stall_product_set_stage (product, stage);
  stall_variant_set_sku (variant, sku);
  stall_variant_set_price (variant, price, "CNY");
  stall_product_add_variant (product, variant);
  return product;
}

static StallVariant *
get_variant (StallProduct *product)
{
  g_autoptr (StallVariant) variant
      = g_list_model_get_item (stall_product_get_variants (product), 0);

  return variant; /* the product holds it */
}

static StallProduct *
load_product (Fixture *self, const char *id)
{
  g_autoptr (StallDocument) document = ui_test_await (stall_store_load (get_store (self), id));
  StallProduct *product = stall_product_new_from_document (document, NULL);

  g_assert_nonnull (product);
  return product;
}

static char *
load_title (Fixture *self, const char *id)
{
  g_autoptr (StallProduct) product = load_product (self, id);

  return g_strdup (stall_product_get_title (product));
}

static guint
count_type (GtkWidget *root, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    n += count_type (child, type);
  return n;
}

static GtkWidget *
show_page (Fixture *self, AdwNavigationPage *page, int width)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  self->window = ui_test_show (view, width, 700);
  return self->window;
}

static GtkWidget *
show_inventory (Fixture *self, const char *view)
{
  StallInventoryPage *page = stall_inventory_page_new (self->base.desk);

  g_object_set (page, "view", view, NULL);
  return show_page (self, ADW_NAVIGATION_PAGE (page), 1000);
}

static void
add_many (Fixture *self)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Many products");
  g_autoptr (StallReceipt) receipt = NULL;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *title = g_strdup_printf ("Cup %04u", i);
      g_autofree char *sku = g_strdup_printf ("CUP-%04u", i);
      g_autoptr (StallProduct) product = new_product (title, sku, STALL_STAGE_ON_SALE, 6800);
      g_autoptr (StallDocument) document = stall_product_to_document (product, "test");

      stall_change_set_put (changes, document);
    }
  receipt = ui_test_await (stall_store_apply (get_store (self), changes));
  g_assert_cmpuint (receipt->added, ==, N_MANY);
}

static void
test_list_is_lazy (Fixture *self, gconstpointer data)
{
  GtkWidget *window;

  add_many (self);
  window = show_inventory (self, "list");
  ui_test_wait_until (ui_test_find_text (window, "Cup 0000"));
  ui_test_wait_until (ui_test_find_text (window, "2,000 products"));
  g_assert_cmpuint (count_type (window, STALL_TYPE_PRODUCT_ITEM), <, MAX_LIVE);
  ui_test_save_picture (window, "inventory-many");
}

static void
test_narrowing (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) suit = new_product ("Lilac Suit", "LS", STALL_STAGE_TESTING, 80000);
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  StallInventoryPage *page;
  GtkWidget *window;

  ui_test_add_product (&self->base, suit);
  ui_test_add_product (&self->base, cup);
  ui_test_move (&self->base, stall_variant_get_id (get_variant (cup)), 5);
  window = show_inventory (self, "list");
  ui_test_wait_until (ui_test_find_text (window, "2 products"));
  page = STALL_INVENTORY_PAGE (ui_test_find_type (window, STALL_TYPE_INVENTORY_PAGE));

  gtk_widget_activate_action (GTK_WIDGET (page), "page.stage", "s", "testing");
  ui_test_wait_until (ui_test_find_text (window, "1 product"));
  ui_test_wait_until (ui_test_find_text (window, "Lilac Suit"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.stock", "s", "low");
  ui_test_wait_until (ui_test_find_text (window, "No Products Found"));
  ui_test_click (ui_test_find_button (window, "Show All Products"));
  ui_test_wait_until (ui_test_find_text (window, "2 products"));
  ui_test_wait_until (ui_test_find_text (window, "5 available"));
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  GtkWidget *window = show_inventory (self, "grid");

  ui_test_wait_until (ui_test_find_text (window, "No Products Yet"));
  ui_test_click (ui_test_find_button (window, "New Product"));
  ui_test_wait_until (ui_test_find_type (window, STALL_TYPE_PRODUCT_PAGE));
  ui_test_wait_until (ui_test_find_text (window, "The only variant"));
  ui_test_save_picture (window, "product-new");
}

static gboolean
said (Fixture *self, const char *title)
{
  return self->base.toast != NULL && g_strcmp0 (adw_toast_get_title (self->base.toast), title) == 0;
}

static gboolean
is_tagged (Fixture *self, StallProduct *product, const char *tag)
{
  g_autoptr (StallProduct) loaded = load_product (self, stall_product_get_id (product));
  g_auto (GStrv) tags = stall_product_dup_tags (loaded);

  return g_strv_contains ((const char *const *) tags, tag);
}

static StallStage
load_stage (Fixture *self, StallProduct *product)
{
  g_autoptr (StallProduct) loaded = load_product (self, stall_product_get_id (product));

  return stall_product_get_stage (loaded);
}

/* Many products are changed at once, and only those that are not so already. */
static void
test_bulk (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) suit = new_product ("Lilac Suit", "LS", STALL_STAGE_TESTING, 80000);
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  g_autoptr (StallProduct) pot = new_product ("Pot", "PT", STALL_STAGE_ON_SALE, 9900);
  StallSelection *selection;
  GtkWidget *window, *page, *dialog;

  ui_test_add_product (&self->base, suit);
  ui_test_add_product (&self->base, cup);
  ui_test_add_product (&self->base, pot);
  window = show_inventory (self, data);
  ui_test_wait_until (ui_test_find_text (window, "3 products"));
  page = ui_test_find_type (window, STALL_TYPE_INVENTORY_PAGE);
  gtk_widget_activate_action (page, "page.select-all", NULL);
  ui_test_wait_until (ui_test_find_text (window, "3 selected"));
  g_object_get (ui_test_find_type (window, g_type_from_name ("StallSelectionBar")), "selection",
                &selection, NULL);
  g_object_unref (selection); /* the page holds it */
  ui_test_save_picture (window, "inventory-selecting");

  gtk_widget_activate_action (page, "selection.stage", "s", "on-sale");
  ui_test_wait_until (said (self, "1 product moved to “On sale”"));
  ui_test_wait_until (!stall_selection_get_selecting (selection));
  g_assert_cmpint (load_stage (self, suit), ==, STALL_STAGE_ON_SALE);
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (load_stage (self, suit) == STALL_STAGE_TESTING);

  /* Two of the three. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 0, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 1, FALSE);
  g_assert_true (stall_selection_get_selecting (selection));
  gtk_widget_activate_action (page, "selection.tag", NULL);
  ui_test_wait_until ((dialog = ui_test_find_type (window, ADW_TYPE_ALERT_DIALOG)) != NULL
                      && ui_test_find_type (dialog, GTK_TYPE_ENTRY) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (ui_test_find_type (dialog, GTK_TYPE_ENTRY)), " spring ");
  g_signal_emit_by_name (dialog, "response", "add");
  ui_test_wait_until (said (self, "2 products tagged “spring”"));
  g_assert_true (is_tagged (self, cup, "spring"));
  g_assert_true (is_tagged (self, suit, "spring"));
  g_assert_false (is_tagged (self, pot, "spring"));
}

static char *
load_barcode (Fixture *self, StallProduct *product)
{
  g_autoptr (StallProduct) loaded = load_product (self, stall_product_get_id (product));

  return g_strdup (stall_variant_get_barcode (get_variant (loaded)));
}

static void
test_own_barcodes (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) suit = new_product ("Lilac Suit", "LS", STALL_STAGE_TESTING, 80000);
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  g_autoptr (StallProduct) pot = new_product ("Pot", "PT", STALL_STAGE_ON_SALE, 9900);
  g_autofree char *suit_code = NULL;
  g_autofree char *cup_code = NULL;
  g_autofree char *pot_code = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *window, *page;

  stall_variant_set_barcode (get_variant (cup), "4006381333931");
  ui_test_add_product (&self->base, suit);
  ui_test_add_product (&self->base, cup);
  ui_test_add_product (&self->base, pot);
  window = show_inventory (self, "list");
  ui_test_wait_until (ui_test_find_text (window, "3 products"));
  page = ui_test_find_type (window, STALL_TYPE_INVENTORY_PAGE);
  gtk_widget_activate_action (page, "page.select-all", NULL);
  ui_test_wait_until (ui_test_find_text (window, "3 selected"));
  gtk_widget_activate_action (page, "selection.barcodes", NULL);
  ui_test_wait_until (said (self, "Own barcodes for 2 variants"));
  suit_code = load_barcode (self, suit);
  cup_code = load_barcode (self, cup);
  pot_code = load_barcode (self, pot);
  g_assert_true (stall_ean13_check (suit_code, NULL));
  g_assert_true (stall_ean13_check (pot_code, NULL));
  g_assert_cmpint (suit_code[0], ==, '2');
  g_assert_cmpstr (suit_code, !=, pot_code);
  g_assert_cmpstr (cup_code, ==, "4006381333931");

  gtk_widget_activate_action (page, "page.select-all", NULL);
  gtk_widget_activate_action (page, "selection.barcodes", NULL);
  ui_test_wait_until (said (self, "Every variant has a barcode already"));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (
      (g_free (undone), undone = load_barcode (self, suit), undone == NULL || *undone == '\0'));
}

static void
test_sold_one_off (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) quilt = new_product ("Quilt", "QU-01", STALL_STAGE_ON_SALE, 268000);
  const char *variant = stall_variant_get_id (get_variant (quilt));
  GtkWidget *window;

  stall_product_set_one_off (quilt, TRUE);
  ui_test_add_product (&self->base, quilt);
  ui_test_move (&self->base, variant, 1);
  window = show_inventory (self, "list");
  ui_test_wait_until (ui_test_find_text (window, "1 available"));
  ui_test_wait_until (ui_test_find_text (window, "On sale"));
  ui_test_move (&self->base, variant, -1);
  ui_test_wait_until (ui_test_find_text (window, "Sold out"));
  ui_test_wait_until (ui_test_find_text (window, "Off sale"));
  g_assert_false (gtk_widget_has_css_class (ui_test_find_text (window, "Sold out"), "error"));
}

/* What was typed counts before its field is left: who presses Enter never leaves it. */
static void
test_typed_number_counts (Fixture *self, gconstpointer data)
{
  AdwDialog *dialog = stall_adjust_dialog_new (self->base.desk, "variant:none", "Celadon Cup");
  GtkWidget *row;

  self->window = ui_test_show (gtk_label_new ("Behind"), 600, 700);
  adw_dialog_present (dialog, self->window);
  ui_test_wait_until ((row = ui_test_find_type (self->window, ADW_TYPE_SPIN_ROW)) != NULL
                      && ui_test_find_text (self->window, "Workshop: 0 → 1 on hand") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "12");
  g_assert_nonnull (ui_test_find_text (self->window, "Workshop: 0 → 12 on hand"));
}

static void
test_words (void)
{
  static const struct
  {
    gint64 on_hand, reserved, available;
    const char *words;
  } cases[] = {
    { 12, 3, 9, "12 on hand · 3 reserved · 9 available" },
    { 5, 0, 5, "5 on hand · 5 available" },
    { 0, 0, 0, "0 on hand · 0 available" },
    { 1, 3, -2, "1 on hand · 3 reserved · Oversold by 2" },
  };
  static const struct
  {
    gint64 available;
    StallStage stage;
    const char *words;
    gboolean missing;
  } left[] = {
    { 9, STALL_STAGE_ON_SALE, "9 available", FALSE },
    { 0, STALL_STAGE_ON_SALE, "Sold out", TRUE },
    { 0, STALL_STAGE_REORDERED, "Sold out", TRUE },
    { 0, STALL_STAGE_IDEA, "0 available", FALSE },
    { 0, STALL_STAGE_DROPPED, "0 available", FALSE },
    { -2, STALL_STAGE_SAMPLE, "Oversold by 2", TRUE },
  };
  static const struct
  {
    double days;
    const char *words;
  } days[] = { { 5.9, "5 days left" }, { 1, "1 day left" }, { 0, "" }, { G_MAXDOUBLE, "" } };
  const StallFitting fitting
      = { .name = (char *) "Mei", .size = (char *) "M", .height = 165, .remark = (char *) "roomy" };
  g_autofree char *fit = stall_product_words_fitting (&fitting);
  g_autofree char *low = stall_product_words_on_hand_low (1200, 2);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words
          = stall_product_words_stock (cases[i].on_hand, cases[i].reserved, cases[i].available);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *words = stall_product_words_available (left[i].available, left[i].stage);

      g_assert_cmpstr (words, ==, left[i].words);
      g_assert_cmpint (stall_product_words_is_missing (left[i].available, left[i].stage), ==,
                       left[i].missing);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *words = stall_product_words_days_left (days[i].days);

      g_assert_cmpstr (words, ==, days[i].words);
    }
  g_assert_cmpstr (fit, ==, "M · 165 cm · roomy");
  g_assert_cmpstr (low, ==, "1,200 on hand · 2 low");
  g_assert_cmpstr (stall_product_words_title (""), ==, "Untitled product");
}

/* --- the product page --- */

static gboolean
is_entry_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_ENTRY_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  if (is_entry_row (root, title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found)
        return found;
    }
  return NULL;
}

static GtkWidget *
show_product (Fixture *self, StallProduct *product)
{
  GtkWidget *window = show_page (
      self, stall_product_page_new (self->base.desk, stall_product_get_id (product)), 800);
  GtkWidget *row;

  ui_test_wait_until ((row = find_row (window, "Title")) && gtk_widget_get_mapped (row));
  return row;
}

static gboolean
title_is (Fixture *self, const char *id, const char *expected)
{
  g_autofree char *title = load_title (self, id);

  return g_str_equal (title, expected);
}

static void
test_edit_saves_and_undoes (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  const char *id = stall_product_get_id (cup);
  GtkWidget *row;

  ui_test_add_product (&self->base, cup);
  row = show_product (self, cup);
  gtk_editable_set_text (GTK_EDITABLE (row), "Celadon Bowl");
  g_signal_emit_by_name (row, "entry-activated");
  ui_test_wait_until (title_is (self, id, "Celadon Bowl"));
  ui_test_wait_until (self->base.toast);
  g_assert_cmpstr (adw_toast_get_title (self->base.toast), ==, "Edit “Celadon Bowl”");

  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), "Celadon Cup"));
  g_assert_true (title_is (self, id, "Celadon Cup"));
}

/* A SKU that another variant has is told, and stands. */
static void
test_twin_sku (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  g_autoptr (StallProduct) pot = new_product ("Pot", "PT", STALL_STAGE_ON_SALE, 9900);
  g_autoptr (StallProduct) after = NULL;
  GtkWidget *row;

  ui_test_add_product (&self->base, cup);
  ui_test_add_product (&self->base, pot);
  show_product (self, pot);
  row = find_row (self->window, "SKU");
  gtk_editable_set_text (GTK_EDITABLE (row), "PT-2");
  g_signal_emit_by_name (row, "entry-activated");
  ui_test_wait_until (said (self, "Edit “Pot”"));
  gtk_editable_set_text (GTK_EDITABLE (row), "cc");
  g_signal_emit_by_name (row, "entry-activated");
  ui_test_wait_until (said (self, "“cc” is also the code of “Celadon Cup”"));
  ui_test_wait_until (said (self, "Edit “Pot”"));
  after = load_product (self, stall_product_get_id (pot));
  g_assert_cmpstr (stall_variant_get_sku (get_variant (after)), ==, "cc");
}

/* Of two products with one variant the page of the one in which it does not count says so, and
 * gives it a variant of its own. */
static void
test_shared_variant (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  g_autoptr (StallProduct) pot = new_product ("Pot", "PT", STALL_STAGE_ON_SALE, 9900);
  g_autoptr (StallProduct) after = NULL;
  gboolean cup_first = strcmp (stall_product_get_id (cup), stall_product_get_id (pot)) < 0;
  StallProduct *holder = cup_first ? cup : pot;
  StallProduct *other = cup_first ? pot : cup;
  const char *shared = stall_variant_get_id (get_variant (holder));
  g_autoptr (StallVariant) twin = stall_variant_new_with_id (shared);
  g_autofree char *words = g_strdup_printf (
      "This variant is in “%s” too, and its stock counts there", stall_product_get_title (holder));

  stall_variant_set_sku (twin, "SHARED");
  stall_product_add_variant (other, twin);
  stall_product_remove_variant (other, get_variant (other));
  ui_test_add_product (&self->base, holder);
  ui_test_move (&self->base, shared, 4);
  ui_test_add_product (&self->base, other);
  show_product (self, other);
  ui_test_wait_until (ui_test_find_text (self->window, "Counts elsewhere"));
  g_assert_null (ui_test_find_text (self->window, "4 available"));
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (ui_test_find_type (self->window, STALL_TYPE_VARIANT_EXPANDER)), TRUE);
  ui_test_wait_until (ui_test_find_text (self->window, words));

  ui_test_click (ui_test_find_button (self->window, "Make Its Own"));
  ui_test_wait_until (ui_test_find_text (self->window, "0 available")
                      || ui_test_find_text (self->window, "Sold out"));
  ui_test_wait_until (said (self, "Edit “Pot”") || said (self, "Edit “Celadon Cup”"));
  after = load_product (self, stall_product_get_id (other));
  g_assert_cmpstr (stall_variant_get_sku (get_variant (after)), ==, "SHARED");
  g_assert_cmpstr (stall_variant_get_id (get_variant (after)), !=, shared);
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (after)), ==, 1);
}

/* Somebody else edits the product while a title is being typed: both stay. */
static void
test_typing_survives (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  const char *id = stall_product_get_id (cup);
  g_autoptr (StallProduct) theirs = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProduct) after = NULL;
  GtkWidget *row, *origin;

  ui_test_add_product (&self->base, cup);
  row = show_product (self, cup);
  gtk_editable_set_text (GTK_EDITABLE (row), "Celadon Bo");

  theirs = load_product (self, id);
  stall_product_set_origin (theirs, "Longquan");
  document = stall_product_to_document (theirs, "other");
  ui_test_put (&self->base, "Edited elsewhere", document);
  origin = find_row (self->window, "Origin");
  ui_test_wait_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (origin)), "Longquan"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Celadon Bo");

  gtk_editable_set_text (GTK_EDITABLE (row), "Celadon Bowl");
  g_signal_emit_by_name (row, "entry-activated");
  ui_test_wait_until (title_is (self, id, "Celadon Bowl"));
  after = load_product (self, id);
  g_assert_cmpstr (stall_product_get_origin (after), ==, "Longquan");
}

/* What was typed and not even committed is there after the window was closed. */
static void
test_closing_keeps_the_last_edit (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  GtkWidget *row;

  ui_test_add_product (&self->base, cup);
  row = show_product (self, cup);
  gtk_editable_set_text (GTK_EDITABLE (row), "Celadon Bowl");
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_close (GTK_WINDOW (self->window));
  ui_test_wait_until (self->window == NULL);
  g_assert_true (title_is (self, stall_product_get_id (cup), "Celadon Bowl"));
}

static void
test_wrong_input_stays (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  g_autoptr (StallProduct) after = NULL;
  GtkWidget *price;

  ui_test_add_product (&self->base, cup);
  show_product (self, cup);
  ui_test_wait_until (find_row (self->window, "Price"));
  price = find_row (self->window, "Price");
  gtk_editable_set_text (GTK_EDITABLE (price), "cheap");
  g_signal_emit_by_name (price, "entry-activated");
  g_assert_true (gtk_widget_has_css_class (price, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (price)), ==, "cheap");

  gtk_editable_set_text (GTK_EDITABLE (price), "72.5");
  g_signal_emit_by_name (price, "entry-activated");
  g_assert_false (gtk_widget_has_css_class (price, "error"));
  for (gint64 stored = 0; stored != 7250;)
    {
      g_clear_object (&after);
      after = load_product (self, stall_product_get_id (cup));
      stored = stall_variant_get_price (get_variant (after));
    }
}

/* --- the grid --- */

static StallVariantRow *
load_row (Fixture *self, const char *variant)
{
  const char *ids[] = { variant, NULL };
  g_autoptr (GListModel) rows = ui_test_await (stall_store_variant_rows (get_store (self), ids));

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

static void
test_grid_edits (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = new_product ("Celadon Cup", "CC", STALL_STAGE_ON_SALE, 6800);
  const char *variant = stall_variant_get_id (get_variant (cup));
  g_autoptr (StallGridEdits) edits = stall_grid_edits_new (self->base.desk);
  g_autoptr (StallVariantRow) row = NULL;
  g_autoptr (StallVariantRow) after = NULL;
  g_autoptr (StallVariantRow) undone = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  ui_test_add_product (&self->base, cup);
  ui_test_move (&self->base, variant, 5);
  row = load_row (self, variant);
  g_assert_false (stall_grid_edits_set (edits, row, STALL_GRID_STOCK, "many", &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_true (stall_grid_edits_set (edits, row, STALL_GRID_STOCK, "5", NULL));
  g_assert_cmpuint (stall_grid_edits_get_n_variants (edits), ==, 0);
  g_assert_true (stall_grid_edits_set (edits, row, STALL_GRID_STOCK, "12", NULL));
  g_assert_true (stall_grid_edits_set (edits, row, STALL_GRID_PRICE, "80", NULL));
  g_assert_cmpuint (stall_grid_edits_get_n_variants (edits), ==, 1);

  /* One is sold while the grid is open: the difference is what is written. */
  ui_test_move (&self->base, variant, -1);
  ui_test_await_boolean (stall_grid_edits_apply (edits, STALL_PLACE_WORKSHOP));
  after = load_row (self, variant);
  g_assert_cmpint (stall_variant_row_get_on_hand (after), ==, 11);
  g_assert_cmpint (stall_variant_row_get_price (after), ==, 8000);
  g_assert_cmpuint (stall_grid_edits_get_n_variants (edits), ==, 0);

  receipt = ui_test_await (stall_store_undo (get_store (self), 0));
  undone = load_row (self, variant);
  g_assert_cmpint (stall_variant_row_get_on_hand (undone), ==, 4);
  g_assert_cmpint (stall_variant_row_get_price (undone), ==, 6800);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/inventory/list-is-lazy", Fixture, NULL, set_up, test_list_is_lazy, tear_down);
  g_test_add ("/inventory/narrowing", Fixture, NULL, set_up, test_narrowing, tear_down);
  g_test_add ("/inventory/bulk/list", Fixture, "list", set_up, test_bulk, tear_down);
  g_test_add ("/inventory/bulk/grid", Fixture, "grid", set_up, test_bulk, tear_down);
  g_test_add ("/inventory/own-barcodes", Fixture, NULL, set_up, test_own_barcodes, tear_down);
  g_test_add ("/inventory/sold-one-off", Fixture, NULL, set_up, test_sold_one_off, tear_down);
  g_test_add ("/inventory/typed-number-counts", Fixture, NULL, set_up, test_typed_number_counts,
              tear_down);
  g_test_add_func ("/inventory/words", test_words);
  g_test_add ("/inventory/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/product/edit-saves-and-undoes", Fixture, NULL, set_up, test_edit_saves_and_undoes,
              tear_down);
  g_test_add ("/product/twin-sku", Fixture, NULL, set_up, test_twin_sku, tear_down);
  g_test_add ("/product/shared-variant", Fixture, NULL, set_up, test_shared_variant, tear_down);
  g_test_add ("/product/typing-survives", Fixture, NULL, set_up, test_typing_survives, tear_down);
  g_test_add ("/product/closing-keeps-the-last-edit", Fixture, NULL, set_up,
              test_closing_keeps_the_last_edit, tear_down);
  g_test_add ("/product/wrong-input-stays", Fixture, NULL, set_up, test_wrong_input_stays,
              tear_down);
  g_test_add ("/grid/edits", Fixture, NULL, set_up, test_grid_edits, tear_down);
  return g_test_run ();
}
