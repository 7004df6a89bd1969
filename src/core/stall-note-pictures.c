/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-note.h"

#include "stall-markdown.h"
#include "stall-note-private.h"
#include "stall-product-private.h"
#include "stall-text.h"

#include <string.h>

/* Names of attachments stay short and say no path. */
#define MAX_NAME 80

/**
 * stall_note_picture_free:
 * @self: (nullable): a picture
 *
 * Frees a picture.
 */
void
stall_note_picture_free (StallNotePicture *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->alt);
  g_free (self->digest);
  g_free (self);
}

static JsonObject *
find_object (JsonObject *root, const char *name, guint *index)
{
  JsonArray *array = stall_json_get_array (root, "pictures");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && g_strcmp0 (stall_json_get_string (json_node_get_object (node), "name", NULL), name)
                 == 0)
        {
          if (index != NULL)
            *index = i;
          return json_node_get_object (node);
        }
    }
  return NULL;
}

static const char *
find_digest (JsonObject *root, const char *name)
{
  return stall_json_get_string (
      stall_json_get_object (stall_json_get_object (root, "_attachments"), name), "digest", NULL);
}

/**
 * stall_note_dup_pictures:
 * @self: a note
 *
 * Returns: (transfer full) (element-type StallNotePicture): its pictures in order
 */
GPtrArray *
stall_note_dup_pictures (StallNote *self)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_note_picture_free);
  JsonObject *root;
  JsonArray *array;

  g_return_val_if_fail (STALL_IS_NOTE (self), pictures);

  root = stall_note_get_json (self);
  array = stall_json_get_array (root, "pictures");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      StallNotePicture *picture;
      const char *name;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      name = stall_json_get_string (json_node_get_object (node), "name", NULL);
      if (name == NULL)
        continue;
      picture = g_new0 (StallNotePicture, 1);
      picture->name = g_strdup (name);
      picture->alt = g_strdup (stall_json_get_string (json_node_get_object (node), "alt", ""));
      picture->digest = g_strdup (find_digest (root, name));
      g_ptr_array_add (pictures, picture);
    }
  return pictures;
}

/* A name that Markdown writes without brackets and that CouchDB takes: no space, no “_” in front.
 */
static char *
make_name (JsonObject *root, const char *suggested)
{
  g_autofree char *base = g_path_get_basename (suggested);
  g_autofree char *clean = stall_text_clean (base);
  const char *dot = strrchr (clean, '.');
  g_autoptr (GString) stem = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (const char *p = clean; *p != '\0' && (dot == NULL || p < dot) && stem->len < MAX_NAME;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || (c == '_' && stem->len > 0) || c == '-')
        g_string_append_unichar (stem, c);
      else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
        g_string_append_c (stem, '-');
    }
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  if (stem->len == 0)
    g_string_append (stem, "picture");
  if (dot == NULL || strlen (dot) > 6 || strpbrk (dot, " ()<>\\") != NULL)
    dot = "";
  name = g_strconcat (stem->str, dot, NULL);
  for (guint i = 2; find_object (root, name, NULL) != NULL || find_digest (root, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u%s", stem->str, i, dot);
    }
  return g_steal_pointer (&name);
}

/**
 * stall_note_add_picture:
 * @self: a note
 * @suggested_name: a file name
 * @content_type: its media type
 * @length: its bytes
 * @digest: "md5-…", from stall_store_attach()
 *
 * Adds a picture to the note. What is to stand in the body comes from
 * stall_markdown_write_picture().
 *
 * Returns: (transfer full): the name of the attachment
 */
char *
stall_note_add_picture (StallNote *self,
                        const char *suggested_name,
                        const char *content_type,
                        gint64 length,
                        const char *digest)
{
  JsonObject *root, *object;
  JsonArray *array;
  char *name;

  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);
  g_return_val_if_fail (suggested_name != NULL && content_type != NULL && digest != NULL, NULL);

  root = stall_note_get_json (self);
  name = make_name (root, suggested_name);
  object = json_object_new ();
  json_object_set_string_member (object, "name", name);
  array = stall_json_get_array (root, "pictures");
  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (root, "pictures", array);
    }
  json_array_add_object_element (array, object);
  stall_product_parts_write_attachment (root, name, content_type, length, digest);
  stall_note_notify_pictures (self);
  stall_note_notify_cover (self);
  return name;
}

/**
 * stall_note_set_picture_alt:
 * @self: a note
 * @name: a picture's name
 * @alt: (nullable): what it shows, in words
 */
void
stall_note_set_picture_alt (StallNote *self, const char *name, const char *alt)
{
  JsonObject *object;

  g_return_if_fail (STALL_IS_NOTE (self));

  object = find_object (stall_note_get_json (self), name, NULL);
  if (object != NULL && stall_text_set_member (object, "alt", alt))
    stall_note_notify_pictures (self);
}

/**
 * stall_note_remove_picture:
 * @self: a note
 * @name: a picture's name
 *
 * Takes a picture out of the note; what the body says of it stays as text.
 */
void
stall_note_remove_picture (StallNote *self, const char *name)
{
  JsonObject *root, *attachments;
  guint index;

  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (name != NULL);

  root = stall_note_get_json (self);
  if (find_object (root, name, &index) == NULL)
    return;
  json_array_remove_element (stall_json_get_array (root, "pictures"), index);
  attachments = stall_json_get_object (root, "_attachments");
  if (attachments != NULL)
    json_object_remove_member (attachments, name);
  if (g_strcmp0 (stall_json_get_string (stall_json_get_object (root, "cover"), "name", NULL), name)
      == 0)
    json_object_remove_member (root, "cover");
  stall_note_notify_pictures (self);
  stall_note_notify_cover (self);
}

