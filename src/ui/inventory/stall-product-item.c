/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-item.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-inscription.h"
#include "stall-thumbnail.h"

#define PICTURE 48
#define SPACING 12
#define PADDING_Y 6
#define STAGE_WIDTH 108
#define PRICE_WIDTH 132
#define STOCK_WIDTH 140
#define DAYS_WIDTH 96
#define NARROW_STOCK_WIDTH 104
#define WIDE 680 /* from this width on every column has a place of its own */

struct _StallProductItem
{
  GtkWidget parent_instance;

  StallProductRow *row;
  gboolean wide; /* as last laid out */

  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *narrow_subtitle;
  GtkWidget *stage;
  GtkWidget *price;
  GtkWidget *available;
  GtkWidget *on_hand;
  GtkWidget *days;
};

G_DEFINE_FINAL_TYPE (StallProductItem, stall_product_item, GTK_TYPE_WIDGET)

static GtkWidget *
add_text (StallProductItem *self, float xalign, const char *const *css_classes)
{
  GtkWidget *text = stall_inscription_new (xalign, 0, css_classes);

  gtk_widget_set_parent (text, GTK_WIDGET (self));
  return text;
}

static void
set_text (GtkWidget *text, const char *value)
{
  stall_inscription_set_text (STALL_INSCRIPTION (text), value);
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_row (StallProductItem *self)
{
  StallProductRow *row = self->row;
  gboolean loaded = row != NULL && stall_row_get_loaded (STALL_ROW (row));
  int left = loaded ? stall_product_row_get_available (row) : 0;
  StallStage stage = loaded ? stall_product_row_get_stage (row) : STALL_STAGE_IDEA;
  g_autofree char *subtitle = NULL;
  g_autofree char *price = NULL;
  g_autofree char *narrow = NULL;
  g_autofree char *available = NULL;
  g_autofree char *on_hand = NULL;
  g_autofree char *days = NULL;

  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture),
                              loaded ? stall_product_row_get_cover (row) : NULL);
  gtk_widget_set_child_visible (self->stage, loaded && self->wide);
  if (!loaded)
    {
      GtkWidget *texts[] = { self->title, self->subtitle,  self->narrow_subtitle, self->stage,
                             self->price, self->available, self->on_hand,         self->days };

      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        set_text (texts[i], NULL);
      return;
    }

  subtitle = stall_product_words_variants (row);
  price = stall_format_price_range (stall_product_row_get_price_min (row),
                                    stall_product_row_get_price_max (row),
                                    stall_product_row_get_currency (row));
  narrow = stall_product_words_join (price, subtitle);
  available = stall_product_words_available (left, stage);
  on_hand = stall_product_words_on_hand_low (stall_product_row_get_on_hand (row),
                                             stall_product_row_get_n_low (row));
  days = stall_product_words_days_left (stall_product_row_get_days_left (row));
  set_text (self->title, stall_product_words_title (stall_product_row_get_title (row)));
  set_text (self->subtitle, subtitle);
  set_text (self->narrow_subtitle, narrow);
  set_text (self->stage, stall_product_words_stage (row));
  set_text (self->price, price);
  set_text (self->available, available);
  set_text (self->on_hand, on_hand);
  set_text (self->days, days);
  set_class (self->available, "error", stall_product_words_needs_more (row));
  set_class (self->on_hand, "warning", stall_product_row_get_n_low (row) > 0);
  set_class (self->on_hand, "dimmed", stall_product_row_get_n_low (row) == 0);
}

