/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-echo.h"
#include "stall-markdown.h"
#include "stall-note.h"
#include "stall-sample-private.h"

#define ECHO_DAYS 30
#define MAX_AGE 180 /* days */

/**
 * stall_sample_put_echo:
 * @context: the time and the device
 * @changes: takes it
 * @subject: a note or a product
 * @title: its title
 * @since: when it could first be seen
 *
 * Writes what came back: most of it in the first days, a little more on Sundays, and the same in
 * every sample stall.
 */
void
stall_sample_put_echo (const StallSampleContext *context,
                       StallChangeSet *changes,
                       const char *subject,
                       const char *title,
                       StallTime since)
{
  guint seed = g_str_hash (title) % 97;

  for (int age = 0; age < MAX_AGE; age++)
    {
      StallTime day = stall_time_day_start (since, age);
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (day / 1000 + 12 * 3600);
      g_autofree char *name = g_date_time_format (date, "%Y-%m-%d");
      g_autoptr (StallEcho) echo = stall_echo_new (subject, name);
      g_autoptr (StallDocument) document = NULL;
      gint64 views = (1400 + (gint64) seed * 11) / (age + 1) + (seed * (guint) (age + 3)) % 23;

      if (day > context->now || day < context->now - ECHO_DAYS * STALL_DAY)
        continue;
      if (g_date_time_get_day_of_week (date) == 7)
        views += views / 4;
      stall_echo_set_count (echo, STALL_ECHO_VIEWS, views);
      stall_echo_set_count (echo, STALL_ECHO_DWELL, views * (28 + seed % 17));
      stall_echo_set_count (echo, STALL_ECHO_LIKES, views / 9);
      stall_echo_set_count (echo, STALL_ECHO_SAVES, views / 14);
      stall_echo_set_count (echo, STALL_ECHO_COMMENTS, views / 40);
      stall_echo_set_count (echo, STALL_ECHO_JOINS, views / 90);
      document = stall_echo_to_document (echo, context->device);
      stall_change_set_put (changes, document);
    }
}

static gboolean
add_picture (StallStore *store, StallNote *note, JsonObject *json, GString *body, GError **error)
{
  g_autofree char *file = g_strconcat (stall_json_get_string (json, "file", ""), ".png", NULL);
  const char *alt = stall_json_get_string (json, "alt", "");
  gint64 length = 0;
  g_autofree char *digest = stall_sample_attach (store, file, &length, error);
  g_autofree char *name = NULL;
  g_autofree char *markdown = NULL;

  if (digest == NULL)
    return FALSE;
  name = stall_note_add_picture (note, file, "image/png", length, digest);
  stall_note_set_picture_alt (note, name, alt);
  markdown = stall_markdown_write_picture (alt, name);
  g_string_append_printf (body, "%s\n\n", markdown);
  return TRUE;
}

/* The pictures stand after the first paragraph, the products at the end, as people write. */
static gboolean
illustrate (StallStore *store,
            GHashTable *products,
            StallNote *note,
            JsonArray *pictures,
            GError **error)
{
  g_auto (GStrv) paragraphs = g_strsplit (stall_note_get_body (note), "\n\n", 2);
  g_auto (GStrv) links = stall_note_dup_links (note);
  g_autoptr (GString) body = g_string_new (paragraphs[0]);

  g_string_append (body, "\n\n");
  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    if (!add_picture (store, note, json_array_get_object_element (pictures, i), body, error))
      return FALSE;
  if (paragraphs[0] != NULL && paragraphs[1] != NULL)
    g_string_append_printf (body, "%s\n\n", paragraphs[1]);
  for (guint i = 0; links[i] != NULL; i++)
    {
      StallProduct *product = g_hash_table_lookup (products, links[i]);
      g_autofree char *card = NULL;

      if (product == NULL)
        continue;
      card = stall_markdown_write_product (stall_product_get_title (product), links[i]);
      g_string_append_printf (body, "%s\n\n", card);
    }
  g_string_truncate (body, body->len - 1);
  stall_note_set_body (note, body->str);
  return TRUE;
}

/**
 * stall_sample_put_note:
 * @context: the time and the device
 * @store: where pictures go
 * @products: id → #StallProduct
 * @changes: takes the note and what came back to it
 * @document: the note as its file has it
 * @pictures: (nullable): what it shows
 * @error: return location
 *
 * Writes a note as its owner would have.
 *
 * Returns: whether its pictures are there
 */
gboolean
stall_sample_put_note (const StallSampleContext *context,
                       StallStore *store,
                       GHashTable *products,
                       StallChangeSet *changes,
                       StallDocument *document,
                       JsonArray *pictures,
                       GError **error)
{
  g_autoptr (StallNote) note = stall_note_new_from_document (document, error);
  g_autoptr (StallDocument) written = NULL;

  if (note == NULL || !illustrate (store, products, note, pictures, error))
    return FALSE;
  written = stall_note_to_document (note, context->device);
  stall_change_set_put (changes, written);
  if (stall_note_get_state (note) == STALL_NOTE_PUBLISHED)
    stall_sample_put_echo (context, changes, stall_note_get_id (note), stall_note_get_title (note),
                           stall_note_get_publish_at (note));
  return TRUE;
}
