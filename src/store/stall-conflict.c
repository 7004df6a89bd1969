/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-conflict.h"

#include <glib/gi18n-lib.h>

#include "stall-documents.h"
#include "stall-merge.h"
#include "stall-receiver.h"
#include "stall-replica.h"
#include "stall-revision-tree.h"
#include "stall-schema.h"
#include "stall-store-private.h"

struct _StallConflict
{
  GObject parent_instance;

  char *id;
  char *title;
  StallConflictSide ours;
  StallConflictSide theirs;
  GBytes *our_body;
  GBytes *their_body;
  GPtrArray *fields;
  JsonObject *base;
  JsonObject *merged;
  guint n_others;
};

G_DEFINE_FINAL_TYPE (StallConflict, stall_conflict, G_TYPE_OBJECT)

void
stall_conflict_entry_free (StallConflictEntry *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

static void
field_free (gpointer data)
{
  StallConflictField *field = data;

  g_free (field->path);
  json_node_unref (field->ours);
  json_node_unref (field->theirs);
  g_free (field);
}

static void
side_clear (StallConflictSide *side)
{
  g_free (side->revision);
  g_free (side->device);
}

static void
stall_conflict_finalize (GObject *object)
{
  StallConflict *self = STALL_CONFLICT (object);

  g_free (self->id);
  g_free (self->title);
  side_clear (&self->ours);
  side_clear (&self->theirs);
  g_clear_pointer (&self->our_body, g_bytes_unref);
  g_clear_pointer (&self->their_body, g_bytes_unref);
  g_ptr_array_unref (self->fields);
  g_clear_pointer (&self->base, json_object_unref);
  g_clear_pointer (&self->merged, json_object_unref);

  G_OBJECT_CLASS (stall_conflict_parent_class)->finalize (object);
}

static void
stall_conflict_class_init (StallConflictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_conflict_finalize;
}

static void
stall_conflict_init (StallConflict *self)
{
  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->ours.at = self->theirs.at = STALL_TIME_NONE;
}

/* --- the list --- */

/* A remark is called after its order. */
static char *
find_title (StallDatabase *database, const char *id, const char *body)
{
  g_autofree char *order = NULL;

  if (stall_kind_of_id (id) != STALL_KIND_REMARK)
    return stall_replica_find_title (body);
  order = stall_database_get_text (database, NULL,
                                   "SELECT r.body FROM document d JOIN revision r ON r.number = "
                                   "d.winner WHERE d.id = 'order' || substr (?, ?)",
                                   "si", id, (gint64) sizeof "remark");
  return stall_replica_find_title (order);
}

static DexFuture *
list_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_conflict_entry_free);
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT d.id, d.kind, r.body FROM document d JOIN revision r ON r.number = d.winner WHERE "
      "d.conflicts > 0 AND NOT d.deleted ORDER BY d.sequence",
      "");

  while (stall_database_step (database, row, &error))
    {
      StallConflictEntry *entry;

      if (!stall_kind_merges_by_field (sqlite3_column_int (row, 1)))
        continue;
      entry = g_new0 (StallConflictEntry, 1);
      entry->id = g_strdup (stall_column_text (row, 0));
      entry->title = find_title (database, entry->id, stall_column_text (row, 2));
      g_ptr_array_add (list, entry);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&list));
}

/**
 * stall_store_list_conflicts:
 * @self: a store
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallConflictEntry: what waits for
 *   the owner to settle it, the oldest first
 */
DexFuture *
stall_store_list_conflicts (StallStore *self)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));

  return stall_store_read (self, STALL_READER_REST, list_job, NULL, NULL, NULL);
}

/* --- one of them --- */

static void
read_side (StallDatabase *database,
           const StallLeaf *leaf,
           JsonObject *root,
           StallConflictSide *side)
{
  g_autofree char *here = stall_schema_get_meta (database, "device");
  JsonObject *changed = stall_json_get_object (root, "changed");
  const char *device, *at, *name;

  side->revision = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", leaf->generation, leaf->hash);
  if (root == NULL || (changed == NULL && leaf->generation > 1))
    return;
  device = stall_json_get_string (changed != NULL ? changed : root, "device", "");
  at = stall_json_get_string (changed != NULL ? changed : root, changed != NULL ? "at" : "made_at",
                              "");
  name = stall_json_get_string (changed, "name", "");
  side->here = g_strcmp0 (device, here) == 0;
  side->platform = g_str_equal (device, "platform");
  side->device = *name != '\0' ? g_strdup (name) : NULL;
  if (!stall_time_parse (at, &side->at))
    side->at = STALL_TIME_NONE;
}

