/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-log.h"

#include <glib/gstdio.h>

#define FILE_NAME "sync-log.json"

struct _StallSyncLog
{
  GObject parent_instance;

  char *path;
  GPtrArray *entries; /* the newest first */
};

static GType
get_item_type (GListModel *model)
{
  return STALL_TYPE_SYNC_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return STALL_SYNC_LOG (model)->entries->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  StallSyncLog *self = STALL_SYNC_LOG (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StallSyncLog,
                               stall_sync_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
stall_sync_log_finalize (GObject *object)
{
  StallSyncLog *self = STALL_SYNC_LOG (object);

  g_free (self->path);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (stall_sync_log_parent_class)->finalize (object);
}

static void
stall_sync_log_class_init (StallSyncLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_sync_log_finalize;
}

static void
stall_sync_log_init (StallSyncLog *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/* What cannot be read is forgotten: the log is a comfort, nothing depends on it. */
static void
load (StallSyncLog *self)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = json_parser_load_from_file (parser, self->path, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  JsonArray *array
      = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  guint n = array != NULL ? MIN (json_array_get_length (array), STALL_SYNC_LOG_LENGTH) : 0;

  for (guint i = 0; i < n; i++)
    {
      StallSyncEntry *entry = stall_sync_entry_new_from_json (json_array_get_element (array, i));

      if (entry != NULL)
        g_ptr_array_add (self->entries, entry);
    }
}

static void
save (StallSyncLog *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), array);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    json_array_add_element (array, stall_sync_entry_to_json (self->entries->pdata[i]));
  text = json_to_string (root, FALSE);
  g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/**
 * stall_sync_log_new:
 * @folder: of a stall
 *
 * Returns: (transfer full): the log of its last syncs
 */
StallSyncLog *
stall_sync_log_new (const char *folder)
{
  StallSyncLog *self = g_object_new (STALL_TYPE_SYNC_LOG, NULL);

  self->path = g_build_filename (folder, FILE_NAME, NULL);
  load (self);
  return self;
}

/* The same trouble over and over is one line, of the last time. */
static gboolean
repeats (StallSyncLog *self, StallSyncEntry *entry)
{
  StallSyncEntry *newest = stall_sync_log_get_newest (self);

  return newest != NULL && stall_sync_entry_get_problem (entry) != NULL
         && g_strcmp0 (stall_sync_entry_get_problem (newest), stall_sync_entry_get_problem (entry))
                == 0;
}

/**
 * stall_sync_log_add:
 * @self: a log
 * @entry: what happened
 *
 * Adds an entry and keeps the last %STALL_SYNC_LOG_LENGTH.
 */
void
stall_sync_log_add (StallSyncLog *self, StallSyncEntry *entry)
{
  guint removed = 0;

  g_return_if_fail (STALL_IS_SYNC_LOG (self));
  g_return_if_fail (STALL_IS_SYNC_ENTRY (entry));

  if (repeats (self, entry))
    {
      g_ptr_array_remove_index (self->entries, 0);
      removed = 1;
    }
  g_ptr_array_insert (self->entries, 0, g_object_ref (entry));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 1);
  if (self->entries->len > STALL_SYNC_LOG_LENGTH)
    {
      g_ptr_array_set_size (self->entries, STALL_SYNC_LOG_LENGTH);
      g_list_model_items_changed (G_LIST_MODEL (self), STALL_SYNC_LOG_LENGTH, 1, 0);
    }
  save (self);
}

/**
 * stall_sync_log_get_newest:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the last entry
 */
StallSyncEntry *
stall_sync_log_get_newest (StallSyncLog *self)
{
  g_return_val_if_fail (STALL_IS_SYNC_LOG (self), NULL);

  return self->entries->len > 0 ? self->entries->pdata[0] : NULL;
}

/**
 * stall_sync_log_forget:
 * @self: a log
 *
 * Empties it: the stall is no longer connected to what it speaks of.
 */
void
stall_sync_log_forget (StallSyncLog *self)
{
  guint n;

  g_return_if_fail (STALL_IS_SYNC_LOG (self));

  n = self->entries->len;
  g_ptr_array_set_size (self->entries, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  g_unlink (self->path);
}
