/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-enclosed.h"

#include <string.h>

#include "stall-async.h"
#include "stall-incoming.h"
#include "stall-json-splitter.h"

/* Attachments that travel inside their documents, as base64. */

typedef struct
{
  StallPage *page;
  GPtrArray *wanted;     /* keeps what the next points to */
  GHashTable *by_digest; /* of what did not come yet */
  GPtrArray *files;
  char *folder;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->page);
  g_ptr_array_unref (self->wanted);
  g_hash_table_unref (self->by_digest);
  g_ptr_array_unref (self->files);
  g_free (self->folder);
  g_free (self);
}

static gboolean
find_member (const StallJsonSlice *object, const char *quoted, StallJsonSlice *value)
{
  StallJsonMembers members;
  StallJsonSlice name;

  stall_json_members_init (&members, object->text, object->size);
  while (stall_json_members_next (&members, &name, value))
    if (stall_json_slice_is (&name, quoted))
      return TRUE;
  return FALSE;
}

/* NULL: no string, or one with escapes, which base64 needs none of. */
static char *
decode (const StallJsonSlice *data, gsize *size)
{
  int state = 0;
  guint save = 0;
  char *bytes;

  if (data->size < 2 || *data->text != '"' || memchr (data->text, '\\', data->size) != NULL)
    return NULL;
  bytes = g_malloc (data->size / 4 * 3 + 3);
  *size = g_base64_decode_step (data->text + 1, data->size - 2, (guchar *) bytes, &state, &save);
  return bytes;
}

/* What is not what it should be counts as not there. */
static gboolean
read_entry (Reading *self, const StallJsonSlice *entry, GError **error)
{
  StallJsonSlice digest, data;
  g_autofree char *name = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (StallIncoming) incoming = NULL;
  StallWanted *wanted = NULL;
  StallNewFile *file;
  gsize size;

  if (find_member (entry, "\"digest\"", &digest))
    name = stall_json_slice_to_string (&digest);
  if (name != NULL)
    wanted = g_hash_table_lookup (self->by_digest, name);
  if (wanted != NULL && find_member (entry, "\"data\"", &data))
    bytes = decode (&data, &size);
  if (bytes == NULL)
    return TRUE;
  incoming = stall_incoming_new (self->folder, 0, error);
  if (incoming == NULL || !stall_incoming_append (incoming, bytes, size, error))
    return FALSE;
  file = stall_incoming_finish (incoming, wanted);
  if (file != NULL)
    {
      g_ptr_array_add (self->files, file);
      g_hash_table_remove (self->by_digest, name);
    }
  return TRUE;
}

/* {"id":…,"docs":[{"ok":{…,"_attachments":{name:{"digest":…,"data":…}}}}]} */
static gboolean
read_result (Reading *self, const StallJsonSlice *result, GError **error)
{
  StallJsonMembers array, members;
  StallJsonSlice docs, element, document, attachments, name, entry;

  if (!find_member (result, "\"docs\"", &docs))
    return TRUE;
  stall_json_members_init (&array, docs.text, docs.size);
  while (stall_json_elements_next (&array, &element))
    {
      if (!find_member (&element, "\"ok\"", &document)
          || !find_member (&document, "\"_attachments\"", &attachments))
        continue;
      stall_json_members_init (&members, attachments.text, attachments.size);
      while (stall_json_members_next (&members, &name, &entry))
        if (!read_entry (self, &entry, error))
          return FALSE;
    }
  return TRUE;
}

static DexFuture *
read_work (gpointer data)
{
  Reading *self = data;
  GError *error = NULL;

  for (guint i = 0; i < stall_page_get_n_results (self->page); i++)
    {
      StallJsonSlice result;

      result.text = stall_page_get_result (self->page, i, &result.size);
      if (!read_result (self, &result, &error))
        return dex_future_new_for_error (error);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (self->files));
}

/**
 * stall_enclosed_read:
 * @page: an answer to `_bulk_get` with attachments
 * @wanted: (element-type StallWanted): what may be in it
 * @folder: the stall's folder
 *
 * Writes what is wanted into files, beside the main thread.
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallNewFile, each whole and what it
 *   should be
 */
DexFuture *
stall_enclosed_read (StallPage *page, GPtrArray *wanted, const char *folder)
{
  Reading *self = g_new0 (Reading, 1);

  self->page = g_object_ref (page);
  self->wanted = g_ptr_array_ref (wanted);
  self->by_digest = g_hash_table_new (g_str_hash, g_str_equal);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_new_file_free);
  self->folder = g_strdup (folder);
  for (guint i = 0; i < wanted->len; i++)
    {
      StallWanted *one = g_ptr_array_index (wanted, i);

      g_hash_table_insert (self->by_digest, one->digest, one);
    }
  return stall_run_in_thread (read_work, self, reading_free);
}
