/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-wire.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-json.h"
#include "stall-sync-error.h"

static gpointer
fail (GError **error)
{
  g_set_error_literal (
      error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
      _ ("The platform’s answer is not what it should be. It will be asked again."));
  return NULL;
}

void
stall_change_row_free (StallChangeRow *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->revisions);
  g_clear_pointer (&self->body, stall_peer_revision_free);
  g_free (self);
}

/* [{"rev":"…"},…] */
static gboolean
read_leaves (StallChangeRow *row, const StallJsonSlice *value)
{
  StallJsonMembers array;
  StallJsonSlice element;

  if (*value->text != '[')
    return FALSE;
  stall_json_members_init (&array, value->text, value->size);
  while (stall_json_elements_next (&array, &element))
    {
      StallJsonMembers members;
      StallJsonSlice name, revision;

      stall_json_members_init (&members, element.text, element.size);
      while (stall_json_members_next (&members, &name, &revision))
        if (stall_json_slice_is (&name, "\"rev\""))
          {
            char *text = stall_json_slice_to_string (&revision);

            if (text == NULL)
              return FALSE;
            g_ptr_array_add (row->revisions, text);
          }
      if (members.broken)
        return FALSE;
    }
  return !array.broken;
}

/* A single first revision has no history, so the row's own document is all of it. */
static void
take_body (StallChangeRow *row, const StallJsonSlice *document)
{
  const char *revision = row->revisions->len == 1 ? g_ptr_array_index (row->revisions, 0) : NULL;
  StallPeerRevision *body;

  if (revision == NULL || !g_str_has_prefix (revision, "1-") || *document->text != '{')
    return;
  body = stall_wire_read_document (document->text, document->size, NULL);
  if (body == NULL)
    return;
  if (strcmp (stall_document_get_revision (body->document), revision) == 0
      && strcmp (stall_document_get_id (body->document), row->id) == 0
      && !stall_document_get_deleted (body->document))
    row->body = body;
  else
    stall_peer_revision_free (body);
}

/**
 * stall_change_row_read:
 * @text: a row of `_changes`
 * @size: its bytes
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the row; without revisions when its id cannot be used
 */
StallChangeRow *
stall_change_row_read (const char *text, gsize size, GError **error)
{
  g_autoptr (StallChangeRow) row = g_new0 (StallChangeRow, 1);
  StallJsonMembers members;
  StallJsonSlice name, value, document = { NULL, 0 };
  gboolean good = TRUE;

  row->revisions = g_ptr_array_new_with_free_func (g_free);
  stall_json_members_init (&members, text, size);
  while (good && stall_json_members_next (&members, &name, &value))
    {
      if (stall_json_slice_is (&name, "\"id\""))
        row->id = stall_json_slice_to_string (&value);
      else if (stall_json_slice_is (&name, "\"changes\""))
        good = read_leaves (row, &value);
      else if (stall_json_slice_is (&name, "\"doc\""))
        document = value;
    }
  if (!good || members.broken)
    return fail (error);
  /* An id that is empty or holds U+0000 is no id here. */
  if (row->id == NULL || *row->id == '\0')
    g_ptr_array_set_size (row->revisions, 0);
  else if (document.text != NULL)
    take_body (row, &document);
  return g_steal_pointer (&row);
}

/* {"start":N,"ids":[…]} */
static GStrv
read_history (const StallJsonSlice *value, gint64 *start)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  StallJsonMembers members, array;
  StallJsonSlice name, member, hash;
  guint n = 0;

  stall_json_members_init (&members, value->text, value->size);
  while (stall_json_members_next (&members, &name, &member))
    {
      if (stall_json_slice_is (&name, "\"start\""))
        *start = stall_json_slice_to_int (&member);
      else if (stall_json_slice_is (&name, "\"ids\""))
        {
          stall_json_members_init (&array, member.text, member.size);
          while (stall_json_elements_next (&array, &hash))
            {
              g_autofree char *text = stall_json_slice_to_string (&hash);

              if (text == NULL || *text == '\0' || strlen (text) > STALL_PEER_MAX_HASH)
                return NULL;
              if (n++ < STALL_PEER_MAX_HISTORY)
                g_strv_builder_add (builder, text);
            }
          if (array.broken)
            return NULL;
        }
    }
  return members.broken || n == 0 ? NULL : g_strv_builder_end (builder);
}

