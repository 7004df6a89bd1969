/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-board-card.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define PICTURE 56

struct _StallBoardCard
{
  GtkBox parent_instance;

  StallProductRow *row;

  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *since;
  GtkWidget *reason;
};

G_DEFINE_FINAL_TYPE (StallBoardCard, stall_board_card, GTK_TYPE_BOX)

static void
set_text (GtkWidget *text, const char *value)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (text), value);
  gtk_widget_set_visible (text, value != NULL && *value != '\0');
}

static void
show_row (StallBoardCard *self)
{
  StallProductRow *row = self->row;
  gboolean loaded = row != NULL && stall_row_get_loaded (STALL_ROW (row));
  StallTime at = loaded ? stall_product_row_get_stage_at (row) : STALL_TIME_NONE;
  g_autofree char *when = NULL;
  g_autofree char *since = NULL;

  if (at != STALL_TIME_NONE)
    {
      when = stall_format_when (at, stall_time_now ());
      /* Translators: when a style came to its stage: “Since 22 Nov” */
      since = g_strdup_printf (_ ("Since %s"), when);
    }
  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->picture),
                              loaded ? stall_product_row_get_cover (row) : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->title),
                            loaded ? stall_product_words_title (stall_product_row_get_title (row))
                                   : NULL);
  set_text (self->since, since);
  set_text (self->reason, loaded ? stall_product_row_get_stage_reason (row) : NULL);
}

static GdkContentProvider *
prepare_cb (StallBoardCard *self, double x, double y, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) paintable = NULL;

  if (self->row == NULL || !stall_row_get_loaded (STALL_ROW (self->row)))
    return NULL;
  paintable = gtk_widget_paintable_new (GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);
  return gdk_content_provider_new_typed (STALL_TYPE_PRODUCT_ROW, self->row);
}

static void
stall_board_card_dispose (GObject *object)
{
  stall_board_card_set_row (STALL_BOARD_CARD (object), NULL);

  G_OBJECT_CLASS (stall_board_card_parent_class)->dispose (object);
}

static void
stall_board_card_class_init (StallBoardCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_board_card_dispose;
}

static GtkWidget *
add_text (GtkWidget *box, const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "hexpand", TRUE,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, css_class);
  gtk_box_append (GTK_BOX (box), text);
  return text;
}

static void
stall_board_card_init (StallBoardCard *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "board-card");
  self->picture = stall_thumbnail_new (NULL, PICTURE);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  self->title = add_text (words, "heading");
  self->since = add_text (words, "caption");
  self->reason = add_text (words, "caption");
  gtk_widget_add_css_class (self->since, "numeric");
  gtk_widget_add_css_class (self->reason, "dimmed");
  gtk_box_append (GTK_BOX (self), self->picture);
  gtk_box_append (GTK_BOX (self), words);

  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * stall_board_card_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a card without a product
 */
GtkWidget *
stall_board_card_new (StallStore *store)
{
  StallBoardCard *self = g_object_new (STALL_TYPE_BOARD_CARD, NULL);

  stall_thumbnail_set_store (STALL_THUMBNAIL (self->picture), store);
  return GTK_WIDGET (self);
}

/**
 * stall_board_card_set_row:
 * @self: a card
 * @row: (nullable): what it shows from now on
 */
void
stall_board_card_set_row (StallBoardCard *self, StallProductRow *row)
{
  g_return_if_fail (STALL_IS_BOARD_CARD (self));

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
