/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-tile.h"

typedef struct
{
  GtkListItem *item; /* not owned: it owns the tile */
  StallRow *row;

  GtkWidget *picture;
  GtkWidget *title;
  GtkWidget *lines[STALL_TILE_LINES];
  const char *classes[STALL_TILE_LINES]; /* interned */
} StallTilePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StallTile, stall_tile, GTK_TYPE_BOX)

static StallTilePrivate *
get_private (StallTile *self)
{
  return stall_tile_get_instance_private (self);
}

static void
show_row (StallTile *self)
{
  StallTilePrivate *private = get_private (self);
  g_autofree char *name = NULL;

  if (private->row != NULL && stall_row_get_loaded (private->row))
    name = STALL_TILE_GET_CLASS (self)->show (self, private->row);
  else
    {
      stall_thumbnail_set_digest (STALL_THUMBNAIL (private->picture), NULL);
      stall_tile_set_title (self, NULL);
      for (guint i = 0; i < STALL_TILE_LINES; i++)
        stall_tile_set_line (self, i, NULL, NULL);
    }
  if (private->item != NULL)
    gtk_list_item_set_accessible_label (private->item, name != NULL ? name : "");
}

/* Never %NULL: GTK 4.18 measures the text for the accessibility bus without a look. */
static void
set_text (GtkWidget *inscription, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text != NULL ? text : "");
}

static GtkWidget *
new_text (const char *css_class)
{
  GtkWidget *text
      = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "yalign", 0.f, "hexpand", TRUE,
                      "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  set_text (text, NULL);
  gtk_widget_add_css_class (text, css_class);
  gtk_widget_add_css_class (text, "numeric");
  return text;
}

static void
stall_tile_dispose (GObject *object)
{
  StallTilePrivate *private = get_private (STALL_TILE (object));

  if (private->row != NULL)
    g_signal_handlers_disconnect_by_func (private->row, show_row, object);
  g_clear_object (&private->row);

  G_OBJECT_CLASS (stall_tile_parent_class)->dispose (object);
}

static void
stall_tile_class_init (StallTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_tile_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tile");
}

static void
stall_tile_init (StallTile *self)
{
  StallTilePrivate *private = get_private (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  private->picture = stall_thumbnail_new (NULL, 0);
  private->title = new_text ("heading");
  gtk_widget_set_margin_bottom (private->picture, 6);
  gtk_box_append (GTK_BOX (self), private->picture);
  gtk_box_append (GTK_BOX (self), private->title);
  for (guint i = 0; i < STALL_TILE_LINES; i++)
    {
      private->lines[i] = new_text ("caption");
      gtk_box_append (GTK_BOX (self), private->lines[i]);
    }
}

/**
 * stall_tile_set_store:
 * @self: a tile
 * @store: (nullable): the stall whose pictures are shown
 */
void
stall_tile_set_store (StallTile *self, StallStore *store)
{
  g_return_if_fail (STALL_IS_TILE (self));

  stall_thumbnail_set_store (STALL_THUMBNAIL (get_private (self)->picture), store);
}

/**
 * stall_tile_set_item:
 * @self: a tile
 * @item: (nullable): the grid's item whose row is shown; %NULL when it is unbound
 *
 * Shows a row and every change of it, and gives the item its name.
 */
void
stall_tile_set_item (StallTile *self, GtkListItem *item)
{
  StallTilePrivate *private;

  g_return_if_fail (STALL_IS_TILE (self));

  private = get_private (self);
  private->item = item;
  if (private->row != NULL)
    g_signal_handlers_disconnect_by_func (private->row, show_row, self);
  g_set_object (&private->row, item != NULL ? gtk_list_item_get_item (item) : NULL);
  if (private->row != NULL)
    g_signal_connect_object (private->row, "changed", G_CALLBACK (show_row), self,
                             G_CONNECT_SWAPPED);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    show_row (self);
}

/**
 * stall_tile_get_row:
 * @self: a tile
 *
 * Returns: (transfer none) (nullable): what it shows; it may not be loaded yet
 */
StallRow *
stall_tile_get_row (StallTile *self)
{
  g_return_val_if_fail (STALL_IS_TILE (self), NULL);

  return get_private (self)->row;
}

/**
 * stall_tile_refresh:
 * @self: a tile
 *
 * Writes its words anew, because they speak of how long ago something was.
 */
void
stall_tile_refresh (StallTile *self)
{
  g_return_if_fail (STALL_IS_TILE (self));

  show_row (self);
}

/**
 * stall_tile_get_picture:
 * @self: a tile
 *
 * Returns: (transfer none): its picture
 */
StallThumbnail *
stall_tile_get_picture (StallTile *self)
{
  g_return_val_if_fail (STALL_IS_TILE (self), NULL);

  return STALL_THUMBNAIL (get_private (self)->picture);
}

static void
set_height (GtkWidget *text, guint n_lines)
{
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), n_lines);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), n_lines);
}

/**
 * stall_tile_set_heights:
 * @self: a tile
 * @title_lines: how many lines every title gets, used or not
 * @last_lines: how many the last fact gets
 */
void
stall_tile_set_heights (StallTile *self, guint title_lines, guint last_lines)
{
  g_return_if_fail (STALL_IS_TILE (self));

  set_height (get_private (self)->title, title_lines);
  set_height (get_private (self)->lines[STALL_TILE_LINES - 1], last_lines);
}

/**
 * stall_tile_set_title:
 * @self: a tile
 * @title: (nullable): what the thing is called
 */
void
stall_tile_set_title (StallTile *self, const char *title)
{
  g_return_if_fail (STALL_IS_TILE (self));

  set_text (get_private (self)->title, title);
}

/**
 * stall_tile_set_line:
 * @self: a tile
 * @line: 0 or 1
 * @text: (nullable): a fact
 * @css_class: (nullable): how it is coloured: "error", "warning", "accent", "dimmed"; a literal
 */
void
stall_tile_set_line (StallTile *self, guint line, const char *text, const char *css_class)
{
  StallTilePrivate *private;

  g_return_if_fail (STALL_IS_TILE (self));
  g_return_if_fail (line < STALL_TILE_LINES);

  private = get_private (self);
  set_text (private->lines[line], text);
  css_class = g_intern_string (css_class);
  if (private->classes[line] == css_class)
    return;
  if (private->classes[line] != NULL)
    gtk_widget_remove_css_class (private->lines[line], private->classes[line]);
  if (css_class != NULL)
    gtk_widget_add_css_class (private->lines[line], css_class);
  private->classes[line] = css_class;
}
