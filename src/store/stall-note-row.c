/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"

typedef struct
{
  char *id;
  char *title;
  char *excerpt;
  StallNoteState state;
  StallNoteTemplate template;
  StallTime publish_at;
  StallTime made_at;
  char *cover;
  StallCrop crop;
  int n_words;
  int n_pictures;
  int n_links;
  int n_gone;
  int n_sold_out;
  gint64 views;
  gint64 likes;
  gint64 saves;
} Values;

struct _StallNoteRow
{
  StallRow parent_instance;
};

G_DEFINE_FINAL_TYPE (StallNoteRow, stall_note_row, STALL_TYPE_ROW)

static void
stall_note_row_read (gpointer data, gpointer statement, int column)
{
  Values *values = data;

  values->id = g_strdup (stall_column_text (statement, column));
  values->title = g_strdup (stall_column_text (statement, column + 1));
  values->excerpt = g_strdup (stall_column_text (statement, column + 2));
  values->state = sqlite3_column_int (statement, column + 3);
  values->template = sqlite3_column_int (statement, column + 4);
  values->publish_at = stall_column_time (statement, column + 5);
  values->made_at = stall_column_time (statement, column + 6);
  values->cover = g_strdup ((const char *) sqlite3_column_text (statement, column + 7));
  values->crop.x = sqlite3_column_int (statement, column + 8);
  values->crop.y = sqlite3_column_int (statement, column + 9);
  values->crop.width = sqlite3_column_int (statement, column + 10);
  values->crop.height = sqlite3_column_int (statement, column + 11);
  values->n_words = sqlite3_column_int (statement, column + 12);
  values->n_pictures = sqlite3_column_int (statement, column + 13);
  values->n_links = sqlite3_column_int (statement, column + 14);
  values->n_gone = sqlite3_column_int (statement, column + 15);
  values->n_sold_out = sqlite3_column_int (statement, column + 16);
  values->views = sqlite3_column_int64 (statement, column + 17);
  values->likes = sqlite3_column_int64 (statement, column + 18);
  values->saves = sqlite3_column_int64 (statement, column + 19);
}

static void
stall_note_row_clear (gpointer data)
{
  Values *values = data;

  g_free (values->id);
  g_free (values->title);
  g_free (values->excerpt);
  g_free (values->cover);
}

static void
stall_note_row_class_init (StallNoteRowClass *klass)
{
  StallRowClass *row_class = STALL_ROW_CLASS (klass);

  row_class->values_size = sizeof (Values);
  row_class->read = stall_note_row_read;
  row_class->clear = stall_note_row_clear;
}

static void
stall_note_row_init (StallNoteRow *self)
{
}

const char *
stall_note_row_get_id (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->id : "";
}

const char *
stall_note_row_get_title (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->title : "";
}

const char *
stall_note_row_get_excerpt (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->excerpt : "";
}

StallNoteState
stall_note_row_get_state (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->state : STALL_NOTE_DRAFT;
}

StallNoteTemplate
stall_note_row_get_template (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->template : STALL_TEMPLATE_BLANK;
}

StallTime
stall_note_row_get_publish_at (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->publish_at : STALL_TIME_NONE;
}

StallTime
stall_note_row_get_made_at (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->made_at : STALL_TIME_NONE;
}

const char *
stall_note_row_get_cover (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->cover : NULL;
}

int
stall_note_row_get_n_words (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_words : 0;
}

int
stall_note_row_get_n_pictures (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_pictures : 0;
}

int
stall_note_row_get_n_links (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_links : 0;
}

int
stall_note_row_get_n_gone (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_gone : 0;
}

int
stall_note_row_get_n_sold_out (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->n_sold_out : 0;
}

gint64
stall_note_row_get_views (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->views : 0;
}

gint64
stall_note_row_get_likes (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->likes : 0;
}

gint64
stall_note_row_get_saves (StallNoteRow *self)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  return values != NULL ? values->saves : 0;
}

gboolean
stall_note_row_get_crop (StallNoteRow *self, StallCrop *crop)
{
  const Values *values = stall_row_get_values (STALL_ROW (self));

  if (values == NULL || values->crop.width == 0)
    return FALSE;
  *crop = values->crop;
  return TRUE;
}

gboolean
stall_note_row_is_ready (StallNoteRow *self, StallTime now)
{
  return stall_note_row_get_state (self) == STALL_NOTE_SCHEDULED
         && stall_note_row_get_publish_at (self) <= now;
}
