/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-item.h"

#include "stall-format.h"
#include "stall-inscription.h"
#include "stall-order-words.h"

#include <glib/gi18n-lib.h>

#define GAP 12
#define LINE_GAP 2
#define CJK_ROOM 6
#define PILL_LETTERS 3 /* the width of a pill beside its words */
#define SUMMARY_MIN 140
#define ICON_WIDTH 16

enum
{
  CELL_FLAG,
  CELL_NUMBER,
  CELL_CUSTOMER,
  CELL_PERSONALISED,
  CELL_SUMMARY,
  CELL_SOURCE,
  CELL_DUE_ICON,
  CELL_DUE,
  CELL_STATUS,
  CELL_TOTAL,
  N_CELLS
};

struct _StallOrderItem
{
  GtkWidget parent;

  GtkWidget *cells[N_CELLS]; /* an icon is NULL until an order has it: most never do */
  StallOrderRow *row;
  gulong changed_handler;
  const char *status_style;
  const char *flag_style;
  const char *due_style;
  const char *due_icon_style;
  const char *personalised_style;
  guint tall; /* bits of cells whose words have letters of Chinese */
};

G_DEFINE_FINAL_TYPE (StallOrderItem, stall_order_item, GTK_TYPE_WIDGET)

enum
{
  PROP_DESCRIPTION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_style (GtkWidget *widget, const char **current, const char *style)
{
  if (*current == style)
    return;
  if (*current)
    gtk_widget_remove_css_class (widget, *current);
  if (style)
    gtk_widget_add_css_class (widget, style);
  *current = style;
}

/* Letters, those of Chinese counted twice. */
static int
count_letters (const char *text)
{
  int n = 0;

  for (; *text; text = g_utf8_next_char (text))
    n += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return n;
}

static gboolean
is_tall (const char *text)
{
  for (; text && *text; text = g_utf8_next_char (text))
    if (g_unichar_iswide (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static void
set_text (StallOrderItem *self, int cell, const char *text)
{
  if (is_tall (text))
    self->tall |= 1u << cell;
  else
    self->tall &= ~(1u << cell);
  stall_inscription_set_text (STALL_INSCRIPTION (self->cells[cell]), text);
}

/* Shows an icon, or none where @name is %NULL. The first time it is made, in its place among the
 * words. */
static void
set_icon (StallOrderItem *self, int cell, const char *name, const char **current, const char *style)
{
  GtkWidget *icon = self->cells[cell];
  GtkWidget *before = NULL;

  if (name == NULL && icon == NULL)
    return;
  if (icon == NULL)
    {
      for (int i = 0; i < cell; i++)
        before = self->cells[i] ? self->cells[i] : before;
      icon = self->cells[cell] = gtk_image_new ();
      gtk_widget_insert_after (icon, GTK_WIDGET (self), before);
    }
  if (name != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), name);
  gtk_widget_set_child_visible (icon, name != NULL);
  set_style (icon, current, style);
}

static gboolean
has_icon (StallOrderItem *self, int cell)
{
  return self->cells[cell] != NULL && gtk_widget_get_child_visible (self->cells[cell]);
}

static void
set_personalised (StallOrderItem *self, gboolean personalised)
{
  set_icon (self, CELL_PERSONALISED, personalised ? "document-edit-symbolic" : NULL,
            &self->personalised_style, "accent");
  if (personalised)
    gtk_widget_set_tooltip_text (self->cells[CELL_PERSONALISED], _ ("Personalised"));
}

/* How urgent the deadline is, said by an icon and words as well as by colour. */
static void
show_due (StallOrderItem *self)
{
  StallTime ship_by = stall_order_row_get_ship_by (self->row);
  StallTime now = stall_time_now ();
  g_autofree char *words = NULL;
  const char *style = NULL, *icon = NULL;

  if (ship_by != STALL_TIME_NONE && stall_status_is_open (stall_order_row_get_status (self->row)))
    {
      words = stall_format_due (ship_by, now);
      if (ship_by < now)
        style = "error", icon = "dialog-warning-symbolic";
      else if (ship_by < stall_time_day_start (now, 2))
        style = "warning", icon = "document-open-recent-symbolic";
    }
  else
    words = stall_format_when (stall_order_row_get_placed_at (self->row), now);

  set_text (self, CELL_DUE, words);
  set_icon (self, CELL_DUE_ICON, icon, &self->due_icon_style, style);
  set_style (self->cells[CELL_DUE], &self->due_style, style ? style : "dimmed");
}

static void
show_summary (StallOrderItem *self)
{
  int pieces = stall_order_row_get_pieces (self->row);
  g_autofree char *counted = stall_format_pieces (pieces);
  g_autofree char *words = NULL;

  if (pieces > 1)
    /* Translators: what an order holds, and how many pieces in all: “Lilac suit, 2 more · 4 pieces”
     */
    words = g_strdup_printf (_ ("%s · %s"), stall_order_row_get_summary (self->row), counted);
  set_text (self, CELL_SUMMARY, words ? words : stall_order_row_get_summary (self->row));
}

/* In a list of some days' takings what was taken then, so that its rows come to its sum. */
static char *
dup_amount (StallOrderRow *row)
{
  gint64 taken;

  return stall_format_money (
      stall_order_row_get_taken (row, &taken) ? taken : stall_order_row_get_total (row),
      stall_order_row_get_currency (row));
}

static char *
dup_description (StallOrderRow *row)
{
  const char *customer, *style;
  g_autofree char *amount = NULL;

  if (!row || !stall_row_get_loaded (STALL_ROW (row)))
    return g_strdup ("");

  customer = stall_order_row_get_customer (row);
  amount = dup_amount (row);
  /* Translators: number, customer, what it holds, status, total */
  return g_strdup_printf (_ ("Order %s, %s, %s, %s, %s"), stall_order_row_get_order_number (row),
                          *customer ? customer : _ ("Unknown"), stall_order_row_get_summary (row),
                          stall_order_get_pill (stall_order_row_get_status (row),
                                                stall_order_row_get_waits (row), &style),
                          amount);
}

static void
show_row (StallOrderItem *self)
{
  StallOrderRow *row = self->row;
  StallFlag flag;
  const char *customer, *style;
  g_autofree char *amount = NULL;

  if (!stall_row_get_loaded (STALL_ROW (row)))
    {
      for (int i = CELL_NUMBER; i < N_CELLS; i++)
        if (self->cells[i] && STALL_IS_INSCRIPTION (self->cells[i]))
          set_text (self, i, NULL);
      gtk_widget_set_child_visible (self->cells[CELL_STATUS], FALSE);
      set_icon (self, CELL_DUE_ICON, NULL, &self->due_icon_style, NULL);
      set_icon (self, CELL_FLAG, NULL, &self->flag_style, NULL);
      set_personalised (self, FALSE);
      return;
    }

  flag = stall_order_row_get_flag (row);
  customer = stall_order_row_get_customer (row);
  amount = dup_amount (row);

  set_text (self, CELL_NUMBER, stall_order_row_get_order_number (row));
  set_text (self, CELL_CUSTOMER, *customer ? customer : _ ("Unknown"));
  set_text (self, CELL_SOURCE, stall_source_get_label (stall_order_row_get_source (row)));
  set_text (self, CELL_STATUS,
            stall_order_get_pill (stall_order_row_get_status (row), stall_order_row_get_waits (row),
                                  &style));
  set_text (self, CELL_TOTAL, amount);
  set_style (self->cells[CELL_STATUS], &self->status_style, style);
  gtk_widget_set_child_visible (self->cells[CELL_STATUS], TRUE);
  set_icon (self, CELL_FLAG, flag != STALL_FLAG_NONE ? "stall-flag-symbolic" : NULL,
            &self->flag_style, stall_flag_get_style (flag));
  set_personalised (self, stall_order_row_get_personalised (row));
  show_summary (self);
  show_due (self);
  /* What was hidden until now has no place yet. */
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static int
natural_width (StallOrderItem *self, int cell)
{
  int natural = ICON_WIDTH;

  if (self->cells[cell])
    gtk_widget_measure (self->cells[cell], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                        NULL);
  return natural;
}

static int
natural_height (StallOrderItem *self, int cell)
{
  int natural = 0;

  if (self->cells[cell])
    gtk_widget_measure (self->cells[cell], GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL,
                        NULL);
  return natural;
}

/* The width from which everything fits in one line. */
static int
one_line_width (StallOrderItem *self)
{
  int width = SUMMARY_MIN;

  for (int i = 0; i < N_CELLS; i++)
    if (i != CELL_SUMMARY)
      width += natural_width (self, i) + GAP;
  return width;
}

/* Words in Chinese stand taller than what an inscription measures. */
static int
line_height (StallOrderItem *self)
{
  int height = natural_height (self, CELL_NUMBER) + CJK_ROOM;

  for (int i = 0; i < N_CELLS; i++)
    height = MAX (height, natural_height (self, i));
  return height;
}

static void
stall_order_item_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  StallOrderItem *self = STALL_ORDER_ITEM (widget);
  int wide = one_line_width (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = wide;
    }
  else
    {
      int height = line_height (self);

      *minimum = *natural = for_size < 0 || for_size >= wide ? height : 2 * height + LINE_GAP;
    }
}

typedef struct
{
  StallOrderItem *item;
  int width;
  int start;
  int end;
  int y;
  int height;
} Line;

/* Words of both scripts are to stand on one line. */
static int
get_tall_shift (StallOrderItem *self)
{
  return stall_inscription_get_drop (STALL_INSCRIPTION (self->cells[CELL_CUSTOMER]));
}

static void
place (Line *line, int cell, int x, int width)
{
  GtkWidget *child = line->item->cells[cell];
  int height = natural_height (line->item, cell);
  GtkAllocation box = { x, line->y + (line->height - height) / 2, MAX (width, 0), height };

  if (!child)
    return;
  if (cell != CELL_STATUS && line->item->tall & (1u << cell))
    box.y -= get_tall_shift (line->item);
  /* All words begin at the same height; the room below is for taller writing. */
  if (STALL_IS_INSCRIPTION (child) && cell != CELL_STATUS)
    box.height = line->y + line->height - box.y;
  if (gtk_widget_get_direction (GTK_WIDGET (line->item)) == GTK_TEXT_DIR_RTL)
    box.x = line->width - x - box.width;
  gtk_widget_size_allocate (child, &box, -1);
}

static void
place_start (Line *line, int cell, int gap)
{
  int width = natural_width (line->item, cell);

  place (line, cell, line->start, width);
  line->start += width + gap;
}

static void
place_end (Line *line, int cell, int gap)
{
  int width = natural_width (line->item, cell);

  place (line, cell, line->end - width, width);
  line->end -= width + gap;
}

/* No wider than its words, as far as that can be known without setting them. */
static void
place_end_narrow (Line *line, int cell, int letters, int gap)
{
  StallInscription *text = STALL_INSCRIPTION (line->item->cells[cell]);
  int room = (int) stall_inscription_get_nat_chars (text);
  int needed
      = stall_inscription_get_text (text) ? count_letters (stall_inscription_get_text (text)) : 0;
  int width = natural_width (line->item, cell) * MIN (needed + letters, room) / room;

  place (line, cell, line->end - width, width);
  line->end -= width + gap;
}

static void
allocate_one_line (StallOrderItem *self, int width, int height)
{
  Line line = { self, width, 0, width, 0, height };

  place_start (&line, CELL_NUMBER, GAP);
  place_start (&line, CELL_FLAG, GAP);
  place_start (&line, CELL_CUSTOMER, GAP);
  place_end (&line, CELL_TOTAL, GAP);
  place_end (&line, CELL_STATUS, GAP);
  place_end (&line, CELL_DUE, 6);
  place_end (&line, CELL_DUE_ICON, GAP);
  place_end (&line, CELL_SOURCE, GAP);
  place_end (&line, CELL_PERSONALISED, GAP);
  place (&line, CELL_SUMMARY, line.start, line.end - line.start);
}

static void
allocate_two_lines (StallOrderItem *self, int width, int height)
{
  int top = (height - LINE_GAP) / 2;
  Line line = { self, width, 0, width, 0, top };

  place_start (&line, CELL_NUMBER, GAP);
  if (has_icon (self, CELL_FLAG))
    place_start (&line, CELL_FLAG, GAP);
  place_end (&line, CELL_TOTAL, GAP);
  place (&line, CELL_CUSTOMER, line.start, line.end - line.start);

  line = (Line) { self, width, 0, width, top + LINE_GAP, height - top - LINE_GAP };
  place_end_narrow (&line, CELL_STATUS, PILL_LETTERS, GAP);
  place_end_narrow (&line, CELL_DUE, 1, 6);
  if (has_icon (self, CELL_DUE_ICON))
    place_end (&line, CELL_DUE_ICON, GAP);
  if (has_icon (self, CELL_PERSONALISED))
    place_start (&line, CELL_PERSONALISED, 6);
  place (&line, CELL_SUMMARY, line.start, line.end - line.start);
}

static void
stall_order_item_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StallOrderItem *self = STALL_ORDER_ITEM (widget);
  gboolean wide = width >= one_line_width (self);

  /* The source is the first to go: it is on the order's page and in the filters. */
  gtk_widget_set_child_visible (self->cells[CELL_SOURCE], wide);
  if (wide)
    allocate_one_line (self, width, height);
  else
    allocate_two_lines (self, width, height);
}

static GtkSizeRequestMode
stall_order_item_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
text_new (guint chars, float align, const char *style)
{
  GtkWidget *text = stall_inscription_new (align, chars, (const char *const[]) { style, NULL });

  stall_inscription_set_yalign (STALL_INSCRIPTION (text), 0);
  return text;
}

static void
stall_order_item_dispose (GObject *object)
{
  StallOrderItem *self = STALL_ORDER_ITEM (object);

  stall_order_item_set_row (self, NULL);
  for (int i = 0; i < N_CELLS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);

  G_OBJECT_CLASS (stall_order_item_parent_class)->dispose (object);
}

static void
stall_order_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallOrderItem *self = STALL_ORDER_ITEM (object);

  switch (id)
    {
    case PROP_DESCRIPTION:
      g_value_take_string (value, dup_description (self->row));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_order_item_class_init (StallOrderItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_order_item_dispose;
  object_class->get_property = stall_order_item_get_property;
  widget_class->get_request_mode = stall_order_item_get_request_mode;
  widget_class->measure = stall_order_item_measure;
  widget_class->size_allocate = stall_order_item_size_allocate;

  properties[PROP_DESCRIPTION]
      = g_param_spec_string ("description", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "orderitem");
}

static void
stall_order_item_init (StallOrderItem *self)
{
  self->cells[CELL_NUMBER] = text_new (8, 0, "heading");
  self->cells[CELL_CUSTOMER] = text_new (12, 0, "customer");
  self->cells[CELL_SUMMARY] = text_new (20, 0, "dimmed");
  self->cells[CELL_SOURCE] = text_new (9, 0, "dimmed");
  self->cells[CELL_DUE] = text_new (16, 0, "due");
  self->cells[CELL_STATUS] = text_new (10, 0.5, "status-pill");
  stall_inscription_set_yalign (STALL_INSCRIPTION (self->cells[CELL_STATUS]), 0.5);
  self->cells[CELL_TOTAL] = text_new (10, 1, "numeric");

  for (int i = 0; i < N_CELLS; i++)
    if (self->cells[i])
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
}

/**
 * stall_order_item_new:
 *
 * Makes an item that shows nothing yet.
 *
 * Returns: (transfer floating): the item
 */
GtkWidget *
stall_order_item_new (void)
{
  return g_object_new (STALL_TYPE_ORDER_ITEM, NULL);
}

/**
 * stall_order_item_set_row:
 * @self: a #StallOrderItem
 * @row: (nullable): the order to show from now on
 *
 * Shows @row, and follows it while it changes.
 */
void
stall_order_item_set_row (StallOrderItem *self, StallOrderRow *row)
{
  g_return_if_fail (STALL_IS_ORDER_ITEM (self));

  if (self->row)
    g_clear_signal_handler (&self->changed_handler, self->row);
  g_set_object (&self->row, row);
  if (!row)
    return;

  self->changed_handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (show_row), self);
  show_row (self);
}