/**
 * stall_note_find_picture:
 * @self: a note
 * @name: a picture's name, as the body says it
 *
 * Returns: (transfer full) (nullable): its digest, for stall_store_get_attachment_path()
 */
char *
stall_note_find_picture (StallNote *self, const char *name)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_strdup (find_digest (stall_note_get_json (self), name));
}

/**
 * stall_note_dup_cover:
 * @self: a note
 *
 * Returns: (transfer full) (nullable): name of the picture that the feed card shows; the first one
 * when none was chosen
 */
char *
stall_note_dup_cover (StallNote *self)
{
  g_autoptr (GPtrArray) pictures = NULL;
  const char *chosen;

  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  chosen = stall_json_get_string (stall_json_get_object (stall_note_get_json (self), "cover"),
                                  "name", NULL);
  if (chosen != NULL && find_object (stall_note_get_json (self), chosen, NULL) != NULL)
    return g_strdup (chosen);
  pictures = stall_note_dup_pictures (self);
  return pictures->len > 0 ? g_strdup (((StallNotePicture *) pictures->pdata[0])->name) : NULL;
}

/**
 * stall_note_dup_unused_pictures:
 * @self: a note
 *
 * Returns: (transfer full): names of the pictures that neither the body shows nor the owner chose
 * as the cover
 */
GStrv
stall_note_dup_unused_pictures (StallNote *self)
{
  g_autoptr (GStrvBuilder) unused = g_strv_builder_new ();
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (StallMarkdown) markdown = NULL;
  g_auto (GStrv) shown = NULL;
  const char *cover;

  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  pictures = stall_note_dup_pictures (self);
  markdown = pictures->len > 0 ? stall_markdown_parse (stall_note_get_body (self), NULL) : NULL;
  if (markdown == NULL)
    return g_strv_builder_end (unused);
  shown = stall_markdown_dup_pictures (markdown);
  cover = stall_json_get_string (stall_json_get_object (stall_note_get_json (self), "cover"),
                                 "name", NULL);
  for (guint i = 0; i < pictures->len; i++)
    {
      const StallNotePicture *picture = g_ptr_array_index (pictures, i);

      if (!g_strv_contains ((const char *const *) shown, picture->name)
          && g_strcmp0 (picture->name, cover) != 0)
        g_strv_builder_add (unused, picture->name);
    }
  return g_strv_builder_end (unused);
}

/**
 * stall_note_set_cover:
 * @self: a note
 * @name: (nullable): name of one of its pictures; %NULL: the first
 *
 * Chooses the cover, uncropped.
 */
void
stall_note_set_cover (StallNote *self, const char *name)
{
  JsonObject *root, *cover;

  g_return_if_fail (STALL_IS_NOTE (self));

  root = stall_note_get_json (self);
  cover = stall_json_get_object (root, "cover");
  if (g_strcmp0 (stall_json_get_string (cover, "name", NULL), name) == 0)
    return;
  if (name != NULL)
    {
      cover = json_object_new ();
      json_object_set_string_member (cover, "name", name);
      json_object_set_object_member (root, "cover", cover);
    }
  else
    json_object_remove_member (root, "cover");
  stall_note_notify_cover (self);
}

/**
 * stall_note_get_crop:
 * @self: a note
 * @crop: (out caller-allocates): which part of the cover the feed card shows
 *
 * Returns: whether the owner chose one; else stall_crop_init() says which
 */
gboolean
stall_note_get_crop (StallNote *self, StallCrop *crop)
{
  JsonObject *object;

  g_return_val_if_fail (STALL_IS_NOTE (self), FALSE);
  g_return_val_if_fail (crop != NULL, FALSE);

  object
      = stall_json_get_object (stall_json_get_object (stall_note_get_json (self), "cover"), "crop");
  *crop = (StallCrop) {
    .x = CLAMP (stall_json_get_int (object, "x", 0), 0, STALL_CROP_WHOLE),
    .y = CLAMP (stall_json_get_int (object, "y", 0), 0, STALL_CROP_WHOLE),
    .width = CLAMP (stall_json_get_int (object, "width", 0), 0, STALL_CROP_WHOLE),
    .height = CLAMP (stall_json_get_int (object, "height", 0), 0, STALL_CROP_WHOLE),
  };
  return crop->width > 0 && crop->height > 0;
}

/**
 * stall_note_set_crop:
 * @self: a note that has a picture
 * @crop: (nullable): which part of the cover the feed card shows; %NULL: the middle
 */
void
stall_note_set_crop (StallNote *self, const StallCrop *crop)
{
  g_autofree char *name = NULL;
  JsonObject *cover, *object;
  StallCrop before;
  gboolean had;

  g_return_if_fail (STALL_IS_NOTE (self));

  name = stall_note_dup_cover (self);
  had = stall_note_get_crop (self, &before);
  if (name == NULL || (!had && crop == NULL)
      || (had && crop != NULL && memcmp (&before, crop, sizeof before) == 0))
    return;
  /* A crop belongs to the picture it was made on. */
  stall_note_set_cover (self, name);
  cover = stall_json_get_object (stall_note_get_json (self), "cover");
  if (crop != NULL)
    {
      object = json_object_new ();
      json_object_set_int_member (object, "x", crop->x);
      json_object_set_int_member (object, "y", crop->y);
      json_object_set_int_member (object, "width", crop->width);
      json_object_set_int_member (object, "height", crop->height);
      json_object_set_object_member (cover, "crop", object);
    }
  else
    json_object_remove_member (cover, "crop");
  stall_note_notify_cover (self);
}
