/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-context.h"
#include "stall-echo.h"
#include "stall-markdown.h"
#include "stall-note.h"
#include "stall-projector-private.h"
#include "stall-search-text.h"

/* How much of a note its card shows, in characters. */
#define EXCERPT 140

static gboolean
forget_note (StallDatabase *database, gint64 number, GError **error)
{
  return stall_database_run (database, error, "DELETE FROM note WHERE number = ?", "i", number)
         && stall_database_run (database, error, "DELETE FROM note_link WHERE note = ?", "i",
                                number)
         && stall_database_run (database, error, "DELETE FROM note_topic WHERE note = ?", "i",
                                number)
         && stall_database_run (database, error, "DELETE FROM note_search WHERE rowid = ?", "i",
                                number);
}

static gboolean
write_links (StallDatabase *database, gint64 number, StallNote *note, GError **error)
{
  g_auto (GStrv) links = stall_note_dup_links (note);

  for (guint i = 0; links[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) links + i + 1, links[i])
        && !stall_database_run (database, error, "INSERT INTO note_link VALUES (?, ?, ?)", "iis",
                                number, (gint64) i, links[i]))
      return FALSE;
  return TRUE;
}

static gboolean
write_topics (StallDatabase *database, gint64 number, StallNote *note, GError **error)
{
  g_auto (GStrv) topics = stall_note_dup_topics (note);

  for (guint i = 0; topics[i] != NULL; i++)
    if (!stall_database_run (database, error, "INSERT OR IGNORE INTO note_topic VALUES (?, ?)",
                             "is", number, topics[i]))
      return FALSE;
  return TRUE;
}

/* A body that is too long is shown as far as its title; nothing of it is lost. */
static gboolean
write_words (StallDatabase *database,
             gint64 number,
             StallNote *note,
             StallMarkdown *markdown,
             GError **error)
{
  g_autofree char *text = markdown != NULL ? stall_markdown_dup_text (markdown) : g_strdup ("");
  g_auto (GStrv) topics = stall_note_dup_topics (note);
  g_autofree char *joined = g_strjoinv (" ", topics);
  g_autofree char *all = g_strdup_printf ("%s %s %s", stall_note_get_title (note), joined, text);
  g_autofree char *words = stall_search_text (all);

  return stall_database_run (
      database, error, "INSERT INTO note_search (rowid, words) VALUES (?, ?)", "iS", number, words);
}

static gboolean
write_note (StallDatabase *database, gint64 number, StallNote *note, GError **error)
{
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (stall_note_get_body (note), NULL);
  g_autofree char *excerpt
      = markdown != NULL ? stall_markdown_dup_excerpt (markdown, EXCERPT) : g_strdup ("");
  guint n_words = markdown != NULL ? stall_markdown_count_words (markdown) : 0;
  g_autofree char *name = stall_note_dup_cover (note);
  g_autofree char *cover = name != NULL ? stall_note_find_picture (note, name) : NULL;
  g_autoptr (GPtrArray) pictures = stall_note_dup_pictures (note);
  StallCrop crop = { 0 };
  gboolean cropped = stall_note_get_crop (note, &crop);

  return stall_database_run (
             database, error,
             "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "isssittisttttii", number, stall_note_get_id (note), stall_note_get_title (note),
             excerpt, (gint64) stall_note_get_state (note), stall_note_get_publish_at (note),
             stall_note_get_made_at (note), (gint64) stall_note_get_template (note), cover,
             cropped ? (gint64) crop.x : STALL_TIME_NONE,
             cropped ? (gint64) crop.y : STALL_TIME_NONE,
             cropped ? (gint64) crop.width : STALL_TIME_NONE,
             cropped ? (gint64) crop.height : STALL_TIME_NONE, (gint64) n_words,
             (gint64) pictures->len)
         && write_links (database, number, note, error)
         && write_topics (database, number, note, error)
         && write_words (database, number, note, markdown, error);
}

/**
 * stall_projector_add_note:
 * @self: a projector
 * @number: the document's number
 * @document: the note as it is now
 * @is_new: no rows speak of it yet
 * @error: return location
 *
 * Writes the rows of a note.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_note (StallProjector *self,
                          gint64 number,
                          StallDocument *document,
                          gboolean is_new,
                          GError **error)
{
  g_autoptr (StallNote) note = NULL;
  g_autoptr (GError) reason = NULL;

  if (!is_new && !forget_note (self->database, number, error))
    return FALSE;
  if (stall_document_get_deleted (document))
    return TRUE;
  note = stall_note_new_from_document (document, &reason);
  if (note == NULL)
    return stall_projector_set_aside (self, number, reason, error);
  return write_note (self->database, number, note, error);
}

/**
 * stall_projector_add_context:
 * @self: a projector
 * @number: the document's number
 * @document: the entry as it is now
 * @error: return location
 *
 * Writes the row of a context entry.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_context (StallProjector *self,
                             gint64 number,
                             StallDocument *document,
                             GError **error)
{
  g_autoptr (StallContext) context = NULL;
  g_autoptr (GError) reason = NULL;

  if (!stall_database_run (self->database, error, "DELETE FROM context WHERE number = ?", "i",
                           number))
    return FALSE;
  if (stall_document_get_deleted (document))
    return TRUE;
  context = stall_context_new_from_document (document, &reason);
  if (context == NULL)
    return stall_projector_set_aside (self, number, reason, error);
  return stall_database_run (
      self->database, error, "INSERT INTO context VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ississsts",
      number, stall_context_get_id (context), stall_context_get_product (context),
      (gint64) stall_context_get_context_type (context), stall_context_get_text (context),
      stall_context_get_link (context), stall_context_get_by (context),
      stall_context_get_at (context), stall_context_get_picture (context));
}

/**
 * stall_projector_add_echo:
 * @self: a projector
 * @number: the document's number
 * @document: the echo as it is now
 * @error: return location
 *
 * Writes the row of what came back on a day.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_echo (StallProjector *self,
                          gint64 number,
                          StallDocument *document,
                          GError **error)
{
  g_autoptr (StallEcho) echo = NULL;
  g_autoptr (GError) reason = NULL;

  if (!stall_database_run (self->database, error, "DELETE FROM echo WHERE number = ?", "i", number))
    return FALSE;
  if (stall_document_get_deleted (document))
    return TRUE;
  echo = stall_echo_new_from_document (document, &reason);
  if (echo == NULL)
    return stall_projector_set_aside (self, number, reason, error);
  return stall_database_run (
      self->database, error, "INSERT INTO echo VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "issiiiiii",
      number, stall_echo_get_subject (echo), stall_echo_get_day (echo),
      stall_echo_get_count (echo, STALL_ECHO_VIEWS), stall_echo_get_count (echo, STALL_ECHO_DWELL),
      stall_echo_get_count (echo, STALL_ECHO_LIKES), stall_echo_get_count (echo, STALL_ECHO_SAVES),
      stall_echo_get_count (echo, STALL_ECHO_COMMENTS),
      stall_echo_get_count (echo, STALL_ECHO_JOINS));
}