typedef struct
{
  char *id;
  char *revision;
  GStrv history;
  gint64 start;
  gboolean deleted;
  GString *body;
} Reading;

static void
reading_clear (Reading *self)
{
  g_free (self->id);
  g_free (self->revision);
  g_strfreev (self->history);
  if (self->body != NULL)
    g_string_free (self->body, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
keep_member (GString *body, const StallJsonSlice *name, const StallJsonSlice *value)
{
  if (body->len > 1)
    g_string_append_c (body, ',');
  g_string_append_len (body, name->text, name->size);
  g_string_append_c (body, ':');
  g_string_append_len (body, value->text, value->size);
}

static gboolean
read_member (Reading *self, const StallJsonSlice *name, const StallJsonSlice *value)
{
  if (name->size < 3 || name->text[1] != '_' || stall_json_slice_is (name, "\"_attachments\""))
    keep_member (self->body, name, value);
  else if (stall_json_slice_is (name, "\"_id\""))
    return self->id == NULL && (self->id = stall_json_slice_to_string (value)) != NULL;
  else if (stall_json_slice_is (name, "\"_rev\""))
    return self->revision == NULL && (self->revision = stall_json_slice_to_string (value)) != NULL;
  else if (stall_json_slice_is (name, "\"_deleted\""))
    self->deleted = stall_json_slice_is (value, "true");
  else if (stall_json_slice_is (name, "\"_revisions\""))
    return self->history == NULL && (self->history = read_history (value, &self->start)) != NULL;
  return TRUE;
}

/* The history has to begin with the revision itself. */
static gboolean
check_history (Reading *self)
{
  const char *hash;
  gint64 generation;

  if (self->id == NULL || *self->id == '\0' || self->revision == NULL
      || !stall_revision_parse (self->revision, &generation, &hash))
    return FALSE;
  if (self->history == NULL)
    {
      self->history = g_strdupv ((char *[]) { (char *) hash, NULL });
      self->start = generation;
      return generation == 1;
    }
  return self->start == generation && strcmp (self->history[0], hash) == 0;
}

/**
 * stall_wire_read_document:
 * @text: a document as it travels
 * @size: its bytes
 * @error: return location
 *
 * Reads what is meant for replication and leaves the rest as it is. What is kept is valid JSON.
 *
 * Returns: (transfer full) (nullable): the revision
 */
StallPeerRevision *
stall_wire_read_document (const char *text, gsize size, GError **error)
{
  g_auto (Reading) self = { 0 };
  g_autoptr (StallPeerRevision) revision = NULL;
  g_autoptr (GBytes) body = NULL;
  StallJsonMembers members;
  StallJsonSlice name, value;

  if (*text != '{' || !g_utf8_validate_len (text, size, NULL))
    return fail (error);
  self.body = g_string_sized_new (size);
  g_string_append_c (self.body, '{');
  stall_json_members_init (&members, text, size);
  while (stall_json_members_next (&members, &name, &value))
    if (!read_member (&self, &name, &value))
      return fail (error);
  if (members.broken || !check_history (&self))
    return fail (error);
  g_string_append_c (self.body, '}');
  body = g_string_free_to_bytes (g_steal_pointer (&self.body));
  revision = stall_peer_revision_new (self.id, self.start, g_steal_pointer (&self.history),
                                      self.deleted, body);
  if (stall_document_get_root (revision->document, NULL) == NULL)
    return fail (error);
  return g_steal_pointer (&revision);
}

/**
 * stall_wire_read_results:
 * @text: an entry of `_bulk_get`, {"id":…,"docs":[…]}, or one of `open_revs`, {"ok":{…}}
 * @size: its bytes
 * @revisions: (element-type StallPeerRevision): what is there is added to it
 * @error: return location
 *
 * Takes any number of revisions of an entry; one that the peer does not have adds nothing.
 *
 * Returns: %FALSE when the entry is not what it should be
 */
gboolean
stall_wire_read_results (const char *text, gsize size, GPtrArray *revisions, GError **error)
{
  StallJsonMembers members, array;
  StallJsonSlice name, value, element;

  stall_json_members_init (&members, text, size);
  while (stall_json_members_next (&members, &name, &value))
    {
      if (stall_json_slice_is (&name, "\"ok\""))
        {
          StallPeerRevision *revision = stall_wire_read_document (value.text, value.size, error);

          if (revision == NULL)
            return FALSE;
          g_ptr_array_add (revisions, revision);
        }
      else if (stall_json_slice_is (&name, "\"docs\""))
        {
          stall_json_members_init (&array, value.text, value.size);
          while (stall_json_elements_next (&array, &element))
            if (!stall_wire_read_results (element.text, element.size, revisions, error))
              return FALSE;
          if (array.broken)
            return fail (error) != NULL;
        }
    }
  return !members.broken || fail (error) != NULL;
}

/**
 * stall_wire_append_string:
 * @text: JSON text so far
 * @value: a string
 *
 * Writes a JSON string.
 */
void
stall_wire_append_string (GString *text, const char *value)
{
  StallJsonWriter writer = { text, FALSE };

  stall_json_writer_string (&writer, NULL, value);
}

static void
write_body (GString *text, GBytes *body, JsonObject *attachments)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);
  StallJsonMembers members;
  StallJsonSlice name, value;

  stall_json_members_init (&members, bytes != NULL ? bytes : "{}", bytes != NULL ? size : 2);
  while (stall_json_members_next (&members, &name, &value))
    {
      if (stall_json_slice_is (&name, "\"_attachments\""))
        continue;
      g_string_append_c (text, ',');
      g_string_append_len (text, name.text, name.size);
      g_string_append_c (text, ':');
      g_string_append_len (text, value.text, value.size);
    }
  if (attachments != NULL)
    {
      g_autofree char *json = stall_json_to_string (attachments, NULL);

      g_string_append (text, ",\"_attachments\":");
      g_string_append (text, json);
    }
}