static void
compare (StallConflict *self, JsonObject *ours, JsonObject *theirs)
{
  g_auto (GStrv) paths = NULL;

  self->merged = stall_merge (self->base, ours, theirs, &paths);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      JsonNode *our_node = stall_merge_get (ours, paths[i]);
      JsonNode *their_node = stall_merge_get (theirs, paths[i]);
      StallConflictField *field;

      if (our_node == NULL || their_node == NULL)
        continue;
      field = g_new0 (StallConflictField, 1);
      field->path = g_strdup (paths[i]);
      field->ours = json_node_copy (our_node);
      field->theirs = json_node_copy (their_node);
      g_ptr_array_add (self->fields, field);
    }
}

static gboolean
read_versions (StallConflict *self,
               StallDatabase *database,
               const StallLeaf *winner,
               const StallLeaf *other,
               GError **error)
{
  g_autoptr (JsonObject) ours = stall_leaf_merge_load (database, winner->number);
  g_autoptr (JsonObject) theirs = stall_leaf_merge_load (database, other->number);
  gint64 common = stall_revision_tree_find_common (database, winner->number, other->number, NULL);

  self->our_body = stall_documents_get_body (database, winner->number, NULL, error);
  self->their_body = self->our_body != NULL
                         ? stall_documents_get_body (database, other->number, NULL, error)
                         : NULL;
  if (self->their_body == NULL)
    return FALSE;
  read_side (database, winner, ours, &self->ours);
  read_side (database, other, theirs, &self->theirs);
  self->base = common != 0 ? stall_leaf_merge_load (database, common) : NULL;
  if (ours != NULL && theirs != NULL)
    compare (self, ours, theirs);
  return TRUE;
}

static StallConflict *
load_conflict (StallDatabase *database, const char *id, GError **error)
{
  g_autoptr (StallConflict) self = g_object_new (STALL_TYPE_CONFLICT, NULL);
  g_autoptr (GPtrArray) leaves = NULL;
  g_autofree char *body = NULL;
  StallDocumentState state;
  const StallLeaf *other = NULL;

  if (!stall_documents_look_up (database, id, &state, error))
    return NULL;
  if (state.number != 0)
    leaves = stall_revision_tree_list_leaves (database, state.number, error);
  for (guint i = 1; leaves != NULL && i < leaves->len; i++)
    {
      const StallLeaf *leaf = g_ptr_array_index (leaves, i);

      if (leaf->deleted)
        break;
      if (other == NULL)
        other = leaf;
      else
        self->n_others++;
    }
  self->id = g_strdup (id);
  if (other != NULL && !read_versions (self, database, leaves->pdata[0], other, error))
    return NULL;
  if (other == NULL)
    return NULL;
  body = g_strndup (g_bytes_get_data (self->our_body, NULL), g_bytes_get_size (self->our_body));
  self->title = find_title (database, id, body);
  return g_steal_pointer (&self);
}

static DexFuture *
load_job (StallDatabase *database, gpointer data)
{
  GError *error = NULL;
  StallConflict *conflict = NULL;

  /* A document and its versions must be of one moment. */
  if (stall_database_run_script (database, "BEGIN;", &error))
    {
      conflict = load_conflict (database, data, &error);
      stall_database_run_script (database, "COMMIT;", NULL);
    }
  if (conflict != NULL)
    return dex_future_new_take_object (conflict);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return stall_store_reject (STALL_ERROR_NOT_FOUND, _ ("There is nothing left to settle here."));
}

/**
 * stall_store_load_conflict:
 * @self: a store
 * @id: a document's id
 *
 * Returns: (transfer full): a future of a #StallConflict: the version that is shown meanwhile and
 *   the next one beside it; #STALL_ERROR_NOT_FOUND when there is none (any more)
 */
DexFuture *
stall_store_load_conflict (StallStore *self, const char *id)
{
  dex_return_error_if_fail (STALL_IS_STORE (self));
  dex_return_error_if_fail (id != NULL);

  return stall_store_read (self, STALL_READER_ROWS, load_job, g_strdup (id), g_free, NULL);
}

/* --- what it says --- */

const char *
stall_conflict_get_id (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return self->id;
}

/**
 * stall_conflict_get_title:
 * @self: a conflict
 *
 * Returns: (nullable): what the thing is called in the version that is shown
 */
const char *
stall_conflict_get_title (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return self->title;
}

