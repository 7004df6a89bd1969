/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-card.h"

#include "stall-note-words.h"

struct _StallNoteCard
{
  StallTile parent_instance;
};

G_DEFINE_FINAL_TYPE (StallNoteCard, stall_note_card, STALL_TYPE_TILE)

static char *
stall_note_card_show (StallTile *tile, StallRow *thing)
{
  StallNoteRow *row = STALL_NOTE_ROW (thing);
  StallTime now = stall_time_now ();
  const char *title = stall_note_words_title (stall_note_row_get_title (row));
  g_autofree char *state = stall_note_words_state (
      stall_note_row_get_state (row),
      stall_note_row_get_state (row) == STALL_NOTE_DRAFT ? stall_note_row_get_made_at (row)
                                                         : stall_note_row_get_publish_at (row),
      now);
  g_autofree char *problem = stall_note_words_problem (row);
  g_autofree char *facts = problem == NULL ? stall_note_words_facts (row) : NULL;
  const char *fact = problem != NULL ? problem : facts;
  StallCrop crop;

  stall_thumbnail_set_crop (stall_tile_get_picture (tile),
                            stall_note_row_get_crop (row, &crop) ? &crop : NULL);
  stall_thumbnail_set_digest (stall_tile_get_picture (tile), stall_note_row_get_cover (row));
  stall_tile_set_title (tile, title);
  stall_tile_set_line (tile, 1, state,
                       stall_note_row_is_ready (row, now)                       ? "success"
                       : stall_note_row_get_state (row) == STALL_NOTE_SCHEDULED ? "accent"
                                                                                : "dimmed");
  stall_tile_set_line (tile, 0, fact, problem != NULL ? "warning" : "dimmed");
  return g_strdup_printf ("%s. %s. %s", title, state, fact);
}

static void
stall_note_card_class_init (StallNoteCardClass *klass)
{
  STALL_TILE_CLASS (klass)->show = stall_note_card_show;
}

static void
stall_note_card_init (StallNoteCard *self)
{
  g_object_set (stall_tile_get_picture (STALL_TILE (self)), "ratio", STALL_COVER_RATIO, NULL);
  /* A date at the end of its sentence must not be cut off. */
  stall_tile_set_heights (STALL_TILE (self), 2, 2);
}

/**
 * stall_note_card_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a card without a note
 */
GtkWidget *
stall_note_card_new (StallStore *store)
{
  GtkWidget *self = g_object_new (STALL_TYPE_NOTE_CARD, NULL);

  stall_tile_set_store (STALL_TILE (self), store);
  return self;
}