/**
 * stall_wire_write_document:
 * @text: JSON text so far
 * @revision: what to send
 * @attachments: (nullable): its `_attachments` as they are to travel
 *
 * Writes a document with its history, for new_edits=false.
 */
void
stall_wire_write_document (GString *text, StallPeerRevision *revision, JsonObject *attachments)
{
  g_string_append (text, "{\"_id\":");
  stall_wire_append_string (text, stall_document_get_id (revision->document));
  g_string_append (text, ",\"_rev\":");
  stall_wire_append_string (text, stall_document_get_revision (revision->document));
  g_string_append_printf (text, ",\"_revisions\":{\"start\":%" G_GINT64_FORMAT ",\"ids\":[",
                          revision->generation);
  for (guint i = 0; revision->history[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      stall_wire_append_string (text, revision->history[i]);
    }
  g_string_append (text, "]}");
  if (stall_document_get_deleted (revision->document))
    g_string_append (text, ",\"_deleted\":true");
  write_body (text, stall_document_get_body (revision->document), attachments);
  g_string_append_c (text, '}');
}

/**
 * stall_wire_escape_id:
 * @id: a document id or the name of an attachment
 *
 * Returns: (transfer full): @id as one segment of a path
 */
char *
stall_wire_escape_id (const char *id)
{
  static const char *const prefixes[] = { "_design/", "_local/" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (id, prefixes[i]))
      {
        g_autofree char *rest = g_uri_escape_string (id + strlen (prefixes[i]), NULL, FALSE);

        return g_strconcat (prefixes[i], rest, NULL);
      }
  return g_uri_escape_string (id, NULL, FALSE);
}