/**
 * stall_conflict_get_ours:
 * @self: a conflict
 *
 * Returns: (transfer none): who wrote the version that every device shows meanwhile
 */
const StallConflictSide *
stall_conflict_get_ours (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return &self->ours;
}

/**
 * stall_conflict_get_theirs:
 * @self: a conflict
 *
 * Returns: (transfer none): who wrote the other one
 */
const StallConflictSide *
stall_conflict_get_theirs (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return &self->theirs;
}

/**
 * stall_conflict_get_fields:
 * @self: a conflict
 *
 * Returns: (transfer none) (element-type StallConflictField): what both changed differently; empty
 *   when the versions cannot be compared and one is to be kept whole
 */
GPtrArray *
stall_conflict_get_fields (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return self->fields;
}

/**
 * stall_conflict_get_merged:
 * @self: a conflict
 *
 * Returns: (transfer none) (nullable): both versions together, ours where they conflict; %NULL when
 *   they cannot be compared
 */
JsonObject *
stall_conflict_get_merged (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return self->merged;
}

/**
 * stall_conflict_get_base:
 * @self: a conflict
 *
 * Returns: (transfer none) (nullable): the last version that both sides had
 */
JsonObject *
stall_conflict_get_base (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), NULL);

  return self->base;
}

/**
 * stall_conflict_get_n_others:
 * @self: a conflict
 *
 * Returns: how many versions there are beside these two, to be settled next
 */
guint
stall_conflict_get_n_others (StallConflict *self)
{
  g_return_val_if_fail (STALL_IS_CONFLICT (self), 0);

  return self->n_others;
}

/**
 * stall_conflict_decide_all:
 * @self: a conflict whose versions can be compared
 * @theirs: which of the two stands where they conflict
 *
 * Returns: (transfer full): both versions together
 */
JsonObject *
stall_conflict_decide_all (StallConflict *self, gboolean theirs)
{
  JsonObject *merged;

  g_return_val_if_fail (STALL_IS_CONFLICT (self) && self->merged != NULL, NULL);

  merged = stall_json_copy_object (self->merged);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const StallConflictField *field = self->fields->pdata[i];

      stall_merge_set (merged, field->path, theirs ? field->theirs : field->ours);
    }
  return merged;
}

/**
 * stall_conflict_settle:
 * @self: a conflict
 * @merged: (nullable): what is to stand; %NULL: one version is kept whole
 * @theirs: with %NULL: keep the other version, not the one that is shown
 * @label: what a person reads beside Undo
 *
 * Returns: (transfer full): the change set that settles it
 */
StallChangeSet *
stall_conflict_settle (StallConflict *self, JsonObject *merged, gboolean theirs, const char *label)
{
  const char *losers[] = { self->theirs.revision, NULL };
  StallChangeSet *changes = stall_change_set_new (label);
  g_autoptr (StallDocument) document = NULL;

  if (merged != NULL)
    document = stall_document_new_from_root (self->id, self->ours.revision, merged);
  else
    document = stall_document_new_revision (self->id, theirs ? self->their_body : self->our_body,
                                            self->ours.revision, FALSE);
  stall_change_set_settle (changes, document, losers);
  return changes;
}

/**
 * stall_conflict_keep_both:
 * @self: a conflict whose versions can be compared
 * @label: what a person reads beside Undo
 *
 * Keeps the version that is shown, and the other one as a new document of the same kind. A note is
 * a draft then, so that nothing is published twice.
 *
 * Returns: (transfer full): the change set that settles it
 */
StallChangeSet *
stall_conflict_keep_both (StallConflict *self, const char *label)
{
  StallKind kind = stall_kind_of_id (self->id);
  g_autofree char *id = stall_id_new (kind);
  g_autoptr (StallDocument) theirs = stall_document_new (self->id, self->their_body);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (JsonObject) root = NULL;
  StallChangeSet *changes;

  g_return_val_if_fail (STALL_IS_CONFLICT (self) && self->merged != NULL, NULL);

  root = stall_json_copy_object (stall_document_get_root (theirs, NULL));
  json_object_remove_member (root, "changed");
  if (kind == STALL_KIND_NOTE)
    {
      json_object_remove_member (root, "publish_at");
      json_object_set_string_member (root, "state", "draft");
    }
  document = stall_document_new_from_root (id, NULL, root);
  changes = stall_conflict_settle (self, NULL, FALSE, label);
  stall_change_set_put (changes, document);
  return changes;
}