static int
line_height (GtkWidget *text)
{
  int natural;

  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
place (StallProductItem *self, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  width = MAX (width, minimum);
  if (rtl)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
hide (GtkWidget *child)
{
  gtk_widget_set_child_visible (child, FALSE);
}

static void
stall_product_item_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  StallProductItem *self = STALL_PRODUCT_ITEM (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PICTURE + 2 * SPACING + NARROW_STOCK_WIDTH + 80;
      *natural = WIDE;
    }
  else
    *minimum = *natural
        = MAX (PICTURE, line_height (self->title) + line_height (self->subtitle)) + 2 * PADDING_Y;
}

/* Two lines beside the picture: the first at @first, the second right under it. */
static void
place_lines (StallProductItem *self,
             GtkWidget *first,
             GtkWidget *second,
             int x,
             int width,
             int height)
{
  int first_height = line_height (first);
  int second_height = line_height (second);
  int y = (height - first_height - second_height) / 2;

  place (self, first, x, y, width, first_height);
  place (self, second, x, y + first_height, width, second_height);
}

static void
place_middle (StallProductItem *self, GtkWidget *child, int x, int width, int height)
{
  int own = line_height (child);

  place (self, child, x, (height - own) / 2, width, own);
}

static void
stall_product_item_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallProductItem *self = STALL_PRODUCT_ITEM (widget);
  int start = PICTURE + SPACING;
  int end = width;

  self->wide = width >= WIDE;
  place (self, self->picture, 0, (height - PICTURE) / 2, PICTURE, PICTURE);
  if (!self->wide)
    {
      end -= NARROW_STOCK_WIDTH;
      place_lines (self, self->available, self->days, end, NARROW_STOCK_WIDTH, height);
      place_lines (self, self->title, self->narrow_subtitle, start, end - SPACING - start, height);
      hide (self->subtitle);
      hide (self->stage);
      hide (self->price);
      hide (self->on_hand);
      return;
    }
  end -= DAYS_WIDTH;
  place_middle (self, self->days, end, DAYS_WIDTH, height);
  end -= STOCK_WIDTH + SPACING;
  place_lines (self, self->available, self->on_hand, end, STOCK_WIDTH, height);
  end -= PRICE_WIDTH + SPACING;
  place_middle (self, self->price, end, PRICE_WIDTH, height);
  end -= STAGE_WIDTH + SPACING;
  place_middle (self, self->stage, end, STAGE_WIDTH, height);
  place_lines (self, self->title, self->subtitle, start, end - SPACING - start, height);
  hide (self->narrow_subtitle);
  if (self->row == NULL || !stall_row_get_loaded (STALL_ROW (self->row)))
    hide (self->stage);
}

static void
stall_product_item_dispose (GObject *object)
{
  StallProductItem *self = STALL_PRODUCT_ITEM (object);
  GtkWidget *child;

  stall_product_item_set_row (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (stall_product_item_parent_class)->dispose (object);
}

static void
stall_product_item_class_init (StallProductItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_product_item_dispose;
  widget_class->measure = stall_product_item_measure;
  widget_class->size_allocate = stall_product_item_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "productitem");
}

static void
stall_product_item_init (StallProductItem *self)
{
  static const char *const heading[] = { "heading", NULL };
  static const char *const caption[] = { "caption", "dimmed", "numeric", NULL };
  static const char *const pill[] = { "caption", "stage-pill", NULL };
  static const char *const numeric[] = { "numeric", NULL };
  static const char *const strong[] = { "numeric", "heading", NULL };

  self->title = add_text (self, 0, heading);
  self->subtitle = add_text (self, 0, caption);
  self->narrow_subtitle = add_text (self, 0, caption);
  self->stage = add_text (self, 0.5, pill);
  self->price = add_text (self, 1, numeric);
  self->available = add_text (self, 1, strong);
  self->on_hand = add_text (self, 1, caption);
  self->days = add_text (self, 1, caption);
}

/**
 * stall_product_item_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a row without a product
 */
GtkWidget *
stall_product_item_new (StallStore *store)
{
  StallProductItem *self = g_object_new (STALL_TYPE_PRODUCT_ITEM, NULL);

  self->picture = stall_thumbnail_new (store, PICTURE);
  gtk_widget_insert_after (self->picture, GTK_WIDGET (self), NULL);
  return GTK_WIDGET (self);
}

/**
 * stall_product_item_set_row:
 * @self: a row widget
 * @row: (nullable): what it shows from now on
 */
void
stall_product_item_set_row (StallProductItem *self, StallProductRow *row)
{
  g_return_if_fail (STALL_IS_PRODUCT_ITEM (self));

  if (self->row == row)
    return;
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, show_row, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    g_signal_connect_object (row, "changed", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    show_row (self);
}
