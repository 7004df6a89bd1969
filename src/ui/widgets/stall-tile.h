/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-row.h"
#include "stall-store.h"
#include "stall-thumbnail.h"

G_BEGIN_DECLS

/* A thing in a grid of pictures: picture, title and two lines of facts, as it is now. Light enough
 * to be rebound while the grid scrolls. */
#define STALL_TYPE_TILE (stall_tile_get_type ())
G_DECLARE_DERIVABLE_TYPE (StallTile, stall_tile, STALL, TILE, GtkBox)

#define STALL_TILE_LINES 2

struct _StallTileClass
{
  GtkBoxClass parent_class;

  /* Shows a loaded @row; its name for the screen reader. */
  char *(*show) (StallTile *self, StallRow *row);
};

void stall_tile_set_store (StallTile *self, StallStore *store);
/* The item of the grid whose row is shown, between bind and unbind. */
void stall_tile_set_item (StallTile *self, GtkListItem *item);
StallRow *stall_tile_get_row (StallTile *self);
void stall_tile_refresh (StallTile *self); /* time has passed */

/* For kinds of tile. */
StallThumbnail *stall_tile_get_picture (StallTile *self);
void stall_tile_set_heights (StallTile *self, guint title_lines, guint last_lines);
void stall_tile_set_title (StallTile *self, const char *title);
void stall_tile_set_line (StallTile *self, guint line, const char *text, const char *css_class);

G_END_DECLS
